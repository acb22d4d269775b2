import betainc from '@stdlib/math-base-special-betainc'
import { integrate } from '../numeric/gauss-legendre.js'
import type { ProbabilityGreater } from '../paired/probability-greater-paired.js'
import { type IndependentCounts, requireIndependentCounts } from './independent-counts.js'

/**
 * Posterior probability that the first of two independent proportions is the greater one.
 *
 * Each proportion has Jeffreys' posterior Beta(k + ½, n − k + ½); value = ∫ f1(t)·F2(t) dt, taken over the angle θ with
 * t = sin²θ, in which the integrand is smooth to the ends, by Gauss–Legendre to about 1e-12.
 *
 * For judges on different items; on the same items use `probabilityGreaterPaired`. Without any trial it is ½.
 *
 * @param counts k1 of n1 and k2 of n2, integers
 * @returns probability in [0, 1]; n = n1 + n2
 * @throws {RangeError} if a count is negative, no integer, or k > n
 * @see Brown, Cai, DasGupta (2001), Statist. Sci. 16:101–133, for the prior
 * @example probabilityGreaterIndependent({ k1: 186, n1: 297, k2: 183, n2: 297 }).value // 0.6001
 */
export function probabilityGreaterIndependent(counts: IndependentCounts): ProbabilityGreater {
  requireIndependentCounts('probabilityGreaterIndependent', counts)
  const { k1, n1, k2, n2 } = counts
  const centre = Math.asin(Math.sqrt((k1 + 0.5) / (n1 + 1)))
  // the angle's deviation is about 1 / (2 sqrt(n)) whatever the proportion; twenty of them hold all the mass
  const reach = 10 / Math.sqrt(n1 + 1)
  const from = Math.max(0, centre - reach)
  const to = Math.min(Math.PI / 2, centre + reach)
  const peak = logDensity(centre, k1, n1)
  const density = (angle: number): number => Math.exp(logDensity(angle, k1, n1) - peak)
  const below = (angle: number): number => betainc(Math.sin(angle) ** 2, k2 + 0.5, n2 - k2 + 0.5, true, false)
  const value = integrate((angle) => density(angle) * below(angle), from, to, 40) / integrate(density, from, to, 40)
  return { quantity: 'probability that A is better', method: 'beta-jeffreys', n: n1 + n2, value }
}

/** log of sin²ᵏθ·cos²⁽ⁿ⁻ᵏ⁾θ: the density of the angle up to a constant. */
function logDensity(angle: number, k: number, n: number): number {
  const right = k === 0 ? 0 : 2 * k * Math.log(Math.sin(angle))
  const wrong = k === n ? 0 : 2 * (n - k) * Math.log(Math.cos(angle))
  return right + wrong
}
