import type { Judgment, Verdict } from '@judgelab/core'
import type { Asked } from '@judgelab/scoring'

export const JUDGE_KINDS = ['judge', 'baseline', 'tuned', 'control', 'repeat'] as const
/**
 * A contender, a judge that was tuned later, what tuning made of it, a null baseline that knows nothing, or a second whole
 * run of one of them.
 */
export type JudgeKind = (typeof JUDGE_KINDS)[number]

/** One judge of a study with what it judged. */
export interface Judged {
  readonly name: string
  readonly label: string
  readonly kind: JudgeKind
  readonly runId: string
  readonly judgments: readonly Judgment[]
  /** Which orders were asked, how often, and how repeats combine. */
  readonly asked: Asked
  /** One a comparison, in the study's order of comparisons, under the study's rule. */
  readonly verdicts: readonly Verdict[]
}
