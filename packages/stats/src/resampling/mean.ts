/**
 * Mean of numbers: the statistic that a bootstrap is asked for most.
 *
 * Sums in four interleaved parts, which a processor adds side by side. Undefined for no number: NaN.
 *
 * @param values numbers
 * @returns in the unit of the values
 * @see Higham (1993), The accuracy of floating point summation, SIAM J. Sci. Comput. 14:783–799
 * @example mean([0, 0.5, 1]) // 0.5
 */
export function mean(values: ArrayLike<number>): number {
  const whole = values.length - (values.length % 4)
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  for (let i = 0; i < whole; i += 4) {
    a += values[i]!
    b += values[i + 1]!
    c += values[i + 2]!
    d += values[i + 3]!
  }
  for (let i = whole; i < values.length; i++) a += values[i]!
  return (a + b + (c + d)) / values.length
}
