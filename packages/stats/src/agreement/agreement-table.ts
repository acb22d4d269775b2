import { requireAligned } from '../check/require-aligned.js'

/** A rating: a word or a number; two ratings agree when they are the same value. */
export type Rating = string | number

/** How often each pair of ratings occurs: `counts[i][j]` of `labels[i]` by the first rater and `labels[j]` by the second. */
export interface AgreementTable {
  /** in order of first appearance */
  readonly labels: readonly Rating[]
  readonly counts: readonly (readonly number[])[]
  readonly n: number
}

/**
 * Cross-tabulates the ratings of two raters on the same items.
 *
 * @param a ratings of the first rater
 * @param b ratings of the second: same length and order as `a`
 * @returns a square table over every label that either used
 * @throws {RangeError} if lengths differ or a rating is NaN
 * @example agreementTable(['x', 'y'], ['x', 'x']).counts // [[1, 0], [1, 0]]
 */
export function agreementTable(a: readonly Rating[], b: readonly Rating[]): AgreementTable {
  requireAligned('agreementTable', 'a', a, 'b', b)
  const places = new Map<Rating, number>()
  for (const rating of [...a, ...b]) {
    if (Number.isNaN(rating)) throw new RangeError('agreementTable needs ratings that are not NaN, got NaN')
    if (!places.has(rating)) places.set(rating, places.size)
  }
  const counts = Array.from(places, () => new Array<number>(places.size).fill(0))
  a.forEach((rating, i) => {
    counts[places.get(rating)!]![places.get(b[i]!)!]!++
  })
  return { labels: [...places.keys()], counts, n: a.length }
}
