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

/**
 * What one best-of-n pass says of a comparison, shown its chosen response among all rejected ones: the chosen one, any
 * other (rejected), or a tie.
 */
export function bestOfResult(outcome: Outcome, slots: readonly number[], comparison: Comparison): VerdictResult {
  const result = passResult(outcome, slots, comparison)
  return result === 'failed' && outcome.kind === 'choice' ? 'rejected' : result
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

/**
 * What two classes say of a comparison: the response in the better class wins, one class for both is a tie, and without
 * a class of both there is no answer. The order of the classes that the judge could choose from says which is better.
 * Several answers for one response combine by majority, the better class first among equals; failed ones drop out.
 */
export function classedResult(judgments: readonly Judgment[], comparison: Comparison): VerdictResult {
  const chosen = majorityClass(judgments, comparison.chosen)
  const rejected = majorityClass(judgments, comparison.rejected)
  if (chosen === undefined || rejected === undefined) return 'failed'
  if (chosen === rejected) return 'tie'
  return chosen < rejected ? 'chosen' : 'rejected'
}

/** The place of the most frequent class among the classes, 0 for the best. */
function majorityClass(judgments: readonly Judgment[], response: number): number | undefined {
  const votes = new Map<number, number>()
  for (const { slots, outcome } of judgments) {
    if (slots[0] !== response || outcome.kind !== 'class') continue
    const place = outcome.labels.indexOf(outcome.label)
    votes.set(place, (votes.get(place) ?? 0) + 1)
  }
  return [...votes].sort(([a, x], [b, y]) => y - x || a - b)[0]?.[0]
}
