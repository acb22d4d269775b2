import { requireFraction } from '../check/require-fraction.js'
import { unknownOption } from '../check/unknown-option.js'

/** `bonferroni`, `holm` and `hochberg` bound the chance of any false claim; the others the share of false claims. */
export type AdjustmentMethod = 'bonferroni' | 'holm' | 'hochberg' | 'benjamini-hochberg' | 'benjamini-yekutieli'

/** A p value and what it becomes in its family. */
export interface AdjustedP {
  readonly method: AdjustmentMethod
  /** the name of the family of tests */
  readonly family: string
  /** the number of tests in the family */
  readonly familySize: number
  /** as given, in [0, 1] */
  readonly raw: number
  /** in [0, 1], never below `raw` */
  readonly adjusted: number
}

/**
 * Adjusts the p values of one family of tests for their number.
 *
 * With m values, ascending p(1) ≤ … ≤ p(m), c = 1 + 1/2 + … + 1/m, and every result capped at 1:
 * - `bonferroni`: m·p. Any dependence.
 * - `holm`: running maximum of (m − i + 1)·p(i). Any dependence, never worse than Bonferroni.
 * - `hochberg`: running minimum from the largest of the same. Independent or positively dependent tests.
 * - `benjamini-hochberg`: running minimum from the largest of m·p(i)/i: false discovery rate; same assumption.
 * - `benjamini-yekutieli`: that times c. Any dependence.
 *
 * @param p values in [0, 1]; none gives none
 * @param method one of the five
 * @param family what the tests have in common, kept in each result; defaults to `unnamed`
 * @returns in the order of `p`
 * @throws {RangeError} if a value is outside [0, 1]
 * @see Holm (1979), Scand. J. Statist. 6:65–70; Hochberg (1988), Biometrika 75:800–802
 * @see Benjamini, Hochberg (1995), J. R. Statist. Soc. B 57:289–300; Benjamini, Yekutieli (2001), Ann. Statist. 29:1165–1188
 * @example adjustPValues([0.01, 0.04, 0.03, 0.005], 'holm', 'subsets').map((r) => r.adjusted) // 0.03, 0.06, 0.06, 0.02
 */
export function adjustPValues(
  p: readonly number[],
  method: AdjustmentMethod,
  family = 'unnamed',
): readonly AdjustedP[] {
  p.forEach((value, i) => {
    requireFraction('adjustPValues', `p[${i}]`, value)
  })
  const order = p.map((_, i) => i).sort((i, j) => p[i]! - p[j]!)
  const ascending = adjustAscending(
    order.map((i) => p[i]!),
    method,
  )
  const adjusted = new Array<number>(p.length)
  order.forEach((place, rank) => {
    adjusted[place] = ascending[rank]!
  })
  return p.map((raw, i) => ({ method, family, familySize: p.length, raw, adjusted: Math.max(raw, adjusted[i]!) }))
}

function adjustAscending(p: readonly number[], method: AdjustmentMethod): readonly number[] {
  const m = p.length
  switch (method) {
    case 'bonferroni':
      return p.map((value) => Math.min(1, m * value))
    case 'holm':
      return runningMaximum(p.map((value, i) => (m - i) * value))
    case 'hochberg':
      return runningMinimum(p.map((value, i) => (m - i) * value))
    case 'benjamini-hochberg':
      return runningMinimum(p.map((value, i) => (m / (i + 1)) * value))
    case 'benjamini-yekutieli':
      return runningMinimum(p.map((value, i) => ((m * harmonic(m)) / (i + 1)) * value))
    default:
      throw unknownOption('adjustPValues', 'method', method)
  }
}

function runningMaximum(values: readonly number[]): number[] {
  let largest = 0
  return values.map((value) => {
    largest = Math.max(largest, Math.min(1, value))
    return largest
  })
}

function runningMinimum(values: readonly number[]): number[] {
  let smallest = 1
  const result = values.slice()
  for (let i = values.length - 1; i >= 0; i--) {
    smallest = Math.min(smallest, values[i]!)
    result[i] = smallest
  }
  return result
}

function harmonic(m: number): number {
  let sum = 0
  for (let i = 1; i <= m; i++) sum += 1 / i
  return sum
}
