import type { Choice, Consistency, Outcome } from '@judgelab/core'
import { isStrong } from './strength.js'

/**
 * What repeated asking of one presentation comes to (self-consistency). Answers that are no choice drop out; without any
 * choice the first outcome stands, a failure with its reason.
 *
 * - `majority`: the most frequent slot, a tie being an answer like any other; equally frequent ones make a tie.
 * - `mean`: the slot with the highest mean probability, equal ones make a tie. An answer without probabilities counts as
 *   1 for its slot; a tie spreads 1 over all slots.
 *
 * The preference is strong where more than half of the answers that name its slot are.
 *
 * @param outcomes of one presentation, in the order of their repeats; at least one
 * @param slotCount how many responses were shown
 * @see Wang et al. (2023), Self-Consistency Improves Chain of Thought Reasoning in Language Models, ICLR
 */
export function combineRepeats(outcomes: readonly Outcome[], consistency: Consistency, slotCount: number): Outcome {
  const choices = outcomes.filter((outcome) => outcome.kind === 'choice')
  const [first] = outcomes
  if (first === undefined) throw new RangeError('combineRepeats needs at least 1 outcome, got 0')
  if (choices.length === 0) return first
  return outcomes.length === 1
    ? first
    : consistency === 'majority'
      ? majority(choices)
      : highestMean(choices, slotCount)
}

function majority(choices: readonly Choice[]): Choice {
  const votes = new Map<Choice['slot'], number>()
  for (const { slot } of choices) votes.set(slot, (votes.get(slot) ?? 0) + 1)
  return combined(leader(votes), choices)
}

function highestMean(choices: readonly Choice[], slotCount: number): Choice {
  const sums = Array.from({ length: slotCount }, (_, slot) =>
    sumInOrder(choices.map((choice) => probabilityOf(choice, slot, slotCount))),
  )
  const probabilities = sums.map((sum) => Math.min(1, sum / choices.length))
  return { ...combined(leader(new Map(probabilities.entries())), choices), probabilities }
}

function combined(slot: Choice['slot'], choices: readonly Choice[]): Choice {
  const naming = choices.filter((choice) => choice.slot === slot)
  const strong = naming.filter(isStrong).length
  return 2 * strong > naming.length ? { kind: 'choice', slot, strength: 'strong' } : { kind: 'choice', slot }
}

function probabilityOf({ slot, probabilities }: Choice, of: number, slotCount: number): number {
  if (probabilities !== undefined) return probabilities[of] as number
  return slot === 'tie' ? 1 / slotCount : slot === of ? 1 : 0
}

/** The same numbers in another order must not differ in the last bit of their sum. */
function sumInOrder(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b).reduce((sum, value) => sum + value, 0)
}

/** Who has most; `tie` where nobody is alone in that. */
function leader(votes: ReadonlyMap<Choice['slot'], number>): Choice['slot'] {
  const most = Math.max(...votes.values())
  const leaders = [...votes].filter(([, count]) => most - count < 1e-12)
  return leaders.length === 1 ? (leaders[0] as [Choice['slot'], number])[0] : 'tie'
}
