import { requireOpenFraction } from '../check/require-fraction.js'
import { normalCriticalValue } from '../distribution/normal.js'
import type { Interval } from '../interval.js'
import { type AgreementTable, agreementTable, type Rating } from './agreement-table.js'

/** Chance-corrected agreement in [−1, 1] with its interval. */
export interface CohenKappa extends Interval {
  readonly quantity: 'agreement'
  readonly method: 'cohen-kappa'
  readonly standardError: number
  /** the share of items rated alike, in [0, 1] */
  readonly observedAgreement: number
  /** the share that the raters' marginals alone would give, in [0, 1] */
  readonly chanceAgreement: number
}

/**
 * Cohen's kappa of two raters on the same items.
 *
 * (po − pe) / (1 − pe) with po the share rated alike and pe = Σ p(i·)·p(·i); standard error by Fleiss, Cohen and Everitt
 * for a kappa that is not zero, interval ± z standard errors.
 *
 * For two judges pass the slots they chose (and tie, and failed, if those count as answers), not chosen or rejected:
 * with one constant label kappa is undefined or zero whatever the agreement. Assumes independent items.
 * Undefined where pe = 1 (both raters used one label throughout) or there are no items: value, standardError, low and
 * high are NaN, observedAgreement is still given.
 *
 * @param a ratings of the first rater
 * @param b ratings of the second: same length and order as `a`
 * @param options.level coverage in (0, 1); defaults to 0.95
 * @returns kappa in [−1, 1]; the limits may pass 1; n is the number of items
 * @throws {RangeError} if lengths differ or level is outside (0, 1)
 * @see Cohen (1960), Educ. Psychol. Meas. 20:37–46; Fleiss, Cohen, Everitt (1969), Psychol. Bull. 72:323–327
 * @example cohenKappa(['first', 'second', 'tie'], ['first', 'second', 'second']).value // 0.5
 */
export function cohenKappa(
  a: readonly Rating[],
  b: readonly Rating[],
  { level = 0.95 }: { readonly level?: number } = {},
): CohenKappa {
  requireOpenFraction('cohenKappa', 'level', level)
  const table = agreementTable(a, b)
  const { value, standardError, observedAgreement, chanceAgreement } = kappaOfTable(table)
  const half = normalCriticalValue(level) * standardError
  const [low, high] = [value - half, value + half]
  const estimate = { quantity: 'agreement', method: 'cohen-kappa', value, low, high, n: table.n, level } as const
  return { ...estimate, standardError, observedAgreement, chanceAgreement }
}

function kappaOfTable({ counts, n }: AgreementTable): {
  value: number
  standardError: number
  observedAgreement: number
  chanceAgreement: number
} {
  const rows = counts.map((row) => row.reduce((sum, count) => sum + count, 0) / n)
  const columns = counts.map((_, j) => counts.reduce((sum, row) => sum + row[j]!, 0) / n)
  const observedAgreement = counts.reduce((sum, row, i) => sum + row[i]! / n, n === 0 ? Number.NaN : 0)
  const chanceAgreement = rows.reduce((sum, row, i) => sum + row * columns[i]!, n === 0 ? Number.NaN : 0)
  const constant = counts.length < 2
  const value = constant ? Number.NaN : (observedAgreement - chanceAgreement) / (1 - chanceAgreement)
  let variance = -((value - chanceAgreement * (1 - value)) ** 2)
  counts.forEach((row, i) => {
    row.forEach((count, j) => {
      const share = count / n
      if (i === j) variance += share * (1 - (rows[i]! + columns[i]!) * (1 - value)) ** 2
      else variance += share * ((1 - value) * (columns[i]! + rows[j]!)) ** 2
    })
  })
  const standardError = Math.sqrt(Math.max(0, variance) / n) / (1 - chanceAgreement)
  return { value, standardError: constant ? Number.NaN : standardError, observedAgreement, chanceAgreement }
}
