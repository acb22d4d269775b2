import type { Verdict, VerdictResult } from '@judgelab/core'
import { type OfficialScore, officialScoreOf } from './official-score.js'
import { twoPasses } from './two-passes.js'

/** LLMBar's accuracies and agreement; shares of n, in [0, 1]. */
export interface LlmbarScore extends OfficialScore {
  /** Right in the first order, in the second one, in both. */
  readonly firstOrder: number
  readonly secondOrder: number
  readonly bothOrders: number
  /** The same winner in both orders; two unreadable passes agree, as upstream has it (null == null). */
  readonly agreement: number
  /** The same winner in both orders, both readable. */
  readonly agreementStrict: number
}

/**
 * LLMBar's `average`: official = (firstOrder + secondOrder) / 2, the mean accuracy of the two orders, so half a point for
 * one right order of two. A tie and an unreadable pass earn nothing. In strict and answered, an example with an
 * unreadable pass counts as failed.
 *
 * The verdicts' own rule is not looked at, only their passes. Undefined (NaN) for no verdicts.
 *
 * @throws {RangeError} for a verdict of more than two passes
 * @see Zeng et al. (2024), LLMBar, arXiv:2310.07641; princeton-nlp/LLMBar 900616b
 */
export function llmbarScore(verdicts: readonly Verdict[]): LlmbarScore {
  const pairs = verdicts.map(twoPasses)
  const share = (holds: (pair: [VerdictResult, VerdictResult]) => boolean): number =>
    pairs.filter(holds).length / pairs.length
  return {
    ...officialScoreOf(
      pairs.map((passes) => ({
        credit: passes.filter((pass) => pass === 'chosen').length / 2,
        failed: passes.includes('failed'),
      })),
    ),
    firstOrder: share(([first]) => first === 'chosen'),
    secondOrder: share(([, second]) => second === 'chosen'),
    bothOrders: share(([first, second]) => first === 'chosen' && second === 'chosen'),
    agreement: share(([first, second]) => first === second),
    agreementStrict: share(([first, second]) => first === second && first !== 'failed'),
  }
}
