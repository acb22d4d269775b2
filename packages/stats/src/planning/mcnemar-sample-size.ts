import { requireOpenFraction } from '../check/require-fraction.js'
import { normalInverse } from '../distribution/normal.js'
import { type PlannedMcnemar, powerValue, requireDiscordance } from './mcnemar-power.js'

/** What is given when the number of comparisons is asked for. */
export interface SampleSizeInput {
  /** probability in [0, 1] that only A is right */
  readonly pOnlyA: number
  /** probability in [0, 1] that only B is right, other than pOnlyA */
  readonly pOnlyB: number
  /** wanted power in (0, 1); defaults to 0.8 */
  readonly power?: number
  /** in (0, 1); defaults to 0.05 */
  readonly alpha?: number
  /** defaults to `exact` */
  readonly method?: PlannedMcnemar
}

/** The number of comparisons for a wanted power, and the power that it gives. */
export interface SampleSize {
  readonly quantity: 'sample size'
  readonly method: PlannedMcnemar
  readonly pOnlyA: number
  readonly pOnlyB: number
  readonly alpha: number
  readonly wantedPower: number
  readonly n: number
  readonly power: number
}

/**
 * The number of comparisons at which McNemar's test finds a difference with the wanted power.
 *
 * Starts from the normal approximation, brackets and halves on the exact power of `mcnemarPower`, then walks back as
 * long as up to 25 fewer comparisons will do. Exact power saws a little as n grows, most when nearly all comparisons
 * are discordant: a few larger n may fall just short.
 *
 * Assumes independent comparisons.
 *
 * @param input pOnlyA, pOnlyB, power (default 0.8), alpha (default 0.05), method (default `exact`)
 * @returns n with power(n) ≥ the wanted power and power(n − 1) below it
 * @throws {RangeError} if pOnlyA = pOnlyB, a probability is outside [0, 1], or power or alpha outside (0, 1)
 * @see Miettinen (1968), Biometrics 24:339–352; Connor (1987), Biometrics 43:207–211, for the approximation
 * @example mcnemarSampleSize({ pOnlyA: 0.12, pOnlyB: 0.07 }).n // 627
 */
export function mcnemarSampleSize({
  pOnlyA,
  pOnlyB,
  power = 0.8,
  alpha = 0.05,
  method = 'exact',
}: SampleSizeInput): SampleSize {
  requireDiscordance('mcnemarSampleSize', pOnlyA, pOnlyB)
  requireOpenFraction('mcnemarSampleSize', 'power', power)
  requireOpenFraction('mcnemarSampleSize', 'alpha', alpha)
  if (pOnlyA === pOnlyB) throw new RangeError(`mcnemarSampleSize needs pOnlyA other than pOnlyB, got both ${pOnlyA}`)
  const powerAt = (n: number): number => powerValue(n, pOnlyA, pOnlyB, alpha, method)
  const n = smallest(approximateSize(pOnlyA, pOnlyB, power, alpha), (size) => powerAt(size) >= power)
  return { quantity: 'sample size', method, pOnlyA, pOnlyB, alpha, wantedPower: power, n, power: powerAt(n) }
}

function approximateSize(pOnlyA: number, pOnlyB: number, power: number, alpha: number): number {
  const discordance = pOnlyA + pOnlyB
  const difference = Math.abs(pOnlyA - pOnlyB)
  const za = normalInverse(1 - alpha / 2)
  const zb = normalInverse(power)
  const root = za * Math.sqrt(discordance) + zb * Math.sqrt(Math.max(0, discordance - difference * difference))
  return Math.max(1, Math.ceil((root / difference) ** 2))
}

/** The smallest n that is enough, where being enough hardly ever ends once it has begun. */
function smallest(guess: number, isEnough: (n: number) => boolean): number {
  let high = guess
  while (!isEnough(high)) high = Math.ceil(high * 1.1) + 1
  let low = 0
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (isEnough(middle)) high = middle
    else low = middle
  }
  for (let n = high - 1; n >= Math.max(1, high - 25); n--) if (isEnough(n)) high = n
  return high
}
