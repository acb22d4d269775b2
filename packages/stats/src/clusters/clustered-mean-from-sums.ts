import { requireOpenFraction } from '../check/require-fraction.js'
import { tCriticalValue, tTwoSidedP } from '../distribution/student-t.js'
import type { ClusteredMean } from './clustered-mean.js'

/** Sums over clusters, of n_c values with sum s_c each: as a database adds them up without holding the values. */
export interface ClusterSums {
  /** Σ n_c, the number of values. */
  readonly observations: number
  /** Σ s_c, the sum of the values. */
  readonly total: number
  /** How many clusters have a value. */
  readonly clusters: number
  /** Σ s_c². */
  readonly squares: number
  /** Σ s_c·n_c. */
  readonly products: number
  /** Σ n_c². */
  readonly sizes: number
}

/** As `ClusteredMean`, with the two-sided p of a mean of 0. */
export interface ClusteredMeanOfSums extends ClusteredMean {
  /** P(|T| > |mean / SE|), T with t on G − 1 degrees of freedom; 1 where every value is 0. */
  readonly p: number
}

/**
 * `clusteredMean` (CR1) of values that are known by their sums over clusters.
 *
 * With N = Σ n_c and mean m = Σ s_c / N, the residuals' sums within clusters are s_c − n_c·m, so that
 * SE² = (Σ s_c² − 2·m·Σ s_c·n_c + m²·Σ n_c²) / N² · G / (G − 1), and the interval is m ± t·SE on G − 1 degrees of freedom.
 * The difference in the numerator loses digits as the standard error falls: about 2⁻⁵² Σ s_c² of it are noise, which for a
 * million values in [−1, 1] is far below what is shown.
 *
 * With one cluster the standard error is undefined: it, low, high and p are NaN; with no value the mean too.
 *
 * @param sums finite, observations and clusters integers ≥ 0
 * @param options.level coverage in (0, 1); defaults to 0.95
 * @throws {RangeError} if level is outside (0, 1)
 * @see Liang, Zeger (1986), Biometrika 73:13–22, doi:10.1093/biomet/73.1.13
 */
export function clusteredMeanFromSums(
  { observations, total, clusters, squares, products, sizes }: ClusterSums,
  { level = 0.95 }: { readonly level?: number } = {},
): ClusteredMeanOfSums {
  requireOpenFraction('clusteredMeanFromSums', 'level', level)
  const value = observations === 0 ? Number.NaN : total / observations
  const residuals = Math.max(0, squares - 2 * value * products + value * value * sizes)
  const standardError = clusters < 2 ? Number.NaN : Math.sqrt((residuals * clusters) / (clusters - 1)) / observations
  const half = tCriticalValue(level, clusters - 1) * standardError
  const p = standardError === 0 ? (value === 0 ? 1 : 0) : tTwoSidedP(value / standardError, clusters - 1)
  const limits = { low: value - half, high: value + half }
  return { quantity: 'mean', method: 'CR1', value, ...limits, n: clusters, level, standardError, observations, p }
}
