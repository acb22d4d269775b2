import { binomialProbability } from '../distribution/binomial-probability.js'
import type { RandomGenerator } from '../random-generator.js'

/** A drawing function for one Binomial(n, p): for many draws of the same n and p several times as fast as `drawBinomial`. */
export type BinomialTable = (random: RandomGenerator) => number

/**
 * Tabulates Binomial(n, p) for drawing by inversion with a guide table.
 *
 * Holds the counts within ten standard deviations of the mean (what is beyond has less than 1e-20 of the probability), their
 * cumulative probabilities, and for each of as many equal parts of [0, 1) the first count that a draw in it can give.
 *
 * @see Chen, Asau (1974), On generating random variates from an empirical distribution, AIIE Trans. 6:163–166
 */
export function binomialTable(n: number, p: number): BinomialTable {
  if (p <= 0 || p >= 1) return () => (p <= 0 ? 0 : n)
  const reach = Math.ceil(10 * Math.sqrt(n * p * (1 - p)) + 10)
  const first = Math.max(0, Math.floor(n * p) - reach)
  const size = Math.min(n, Math.floor(n * p) + reach) - first + 1
  const cumulative = cumulativeFrom(first, size, n, p)
  const guide = new Uint32Array(size)
  for (let part = 0, at = 0; part < size; part++) {
    while (at < size - 1 && cumulative[at]! <= part / size) at++
    guide[part] = at
  }
  return (random) => {
    const u = random()
    let at = guide[Math.floor(u * size)]!
    while (cumulative[at]! <= u) at++
    return first + at
  }
}

/** Cumulative probabilities of `size` counts from `first`, by ratios of neighbours, ending in exactly 1. */
function cumulativeFrom(first: number, size: number, n: number, p: number): Float64Array {
  const cumulative = new Float64Array(size)
  let term = binomialProbability(first, n, p)
  let sum = 0
  for (let i = 0; i < size; i++) {
    const k = first + i
    // in the far tail a probability can be too small for a ratio: begin again from the formula
    if (term < 1e-290) term = binomialProbability(k, n, p)
    sum += term
    cumulative[i] = sum
    term *= ((n - k) / (k + 1)) * (p / (1 - p))
  }
  cumulative[size - 1] = 1
  return cumulative
}
