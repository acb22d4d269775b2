const HALF_LOG_TWO_PI = 0.9189385332046728

/**
 * log(n!) minus Stirling's leading terms: log(n!) − (n + ½)·log n + n − ½·log 2π, for a positive integer n.
 *
 * Up to 15 the difference is taken from a running logarithm of exact products; beyond, from the asymptotic series
 * 1/12n − 1/360n³ + 1/1260n⁵ − 1/1680n⁷ + 1/1188n⁹, whose next term is below 1e-16 there.
 *
 * @see Loader (2000), Fast and accurate computation of binomial probabilities, section 3
 */
export function logFactorialError(n: number): number {
  if (n === 0) return 0
  if (n <= 15) return SMALL[n]!
  const s = 1 / (n * n)
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - s / 1188) * s) * s) * s) / n
}

/** The values for 0 to 15, to double precision. */
const SMALL: readonly number[] = [
  0, 0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.020790672103765093, 0.016644691189821193,
  0.013876128823070748, 0.01189670994589177, 0.010411265261972096, 0.009255462182712733, 0.00833056343336287,
  0.007573675487951841, 0.00694284010720953, 0.006408994188004207, 0.0059513701127588475, 0.005554733551962801,
]

/** log(n!) for a non-negative integer n, to within a few units in the last place. */
export function logFactorial(n: number): number {
  if (n < 2) return 0
  return (n + 0.5) * Math.log(n) - n + HALF_LOG_TWO_PI + logFactorialError(n)
}
