import { requireFraction } from '../check/require-fraction.js'
import { unknownOption } from '../check/unknown-option.js'
import { binomialProbability } from '../distribution/binomial-probability.js'
import { binomialLowerTail, binomialUpperTail } from '../distribution/binomial-tail.js'
import type { Alternative, TestResult } from '../test-result.js'
import { requireSuccesses } from './proportion-interval.js'

/** The result of `binomialTest`; `statistic` is successes / trials. */
export interface BinomialTest extends TestResult {
  readonly test: 'binomial'
  readonly method: 'exact'
  readonly alternative: Alternative
  readonly successes: number
  /** the proportion under the null hypothesis, in [0, 1] */
  readonly p0: number
}

/** The null proportion (default ½) and the alternative (default two-sided). */
export interface BinomialTestOptions {
  readonly p0?: number
  readonly alternative?: Alternative
}

/**
 * Exact binomial test of a proportion against `p0`.
 *
 * `greater` is P(X ≥ successes), `less` is P(X ≤ successes) for X ~ Binomial(trials, p0). `two-sided` sums the
 * probabilities of every count that is no more likely than the one seen, as SciPy and R do (with their relative slack
 * of 1e-7 for equal probabilities); at p0 = ½ that is twice the smaller tail.
 *
 * Assumes independent trials. With trials = 0 nothing was seen: p is 1 and statistic is NaN.
 *
 * @param successes count, integer, 0 ≤ successes ≤ trials
 * @param trials count, integer
 * @param options.p0 null proportion in [0, 1]; defaults to 0.5
 * @param options.alternative defaults to `two-sided`
 * @returns p in [0, 1]; n is `trials`
 * @throws {RangeError} if successes is outside [0, trials], a count is no integer, or p0 is outside [0, 1]
 * @see Clopper, Pearson (1934), Biometrika 26:404–413, doi:10.1093/biomet/26.4.404
 * @example binomialTest(7, 10).p // 0.34375
 */
export function binomialTest(
  successes: number,
  trials: number,
  { p0 = 0.5, alternative = 'two-sided' }: BinomialTestOptions = {},
): BinomialTest {
  requireSuccesses('binomialTest', successes, trials)
  requireFraction('binomialTest', 'p0', p0)
  const p = binomialP(successes, trials, p0, alternative)
  const statistic = successes / trials
  return { test: 'binomial', method: 'exact', n: trials, statistic, p, alternative, successes, p0 }
}

function binomialP(k: number, n: number, p0: number, alternative: Alternative): number {
  switch (alternative) {
    case 'greater':
      return binomialUpperTail(k, n, p0)
    case 'less':
      return binomialLowerTail(k, n, p0)
    case 'two-sided':
      return twoSidedP(k, n, p0)
    default:
      throw unknownOption('binomialTest', 'alternative', alternative)
  }
}

/** The probability of every count no more likely than k: the tail at k and the matching part of the other tail. */
function twoSidedP(k: number, n: number, p0: number): number {
  const mean = n * p0
  if (k === mean) return 1
  const limit = binomialProbability(k, n, p0) * (1 + 1e-7)
  if (k < mean) {
    const other = firstWhere(Math.ceil(mean), n + 1, (i) => binomialProbability(i, n, p0) <= limit)
    return Math.min(1, binomialLowerTail(k, n, p0) + binomialUpperTail(other, n, p0))
  }
  const other = firstWhere(-1, Math.floor(mean) + 1, (i) => i >= 0 && binomialProbability(i, n, p0) > limit) - 1
  return Math.min(1, binomialLowerTail(other, n, p0) + binomialUpperTail(k, n, p0))
}

/** The first integer in [from, to) that meets a condition which, once met, stays met; `to` if none does. */
function firstWhere(from: number, to: number, condition: (i: number) => boolean): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (condition(middle)) high = middle
    else low = middle + 1
  }
  return low
}
