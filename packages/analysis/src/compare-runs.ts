import type { StudyEvaluation } from '@judgelab/core'
import { type Accuracy, accuracyOf, type Sureness } from './accuracy.js'
import { holmOver } from './contrast.js'
import type { Judged } from './judged.js'
import { contrastResult } from './results/contrast-result.js'
import type { ContrastResult, StudyResults } from './results/study-results.js'
import { type StoppedEarly, sequentialResult } from './stopped-early.js'

/** Runs over the same comparisons, each against each. */
export interface RunComparison {
  readonly evaluation: Pick<StudyEvaluation, 'rule' | 'ties' | 'failures' | 'orders'>
  readonly statistics: StudyResults['statistics']
  readonly synthetic: boolean
  readonly runs: readonly ComparedRun[]
  /** Every pair of runs, in the order in which they are named: each against each that is named before it. */
  readonly contrasts: readonly ContrastResult[]
}

/** One of the runs, on all comparisons. */
export interface ComparedRun {
  readonly name: string
  readonly label: string
  readonly runId: string
  readonly comparisons: number
  readonly counts: { readonly chosen: number; readonly rejected: number; readonly tie: number; readonly failed: number }
  readonly accuracy: Accuracy
}

/**
 * Compares runs pair by pair, on the comparisons that count for both, with Holm's correction over the pairs.
 *
 * Where one of them was stopped early (`sureness.isStoppedEarly`), no interval or test for a fixed n is given; the pair in
 * `stopped`, whose judges go by the names of the runs, has its anytime-valid ones.
 *
 * @param judged the runs; `name` tells them apart
 */
export function compareRuns(
  judged: readonly Judged[],
  evaluation: StudyEvaluation,
  {
    statistics,
    synthetic,
    sureness,
    stopped,
  }: Pick<RunComparison, 'statistics' | 'synthetic'> & {
    readonly sureness: Sureness
    readonly stopped?: StoppedEarly | undefined
  },
): RunComparison {
  const subsets = [...new Set(judged.flatMap(({ verdicts }) => verdicts.map(({ subset }) => subset)))]
  const pairs = judged.flatMap((against, at) => judged.slice(at + 1).map((judge) => ({ judge, against })))
  const contrasts = pairs.map((pair) => {
    const result = contrastResult(pair, subsets, evaluation, new Set(), sureness)
    const primary = stopped === undefined ? undefined : sequentialResult(result, stopped)
    return primary === undefined ? result : { ...result, primary }
  })
  const adjusted = holmOver(
    contrasts.map(({ primary }) => primary.p),
    'pairs of the runs compared',
  )
  const { rule, ties, failures, orders } = evaluation
  return {
    evaluation: { rule, ties, failures, orders },
    statistics,
    synthetic,
    runs: judged.map((run) => comparedRun(run, evaluation, sureness)),
    contrasts: contrasts.map((contrast, at) => ({ ...contrast, adjusted: adjusted[at] ?? null })),
  }
}

function comparedRun(
  { name, label, runId, verdicts }: Judged,
  policies: StudyEvaluation,
  sureness: Sureness,
): ComparedRun {
  const counts = { chosen: 0, rejected: 0, tie: 0, failed: 0 }
  for (const { result } of verdicts) counts[result] += 1
  const accuracy = accuracyOf(verdicts, policies, sureness)
  return { name, label, runId, comparisons: verdicts.length, counts, accuracy }
}
