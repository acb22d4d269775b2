import { requireCounts, requirePositiveCount } from '../check/require-count.js'
import { unknownOption } from '../check/unknown-option.js'
import { chiSquareUpperTail } from '../distribution/chi-square.js'
import type { DiscordantCounts } from '../paired/mcnemar.js'
import type { RandomGenerator } from '../random-generator.js'
import type { TestResult } from '../test-result.js'

/** The result of `subsetHeterogeneity`; `n` counts discordant comparisons. */
export interface HeterogeneityTest extends TestResult {
  readonly test: 'subset heterogeneity'
  readonly method: 'chi2' | 'monte-carlo'
  /** subsets with a discordant comparison, less one */
  readonly degrees: number
  /** tables drawn; 0 for chi2 */
  readonly resamples: number
}

/** `chi2` (default), or `monte-carlo`, which needs a random generator. */
export type HeterogeneityOptions =
  | { readonly method?: 'chi2' }
  | { readonly method: 'monte-carlo'; readonly random: RandomGenerator; readonly resamples?: number }

/**
 * Whether one judge's advantage over another is the same in every subset.
 *
 * Among discordant comparisons, compares the share that only A got right between subsets: Pearson's chi-square of the
 * table of subsets by (onlyA, onlyB), on one degree of freedom less than there are subsets with a discordant
 * comparison. `monte-carlo` keeps both margins, deals the onlyA's out at random, and gives (1 + hits) / (1 + resamples):
 * right also for the few discordant comparisons that a subset mostly has.
 *
 * Not significant does not mean that subsets are alike: look at their intervals. Assumes independent comparisons.
 * With fewer than two subsets that have a discordant comparison, or all of them one way: statistic 0, p 1.
 *
 * @param strata onlyA and onlyB of each subset, integers ≥ 0; paired tables will do
 * @param options.method `chi2` (default) or `monte-carlo`
 * @param options.resamples defaults to 10,000
 * @returns p in [0, 1]
 * @throws {RangeError} if a count is negative or no integer, or resamples < 1
 * @see Agresti (2013), Categorical Data Analysis, 3rd ed., sections 3.2 and 16.5
 * @example subsetHeterogeneity([{ onlyA: 5, onlyB: 7 }, { onlyA: 9, onlyB: 2 }]).p // 0.0487
 */
export function subsetHeterogeneity(
  strata: readonly DiscordantCounts[],
  options: HeterogeneityOptions = {},
): HeterogeneityTest {
  for (const { onlyA, onlyB } of strata) requireCounts('subsetHeterogeneity', { onlyA, onlyB })
  const sizes = strata.map(({ onlyA, onlyB }) => onlyA + onlyB).filter((size) => size > 0)
  const onlyA = strata.filter((s) => s.onlyA + s.onlyB > 0).map((s) => s.onlyA)
  const n = sizes.reduce((sum, size) => sum + size, 0)
  const statistic = chiSquare(onlyA, sizes)
  const degrees = Math.max(0, sizes.length - 1)
  const common = { test: 'subset heterogeneity', n, statistic, degrees } as const
  const method = options.method ?? 'chi2'
  switch (method) {
    case 'chi2':
      return { ...common, method, resamples: 0, p: degrees === 0 ? 1 : chiSquareUpperTail(statistic, degrees) }
    case 'monte-carlo': {
      const { random, resamples = 10_000 } = options as HeterogeneityOptions & { method: 'monte-carlo' }
      requirePositiveCount('subsetHeterogeneity', 'resamples', resamples)
      return { ...common, method, resamples, p: dealtP(onlyA, sizes, statistic, random, resamples) }
    }
    default:
      throw unknownOption('subsetHeterogeneity', 'method', method)
  }
}

/** Pearson's chi-square of (onlyA, size − onlyA) over subsets; 0 where all are on one side. */
function chiSquare(onlyA: ArrayLike<number>, sizes: readonly number[]): number {
  const n = sizes.reduce((sum, size) => sum + size, 0)
  const total = Array.from(onlyA).reduce((sum, count) => sum + count, 0)
  const share = total / n
  if (n === 0 || total === 0 || total === n) return 0
  return sizes.reduce((sum, size, i) => sum + (onlyA[i]! - size * share) ** 2 / (size * share * (1 - share)), 0)
}

/** The share of random deals of the onlyA's over the discordant comparisons that spread at least as far. */
function dealtP(
  onlyA: readonly number[],
  sizes: readonly number[],
  statistic: number,
  random: RandomGenerator,
  resamples: number,
): number {
  const subsetOf = Uint32Array.from(sizes.flatMap((size, i) => new Array<number>(size).fill(i)))
  const total = onlyA.reduce((sum, count) => sum + count, 0)
  const dealt = new Float64Array(sizes.length)
  let hits = 0
  for (let r = 0; r < resamples; r++) {
    dealt.fill(0)
    for (let i = 0; i < total; i++) {
      const at = i + Math.floor(random() * (subsetOf.length - i))
      const subset = subsetOf[at]!
      subsetOf[at] = subsetOf[i]!
      subsetOf[i] = subset
      dealt[subset]!++
    }
    if (chiSquare(dealt, sizes) >= statistic * (1 - 1e-12)) hits++
  }
  return (1 + hits) / (1 + resamples)
}
