import type { Comparison, Judgment, Outcome, VerdictResult } from '@judgelab/core'

/**
 * What one pairwise pass says of a comparison: the response in the preferred slot is the chosen one, the rejected one,
 * neither (tie), or the pass failed. An outcome that is no choice between the two slots counts as failed.
 *
 * @param slots response index by slot, as in the judgment
 */
export function passResult(outcome: Outcome, slots: readonly number[], comparison: Comparison): VerdictResult {
  if (outcome.kind !== 'choice') return 'failed'
  if (outcome.slot === 'tie') return 'tie'
  const preferred = slots[outcome.slot]
  if (preferred === comparison.chosen) return 'chosen'
  return preferred === comparison.rejected ? 'rejected' : 'failed'
}

/** The slot that a pass preferred, whoever stood in it. */
export function preferredSlot(outcome: Outcome): number | 'tie' | 'failed' {
  return outcome.kind === 'choice' ? outcome.slot : 'failed'
}

/**
 * What two ratings say of a comparison: the higher rated response wins, equal ratings tie, and without a rating of both
 * there is no answer. Several ratings of one response are averaged; failed ones among them drop out.
 */
export function ratedResult(judgments: readonly Judgment[], comparison: Comparison): VerdictResult {
  const chosen = meanRating(judgments, comparison.chosen)
  const rejected = meanRating(judgments, comparison.rejected)
  if (chosen === undefined || rejected === undefined) return 'failed'
  if (chosen === rejected) return 'tie'
  return chosen > rejected ? 'chosen' : 'rejected'
}

function meanRating(judgments: readonly Judgment[], response: number): number | undefined {
  const ratings = judgments
    .flatMap(({ slots, outcome }) => (slots[0] === response && outcome.kind === 'rating' ? [outcome.value] : []))
    .sort((a, b) => a - b) // the same ratings in another order must not differ in the last bit of their sum
  return ratings.length === 0 ? undefined : ratings.reduce((sum, value) => sum + value, 0) / ratings.length
}
