import { requireCount } from '../check/require-count.js'
import { requireFraction, requireOpenFraction } from '../check/require-fraction.js'
import { binomialProbability } from '../distribution/binomial-probability.js'
import { binomialLowerTail, binomialUpperTail } from '../distribution/binomial-tail.js'
import { mcnemarExactP, mcnemarMidP } from '../paired/mcnemar.js'

/** Which of the two exact kinds of McNemar's test is planned. */
export type PlannedMcnemar = 'exact' | 'mid-p'

/** A planned paired comparison. */
export interface McnemarPowerInput {
  /** comparisons that both judges will answer, integer ≥ 0 */
  readonly n: number
  /** probability in [0, 1] that only A is right */
  readonly pOnlyA: number
  /** probability in [0, 1] that only B is right */
  readonly pOnlyB: number
  /** in (0, 1); defaults to 0.05 */
  readonly alpha?: number
  /** defaults to `exact` */
  readonly method?: PlannedMcnemar
}

/** The chance that the planned test rejects. */
export interface McnemarPower {
  readonly quantity: 'power'
  readonly method: PlannedMcnemar
  readonly n: number
  readonly pOnlyA: number
  readonly pOnlyB: number
  readonly alpha: number
  /** probability in [0, 1]; at pOnlyA = pOnlyB it is the size of the test */
  readonly power: number
}

/**
 * Power of McNemar's two-sided test, exactly, by enumeration of the discordant count.
 *
 * Σ over m of P(M = m)·P(test rejects | m), with M ~ Binomial(n, pOnlyA + pOnlyB) and the comparisons that only A got
 * right ~ Binomial(m, pOnlyA / (pOnlyA + pOnlyB)). Counts m with P(M = m) < 1e-17 are left out, which changes the power
 * by less than 1e-10 for any n up to a million.
 *
 * Assumes independent comparisons. At n = 0 or without discordance nothing can be rejected: power is 0.
 *
 * @param input n, pOnlyA, pOnlyB, alpha (default 0.05), method (default `exact`)
 * @returns power in [0, 1]
 * @throws {RangeError} if n is no count, a probability is outside [0, 1], pOnlyA + pOnlyB > 1, or alpha outside (0, 1)
 * @see Miettinen (1968), Biometrics 24:339–352, doi:10.2307/2528039
 * @example mcnemarPower({ n: 297, pOnlyA: 0.12, pOnlyB: 0.07 }).power // 0.4613
 */
export function mcnemarPower({ n, pOnlyA, pOnlyB, alpha = 0.05, method = 'exact' }: McnemarPowerInput): McnemarPower {
  requireCount('mcnemarPower', 'n', n)
  requireDiscordance('mcnemarPower', pOnlyA, pOnlyB)
  requireOpenFraction('mcnemarPower', 'alpha', alpha)
  const power = powerValue(n, pOnlyA, pOnlyB, alpha, method)
  return { quantity: 'power', method, n, pOnlyA, pOnlyB, alpha, power }
}

/** Throws a RangeError unless both are probabilities whose sum is one too. */
export function requireDiscordance(caller: string, pOnlyA: number, pOnlyB: number): void {
  requireFraction(caller, 'pOnlyA', pOnlyA)
  requireFraction(caller, 'pOnlyB', pOnlyB)
  if (pOnlyA + pOnlyB <= 1 + 1e-12) return
  throw new RangeError(`${caller} needs pOnlyA + pOnlyB <= 1, got pOnlyA=${pOnlyA}, pOnlyB=${pOnlyB}`)
}

/** The power for unchecked arguments. */
export function powerValue(n: number, pOnlyA: number, pOnlyB: number, alpha: number, method: PlannedMcnemar): number {
  const discordance = Math.min(1, pOnlyA + pOnlyB)
  if (discordance === 0) return 0
  const shareA = pOnlyA / (pOnlyA + pOnlyB)
  const shareB = pOnlyB / (pOnlyA + pOnlyB)
  const [from, to] = likelyCounts(n, discordance)
  let critical = firstCritical(from, alpha, method)
  let power = 0
  for (let m = from; m <= to; m++) {
    while (pOf(critical + 1, m, method) <= alpha && 2 * (critical + 1) < m) critical++
    if (critical < 0) continue
    const rejects = binomialLowerTail(critical, m, shareA, shareB) + binomialUpperTail(m - critical, m, shareA, shareB)
    power += binomialProbability(m, n, discordance) * rejects
  }
  return Math.min(1, power)
}

/** The range of counts of Binomial(n, p) whose probability is at least 1e-17. */
function likelyCounts(n: number, p: number): [number, number] {
  const mode = Math.min(n, Math.floor((n + 1) * p))
  let from = mode
  let to = mode
  while (from > 0 && binomialProbability(from - 1, n, p) >= 1e-17) from--
  while (to < n && binomialProbability(to + 1, n, p) >= 1e-17) to++
  return [from, to]
}

/** The largest smaller count that rejects among m discordant ones, −1 if none does, by halving. */
function firstCritical(m: number, alpha: number, method: PlannedMcnemar): number {
  let low = -1
  let high = Math.floor(m / 2)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (2 * middle < m && pOf(middle, m, method) <= alpha) low = middle
    else high = middle - 1
  }
  return low
}

function pOf(k: number, m: number, method: PlannedMcnemar): number {
  return method === 'exact' ? mcnemarExactP(k, m - k) : mcnemarMidP(k, m - k)
}
