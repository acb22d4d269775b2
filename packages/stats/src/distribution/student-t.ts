import tCdf from '@stdlib/stats-base-dists-t-cdf'
import tQuantile from '@stdlib/stats-base-dists-t-quantile'

/** The t with P(|T| <= t) = level on `degrees` degrees of freedom; NaN for none. */
export function tCriticalValue(level: number, degrees: number): number {
  return degrees < 1 ? Number.NaN : -tQuantile((1 - level) / 2, degrees)
}

/** P(|T| > |t|) on `degrees` degrees of freedom; NaN for none. */
export function tTwoSidedP(t: number, degrees: number): number {
  return degrees < 1 ? Number.NaN : Math.min(1, 2 * tCdf(-Math.abs(t), degrees))
}
