import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'

/** P(Z > z) for a standard normal Z, without cancellation in the upper tail. */
export function normalUpperTail(z: number): number {
  return normalCdf(-z, 0, 1)
}

/** P(Z <= z) for a standard normal Z. */
export function normalLowerTail(z: number): number {
  return normalCdf(z, 0, 1)
}

/** P(|Z| > |z|) for a standard normal Z. */
export function normalTwoSidedP(z: number): number {
  return Math.min(1, 2 * normalCdf(-Math.abs(z), 0, 1))
}

/** The z with P(|Z| <= z) = level: 1.959964 for level 0.95. */
export function normalCriticalValue(level: number): number {
  return -normalQuantile((1 - level) / 2, 0, 1)
}

/** The z with P(Z <= z) = p. */
export function normalInverse(p: number): number {
  return normalQuantile(p, 0, 1)
}
