import { requireCounts } from '../check/require-count.js'
import { requireOpenFraction } from '../check/require-fraction.js'
import { normalUpperTail } from '../distribution/normal.js'
import { type PairedDifference, pairedDifference } from '../paired/paired-difference.js'
import type { PairedCounts } from '../paired/paired-table.js'
import { tangoScore } from '../paired/tango.js'
import type { TestResult } from '../test-result.js'

/** A margin of accuracy in (0, 1) and the alpha of the one-sided test (default 0.05). */
export interface MarginOptions {
  readonly margin: number
  readonly alpha?: number
}

/** The result of `nonInferiorityTest`; `n` counts pairs, `statistic` is Tango's z. */
export interface NonInferiorityTest extends TestResult {
  readonly test: 'non-inferiority'
  readonly method: 'tango'
  readonly margin: number
  readonly alpha: number
  readonly conclusion: 'no worse by the margin' | 'not shown'
  /** at level 1 − 2·alpha: its lower limit is above −margin exactly when non-inferiority is shown */
  readonly interval: PairedDifference
}

/**
 * Whether the first judge is shown to be no worse than the second by more than a stated margin.
 *
 * Tests the hypothesis that P(right A) − P(right B) ≤ −margin by Tango's score z at −margin, one-sided. Shown when
 * p ≤ alpha. The margin is a judgement of what would matter, stated before the data are seen.
 *
 * Assumes independent comparisons; large-sample, but good from some thirty pairs (docs/statistics.md).
 * With n = 0: statistic and p are NaN, conclusion `not shown`.
 *
 * @param table both, onlyA, onlyB, neither: integers ≥ 0; a `PairedTable` will do
 * @param options.margin difference in accuracy, in (0, 1): 0.02 for two points
 * @param options.alpha in (0, 0.5); defaults to 0.05
 * @returns p in [0, 1]
 * @throws {RangeError} if a count is negative or no integer, margin outside (0, 1), or alpha outside (0, 0.5)
 * @see Tango (1998), Statist. Med. 17:891–908; Liu et al. (2002), Statist. Med. 21:231–245
 * @example nonInferiorityTest({ both: 160, onlyA: 26, onlyB: 23, neither: 88 }, { margin: 0.05 }).p // 0.0068
 */
export function nonInferiorityTest(
  { both, onlyA, onlyB, neither }: PairedCounts,
  { margin, alpha = 0.05 }: MarginOptions,
): NonInferiorityTest {
  const table = { both, onlyA, onlyB, neither }
  requireMargin('nonInferiorityTest', table, margin, alpha)
  const n = both + onlyA + onlyB + neither
  const statistic = n === 0 ? Number.NaN : tangoScore({ onlyA, onlyB, n }, -margin)
  const p = n === 0 ? Number.NaN : normalUpperTail(statistic)
  const conclusion = p <= alpha ? 'no worse by the margin' : 'not shown'
  const interval = pairedDifference(table, { level: 1 - 2 * alpha })
  return { test: 'non-inferiority', method: 'tango', n, statistic, p, margin, alpha, conclusion, interval }
}

/** Throws a RangeError unless the counts are counts, 0 < margin < 1 and 0 < alpha < 0.5. */
export function requireMargin(caller: string, table: PairedCounts, margin: number, alpha: number): void {
  requireCounts(caller, { ...table })
  requireOpenFraction(caller, 'margin', margin)
  if (!(alpha > 0 && alpha < 0.5)) throw new RangeError(`${caller} needs 0 < alpha < 0.5, got alpha=${alpha}`)
}
