import type { Verdict, VerdictResult } from '@judgelab/core'
import { type OfficialScore, officialScoreOf } from './official-score.js'
import { twoPasses } from './two-passes.js'

/** JudgeBench's counts and score. */
export interface JudgeBenchScore extends OfficialScore {
  /** Pairs by the sign of `net`: above, below and equal to 0. */
  readonly correct: number
  readonly incorrect: number
  readonly tie: number
  /** Pairs right in both orders, in one of them, in none (a tie and an unreadable pass are not right). */
  readonly bothRight: number
  readonly oneRight: number
  readonly noneRight: number
  /** Pairs whose orders say different things; two unreadable passes say the same, as upstream has it. */
  readonly inconsistent: number
}

/**
 * JudgeBench's `net` of one pair: over its passes, +1 for the chosen response, -1 for the rejected one, 0 for a tie and
 * for an unreadable pass. Above 0 the pair is correct, below 0 incorrect, at 0 a tie.
 *
 * @returns integer in [-passes, passes]
 * @see ScalerLab/JudgeBench 12a499c, utils/metrics.py, `compute_final_metrics`
 * @example judgeBenchNet(['chosen', 'failed']) // 1: correct
 */
export function judgeBenchNet(passes: readonly VerdictResult[]): number {
  return passes.filter((pass) => pass === 'chosen').length - passes.filter((pass) => pass === 'rejected').length
}

/**
 * JudgeBench's score of a list of pairs: official = correct / n, so ties count as wrong. A pair with one unreadable pass
 * is decided by the other one upstream; in strict and answered it counts as failed.
 *
 * Upstream prints percent. The verdicts' own rule is not looked at, only their passes.
 *
 * @throws {RangeError} for a verdict of more than two passes
 * @see Tan et al. (2024), JudgeBench, arXiv:2410.12784
 */
export function judgeBenchScore(verdicts: readonly Verdict[]): JudgeBenchScore {
  const pairs = verdicts.map(twoPasses)
  const nets = pairs.map(judgeBenchNet)
  const right = pairs.map((passes) => passes.filter((pass) => pass === 'chosen').length)
  return {
    ...officialScoreOf(
      pairs.map((passes, at) => ({ credit: (nets[at] as number) > 0 ? 1 : 0, failed: passes.includes('failed') })),
    ),
    correct: nets.filter((net) => net > 0).length,
    incorrect: nets.filter((net) => net < 0).length,
    tie: nets.filter((net) => net === 0).length,
    bothRight: right.filter((count) => count === 2).length,
    oneRight: right.filter((count) => count === 1).length,
    noneRight: right.filter((count) => count === 0).length,
    inconsistent: pairs.filter(([first, second]) => first !== second).length,
  }
}

/** JudgeBench's categories by the source that an example comes from, as a prefix of it. */
const CATEGORIES = [
  ['mmlu-pro', 'Knowledge'],
  ['livebench-reasoning', 'Reasoning'],
  ['livebench-math', 'Math'],
  ['livecodebench', 'Coding'],
] as const

/**
 * The category of a JudgeBench source (`mmlu-pro-law` is Knowledge); any other text is its own category.
 *
 * @see ScalerLab/JudgeBench d8740a8, run_judge.py
 */
export function judgeBenchCategory(source: string): string {
  return CATEGORIES.find(([prefix]) => source.startsWith(prefix))?.[1] ?? source
}

/** JudgeBench's score of every category, in order of first appearance, from verdicts whose subset is source or category. */
export function judgeBenchCategoryScores(
  verdicts: readonly Verdict[],
): (JudgeBenchScore & { readonly category: string })[] {
  const categories = [...new Set(verdicts.map(({ subset }) => judgeBenchCategory(subset)))]
  return categories.map((category) => ({
    category,
    ...judgeBenchScore(verdicts.filter(({ subset }) => judgeBenchCategory(subset) === category)),
  }))
}
