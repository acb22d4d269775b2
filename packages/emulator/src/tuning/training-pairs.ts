import type { PreferencePair } from '@judgelab/core'
import { readInstruction } from '../judging/read-instruction.js'
import { readJudgingPrompt } from '../judging/read-prompt.js'

/**
 * What the policy learns from preference pairs. A pair of answers is learned as it is. A pair whose input is a judging
 * prompt and whose outputs end in labels (verdicts, critiques) says which of the responses shown is better: it is learned as
 * a pair of these. A judging pair that names no two responses (ties, ratings, classes) is left out.
 */
export function trainingPairs(pairs: readonly PreferencePair[]): PreferencePair[] {
  return pairs.flatMap((pair) => {
    const shown = readJudgingPrompt(pair.input.map(({ content }) => content).join('\n\n'))
    if (shown.responses.length === 0) return [pair]
    const wanted = readInstruction(shown.instruction, shown.responses.length)
    const named = (output: string): string | undefined => shown.responses[slotNamed(output, wanted.form)]
    const preferred = named(pair.preferred)
    const nonPreferred = named(pair.nonPreferred)
    if (preferred === undefined || nonPreferred === undefined || preferred === nonPreferred) return []
    return [{ ...pair, input: [{ role: 'user', content: shown.prompt ?? '' }], preferred, nonPreferred }]
  })
}

/** The slot that an output's last label names, or -1. */
function slotNamed(output: string, form: string): number {
  const last =
    form === 'json' ? /"verdict":\s*"([A-Z])"/.exec(output) : /\b([A-Z])\b(?:\]\]|, \w+)?\W*$/.exec(output.trim())
  return last === null ? -1 : (last[1] as string).charCodeAt(0) - 65
}
