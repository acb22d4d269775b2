import { unknownOption } from '../check/unknown-option.js'
import { binomialProbability } from '../distribution/binomial-probability.js'
import type { Alternative, TestResult } from '../test-result.js'
import { type IndependentCounts, requireIndependentCounts } from './independent-counts.js'

/** The result of `fisherExact`; `statistic` is the sample odds ratio. */
export interface FisherTest extends TestResult {
  readonly test: 'fisher'
  readonly method: 'exact'
  readonly alternative: Alternative
}

/**
 * Fisher's exact test that two independent proportions are equal.
 *
 * Given all four margins, k1 is hypergeometric. `greater` is P(K ≥ k1), `less` P(K ≤ k1), `two-sided` the probability
 * of all tables no more likely than this one (with a relative slack of 1e-7, as in R).
 *
 * For judges on different items. On the same items it ignores the pairing and wastes power: use `mcnemar`.
 * An empty group or a constant outcome leaves one table: p is 1, and the odds ratio may be NaN or infinite.
 *
 * @param counts k1 of n1 and k2 of n2, integers
 * @param options.alternative defaults to `two-sided`
 * @returns p in [0, 1]; n = n1 + n2
 * @throws {RangeError} if a count is negative, no integer, or k > n
 * @see Fisher (1935), J. R. Statist. Soc. 98:39–82
 * @example fisherExact({ k1: 5, n1: 16, k2: 2, n2: 16 }).p // 0.3944
 */
export function fisherExact(
  counts: IndependentCounts,
  { alternative = 'two-sided' }: { readonly alternative?: Alternative } = {},
): FisherTest {
  requireIndependentCounts('fisherExact', counts)
  const { k1, n1, k2, n2 } = counts
  const statistic = (k1 * (n2 - k2)) / ((n1 - k1) * k2)
  const p = fisherP(counts, alternative)
  return { test: 'fisher', method: 'exact', n: n1 + n2, statistic, p, alternative }
}

function fisherP({ k1, n1, k2, n2 }: IndependentCounts, alternative: Alternative): number {
  const margins = { total: k1 + k2, n1, n2 }
  switch (alternative) {
    case 'less':
      return lowerTail(k1, margins)
    case 'greater':
      return lowerTail(k2, swapped(margins))
    case 'two-sided':
      return twoSidedP(k1, margins)
    default:
      throw unknownOption('fisherExact', 'alternative', alternative)
  }
}

/** The margins of a 2×2 table: successes in all, and the size of each group. */
interface Margins {
  readonly total: number
  readonly n1: number
  readonly n2: number
}

function swapped({ total, n1, n2 }: Margins): Margins {
  return { total, n1: n2, n2: n1 }
}

/** P(K = k), as a ratio of binomial probabilities at the pooled proportion (Loader 2000). */
function probability(k: number, { total, n1, n2 }: Margins): number {
  if (k < 0 || k > n1 || k > total || total - k > n2) return 0
  const p = total / (n1 + n2)
  if (p === 0 || p === 1) return 1
  return (
    (binomialProbability(k, n1, p) * binomialProbability(total - k, n2, p)) / binomialProbability(total, n1 + n2, p)
  )
}

/** P(K <= k): a sum downward if k is below the mode, else one minus a sum upward. */
function lowerTail(k: number, margins: Margins): number {
  if (k >= modeOf(margins))
    return k >= Math.min(margins.n1, margins.total) ? 1 : 1 - sumDown(margins.total - k - 1, swapped(margins))
  return Math.min(1, sumDown(k, margins))
}

function modeOf({ total, n1, n2 }: Margins): number {
  return Math.floor(((total + 1) * (n1 + 1)) / (n1 + n2 + 2))
}

function sumDown(k: number, { total, n1, n2 }: Margins): number {
  let term = probability(k, { total, n1, n2 })
  let sum = term
  for (let i = k; i > 0; i--) {
    term *= (i / (n1 - i + 1)) * ((n2 - total + i) / (total - i + 1))
    if (sum + term === sum) break
    sum += term
  }
  return sum
}

/** The tail at k1 and the part of the other tail that is no more likely. */
function twoSidedP(k1: number, margins: Margins): number {
  const mode = modeOf(margins)
  const limit = probability(k1, margins) * (1 + 1e-7)
  if (probability(mode, margins) <= limit) return 1
  if (k1 > mode) return twoSidedP(margins.total - k1, swapped(margins))
  let low = mode
  let high = Math.min(margins.n1, margins.total) + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (probability(middle, margins) <= limit) high = middle
    else low = middle + 1
  }
  return Math.min(1, sumDown(k1, margins) + sumDown(margins.total - low, swapped(margins)))
}
