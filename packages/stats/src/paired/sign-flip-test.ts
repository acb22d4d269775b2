import { requirePositiveCount } from '../check/require-count.js'
import { unknownOption } from '../check/unknown-option.js'
import { binomialProbability } from '../distribution/binomial-probability.js'
import type { RandomGenerator } from '../random-generator.js'
import { binomialTable } from '../resampling/binomial-table.js'
import type { Alternative, TestResult } from '../test-result.js'
import { clusterDifferences, type PairedScores } from './paired-scores.js'

/** The result of `signFlipTest`; `n` counts clusters whose difference is not zero, `statistic` is the mean difference. */
export interface SignFlipTest extends TestResult {
  readonly test: 'sign-flip'
  readonly method: 'exact' | 'monte-carlo'
  readonly alternative: Alternative
  readonly clusters: number
  readonly comparisons: number
  /** sign assignments drawn; 0 for the exact test */
  readonly resamples: number
}

/** `random` is needed only where the exact test is out of reach. */
export interface SignFlipOptions {
  readonly random?: RandomGenerator
  /** integer ≥ 1; defaults to 100,000 */
  readonly resamples?: number
  /** defaults to `two-sided` */
  readonly alternative?: Alternative
}

/**
 * Sign-flip (paired permutation) test that two judges score alike on the same prompts.
 *
 * If the judges are exchangeable, each prompt's summed difference a − b could as well have had the other sign. p is the
 * share of sign assignments whose sum is at least as far from zero (`greater`: at least as large, `less`: at most as
 * large) as the one seen. For right-or-wrong scores with one comparison a prompt this is the exact McNemar test.
 *
 * Exact whenever all differences are multiples of 1/d for one d ≤ 60 (0, ½, 1 credit; thirds; …) and the number of
 * possible sums is manageable, or at most 20 prompts differ; p below 1e-300 is then given as 0. Else Monte Carlo:
 * (1 + hits) / (1 + resamples), which needs `random`. Differences of one size are drawn together, so that the cost grows
 * with the number of sizes and not of prompts.
 *
 * Assumes independent clusters. With no difference at all p is 1; with no comparison statistic is NaN.
 *
 * @param scores a, b, clusters: same length and order
 * @param options.random uniform numbers in [0, 1)
 * @param options.resamples defaults to 100,000
 * @param options.alternative defaults to `two-sided`
 * @returns p in [0, 1]; statistic in the unit of the scores; n is the number of clusters with a non-zero difference
 * @throws {RangeError} if lengths differ, a score is not finite, or Monte Carlo is needed and `random` is missing
 * @see Good (2005), Permutation, Parametric and Bootstrap Tests of Hypotheses, section 3.2
 * @see Phipson, Smyth (2010), Stat. Appl. Genet. Mol. Biol. 9:39, doi:10.2202/1544-6115.1585
 * @example signFlipTest({ a: [1, 1, 1, 1, 1], b: [0, 0, 0, 0, 0.5], clusters: [1, 2, 3, 4, 5] }).p // 0.0625
 */
export function signFlipTest(
  scores: PairedScores,
  { random, resamples = 100_000, alternative = 'two-sided' }: SignFlipOptions = {},
): SignFlipTest {
  requirePositiveCount('signFlipTest', 'resamples', resamples)
  const { sums, comparisons } = clusterDifferences('signFlipTest', scores)
  const steps = wholeSteps(sums.filter((sum) => Math.abs(sum) > 1e-12))
  const observed = steps.reduce((total, step) => total + step, 0)
  const sizes = Array.from(steps, Math.abs)
  const distribution = exactDistribution(sizes)
  const common = { test: 'sign-flip', n: steps.length, statistic: mean(sums, comparisons), alternative } as const
  const scope = { clusters: sums.length, comparisons }
  if (distribution) {
    return { ...common, ...scope, method: 'exact', resamples: 0, p: exactP(distribution, observed, alternative) }
  }
  const p = monteCarloP(sizes, observed, { random, resamples, alternative })
  return { ...common, ...scope, method: 'monte-carlo', resamples, p }
}

function mean(sums: Float64Array, comparisons: number): number {
  return sums.reduce((total, sum) => total + sum, 0) / comparisons
}

/** The differences as whole multiples of their coarsest common step 1/d, d ≤ 60; unchanged if there is none. */
function wholeSteps(differences: Float64Array): Float64Array {
  for (let d = 1; d <= 60; d++) {
    if (differences.every((x) => Math.abs(x * d - Math.round(x * d)) < 1e-9))
      return differences.map((x) => Math.round(x * d))
  }
  return differences
}

/** Sums of randomly signed sizes, ascending, and their probabilities; aligned arrays. */
interface SumDistribution {
  readonly sums: ArrayLike<number>
  readonly probabilities: ArrayLike<number>
}

const MOST_OPERATIONS = 2e8
const MOST_SUMS = 1e7

function exactDistribution(sizes: readonly number[]): SumDistribution | undefined {
  const whole = sizes.every(Number.isInteger)
  if (whole && latticeCost(sizes) <= MOST_OPERATIONS) return latticeDistribution(sizes)
  if (sizes.length <= 20) return enumeratedDistribution(sizes)
  return undefined
}

/** How often each size occurs. */
function multiplicities(sizes: readonly number[]): [size: number, count: number][] {
  const counts = new Map<number, number>()
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1)
  return [...counts].sort((x, y) => x[0] * x[1] - y[0] * y[1])
}

function latticeCost(sizes: readonly number[]): number {
  let reach = 0
  let cost = 0
  for (const [size, count] of multiplicities(sizes)) {
    cost += (reach + 1) * (count + 1)
    reach += size * count
  }
  return reach > MOST_SUMS ? Number.POSITIVE_INFINITY : cost
}

/**
 * The distribution over −total, −total + 2, …, total (all sums share one parity).
 *
 * Equal sizes are joined at once: `count` signs of one size shift the sum by size·(2·Binomial(count, ½) − count).
 */
function latticeDistribution(sizes: readonly number[]): SumDistribution {
  let probabilities = Float64Array.of(1)
  for (const [size, count] of multiplicities(sizes)) {
    const next = new Float64Array(probabilities.length + size * count)
    for (let k = 0; k <= count; k++) {
      const weight = binomialProbability(k, count, 0.5)
      if (weight === 0) continue
      for (let i = 0; i < probabilities.length; i++) next[i + size * k]! += weight * probabilities[i]!
    }
    probabilities = next
  }
  const total = probabilities.length - 1
  return { sums: Float64Array.from(probabilities, (_, i) => 2 * i - total), probabilities }
}

function enumeratedDistribution(sizes: readonly number[]): SumDistribution {
  let sums = Float64Array.of(0)
  for (const size of sizes) {
    const next = new Float64Array(2 * sums.length)
    for (let i = 0; i < sums.length; i++) {
      next[2 * i] = sums[i]! - size
      next[2 * i + 1] = sums[i]! + size
    }
    sums = next
  }
  return { sums, probabilities: new Float64Array(sums.length).fill(1 / sums.length) }
}

function exactP({ sums, probabilities }: SumDistribution, observed: number, alternative: Alternative): number {
  const counts = countsAs(observed, alternative)
  let p = 0
  for (let i = 0; i < sums.length; i++) if (counts(sums[i]!)) p += probabilities[i]!
  return Math.min(1, p)
}

/** Whether a sum is as extreme as the observed one, with slack for sums that differ by rounding alone. */
function countsAs(observed: number, alternative: Alternative): (sum: number) => boolean {
  const slack = 1e-9 * Math.max(1, Math.abs(observed))
  switch (alternative) {
    case 'two-sided':
      return (sum) => Math.abs(sum) >= Math.abs(observed) - slack
    case 'greater':
      return (sum) => sum >= observed - slack
    case 'less':
      return (sum) => sum <= observed + slack
    default:
      throw unknownOption('signFlipTest', 'alternative', alternative)
  }
}

function monteCarloP(
  sizes: readonly number[],
  observed: number,
  {
    random,
    resamples,
    alternative,
  }: { random: RandomGenerator | undefined; resamples: number; alternative: Alternative },
): number {
  if (!random)
    throw new RangeError(`signFlipTest needs random for Monte Carlo, got ${sizes.length} differences without it`)
  const counts = countsAs(observed, alternative)
  const kinds = multiplicities(sizes).map(([size, count]) => ({ size, count, draw: binomialTable(count, 0.5) }))
  let hits = 0
  for (let r = 0; r < resamples; r++) {
    let sum = 0
    for (const { size, count, draw } of kinds) sum += size * (2 * draw(random) - count)
    if (counts(sum)) hits++
  }
  return (1 + hits) / (1 + resamples)
}
