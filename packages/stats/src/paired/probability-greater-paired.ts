import betainc from '@stdlib/math-base-special-betainc'
import { requireCounts } from '../check/require-count.js'
import type { DiscordantCounts } from './mcnemar.js'

/** The posterior probability that the first judge is the better one. */
export interface ProbabilityGreater {
  readonly quantity: 'probability that A is better'
  readonly method: 'dirichlet-jeffreys' | 'beta-jeffreys'
  readonly n: number
  /** probability in [0, 1] */
  readonly value: number
}

/**
 * Posterior probability that the first of two judges is right more often, from the same comparisons.
 *
 * Under a Dirichlet prior of ½ in each cell of the paired table, pOnlyA / (pOnlyA + pOnlyB) is
 * Beta(onlyA + ½, onlyB + ½), whatever the concordant counts; value = P(it is above ½).
 *
 * Assumes independent comparisons. It is no p value: ½ means undecided, and it says nothing of how large the
 * difference is. Without discordant comparisons it is ½.
 *
 * @param counts onlyA and onlyB, integers ≥ 0; a `PairedTable` will do
 * @returns probability in [0, 1]; n is the number of discordant comparisons
 * @throws {RangeError} if a count is negative or no integer
 * @see Altham (1971), Biometrika 58:679–680, doi:10.1093/biomet/58.3.679
 * @example probabilityGreaterPaired({ onlyA: 36, onlyB: 22 }).value // 0.9675
 */
export function probabilityGreaterPaired({ onlyA, onlyB }: DiscordantCounts): ProbabilityGreater {
  requireCounts('probabilityGreaterPaired', { onlyA, onlyB })
  const value = betainc(0.5, onlyA + 0.5, onlyB + 0.5, true, true)
  return { quantity: 'probability that A is better', method: 'dirichlet-jeffreys', n: onlyA + onlyB, value }
}
