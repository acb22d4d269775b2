import { normalLowerTail, normalUpperTail } from '../distribution/normal.js'
import { type PairedDifference, pairedDifference } from '../paired/paired-difference.js'
import type { PairedCounts } from '../paired/paired-table.js'
import { tangoScore } from '../paired/tango.js'
import type { TestResult } from '../test-result.js'
import { type MarginOptions, requireMargin } from './non-inferiority-test.js'

/** The result of `equivalenceTest`; `statistic` is the z of the side with the larger p. */
export interface EquivalenceTest extends TestResult {
  readonly test: 'equivalence'
  readonly method: 'tost-tango'
  readonly margin: number
  readonly alpha: number
  /** one-sided p against a difference of −margin or less */
  readonly pBelow: number
  /** one-sided p against a difference of margin or more */
  readonly pAbove: number
  readonly conclusion: 'equivalent' | 'not shown'
  /** at level 1 − 2·alpha: it lies within ±margin exactly when equivalence is shown */
  readonly interval: PairedDifference
}

/**
 * Whether two judges are shown to be equally accurate within a stated margin (two one-sided tests).
 *
 * Tests both −margin and +margin by Tango's score; p is the larger of the two one-sided p values. This is how to say
 * that judges do equally well: a p above 0.05 from `mcnemar` is not.
 *
 * Assumes independent comparisons. With n = 0: statistic and p are NaN, conclusion `not shown`.
 *
 * @param table both, onlyA, onlyB, neither: integers ≥ 0; a `PairedTable` will do
 * @param options.margin difference in accuracy, in (0, 1)
 * @param options.alpha of each one-sided test, in (0, 0.5); defaults to 0.05
 * @returns p in [0, 1]; n is the number of pairs
 * @throws {RangeError} if a count is negative or no integer, margin outside (0, 1), or alpha outside (0, 0.5)
 * @see Schuirmann (1987), J. Pharmacokinet. Biopharm. 15:657–680; Tango (1998), Statist. Med. 17:891–908
 * @example equivalenceTest({ both: 160, onlyA: 26, onlyB: 23, neither: 88 }, { margin: 0.05 }).p // 0.0487
 */
export function equivalenceTest(
  { both, onlyA, onlyB, neither }: PairedCounts,
  { margin, alpha = 0.05 }: MarginOptions,
): EquivalenceTest {
  const table = { both, onlyA, onlyB, neither }
  requireMargin('equivalenceTest', table, margin, alpha)
  const n = both + onlyA + onlyB + neither
  const zBelow = n === 0 ? Number.NaN : tangoScore({ onlyA, onlyB, n }, -margin)
  const zAbove = n === 0 ? Number.NaN : tangoScore({ onlyA, onlyB, n }, margin)
  const [pBelow, pAbove] = [normalUpperTail(zBelow), normalLowerTail(zAbove)]
  const p = Math.max(pBelow, pAbove)
  return {
    test: 'equivalence',
    method: 'tost-tango',
    n,
    statistic: pBelow >= pAbove ? zBelow : zAbove,
    p,
    margin,
    alpha,
    pBelow,
    pAbove,
    conclusion: p <= alpha ? 'equivalent' : 'not shown',
    interval: pairedDifference(table, { level: 1 - 2 * alpha }),
  }
}
