import { requireOpenFraction } from '../check/require-fraction.js'
import { normalCriticalValue } from '../distribution/normal.js'
import type { Interval } from '../interval.js'
import { wilsonLimits } from '../proportion/proportion-interval.js'
import { type IndependentCounts, requireIndependentCounts } from './independent-counts.js'

/** The difference of two independent proportions, in [−1, 1], with its interval. */
export interface IndependentDifference extends Interval {
  readonly quantity: 'independent difference'
  readonly method: 'newcombe'
}

/**
 * Newcombe's hybrid score interval for the difference of two independent proportions, first minus second.
 *
 * With Wilson's limits (l, u) of each: d − sqrt((p1 − l1)² + (u2 − p2)²) to d + sqrt((u1 − p1)² + (p2 − l2)²); his
 * method 10 for independent groups, no continuity correction.
 *
 * For judges on different items; on the same items use `pairedDifference`, which is narrower.
 * Undefined for n1 = 0 or n2 = 0: value, low and high are NaN.
 *
 * @param counts k1 of n1 and k2 of n2, integers
 * @param options.level coverage in (0, 1); defaults to 0.95
 * @returns differences in [−1, 1]; n = n1 + n2
 * @throws {RangeError} if a count is negative, no integer, or k > n, or level is outside (0, 1)
 * @see Newcombe (1998), Statist. Med. 17:873–890
 * @example newcombeIndependent({ k1: 56, n1: 70, k2: 48, n2: 80 }) // value 0.2, low 0.0524, high 0.3339
 */
export function newcombeIndependent(
  counts: IndependentCounts,
  { level = 0.95 }: { readonly level?: number } = {},
): IndependentDifference {
  requireIndependentCounts('newcombeIndependent', counts)
  requireOpenFraction('newcombeIndependent', 'level', level)
  const { k1, n1, k2, n2 } = counts
  const z = normalCriticalValue(level)
  const [p1, p2] = [k1 / n1, k2 / n2]
  const [low1, high1] = wilsonLimits(k1, n1, z)
  const [low2, high2] = wilsonLimits(k2, n2, z)
  const value = p1 - p2
  const empty = Number.isNaN(value)
  const low = empty ? Number.NaN : value - Math.hypot(p1 - low1, high2 - p2)
  const high = empty ? Number.NaN : value + Math.hypot(high1 - p1, p2 - low2)
  return { quantity: 'independent difference', method: 'newcombe', value, low, high, n: n1 + n2, level }
}
