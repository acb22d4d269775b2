import { type Comparison, RULES, type StudyEvaluation, TIE_POLICIES, type Verdict } from '@judgelab/core'
import { scoreOf } from '@judgelab/scoring'
import { accuracyOf, type Sureness } from '../accuracy.js'
import { failureCounts } from '../failures.js'
import { type Judged, verdictsUnder } from '../judged.js'
import { orderCounts } from '../orders.js'
import type { JudgeResult, RuleResult, Scored } from './study-results.js'

/** One judge's verdicts in numbers: overall, by subset, and under every other rule. */
export function judgeResult(
  judged: Judged,
  comparisons: readonly Comparison[],
  subsets: readonly string[],
  evaluation: StudyEvaluation,
  sureness: Sureness,
): JudgeResult {
  const { name, label, kind, runId, judgments, verdicts } = judged
  return {
    name,
    label,
    kind,
    runId,
    judgments: judgments.length,
    failures: failureCounts(judgments),
    ...scored(verdicts, evaluation, sureness),
    subsets: subsets.map((subset) => ({
      subset,
      ...scored(
        verdicts.filter((verdict) => verdict.subset === subset),
        evaluation,
        sureness,
      ),
    })),
    rules: ruleResults(judged, comparisons, evaluation, sureness),
  }
}

function scored(verdicts: readonly Verdict[], { failures }: StudyEvaluation, sureness: Sureness): Scored {
  const [wrong, half, excluded] = TIE_POLICIES.map((ties) => accuracyOf(verdicts, { ties, failures }, sureness))
  return {
    comparisons: verdicts.length,
    counts: scoreOf(verdicts, { ties: 'wrong', failures }).counts,
    accuracy: { wrong, half, excluded } as Scored['accuracy'],
    orders: orderCounts(verdicts, sureness),
  }
}

function ruleResults(
  judged: Judged,
  comparisons: readonly Comparison[],
  { ties, failures }: StudyEvaluation,
  sureness: Sureness,
): RuleResult[] {
  return RULES.map((rule) => {
    const verdicts = verdictsUnder(judged, comparisons, rule)
    const { counts } = scoreOf(verdicts, { ties, failures })
    return { rule, counts, accuracy: accuracyOf(verdicts, { ties, failures }, sureness) }
  })
}
