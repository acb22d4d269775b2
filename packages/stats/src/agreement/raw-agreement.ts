import { requireAligned } from '../check/require-aligned.js'
import {
  type ProportionInterval,
  type ProportionIntervalOptions,
  proportionInterval,
} from '../proportion/proportion-interval.js'
import type { Rating } from './agreement-table.js'

/**
 * The share of items that two raters rated alike, with its interval.
 *
 * Not corrected for chance: two judges that mostly answer the same slot agree often without judging; see `cohenKappa`.
 * Assumes independent items. Undefined for no items: value, low and high are NaN.
 *
 * @param a ratings of the first rater
 * @param b ratings of the second: same length and order as `a`
 * @param options as for `proportionInterval`
 * @returns a proportion in [0, 1]; n is the number of items
 * @throws {RangeError} if lengths differ or level is outside (0, 1)
 * @see `proportionInterval`
 * @example rawAgreement(['x', 'y', 'x'], ['x', 'y', 'y']).value // 0.6667
 */
export function rawAgreement(
  a: readonly Rating[],
  b: readonly Rating[],
  options: ProportionIntervalOptions = {},
): ProportionInterval {
  requireAligned('rawAgreement', 'a', a, 'b', b)
  return proportionInterval(a.filter((rating, i) => rating === b[i]).length, a.length, options)
}
