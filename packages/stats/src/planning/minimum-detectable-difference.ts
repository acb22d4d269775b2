import { requireCount } from '../check/require-count.js'
import { requireFraction, requireOpenFraction } from '../check/require-fraction.js'
import { bisect } from '../numeric/bisect.js'
import { type PlannedMcnemar, powerValue } from './mcnemar-power.js'

/** What is given when the smallest difference that a test can find is asked for. */
export interface DetectableInput {
  /** comparisons that both judges will answer, integer ≥ 0 */
  readonly n: number
  /** probability in [0, 1] that exactly one judge is right */
  readonly discordance: number
  /** wanted power in (0, 1); defaults to 0.8 */
  readonly power?: number
  /** in (0, 1); defaults to 0.05 */
  readonly alpha?: number
  /** defaults to `exact` */
  readonly method?: PlannedMcnemar
}

/** The smallest difference in accuracy that the planned test finds with the wanted power. */
export interface DetectableDifference {
  readonly quantity: 'minimum detectable difference'
  readonly method: PlannedMcnemar
  readonly n: number
  readonly discordance: number
  readonly power: number
  readonly alpha: number
  /** `out of reach` when even the largest difference, the discordance itself, is not found with the wanted power */
  readonly status: 'detectable' | 'out of reach'
  /** in [0, discordance]; NaN when out of reach */
  readonly difference: number
}

/**
 * The smallest true difference in accuracy that McNemar's test finds with the wanted power, at a given discordance.
 *
 * Solves mcnemarPower(n, (discordance + d)/2, (discordance − d)/2) = power for d by halving: at a given discordance
 * power rises with d. Assumes independent comparisons.
 *
 * @param input n, discordance, power (default 0.8), alpha (default 0.05), method (default `exact`)
 * @returns a difference of accuracies in [0, discordance], NaN with status `out of reach`
 * @throws {RangeError} if n is no count, discordance outside [0, 1], power or alpha outside (0, 1)
 * @see `mcnemarPower`
 * @example minimumDetectableDifference({ n: 297, discordance: 0.2 }).difference // 0.0746
 */
export function minimumDetectableDifference({
  n,
  discordance,
  power = 0.8,
  alpha = 0.05,
  method = 'exact',
}: DetectableInput): DetectableDifference {
  requireCount('minimumDetectableDifference', 'n', n)
  requireFraction('minimumDetectableDifference', 'discordance', discordance)
  requireOpenFraction('minimumDetectableDifference', 'power', power)
  requireOpenFraction('minimumDetectableDifference', 'alpha', alpha)
  const missing = (d: number): number =>
    power - powerValue(n, (discordance + d) / 2, Math.max(0, discordance - d) / 2, alpha, method)
  const status = missing(discordance) <= 0 ? 'detectable' : 'out of reach'
  const difference = status === 'detectable' ? bisect(missing, 0, discordance, 1e-9) : Number.NaN
  return { quantity: 'minimum detectable difference', method, n, discordance, power, alpha, status, difference }
}
