import type { Outcome } from '@judgelab/core'
import { tryParseFourWay, tryParseRating } from '@judgelab/scoring'
import type { JudgingPrompt } from '../prompts/load-prompt.js'
import type { Question } from './question.js'
import { readLabel } from './read-label.js'
import { readLogprobs, type TokenLogprob } from './read-logprobs.js'
import { readStructured } from './read-structured.js'
import { unparsed } from './read-value.js'

/** What a judge answered, whole: not cut by a token limit, and without a thinking model's reasoning. */
export interface AnswerGiven {
  readonly text: string
  /** The most probable first tokens, where they were asked for. */
  readonly firstTokenTop?: readonly TokenLogprob[] | undefined
}

/**
 * Reads an answer as its prompt says: by the decision that was asked for, or as the official code does. It never throws for
 * anything that a judge may answer, and says `failed` where it cannot read.
 */
export function readAnswer(answer: AnswerGiven, question: Question, prompt: Pick<JudgingPrompt, 'output'>): Outcome {
  if (prompt.output.includes('official')) return readOfficial(answer.text, question)
  switch (question.asking.decision) {
    case 'label':
      return readLabel(answer.text, question)
    case 'structured':
      return readStructured(answer.text, question)
    case 'logprobs':
      return readLogprobs(answer.firstTokenTop ?? [], question)
  }
}

/**
 * Reads an answer as the official code of RewardBench 2 does, bug for bug: `[[A]]` to `[[D]]` anywhere in the text in mode
 * best-of-n, the number that ends the text in mode rating.
 *
 * @throws {RangeError} in other modes, which the official code does not know
 * @see allenai/reward-bench 05a9005, rewardbench/generative_v2.py
 */
export function readOfficial(text: string, { mode, slotCount }: Question): Outcome {
  if (mode === 'rating') return tryParseRating(text)
  if (mode !== 'best-of-n') throw new RangeError(`readOfficial needs mode best-of-n or rating, got ${mode}`)
  const outcome = tryParseFourWay(text)
  if (outcome.kind === 'failed') return unparsed('no [[A]], [[B]], [[C]] or [[D]]')
  return typeof outcome.slot === 'number' && outcome.slot >= slotCount
    ? unparsed(`a verdict beyond the ${slotCount} responses`)
    : outcome
}
