import { type Comparison, finish, type ModelRegistry, type Steps, type Study, stepEach } from '@judgelab/core'
import type { AuditReport, Benchmark, Split } from '@judgelab/datasets'
import { splitFingerprint } from '@judgelab/datasets'
import type { AdjustedP } from '@judgelab/stats'
import { ablationSteps } from '../ablation/ablation-result.js'
import type { JudgedCell } from '../ablation/scored-runs.js'
import type { Sureness } from '../accuracy.js'
import { holmOver } from '../contrast.js'
import { contrastFamily } from '../contrast-family.js'
import { duplicateSteps } from '../duplicates.js'
import { JUDGE_KINDS, type Judged } from '../judged.js'
import { agreementSteps } from '../measures/agreement.js'
import { policySensitivity } from '../measures/rankings.js'
import { promptsOf } from '../prompts.js'
import { repeatedComparisons } from '../repeated.js'
import { type StoppedEarly, sequentialResult } from '../stopped-early.js'
import { cueFigures, lengthFigures, overallLengthFigures } from '../texts.js'
import { contrastResult } from './contrast-result.js'
import { judgeResult } from './judge-result.js'
import { measuredJudge } from './measured-judge.js'
import type { ContrastResult, PairsResult, StudyResults, SubsetCount, TuningResult } from './study-results.js'

/** What the results of a study are made of. */
export interface StudyEvidence {
  readonly study: Study
  readonly file: { readonly path: string; readonly sha256: string }
  readonly benchmark: Benchmark
  readonly split: Split
  readonly comparisons: readonly Comparison[]
  /** Every judge of the study, tuned ones after their base. */
  readonly judged: readonly Judged[]
  readonly pairs: PairsResult | null
  readonly tuning: readonly TuningResult[]
  /** Absent where the study does not audit its split. */
  readonly audit?: AuditReport | undefined
  /** The cells of the study's matrix; absent where it has none. */
  readonly cells?: readonly JudgedCell[] | undefined
  /** What is known of models behind an API; absent where the project has no registry. */
  readonly registry?: ModelRegistry | undefined
  /** True when an emulator answered in the place of the services. */
  readonly rehearsed?: boolean | undefined
  /** Absent where nothing was stopped early. */
  readonly stopped?: StoppedEarly | undefined
  readonly sureness: Sureness
}

/** Every number of a study, recomputed from its runs. @throws {RangeError} if a contrast names a judge that has no run */
export function buildResults(evidence: StudyEvidence): StudyResults {
  return finish(resultSteps(evidence))
}

/** The same results, a judge, a contrast or a number of pairs at a time. */
export function* resultSteps(evidence: StudyEvidence): Steps<StudyResults> {
  const { study, benchmark, split, comparisons, judged } = evidence
  const isStoppedEarly = evidence.stopped !== undefined
  const sureness = { ...evidence.sureness, promptOf: promptsOf(benchmark), isStoppedEarly }
  const subsets = [...new Set(comparisons.map(({ subset }) => subset))]
  const compared = inTableOrder(judged).filter(({ kind }) => kind !== 'control' && kind !== 'repeat')
  return {
    formatVersion: 1,
    study: {
      name: study.name,
      title: study.title,
      question: study.question,
      file: evidence.file.path,
      sha256: evidence.file.sha256,
      rehearsed: evidence.rehearsed ?? false,
    },
    benchmark: {
      name: benchmark.name,
      about: benchmark.about,
      synthetic: benchmark.synthetic,
      fingerprint: benchmark.fingerprint,
      examples: benchmark.examples.length,
      subsets: subsetCounts(benchmark, split, comparisons),
      lengths: lengthFigures(benchmark.examples),
      lengthsOverall: overallLengthFigures(benchmark.examples),
      duplicates: yield* duplicateSteps(benchmark.examples),
      cues: cueFigures(benchmark.examples),
      data: dataCounts(benchmark),
    },
    split: {
      method: split.method,
      seed: split.seed,
      fingerprint: splitFingerprint(split),
      train: split.train.length,
      test: split.test.length,
    },
    evaluation: {
      ...study.evaluation,
      n: comparisons.length,
      isChosenFirst: comparisons.every(({ chosen, rejected }) => chosen < rejected),
    },
    audit: evidence.audit ?? null,
    statistics: study.statistics,
    judges: yield* stepEach(inTableOrder(judged), (judge) =>
      measuredJudge(judge, judgeResult(judge, comparisons, subsets, study.evaluation, sureness), evidence, sureness),
    ),
    sensitivity: policySensitivity(compared, comparisons, study.evaluation),
    agreement: yield* agreementSteps(compared, sureness),
    pairs: evidence.pairs,
    tuning: evidence.tuning,
    stopped: evidence.stopped ?? null,
    ablation:
      study.matrix === undefined || evidence.cells === undefined
        ? null
        : yield* ablationSteps(study.matrix, evidence.cells, study.evaluation, sureness),
    contrasts: yield* contrastSteps(evidence, subsets, sureness),
  }
}

function* contrastSteps(
  { study, judged, benchmark, split, comparisons, stopped }: StudyEvidence,
  subsets: readonly string[],
  sureness: Sureness,
): Steps<ContrastResult[]> {
  const repeated = repeatedComparisons(benchmark, split, comparisons)
  const contrasts = yield* stepEach(study.contrasts, ({ judge, against }) => {
    const again = judged.find(({ repeatOf }) => repeatOf === against)
    const pair = { judge: named(judged, judge), against: named(judged, against), again }
    const result = contrastResult(pair, subsets, study.evaluation, repeated, sureness)
    const primary = stopped === undefined ? undefined : sequentialResult(result, stopped)
    return primary === undefined ? result : { ...result, primary }
  })
  const families = study.contrasts.map((contrast) => contrastFamily(study, contrast))
  const adjusted = adjustedByFamily(
    contrasts.map(({ primary }) => primary.p),
    families,
  )
  return contrasts.map((contrast, at) => ({ ...contrast, adjusted: adjusted[at] ?? null }))
}

/** Each p with Holm's over those of its family. */
function adjustedByFamily(values: readonly (number | null)[], families: readonly string[]): (AdjustedP | null)[] {
  const adjusted: (AdjustedP | null)[] = values.map(() => null)
  for (const family of new Set(families)) {
    const places = families.flatMap((held, at) => (held === family ? [at] : []))
    const ofFamily = holmOver(
      places.map((at) => values[at] ?? null),
      family,
    )
    for (const [place, at] of places.entries()) adjusted[at] = ofFamily[place] ?? null
  }
  return adjusted
}

/** Contenders first, each tuned judge after its baseline's kind, null baselines last; else as the study names them. */
function inTableOrder(judged: readonly Judged[]): Judged[] {
  return JUDGE_KINDS.flatMap((kind) => judged.filter((judge) => judge.kind === kind))
}

function subsetCounts(
  { examples }: Benchmark,
  { train, test }: Split,
  comparisons: readonly Comparison[],
): SubsetCount[] {
  const onTrain = new Set(train)
  const onTest = new Set(test)
  return [...new Set(examples.map(({ subset }) => subset))].map((subset) => {
    const ids = examples.filter((example) => example.subset === subset).map(({ id }) => id)
    return {
      subset,
      examples: ids.length,
      train: ids.filter((id) => onTrain.has(id)).length,
      test: ids.filter((id) => onTest.has(id)).length,
      comparisons: comparisons.filter((comparison) => comparison.subset === subset).length,
    }
  })
}

function dataCounts({ report }: Benchmark): StudyResults['benchmark']['data'] {
  if (report === undefined) return null
  const { policy, rows, skipped, notes } = report
  return { policy, rows, skipped, notes }
}

function named(judged: readonly Judged[], name: string): Judged {
  const found = judged.find((judge) => judge.name === name)
  if (found === undefined)
    throw new RangeError(`buildResults needs a run of every judge in a contrast, got none of "${name}"`)
  return found
}
