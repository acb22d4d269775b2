import type { Verdict, VerdictResult } from '@judgelab/core'
import { combinePasses } from '../rules.js'
import { type OfficialScore, officialScoreOf } from './official-score.js'
import { twoPasses } from './two-passes.js'

/** What Together's compare evaluation says of one comparison. */
export interface TogetherDecision {
  readonly result: VerdictResult
  /** One pass was unreadable and the other one decided alone: the service's `is_invalid_judge_output`. */
  readonly decidedByOnePass: boolean
}

/**
 * Together's rule: both passes must name the same response, else tie; when exactly one pass is readable it decides alone,
 * and the decision is flagged; when none is, the comparison failed. A comparison of ratings has no passes to disagree.
 *
 * @throws {RangeError} for a verdict of more than two passes
 * @see docs.together.ai, AI evaluations, compare
 */
export function togetherDecision(verdict: Verdict): TogetherDecision {
  const passes = twoPasses(verdict)
  const unreadable = passes.filter((pass) => pass === 'failed').length
  return { result: combinePasses(passes, 'together'), decidedByOnePass: unreadable === 1 }
}

/** The totals of a compare evaluation, in terms of the label. */
export interface TogetherScore extends OfficialScore {
  readonly counts: Readonly<Record<VerdictResult, number>>
  /** Comparisons that one pass decided; they are among the first three counts. */
  readonly decidedByOnePass: number
}

/**
 * The published accuracy on compare evaluations: official = comparisons decided for the chosen response / n, so ties and
 * failures count as wrong. In strict and answered, a comparison that one pass decided counts as failed.
 *
 * @throws {RangeError} for a verdict of more than two passes
 * @see Together AI (2026-02-02), "Fine-tuning open LLM judges to outperform GPT-5.2"
 */
export function togetherScore(verdicts: readonly Verdict[]): TogetherScore {
  const counts = { chosen: 0, rejected: 0, tie: 0, failed: 0 }
  const decisions = verdicts.map(togetherDecision)
  for (const { result } of decisions) counts[result]++
  return {
    ...officialScoreOf(
      decisions.map(({ result, decidedByOnePass }) => ({
        credit: result === 'chosen' ? 1 : 0,
        failed: decidedByOnePass || result === 'failed',
      })),
    ),
    counts,
    decidedByOnePass: decisions.filter((decision) => decision.decidedByOnePass).length,
  }
}
