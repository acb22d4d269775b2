import type { Mode, Outcome } from '@judgelab/core'
import type { JudgingPrompt } from '../prompts/load-prompt.js'
import { type Question, slotLetter } from './question.js'

/**
 * An outcome as a judge would have written it, without reasons: the answer of a solved example.
 *
 * @throws {RangeError} if it failed, or the form that is asked has no words for it
 */
export function answerText(outcome: Outcome, question: Question, prompt: Pick<JudgingPrompt, 'output'>): string {
  const label = labelOf(outcome, question)
  if (prompt.output.includes('official')) return outcome.kind === 'choice' ? `[[${label}]]` : label
  switch (question.asking.decision) {
    case 'label':
      return `${ANSWER_KEYS[question.mode]}: ${label}${strengthText(outcome, question)}`
    case 'structured':
      return structuredText(outcome, label, question)
    case 'logprobs':
      return label
  }
}

/** What stands before the label on the last line, by mode. */
export const ANSWER_KEYS: Readonly<Record<Mode, string>> = {
  pairwise: 'Verdict',
  'best-of-n': 'Verdict',
  rating: 'Rating',
  classify: 'Class',
}

function structuredText(outcome: Outcome, label: string, question: Question): string {
  if (outcome.kind === 'rating') return JSON.stringify({ reasoning: '', rating: outcome.value })
  if (outcome.kind === 'class') return JSON.stringify({ reasoning: '', label })
  const strength = outcome.kind === 'choice' ? (outcome.strength ?? 'slight') : 'slight'
  return JSON.stringify({ reasoning: '', verdict: label, ...(question.asking.askStrength ? { strength } : {}) })
}

function labelOf(outcome: Outcome, { mode, asking, slotCount }: Question): string {
  const wanted = { pairwise: 'choice', 'best-of-n': 'choice', rating: 'rating', classify: 'class' }[mode]
  if (outcome.kind !== wanted) throw new RangeError(`a shot of mode ${mode} needs a ${wanted}, got ${outcome.kind}`)
  switch (outcome.kind) {
    case 'rating':
      return String(outcome.value)
    case 'class':
      return outcome.label
    case 'choice':
      if (outcome.slot === 'tie' ? !asking.allowTie : outcome.slot >= slotCount)
        throw new RangeError(`a shot needs a label that may be answered, got ${outcome.slot}`)
      return outcome.slot === 'tie' ? 'tie' : slotLetter(outcome.slot)
    case 'failed':
      throw new RangeError('a shot needs an outcome, got a failed one')
  }
}

function strengthText(outcome: Outcome, { asking }: Question): string {
  if (outcome.kind !== 'choice' || outcome.slot === 'tie' || !asking.askStrength) return ''
  return outcome.strength === undefined ? '' : `, ${outcome.strength}`
}
