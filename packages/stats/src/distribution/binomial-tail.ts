import { binomialProbability } from './binomial-probability.js'

/**
 * P(X <= k) for X ~ Binomial(n, p), relatively accurate in both tails.
 *
 * Sums probabilities outward from the point nearest the mode, on the side of the mode where the sum is the smaller
 * one, by the ratio of neighbours; it ends when a term no longer changes the sum, after about 40·sqrt(n) terms at
 * most, so that a million trials take well under a millisecond. An incomplete beta function is not used: at a million
 * trials its continued fraction is both slower and less exact.
 */
export function binomialLowerTail(k: number, n: number, p: number, q: number = 1 - p): number {
  if (k < 0) return 0
  if (k >= n) return 1
  if (k + 1 <= (n + 1) * p) return Math.min(1, sumDown(k, n, p, q))
  return Math.max(0, 1 - sumDown(n - k - 1, n, q, p))
}

/** P(X >= k) for X ~ Binomial(n, p), relatively accurate in both tails. */
export function binomialUpperTail(k: number, n: number, p: number, q: number = 1 - p): number {
  return binomialLowerTail(n - k, n, q, p)
}

/** P(X <= k) by terms k, k−1, …, which fall as long as k is not above the mode. */
function sumDown(k: number, n: number, p: number, q: number): number {
  const odds = q / p
  let term = binomialProbability(k, n, p, q)
  let sum = term
  for (let i = k; i > 0; i--) {
    term *= (i / (n - i + 1)) * odds
    if (sum + term === sum) break
    sum += term
  }
  return sum
}
