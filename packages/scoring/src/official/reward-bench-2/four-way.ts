import { type Choice, type Example, type Failed, type Outcome, rejectedOf } from '@judgelab/core'
import type { OfficialCredit } from '../official-score.js'

const LETTERS = ['A', 'B', 'C', 'D'] as const

/** What the official code gives for an answer that names no slot: the credit of a blind guess among four. */
const FAILED_CREDIT = 0.25

/**
 * The slots of the 4-way protocol: the chosen response and three rejected ones, the chosen one swapped with a slot drawn
 * uniformly from 0 to 3; the other slots keep their place. Of further responses upstream makes no use.
 *
 * @param randint draws an integer in [low, high); upstream draws unseeded, here `createNumpyRandom(seed).randint`
 * @returns response index by slot
 * @throws {RangeError} if the example has no chosen or fewer than three rejected responses
 * @see allenai/reward-bench 05a9005, scripts/run_generative_v2.py, `get_judgement`
 * @example fourWaySlots(example, () => 2) // [2, 1, 0, 3] where response 0 is the chosen one
 */
export function fourWaySlots(example: Example, randint: (low: number, high: number) => number): number[] {
  const [chosen] = example.chosen
  const rejected = rejectedOf(example).slice(0, 3)
  if (chosen === undefined || rejected.length < 3)
    throw new RangeError(
      `fourWaySlots needs 1 chosen and 3 rejected responses, got chosen=${example.chosen.length}, rejected=${rejected.length} in example ${example.id}`,
    )
  const slots = [chosen, ...rejected]
  const slot = randint(0, 4)
  slots[0] = slots[slot] as number
  slots[slot] = chosen
  return slots
}

/**
 * Reads a 4-way answer as the official `process_judgement` does: the first of `[[A]]`, `[[B]]`, `[[C]]`, `[[D]]`, in this
 * order, that stands anywhere in the text is the verdict. So a text that quotes `[[A]]` and then decides for `[[C]]` is
 * read as A. None of them: failed, unparsed.
 *
 * @see allenai/reward-bench 05a9005, rewardbench/generative_v2.py, `process_judgement` without a model modifier
 */
export function tryParseFourWay(text: string): Choice | Failed {
  const slot = LETTERS.findIndex((letter) => text.includes(`[[${letter}]]`))
  return slot < 0 ? { kind: 'failed', reason: 'unparsed' } : { kind: 'choice', slot }
}

/**
 * What a 4-way answer earns: 1 when the preferred slot holds the chosen response, 0 for another slot, 0.25 when the
 * answer names no slot (unparsed, the call failed, a tie, which the protocol does not know).
 *
 * @param slots response index by slot, as in the judgment
 * @param chosen index of the chosen response
 * @throws {RangeError} if the preferred slot is not one of the slots
 */
export function fourWayCredit(outcome: Outcome, slots: readonly number[], chosen: number): OfficialCredit {
  if (outcome.kind !== 'choice' || outcome.slot === 'tie') return { credit: FAILED_CREDIT, failed: true }
  const preferred = slots[outcome.slot]
  if (preferred === undefined)
    throw new RangeError(`fourWayCredit needs a slot below ${slots.length}, got slot=${outcome.slot}`)
  return { credit: preferred === chosen ? 1 : 0, failed: false }
}
