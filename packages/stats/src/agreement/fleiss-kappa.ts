import type { Interval } from '../interval.js'
import type { BootstrapOptions } from '../resampling/bootstrap.js'
import type { BootstrapMethod } from '../resampling/bootstrap-limits.js'
import { bootstrapRows } from '../resampling/bootstrap-rows.js'
import type { Rating } from './agreement-table.js'

/** Chance-corrected agreement of several raters; `n` counts items. */
export interface FleissKappa extends Interval {
  readonly quantity: 'agreement'
  readonly method: 'fleiss-kappa'
  readonly raters: number
  /** how the limits were made; `none` where no resampling was asked for: low and high are NaN */
  readonly limits: BootstrapMethod | 'none'
}

/**
 * Fleiss' kappa of several raters, each of whom rated every item.
 *
 * (P − Pe) / (1 − Pe), with P the mean over items of the share of rater pairs that agree and Pe = Σ q² for the overall
 * share q of each label. The raters are taken as exchangeable; for two named raters use `cohenKappa`, for missing
 * ratings `krippendorffAlpha`. The interval resamples items.
 *
 * Undefined with no item, fewer than two raters, or one label throughout: value is NaN.
 *
 * @param ratings one row an item, one rating a rater, rows of the same length
 * @param options.resampling as for `bootstrap`; without it low and high are NaN
 * @returns kappa, at most 1; n is the number of items
 * @throws {RangeError} if rows differ in length or a rating is NaN
 * @see Fleiss (1971), Psychol. Bull. 76:378–382, doi:10.1037/h0031619
 * @example fleissKappa([['x', 'x', 'y'], ['y', 'y', 'y']]).value // 0.25
 */
export function fleissKappa(
  ratings: readonly (readonly Rating[])[],
  { resampling }: { readonly resampling?: BootstrapOptions } = {},
): FleissKappa {
  const raters = ratings[0]?.length ?? 0
  const labels = labelPlaces(ratings, raters)
  const counts = ratings.map((row) => countLabels(row, labels))
  const n = counts.length
  const all = Float64Array.from(counts, (_, i) => i)
  const statistic = (drawn: Float64Array): number => kappaOfCounts(counts, drawn, raters, labels.size)
  const interval = resampling && n > 0 ? bootstrapRows(n, statistic, resampling) : undefined
  return {
    quantity: 'agreement',
    method: 'fleiss-kappa',
    value: statistic(all),
    low: interval?.low ?? Number.NaN,
    high: interval?.high ?? Number.NaN,
    n,
    level: resampling?.level ?? 0.95,
    raters,
    limits: interval?.method ?? 'none',
  }
}

function labelPlaces(ratings: readonly (readonly Rating[])[], raters: number): Map<Rating, number> {
  const labels = new Map<Rating, number>()
  ratings.forEach((row, i) => {
    if (row.length !== raters) {
      throw new RangeError(
        `fleissKappa needs rows of the same length, got ${raters} ratings in row 0, ${row.length} in row ${i}`,
      )
    }
    for (const rating of row) {
      if (Number.isNaN(rating)) throw new RangeError(`fleissKappa needs ratings that are not NaN, got NaN in row ${i}`)
      if (!labels.has(rating)) labels.set(rating, labels.size)
    }
  })
  return labels
}

function countLabels(row: readonly Rating[], labels: ReadonlyMap<Rating, number>): Float64Array {
  const counts = new Float64Array(labels.size)
  for (const rating of row) counts[labels.get(rating)!]!++
  return counts
}

function kappaOfCounts(counts: readonly Float64Array[], drawn: Float64Array, raters: number, labels: number): number {
  const totals = new Float64Array(labels)
  let agreeing = 0
  for (let i = 0; i < drawn.length; i++) {
    const row = counts[drawn[i]!]!
    for (let j = 0; j < labels; j++) {
      totals[j]! += row[j]!
      agreeing += row[j]! * (row[j]! - 1)
    }
  }
  const observed = agreeing / (drawn.length * raters * (raters - 1))
  const chance = totals.reduce((sum, total) => sum + (total / (drawn.length * raters)) ** 2, 0)
  return chance === 1 ? Number.NaN : (observed - chance) / (1 - chance)
}
