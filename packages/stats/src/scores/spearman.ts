import { requireAligned } from '../check/require-aligned.js'
import { requireFinite } from '../check/require-finite.js'
import { tTwoSidedP } from '../distribution/student-t.js'
import { midRanks } from './mid-ranks.js'
import type { RankCorrelation } from './rank-correlation.js'

/**
 * Spearman's rank correlation: Pearson's correlation of mid-ranks.
 *
 * p from t = r·sqrt((n − 2) / (1 − r²)) on n − 2 degrees of freedom, good from some ten pairs.
 * Assumes independent pairs. Undefined with fewer than two pairs or a constant side: value and p are NaN; with two
 * pairs p is NaN.
 *
 * @param x finite numbers
 * @param y finite numbers: same length and order as `x`
 * @returns value in [−1, 1]
 * @throws {RangeError} if lengths differ or a number is not finite
 * @see Spearman (1904), Am. J. Psychol. 15:72–101
 * @example spearman([1, 2, 3, 4], [1, 3, 2, 4]).value // 0.8
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): RankCorrelation {
  requireAligned('spearman', 'x', x, 'y', y)
  requireFinite('spearman', 'x', x)
  requireFinite('spearman', 'y', y)
  const n = x.length
  const middle = (n + 1) / 2
  const a = midRanks(x).map((rank) => rank - middle)
  const b = midRanks(y).map((rank) => rank - middle)
  const product = (u: Float64Array, v: Float64Array): number => u.reduce((sum, value, i) => sum + value * v[i]!, 0)
  const value = Math.max(-1, Math.min(1, product(a, b) / Math.sqrt(product(a, a) * product(b, b))))
  const p = Math.abs(value) === 1 && n > 2 ? 0 : tTwoSidedP(value * Math.sqrt((n - 2) / (1 - value * value)), n - 2)
  return { quantity: 'rank correlation', method: 'spearman', n, value, p }
}
