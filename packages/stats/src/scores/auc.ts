import { requireAligned } from '../check/require-aligned.js'
import { requireFinite } from '../check/require-finite.js'
import { requireOpenFraction } from '../check/require-fraction.js'
import { normalCriticalValue } from '../distribution/normal.js'
import type { Interval } from '../interval.js'
import { midRanks } from './mid-ranks.js'
import { requireLabels } from './require-forecasts.js'

/** Area under the ROC curve, in [0, 1], with its interval. */
export interface Auc extends Interval {
  readonly quantity: 'auc'
  readonly method: 'delong'
  readonly standardError: number
  readonly positives: number
}

/**
 * Area under the ROC curve: the chance that an item of label 1 scores above one of label 0, equal scores counting half.
 *
 * From mid-ranks (Mann–Whitney); standard error by DeLong from each item's share of items of the other label that it
 * beats, interval ± z standard errors, clipped to [0, 1].
 *
 * Assumes independent items. Undefined if a label is missing: value is NaN; with one item of a label the error is NaN.
 *
 * @param scores finite, larger for label 1
 * @param labels 0 or 1: same length and order as `scores`
 * @param options.level coverage in (0, 1); defaults to 0.95
 * @returns value in [0, 1]; ½ for scores that tell nothing
 * @throws {RangeError} if lengths differ, a score is not finite, or a label is neither 0 nor 1
 * @see DeLong, DeLong, Clarke-Pearson (1988), Biometrics 44:837–845; Sun, Xu (2014), IEEE Signal Process. Lett. 21:1389–1393
 * @example auc([0.9, 0.8, 0.3, 0.4], [1, 0, 0, 1]).value // 0.75
 */
export function auc(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  { level = 0.95 }: { readonly level?: number } = {},
): Auc {
  requireAligned('auc', 'scores', scores, 'labels', labels)
  requireFinite('auc', 'scores', scores)
  requireLabels('auc', labels)
  requireOpenFraction('auc', 'level', level)
  const positive = winShares(scores, labels, 1)
  const negative = winShares(scores, labels, 0)
  const value = negative.length === 0 ? Number.NaN : meanOf(positive)
  const standardError = Math.sqrt(varianceOf(positive) / positive.length + varianceOf(negative) / negative.length)
  const half = normalCriticalValue(level) * standardError
  const limits = { low: Math.max(0, value - half), high: Math.min(1, value + half) }
  const n = labels.length
  return { quantity: 'auc', method: 'delong', value, ...limits, n, level, standardError, positives: positive.length }
}

/** For each item of one label, the share of items of the other label that score below it, equal ones counting half. */
function winShares(scores: ArrayLike<number>, labels: ArrayLike<number>, label: 0 | 1): number[] {
  const items = Array.from(labels, (_, i) => i).filter((i) => labels[i] === label)
  const overall = midRanks(scores)
  const within = midRanks(items.map((i) => scores[i]!))
  return items.map((i, place) => (overall[i]! - within[place]!) / (labels.length - items.length))
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}
