import { requireCounts } from '../check/require-count.js'
import { type BinomialTest, binomialTest } from '../proportion/binomial-test.js'
import { type ProportionInterval, proportionInterval } from '../proportion/proportion-interval.js'

/** How comparisons shown in both orders were decided. */
export interface OrderCounts {
  /** the first slot was chosen in both orders */
  readonly firstInBoth: number
  /** the second slot was chosen in both orders */
  readonly secondInBoth: number
  /** the same response was chosen in both orders */
  readonly consistent: number
}

/** Position bias of one judge. */
export interface PositionBias {
  readonly quantity: 'position bias'
  readonly method: 'exact'
  /** comparisons decided in both orders */
  readonly n: number
  readonly level: number
  /** share of comparisons decided alike in both orders */
  readonly consistency: ProportionInterval
  /** share of the inconsistent ones that went to the first slot; ½ without bias */
  readonly firstShare: ProportionInterval
  /** exact test that neither slot is favoured */
  readonly test: BinomialTest
}

/**
 * Whether a judge favours a slot, from comparisons shown in both orders.
 *
 * A comparison that is decided for the first slot in both orders shows a pull to the first slot, one for the second in
 * both a pull to the second; without bias they are equally likely: exact binomial test against ½. Consistency is the share
 * decided for the same response in both orders. Ties and failures belong to neither count: leave them out and report them.
 *
 * Assumes independent comparisons. A judge may be inconsistent without a bias, and consistent with a small one.
 *
 * @param counts firstInBoth, secondInBoth, consistent: integers ≥ 0
 * @param options.level coverage in (0, 1); defaults to 0.95
 * @returns proportions in [0, 1] and p; NaN intervals where the denominator is 0
 * @throws {RangeError} if a count is negative or no integer, or level is outside (0, 1)
 * @see Zheng et al. (2023), Judging LLM-as-a-judge, section 3.3
 * @example positionBias({ firstInBoth: 30, secondInBoth: 12, consistent: 255 }).test.p // 0.0079
 */
export function positionBias(
  { firstInBoth, secondInBoth, consistent }: OrderCounts,
  { level = 0.95 }: { readonly level?: number } = {},
): PositionBias {
  requireCounts('positionBias', { firstInBoth, secondInBoth, consistent })
  const inconsistent = firstInBoth + secondInBoth
  const n = inconsistent + consistent
  return {
    quantity: 'position bias',
    method: 'exact',
    n,
    level,
    consistency: proportionInterval(consistent, n, { level }),
    firstShare: proportionInterval(firstInBoth, inconsistent, { level }),
    test: binomialTest(firstInBoth, inconsistent),
  }
}
