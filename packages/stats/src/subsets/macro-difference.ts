import { requireCounts } from '../check/require-count.js'
import { requireOpenFraction } from '../check/require-fraction.js'
import { unknownOption } from '../check/unknown-option.js'
import type { Interval } from '../interval.js'
import { pairedDifference } from '../paired/paired-difference.js'
import type { PairedCounts } from '../paired/paired-table.js'

/** `mover` joins Tango's limits of the subsets; `wald` their variances. */
export type MacroMethod = 'mover' | 'wald'

/** The equal-weight mean of the subsets' paired differences, in [−1, 1], with its interval. */
export interface MacroDifference extends Interval {
  readonly quantity: 'macro paired difference'
  readonly method: MacroMethod
  readonly subsets: number
}

/**
 * Difference of two judges in macro accuracy: the mean over subsets of their paired differences, each of equal weight.
 *
 * With K subsets of difference d and Tango limits (l, u), `mover` (default) gives the mean of d − sqrt(Σ (d − l)²)/K to
 * the mean + sqrt(Σ (u − d)²)/K; `wald` uses the subsets' Wald limits, which have no width where nobody disagrees.
 *
 * A small subset weighs as much as a large one, so this is noisier than the pooled difference; leaderboards that
 * average subsets report this one. Assumes independent comparisons. Undefined for no subset: NaN.
 *
 * @param strata a paired table of each subset, each with n ≥ 1
 * @param options.method defaults to `mover`
 * @param options.level coverage in (0, 1); defaults to 0.95
 * @returns differences in [−1, 1]; n is the number of pairs in all
 * @throws {RangeError} if a subset is empty, a count is negative or no integer, or level is outside (0, 1)
 * @see Zou, Donner (2008), Statist. Med. 27:1693–1702, doi:10.1002/sim.3095
 * @example macroDifference([{ both: 5, onlyA: 3, onlyB: 1, neither: 1 }, { both: 20, onlyA: 2, onlyB: 4, neither: 4 }])
 *   // value 0.0667, low -0.1608, high 0.2636
 */
export function macroDifference(
  strata: readonly PairedCounts[],
  { method = 'mover', level = 0.95 }: { readonly method?: MacroMethod; readonly level?: number } = {},
): MacroDifference {
  requireOpenFraction('macroDifference', 'level', level)
  strata.forEach(requireSubset)
  const differences = strata.map((table) => pairedDifference(table, { method: subsetMethod(method), level }))
  const mean = (part: (d: Interval) => number): number =>
    differences.reduce((sum, d) => sum + part(d), 0) / differences.length
  const value = mean((d) => d.value)
  const below = Math.sqrt(mean((d) => (d.value - d.low) ** 2) / strata.length)
  const above = Math.sqrt(mean((d) => (d.high - d.value) ** 2) / strata.length)
  const n = differences.reduce((sum, d) => sum + d.n, 0)
  const limits = { low: value - below, high: value + above }
  return { quantity: 'macro paired difference', method, value, ...limits, n, level, subsets: strata.length }
}

function requireSubset({ both, onlyA, onlyB, neither }: PairedCounts, index: number): void {
  requireCounts('macroDifference', { both, onlyA, onlyB, neither })
  if (both + onlyA + onlyB + neither > 0) return
  throw new RangeError(`macroDifference needs at least one pair in every subset, got n=0 in strata[${index}]`)
}

function subsetMethod(method: MacroMethod): 'tango' | 'wald' {
  switch (method) {
    case 'mover':
      return 'tango'
    case 'wald':
      return 'wald'
    default:
      throw unknownOption('macroDifference', 'method', method)
  }
}
