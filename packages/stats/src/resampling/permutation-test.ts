import { requirePositiveCount } from '../check/require-count.js'
import { requireFinite } from '../check/require-finite.js'
import { unknownOption } from '../check/unknown-option.js'
import type { RandomGenerator } from '../random-generator.js'
import type { Alternative, TestResult } from '../test-result.js'

/** The result of `permutationTest`; `statistic` is that of the groups as given. */
export interface PermutationTest extends TestResult {
  readonly test: 'permutation'
  readonly method: 'monte-carlo'
  readonly alternative: Alternative
  readonly resamples: number
}

/** How to permute; only `random` must be given. */
export interface PermutationOptions {
  readonly random: RandomGenerator
  /** integer ≥ 1; defaults to 10,000 */
  readonly resamples?: number
  /** defaults to `two-sided` */
  readonly alternative?: Alternative
}

/**
 * Permutation test of any statistic of two independent groups.
 *
 * Deals the pooled values out to groups of the same sizes at random. `greater` is (1 + draws with a statistic at least
 * as large) / (1 + resamples), `less` the same downward, `two-sided` twice the smaller of the two, at most 1. The values
 * as given count as one draw, so that p is never 0.
 *
 * `statistic` is called with two buffers that are used again for the next draw: it must not keep or change them.
 * Assumes values that are exchangeable between groups under the null hypothesis. For two judges on the same
 * comparisons use `signFlipTest`. With an empty group every draw is the same: p is 1.
 *
 * @param first values of the first group, finite
 * @param second values of the second group, of any length
 * @param statistic a number from both groups
 * @param options.random uniform numbers in [0, 1)
 * @param options.resamples defaults to 10,000
 * @param options.alternative defaults to `two-sided`
 * @returns p in (0, 1]; n is the number of values in both groups
 * @throws {RangeError} if a value is not finite or resamples < 1
 * @see Phipson, Smyth (2010), Stat. Appl. Genet. Mol. Biol. 9:39, doi:10.2202/1544-6115.1585
 * @example permutationTest([1, 1, 0.5], [0, 0.5], (a, b) => mean(a) - mean(b), { random })
 */
export function permutationTest(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  statistic: (first: Float64Array, second: Float64Array) => number,
  { random, resamples = 10_000, alternative = 'two-sided' }: PermutationOptions,
): PermutationTest {
  requirePositiveCount('permutationTest', 'resamples', resamples)
  requireFinite('permutationTest', 'first', first)
  requireFinite('permutationTest', 'second', second)
  const pooled = new Float64Array(first.length + second.length)
  pooled.set(Array.from(first))
  pooled.set(Array.from(second), first.length)
  const a = pooled.subarray(0, first.length)
  const b = pooled.subarray(first.length)
  const observed = statistic(a, b)
  const slack = 1e-13 * Math.abs(observed)
  let atLeast = 1
  let atMost = 1
  for (let r = 0; r < resamples; r++) {
    deal(pooled, Math.min(first.length, second.length), first.length > second.length, random)
    const drawn = statistic(a, b)
    if (drawn >= observed - slack) atLeast++
    if (drawn <= observed + slack) atMost++
  }
  const p = permutationP(atLeast / (1 + resamples), atMost / (1 + resamples), alternative)
  const n = pooled.length
  return { test: 'permutation', method: 'monte-carlo', n, statistic: observed, p, alternative, resamples }
}

/** Shuffles just enough: the smaller group's places, at the start or the end, get a random choice of all values. */
function deal(pooled: Float64Array, smaller: number, atEnd: boolean, random: RandomGenerator): void {
  const n = pooled.length
  for (let i = 0; i < smaller; i++) {
    const step = Math.floor(random() * (n - i))
    const place = atEnd ? n - 1 - i : i
    const other = atEnd ? step : i + step
    const value = pooled[place]!
    pooled[place] = pooled[other]!
    pooled[other] = value
  }
}

function permutationP(greater: number, less: number, alternative: Alternative): number {
  switch (alternative) {
    case 'greater':
      return greater
    case 'less':
      return less
    case 'two-sided':
      return Math.min(1, 2 * Math.min(greater, less))
    default:
      throw unknownOption('permutationTest', 'alternative', alternative)
  }
}
