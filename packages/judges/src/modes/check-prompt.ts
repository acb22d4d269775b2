import { type Asking, ConfigError } from '@judgelab/core'
import type { JudgingPrompt } from '../prompts/load-prompt.js'

/**
 * Refuses a prompt that cannot ask what is to be asked: one that would hide what the judge should see, or show what it
 * should not.
 *
 * @throws {ConfigError} naming the prompt's file
 */
export function checkPrompt(prompt: JudgingPrompt, asking: Asking): void {
  const problem = outputProblem(prompt, asking) ?? textProblem(prompt, asking)
  if (problem !== undefined) throw new ConfigError(problem, prompt.file)
}

function outputProblem({ output, mode }: JudgingPrompt, asking: Asking): string | undefined {
  if (!output.includes('official'))
    return output.includes(asking.decision)
      ? undefined
      : `expected a prompt whose output may be ${asking.decision}, found ${output.join(', ')}`
  if (asking.decision !== 'label') return `expected decision label for an official prompt, found ${asking.decision}`
  if (asking.askStrength) return 'expected no strength asked of an official prompt, found askStrength'
  const { min, max } = asking.scale ?? { min: 1, max: 10 }
  if (mode === 'rating' && (min !== 1 || max !== 10))
    return `expected a scale from 1 to 10 for an official prompt, found ${min} to ${max}`
  return undefined
}

function textProblem(prompt: JudgingPrompt, asking: Asking): string | undefined {
  const isAsked = {
    prompt: !asking.blind,
    reference: asking.reference !== undefined,
    criteria: asking.criteria !== undefined,
  }
  for (const text of ['prompt', 'reference', 'criteria'] as const) {
    const places = prompt.template.places.filter(({ placeholder }) => placeholder.kind === text)
    if (isAsked[text] && places.length === 0)
      return text === 'prompt'
        ? 'expected `blind: true` of a judge whose prompt has no {{prompt}}, found nothing'
        : `expected {{${text}}} in the prompt of a judge with a ${text}, found none`
    if (!isAsked[text] && places.some(({ within }) => !within.includes(text)))
      return `expected {{${text}}} only in a section {{#${text}}}, for a judge that ${text === 'prompt' ? 'is blind' : `has no ${text}`}, found it outside`
  }
  return undefined
}
