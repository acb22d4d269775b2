import { requireAligned } from '../check/require-aligned.js'
import { requireFinite } from '../check/require-finite.js'
import { requireOpenFraction } from '../check/require-fraction.js'
import { unknownOption } from '../check/unknown-option.js'
import { tCriticalValue } from '../distribution/student-t.js'
import type { Interval } from '../interval.js'

/** `CR1` corrects `CR0` for the number of clusters: variance times G / (G − 1). */
export type ClusterCorrection = 'CR0' | 'CR1'

/** A mean with cluster-robust standard error and interval; `n` counts clusters. */
export interface ClusteredMean extends Interval {
  readonly quantity: 'mean'
  readonly method: ClusterCorrection
  readonly standardError: number
  readonly observations: number
}

/**
 * Mean of values that come in clusters (comparisons of one prompt), with a cluster-robust standard error.
 *
 * With residuals e = y − mean summed within clusters, SE² = Σ (Σ e)² / N², times G / (G − 1) for `CR1` (default). The
 * interval is mean ± t·SE with t on G − 1 degrees of freedom.
 *
 * Assumes independent clusters, and many: below some thirty the interval covers too little; `pairedBootstrap` and
 * `signFlipTest` then serve better. Differences of two judges may be passed as values.
 * With one cluster the standard error is undefined: it, low and high are NaN; with no value the mean too.
 *
 * @param values finite numbers
 * @param clusters the cluster of each value: same length and order as `values`
 * @param options.correction defaults to `CR1`
 * @param options.level coverage in (0, 1); defaults to 0.95
 * @returns in the unit of the values; n is the number of clusters
 * @throws {RangeError} if lengths differ, a value is not finite, or level is outside (0, 1)
 * @see Liang, Zeger (1986), Biometrika 73:13–22, doi:10.1093/biomet/73.1.13
 * @see Cameron, Miller (2015), J. Hum. Resour. 50:317–372, for the degrees of freedom
 * @example clusteredMean([1, 1, 0, 0.5], ['p', 'p', 'q', 'r']).standardError // 0.3014
 */
export function clusteredMean(
  values: ArrayLike<number>,
  clusters: ArrayLike<string | number>,
  { correction = 'CR1', level = 0.95 }: { readonly correction?: ClusterCorrection; readonly level?: number } = {},
): ClusteredMean {
  requireAligned('clusteredMean', 'values', values, 'clusters', clusters)
  requireFinite('clusteredMean', 'values', values)
  requireOpenFraction('clusteredMean', 'level', level)
  const observations = values.length
  let value = 0
  for (let i = 0; i < observations; i++) value += values[i]! / observations
  if (observations === 0) value = Number.NaN
  const residuals = new Map<string | number, number>()
  for (let i = 0; i < observations; i++) {
    residuals.set(clusters[i]!, (residuals.get(clusters[i]!) ?? 0) + values[i]! - value)
  }
  const n = residuals.size
  const squares = [...residuals.values()].reduce((sum, residual) => sum + residual * residual, 0)
  const standardError = n < 2 ? Number.NaN : Math.sqrt(squares * correctionFactor(correction, n)) / observations
  const half = tCriticalValue(level, n - 1) * standardError
  const limits = { low: value - half, high: value + half }
  return { quantity: 'mean', method: correction, value, ...limits, n, level, standardError, observations }
}

function correctionFactor(correction: ClusterCorrection, clusters: number): number {
  switch (correction) {
    case 'CR0':
      return 1
    case 'CR1':
      return clusters / (clusters - 1)
    default:
      throw unknownOption('clusteredMean', 'correction', correction)
  }
}
