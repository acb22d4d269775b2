import { requireCounts } from '../check/require-count.js'
import { requireOpenFraction } from '../check/require-fraction.js'
import { normalCriticalValue } from '../distribution/normal.js'
import { mcnemarExactP } from '../paired/mcnemar.js'
import { tangoLimits } from '../paired/tango.js'

/** What is published of two judges on one stratum (or a whole benchmark): its size and how many each got right. */
export interface MarginalStratum {
  readonly n: number
  readonly correctA: number
  readonly correctB: number
}

/** The smallest and largest value that a quantity can have. */
export interface ValueRange {
  readonly min: number
  readonly max: number
}

/** What can be said of a paired comparison when only the marginals are known. */
export interface MarginalBounds {
  readonly quantity: 'paired difference'
  readonly method: 'sharp bounds over tables'
  readonly n: number
  readonly level: number
  /** p at or below this counts as significant, in (0, 1) */
  readonly alpha: number
  readonly strata: number
  /** accuracy of A minus accuracy of B, in [−1, 1]: known exactly */
  readonly value: number
  /** the number of discordant comparisons that the marginals allow; it goes up in steps of two */
  readonly discordant: ValueRange
  /** exact McNemar p, in [0, 1] */
  readonly p: ValueRange
  /** whether p <= alpha for every table, for some, or for none */
  readonly significant: 'always' | 'depends' | 'never'
  /** the smallest allowed number of discordant comparisons with p > alpha; null if there is none */
  readonly significanceLostAt: number | null
  /** range of the lower limit of Tango's interval, in [−1, 1] */
  readonly low: ValueRange
  /** range of the upper limit of Tango's interval, in [−1, 1] */
  readonly high: ValueRange
}

/** The level of the interval (default 0.95) and the alpha of the test (default 1 − level). */
export interface MarginalOptions {
  readonly level?: number
  readonly alpha?: number
}

/**
 * What a paired test could say when only each judge's number of right answers is known, per stratum.
 *
 * In a stratum, the comparisons that only A got right can number anything from max(0, correctA − correctB) to
 * min(correctA, n − correctB), one by one; their difference to those that only B got right is fixed. So the discordant
 * total runs over a full range in steps of two, and for a fixed difference both the exact p and each side of Tango's
 * interval move one way as it grows (the sign walk spreads; the constrained variance rises). The bounds are therefore
 * attained at the ends of the range, and are sharp: no set of tables that fits all strata goes beyond them, and some
 * set reaches them. Known strata can only narrow them.
 *
 * Assumes, as McNemar's test, independent comparisons, and that both judges answered the same ones.
 * With n = 0: value and limits are NaN, p is 1.
 *
 * @param strata n, correctA and correctB of each stratum, integers; one stratum for a whole benchmark
 * @param options.level coverage of the interval in (0, 1); defaults to 0.95
 * @param options.alpha in (0, 1); defaults to 1 − level
 * @returns ranges of p, of the discordant count and of the interval's limits
 * @throws {RangeError} if a count is negative, no integer, or above its stratum's n
 * @see Manski (2003), Partial Identification of Probability Distributions, for bounds of this kind
 * @example mcnemarFromMarginals([{ n: 297, correctA: 186, correctB: 183 }]).p // min 0.25, max 0.8940
 */
export function mcnemarFromMarginals(
  strata: readonly MarginalStratum[],
  { level = 0.95, alpha = Number((1 - level).toPrecision(12)) }: MarginalOptions = {},
): MarginalBounds {
  requireOpenFraction('mcnemarFromMarginals', 'level', level)
  requireOpenFraction('mcnemarFromMarginals', 'alpha', alpha)
  strata.forEach(requireStratum)
  const n = sumOf(strata, (stratum) => stratum.n)
  const difference = sumOf(strata, ({ correctA, correctB }) => correctA - correctB)
  const least = sumOf(strata, ({ correctA, correctB }) => Math.abs(correctA - correctB))
  const most = sumOf(strata, ({ n, correctA, correctB }) => 2 * Math.min(correctA, n - correctB) - correctA + correctB)
  const p = { min: pAt(least, difference), max: pAt(most, difference) }
  const significant = p.max <= alpha ? 'always' : p.min <= alpha ? 'depends' : 'never'
  const z = normalCriticalValue(level)
  const [lowAtLeast, highAtLeast] = limitsAt(least, difference, n, z)
  const [lowAtMost, highAtMost] = limitsAt(most, difference, n, z)
  return {
    quantity: 'paired difference',
    method: 'sharp bounds over tables',
    n,
    level,
    alpha,
    strata: strata.length,
    value: difference / n,
    discordant: { min: least, max: most },
    p,
    significant,
    significanceLostAt: firstInsignificant(least, most, difference, alpha),
    low: { min: lowAtMost, max: lowAtLeast },
    high: { min: highAtLeast, max: highAtMost },
  }
}

function requireStratum({ n, correctA, correctB }: MarginalStratum, index: number): void {
  requireCounts('mcnemarFromMarginals', { n, correctA, correctB })
  if (correctA <= n && correctB <= n) return
  throw new RangeError(
    `mcnemarFromMarginals needs correctA <= n and correctB <= n, got correctA=${correctA}, correctB=${correctB}, n=${n} in strata[${index}]`,
  )
}

function sumOf(strata: readonly MarginalStratum[], part: (stratum: MarginalStratum) => number): number {
  return strata.reduce((sum, stratum) => sum + part(stratum), 0)
}

function pAt(discordant: number, difference: number): number {
  return mcnemarExactP((discordant + difference) / 2, (discordant - difference) / 2)
}

function limitsAt(discordant: number, difference: number, n: number, z: number): [number, number] {
  if (n === 0) return [Number.NaN, Number.NaN]
  return tangoLimits({ onlyA: (discordant + difference) / 2, onlyB: (discordant - difference) / 2, n }, z)
}

/** The first discordant count in least, least + 2, …, most with p > alpha, by halving: p rises with the count. */
function firstInsignificant(least: number, most: number, difference: number, alpha: number): number | null {
  let low = 0
  let high = (most - least) / 2 + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (pAt(least + 2 * middle, difference) > alpha) high = middle
    else low = middle + 1
  }
  return least + 2 * low > most ? null : least + 2 * low
}
