import betaQuantile from '@stdlib/stats-base-dists-beta-quantile'
import { requireCount } from '../check/require-count.js'
import { requireOpenFraction } from '../check/require-fraction.js'
import { unknownOption } from '../check/unknown-option.js'
import { normalCriticalValue } from '../distribution/normal.js'
import type { Interval } from '../interval.js'

/** How the interval of a proportion is made; `wald` is here to be compared with, not to be used. */
export type ProportionMethod = 'wilson' | 'clopper-pearson' | 'jeffreys' | 'agresti-coull' | 'wald'

/** A proportion in [0, 1] with its interval. */
export interface ProportionInterval extends Interval {
  readonly quantity: 'proportion'
  readonly method: ProportionMethod
  readonly successes: number
}

/** The method (default `wilson`) and the coverage in (0, 1) (default 0.95). */
export interface ProportionIntervalOptions {
  readonly method?: ProportionMethod
  readonly level?: number
}

/**
 * Confidence interval for one proportion p = successes / trials, with z the normal quantile for `level` and
 * α = 1 − level.
 *
 * - `wilson`: (p + z²/2n ± z·sqrt(p(1−p)/n + z²/4n²)) / (1 + z²/n), no continuity correction; the default.
 * - `clopper-pearson`: the α/2 quantile of Beta(x, n−x+1) and the 1−α/2 quantile of Beta(x+1, n−x); never covers less
 *   than `level`, and is wide for it.
 * - `jeffreys`: the α/2 and 1−α/2 quantiles of Beta(x+½, n−x+½), also at x = 0 and x = n.
 * - `agresti-coull`: Wald about (x + z²/2) / (n + z²), clipped to [0, 1].
 * - `wald`: p ± z·sqrt(p(1−p)/n), clipped to [0, 1]; covers far too little for small n or p near 0 or 1.
 *
 * Assumes independent trials, each 0 or 1. For several comparisons of one prompt use `clusteredMean` or a bootstrap by
 * prompt; for half credit, which is not binomial, use `bootstrap`.
 * Undefined for trials = 0: value, low and high are NaN.
 *
 * @param successes count, integer, 0 ≤ successes ≤ trials
 * @param trials count, integer
 * @param options.method defaults to `wilson`
 * @param options.level coverage in (0, 1); defaults to 0.95
 * @returns proportions in [0, 1]; n is `trials`
 * @throws {RangeError} if successes is outside [0, trials], a count is no integer, or level is outside (0, 1)
 * @see Wilson (1927), J. Amer. Statist. Assoc. 22:209–212, doi:10.1080/01621459.1927.10502953
 * @see Brown, Cai, DasGupta (2001), Statist. Sci. 16:101–133, doi:10.1214/ss/1009213286
 * @example proportionInterval(8, 10, { method: 'wilson' }) // value 0.8, low 0.4902, high 0.9433
 */
export function proportionInterval(
  successes: number,
  trials: number,
  { method = 'wilson', level = 0.95 }: ProportionIntervalOptions = {},
): ProportionInterval {
  requireSuccesses('proportionInterval', successes, trials)
  requireOpenFraction('proportionInterval', 'level', level)
  const [low, high] = trials === 0 ? [Number.NaN, Number.NaN] : proportionLimits(successes, trials, method, level)
  return { quantity: 'proportion', method, value: successes / trials, low, high, n: trials, level, successes }
}

/** Throws a RangeError unless both are counts and 0 <= successes <= trials. */
export function requireSuccesses(caller: string, successes: number, trials: number): void {
  requireCount(caller, 'trials', trials)
  if (Number.isSafeInteger(successes) && successes >= 0 && successes <= trials) return
  const rule = Number.isInteger(successes) ? '0 <= successes <= trials' : 'an integer successes'
  throw new RangeError(`${caller} needs ${rule}, got successes=${successes}, trials=${trials}`)
}

function proportionLimits(x: number, n: number, method: ProportionMethod, level: number): [number, number] {
  switch (method) {
    case 'wilson':
      return wilsonLimits(x, n, normalCriticalValue(level))
    case 'clopper-pearson':
      return clopperPearsonLimits(x, n, level)
    case 'jeffreys':
      return [betaQuantile((1 - level) / 2, x + 0.5, n - x + 0.5), betaQuantile((1 + level) / 2, x + 0.5, n - x + 0.5)]
    case 'agresti-coull': {
      const z = normalCriticalValue(level)
      return waldLimits(x + (z * z) / 2, n + z * z, z)
    }
    case 'wald':
      return waldLimits(x, n, normalCriticalValue(level))
    default:
      throw unknownOption('proportionInterval', 'method', method)
  }
}

/** Wilson's score limits of x / n for the critical value z. */
export function wilsonLimits(x: number, n: number, z: number): [number, number] {
  const p = x / n
  const centre = p + (z * z) / (2 * n)
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  const scale = 1 + (z * z) / n
  return [x === 0 ? 0 : (centre - half) / scale, x === n ? 1 : (centre + half) / scale]
}

function clopperPearsonLimits(x: number, n: number, level: number): [number, number] {
  const low = x === 0 ? 0 : betaQuantile((1 - level) / 2, x, n - x + 1)
  const high = x === n ? 1 : betaQuantile((1 + level) / 2, x + 1, n - x)
  return [low, high]
}

function waldLimits(x: number, n: number, z: number): [number, number] {
  const p = x / n
  const half = z * Math.sqrt((p * (1 - p)) / n)
  return [Math.max(0, p - half), Math.min(1, p + half)]
}
