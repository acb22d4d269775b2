import { requireCounts } from '../check/require-count.js'
import { unknownOption } from '../check/unknown-option.js'
import { binomialProbability } from '../distribution/binomial-probability.js'
import { binomialLowerTail } from '../distribution/binomial-tail.js'
import { chiSquareUpperTail } from '../distribution/chi-square.js'
import type { TestResult } from '../test-result.js'

/** How McNemar's p is made; `exact` never rejects too often, `mid-p` is less conservative. */
export type McnemarMethod = 'exact' | 'mid-p' | 'chi2' | 'chi2-corrected'

/** The discordant counts of a paired table. */
export interface DiscordantCounts {
  readonly onlyA: number
  readonly onlyB: number
}

/**
 * The result of `mcnemar`; `n` counts the discordant comparisons.
 *
 * `statistic` is the smaller discordant count for `exact` and `mid-p`, the chi-square for the others.
 */
export interface McnemarTest extends TestResult {
  readonly test: 'mcnemar'
  readonly method: McnemarMethod
  readonly onlyA: number
  readonly onlyB: number
}

/**
 * McNemar's test that two judges are right equally often on the same comparisons.
 *
 * With m = onlyA + onlyB, k = min(onlyA, onlyB) and X ~ Binomial(m, ½):
 * - `exact` (default): min(1, 2·P(X ≤ k)).
 * - `mid-p`: 2·(P(X ≤ k) − ½·P(X = k)); its size may pass the nominal one by very little (see docs/statistics.md).
 * - `chi2`: (onlyA − onlyB)² / m on one degree of freedom.
 * - `chi2-corrected`: max(|onlyA − onlyB| − 1, 0)² / m (Edwards).
 *
 * Two-sided. Concordant comparisons carry no information and are not asked for. Assumes independent comparisons: for
 * several comparisons of one prompt use `signFlipTest` by prompt.
 * With no discordant comparison there is nothing to tell the judges apart: p is 1, statistic 0.
 *
 * @param counts onlyA and onlyB, integers ≥ 0; a `PairedTable` will do
 * @param options.method defaults to `exact`
 * @returns p in [0, 1]; n is the number of discordant comparisons
 * @throws {RangeError} if a count is negative or no integer
 * @see McNemar (1947), Psychometrika 12:153–157, doi:10.1007/BF02295996
 * @see Fagerland, Lydersen, Laake (2013), BMC Med. Res. Methodol. 13:91, doi:10.1186/1471-2288-13-91
 * @example mcnemar({ onlyA: 22, onlyB: 36 }).p // 0.0869
 */
export function mcnemar(
  { onlyA, onlyB }: DiscordantCounts,
  { method = 'exact' }: { readonly method?: McnemarMethod } = {},
): McnemarTest {
  requireCounts('mcnemar', { onlyA, onlyB })
  const { statistic, p } = mcnemarValues(onlyA, onlyB, method)
  return { test: 'mcnemar', method, n: onlyA + onlyB, statistic, p, onlyA, onlyB }
}

function mcnemarValues(onlyA: number, onlyB: number, method: McnemarMethod): { statistic: number; p: number } {
  const smaller = Math.min(onlyA, onlyB)
  switch (method) {
    case 'exact':
      return { statistic: smaller, p: mcnemarExactP(onlyA, onlyB) }
    case 'mid-p':
      return { statistic: smaller, p: mcnemarMidP(onlyA, onlyB) }
    case 'chi2':
      return chiSquareValues(Math.abs(onlyA - onlyB), onlyA + onlyB)
    case 'chi2-corrected':
      return chiSquareValues(Math.max(Math.abs(onlyA - onlyB) - 1, 0), onlyA + onlyB)
    default:
      throw unknownOption('mcnemar', 'method', method)
  }
}

/** The exact two-sided p of McNemar's test for unchecked counts. */
export function mcnemarExactP(onlyA: number, onlyB: number): number {
  return Math.min(1, 2 * binomialLowerTail(Math.min(onlyA, onlyB), onlyA + onlyB, 0.5))
}

/** The mid-p of McNemar's test for unchecked counts. */
export function mcnemarMidP(onlyA: number, onlyB: number): number {
  const k = Math.min(onlyA, onlyB)
  const m = onlyA + onlyB
  if (m === 0) return 1
  return Math.min(1, 2 * binomialLowerTail(k, m, 0.5) - binomialProbability(k, m, 0.5))
}

function chiSquareValues(distance: number, discordant: number): { statistic: number; p: number } {
  if (discordant === 0) return { statistic: 0, p: 1 }
  const statistic = (distance * distance) / discordant
  return { statistic, p: chiSquareUpperTail(statistic, 1) }
}
