import type { Comparison, Judgment, Provider, Rule, RunEndpoint, TokenPrices, Verdict } from '@judgelab/core'
import { type Asked, panelVerdicts, verdictsOf } from '@judgelab/scoring'

export const JUDGE_KINDS = ['judge', 'baseline', 'tuned', 'variant', 'panel', 'control', 'repeat'] as const
/**
 * A contender, a judge that was tuned later, what tuning made of it, a judge asked
 * another way (what tuning must beat), several judges that decide
 * together, a null baseline that knows nothing, or a second whole run of one of them.
 */
export type JudgeKind = (typeof JUDGE_KINDS)[number]

/** One judge of a study with what it judged. */
export interface Judged {
  readonly name: string
  readonly label: string
  readonly kind: JudgeKind
  readonly runId: string
  readonly judgments: readonly Judgment[]
  /** Who answers, and at which prices; absent where nobody knows. */
  readonly asks?: JudgedModel | undefined
  /** Which orders were asked, how often, and how repeats combine. */
  readonly asked: Asked
  /** One a comparison, in the study's order of comparisons, under the study's rule. */
  readonly verdicts: readonly Verdict[]
  /** Of a second whole run: the name of the judge that is run again. */
  readonly repeatOf?: string | undefined
  /** Of a panel: who decides, and with how many votes each. */
  readonly panel?: { readonly members: readonly Judged[]; readonly weights?: readonly number[] | undefined } | undefined
}

/** What a judge's verdicts would be under another rule. */
export function verdictsUnder(judged: Judged, comparisons: readonly Comparison[], rule: Rule): Verdict[] {
  const { panel, judgments, asked } = judged
  if (panel === undefined) return verdictsOf(comparisons, judgments, rule, asked)
  return panelVerdicts(
    panel.members.map((member) => verdictsUnder(member, comparisons, rule)),
    panel,
  )
}

/** The model behind a judge. */
export interface JudgedModel {
  readonly provider: Provider
  readonly model: string
  /** As they stand in the run's manifest. */
  readonly prices?: (TokenPrices & { readonly source: string }) | undefined
  /** The dedicated endpoint that was paid by the minute, as it stands there. */
  readonly endpoint?: RunEndpoint | undefined
}
