import {
  type Judged,
  loadResultsFile,
  resultSteps,
  resultsFile,
  type StoppedEarly,
  type StudyEvidence,
  type StudyResults,
  type TuningResult,
} from '@judgelab/analysis'
import {
  createNumpyRandom,
  digest,
  finishBreathing,
  loadJudgments,
  loadRunManifest,
  type Study,
  saveJson,
  saveText,
  toJsonl,
} from '@judgelab/core'
import { type AuditReport, type Benchmark, splitFingerprint } from '@judgelab/datasets'
import { type Asked, creditOf, type Policies, panelVerdicts, verdictsOf } from '@judgelab/scoring'
import type { StudyAuditReport } from './audit-step.js'
import { codeVersion } from './code-version.js'
import { artifact, doStep, type StudyContext } from './context.js'
import type { StudyContender } from './judges/contenders.js'
import type { StudyRun } from './judges/judge-step.js'
import type { CellResult } from './matrix/cell-work.js'
import { judgedCells } from './matrix/matrix-step.js'
import type { StudyData } from './prepare.js'
import { fileDigest } from './steps.js'

/** Who judged, in which run. */
export interface JudgedRun {
  readonly contender: StudyContender
  readonly run: StudyRun
}

/** What the steps before the results came to. */
export interface StudyWork {
  readonly runs: readonly JudgedRun[]
  readonly tuning: readonly TuningResult[]
  readonly audit: AuditReport | undefined
  /** The cells of the study's matrix; null where it has none. */
  readonly cells: readonly CellResult[] | null
  /** Where the judging was stopped early, and why. */
  readonly stopped: StoppedEarly | undefined
}

/** Recomputes every number of the study from its runs, and writes `results.json`. */
export async function computeResults(
  context: StudyContext,
  data: StudyData,
  { runs, tuning, audit, cells, stopped }: StudyWork,
): Promise<StudyResults> {
  const { loaded, progress } = context
  const file = resultsFile(loaded.project, loaded.study.name)
  const verdictsFile = artifact(context, 'verdicts.jsonl')
  await doStep(context, {
    name: 'results',
    title: 'Results',
    inputs: {
      study: [loaded.file, loaded.sha256, loaded.study],
      benchmark: benchmarkWords(data.benchmark),
      split: splitFingerprint(data.split),
      pairs: data.pairs?.result ?? null,
      logs: await Promise.all(runs.map(({ run }) => fileDigest(run.folder.log))),
      endpoints: await Promise.all(runs.map(async ({ run }) => (await loadRunManifest(run.folder)).endpoint ?? null)),
      tuning: tuning.map(({ weights }) => weights),
      stopped: stopped ?? null,
      cells: cells?.map(({ key, at }) => [key, at]) ?? null,
      audit: audit === undefined ? null : digest(audit),
      registry: digest(await context.registry()),
      code: await codeVersion(['analysis', 'core', 'datasets', 'judgelab', 'scoring', 'stats']),
    },
    outputs: [file, verdictsFile],
    run: async () => {
      const judged: Judged[] = []
      for (const { contender, run } of runs) {
        judged.push(await judgedOf(context, contender, run, data))
        progress.advance(judged.length, runs.length, 'judges')
      }
      judged.push(...panelsOf(loaded.study, judged))
      await saveText(verdictsFile, toJsonl(verdictLines(judged, loaded.study.evaluation)))
      const evidence = evidenceOf(context, data, judged, {
        tuning,
        audit,
        cells: await judgedCells(context, data, cells),
        stopped,
        registry: await context.registry(),
      })
      await saveJson(file, await finishBreathing(resultSteps(evidence), context.signal))
      return `${judged.length} ${judged.length === 1 ? 'judge' : 'judges'} on ${data.comparisons.length} comparisons`
    },
  })
  return loadResultsFile(file, loaded.study.name)
}

/** What the results say of the benchmark; its examples are in the fingerprint. */
function benchmarkWords({ name, about, synthetic, fingerprint, report }: Benchmark): object {
  return { name, about, synthetic, fingerprint, report: report ?? null }
}

/** One contender's judgments and verdicts, read from its run. */
export async function judgedOf(
  { loaded }: StudyContext,
  { name, label, kind, judge, repeats, consistency, firstRepeat, repeatOf }: StudyContender,
  { runId, folder }: StudyRun,
  { comparisons }: StudyData,
): Promise<Judged> {
  const judgments = await loadJudgments(folder)
  const { rule, orders, orderSeed } = loaded.study.evaluation
  const asked: Asked = { orders, orderSeed, repeats, consistency, firstRepeat }
  const verdicts = verdictsOf(comparisons, judgments, rule, asked)
  const { provider, model } = judge.spec
  const { prices, endpoint } = await loadRunManifest(folder)
  const asks = { provider, model, prices, endpoint }
  return { name, label, kind, runId, judgments, asks, asked, repeatOf, verdicts }
}

/** The panels of the study, from the verdicts of their members. */
function panelsOf({ panels }: Study, judged: readonly Judged[]): Judged[] {
  return panels.map(({ name, label, members: names, weights }) => {
    const members = names.map((member) => judged.find((held) => held.name === member) as Judged)
    const verdicts = panelVerdicts(
      members.map((member) => member.verdicts),
      { weights },
    )
    const runId = members.map((member) => member.runId).join(' + ')
    return { name, label, kind: 'panel', runId, judgments: [], asked: {}, panel: { members, weights }, verdicts }
  })
}

/** Every verdict with what it earns under the study's policies: what SQL reads. */
function verdictLines(judged: readonly Judged[], policies: Policies): object[] {
  return judged.flatMap(({ name, runId, verdicts }) =>
    verdicts.map((verdict) => ({ v: 1, judge: name, runId, ...verdict, credit: creditOf(verdict, policies) })),
  )
}

function evidenceOf(
  context: StudyContext,
  data: StudyData,
  judged: readonly Judged[],
  {
    tuning,
    audit,
    cells,
    stopped,
    registry,
  }: Pick<StudyWork, 'tuning' | 'audit' | 'stopped'> & Pick<StudyEvidence, 'cells' | 'registry'>,
): StudyEvidence {
  const { study, file, sha256 } = context.loaded
  const { level, resamples, seed } = study.statistics
  return {
    study,
    file: { path: file, sha256 },
    benchmark: data.benchmark,
    split: data.split,
    comparisons: data.comparisons,
    judged,
    pairs: data.pairs?.result ?? null,
    tuning,
    audit: audit && auditOnly(audit),
    cells,
    stopped,
    registry,
    rehearsed: context.standIn !== undefined,
    sureness: { level, resamples, newRandom: () => createNumpyRandom(seed).randomSample },
  }
}

/** The audit itself, without what the study's own file of it says of study, benchmark and split: results say that themselves. */
function auditOnly(audit: AuditReport & Partial<StudyAuditReport>): AuditReport {
  const { study: _study, benchmark: _benchmark, split: _split, side: _side, ...held } = audit
  const { printed: _printed, cases: _cases, ...report } = held
  return report
}
