import {
  comparedRunsTable,
  compareRuns,
  type Judged,
  loadResultsFile,
  promptsOf,
  type RunComparison,
  resultsFile,
  runContrastTable,
  type StoppedEarly,
  type StudyResults,
} from '@judgelab/analysis'
import {
  type Comparison,
  ConfigError,
  comparisonOf,
  createNumpyRandom,
  type Example,
  FAILURE_POLICIES,
  type Judgment,
  loadJudgments,
  loadRunManifest,
  type Project,
  RULES,
  type RunFolder,
  type RunManifest,
  type StudyEvaluation,
  TIE_POLICIES,
} from '@judgelab/core'
import { findKeptBenchmark, loadKeptBenchmark } from '@judgelab/datasets'
import { csvTable, latexTable, markdownTable, textTable } from '@judgelab/report'
import { verdictsOf } from '@judgelab/scoring'
import { findRun, projectOfRun } from './find-run.js'
import { oneOf } from './one-of.js'

/** Options of `compare`. What is not said is what the study of the first run says, else the defaults of a study. */
export interface CompareOptions {
  readonly rule?: string | undefined
  readonly ties?: string | undefined
  readonly failures?: string | undefined
  readonly json?: boolean | undefined
  readonly md?: boolean | undefined
  readonly tex?: boolean | undefined
  readonly csv?: boolean | undefined
}

/** `judgelab compare <run> <run> …`: runs over the same comparisons, pair by pair. */
export async function compareCommand(named: readonly string[], options: CompareOptions): Promise<void> {
  if (named.length < 2)
    throw new ConfigError(`expected two runs or more, found ${named.length}`, named[0] ?? 'judgelab compare')
  process.stdout.write(comparisonText(await comparisonOfRuns(named, options), options))
}

interface LoadedRun {
  readonly manifest: RunManifest
  readonly judgments: readonly Judgment[]
}

async function comparisonOfRuns(named: readonly string[], options: CompareOptions): Promise<RunComparison> {
  const folders = await Promise.all(named.map((name) => findRun(name)))
  const project = projectOfRun(folders[0] as RunFolder)
  const runs: LoadedRun[] = []
  for (const folder of folders)
    runs.push({ manifest: await loadRunManifest(folder), judgments: await loadJudgments(folder) })
  const { dataset } = (runs[0] as LoadedRun).manifest
  for (const { manifest } of runs)
    if (manifest.dataset.fingerprint !== dataset.fingerprint)
      throw new ConfigError(
        `expected runs over one benchmark, found ${dataset.name} and ${manifest.dataset.name}, whose fingerprints differ`,
        manifest.runId,
      )
  const examples = await loadExamples(project, dataset)
  const results = await resultsOf(project, (runs[0] as LoadedRun).manifest.study)
  const evaluation = evaluationOf(results, options)
  const statistics = results?.statistics ?? { level: 0.95, seed: 42, resamples: 10_000 }
  const stopped = await stoppedOf(project, runs)
  const comparisons = comparisonsOf(runs, examples, stopped)
  return compareRuns(judgedRuns(runs, comparisons, evaluation), evaluation, {
    statistics,
    synthetic: dataset.synthetic,
    stopped: stopped === undefined || !isJudgedBy(evaluation, stopped) ? undefined : stopped.byRun,
    sureness: {
      isStoppedEarly: runs.some(({ manifest }) => manifest.stopping !== undefined),
      level: statistics.level,
      resamples: statistics.resamples,
      newRandom: () => createNumpyRandom(statistics.seed).randomSample,
      promptOf: promptsOf({ examples: [...examples.values()] }),
    },
  })
}

/** The examples that the runs are about, from whichever study of this project wrote them down. */
async function loadExamples(
  project: Project,
  { name, fingerprint }: RunManifest['dataset'],
): Promise<Map<string, Example>> {
  const folder = await findKeptBenchmark(project, fingerprint)
  if (folder === undefined)
    throw new ConfigError(
      `expected the examples of ${name}, found none with their fingerprint in any study's artifacts; judgelab run writes them`,
      project.artifacts,
    )
  const { examples } = await loadKeptBenchmark(folder)
  return new Map(examples.map((example) => [example.id, example]))
}

/** What a study says of the two of its judges that it stopped early. */
interface Stopped {
  readonly evaluation: StudyEvaluation
  readonly comparisons: ReadonlySet<string>
  /** The judges by their runs. */
  readonly byRun: StoppedEarly
}

/** The early stopping of the first of the runs that was stopped early, where its study's results still stand. */
async function stoppedOf(project: Project, runs: readonly LoadedRun[]): Promise<Stopped | undefined> {
  const early = runs.map(({ manifest }) => manifest).filter(({ stopping }) => stopping !== undefined)
  const [first] = early
  const results = first === undefined ? undefined : await resultsOf(project, first.study)
  if (results === undefined || results.stopped === null) return undefined
  const { evaluation, stopped } = results
  const runOf = (judge: string): string =>
    early.find((manifest) => manifest.study === first?.study && manifest.judge.name === judge)?.runId ?? judge
  const byRun = { ...stopped, judge: runOf(stopped.judge), against: runOf(stopped.against) }
  return { evaluation, comparisons: new Set(stopped.comparisons), byRun }
}

/** Whether verdicts are made and count as they did when the two were told apart. */
function isJudgedBy(asked: StudyEvaluation, { evaluation }: Stopped): boolean {
  return (['rule', 'ties', 'failures'] as const).every((name) => asked[name] === evaluation[name])
}

/** What the study that asked first came to, where it still stands. */
async function resultsOf(project: Project, study: string): Promise<StudyResults | undefined> {
  return loadResultsFile(resultsFile(project, study), study).catch(() => undefined)
}

function evaluationOf(results: StudyResults | undefined, options: CompareOptions): StudyEvaluation {
  const base = results?.evaluation ?? DEFAULTS
  return {
    ...base,
    rule: oneOf(RULES, options.rule ?? base.rule, '--rule'),
    ties: oneOf(TIE_POLICIES, options.ties ?? base.ties, '--ties'),
    failures: oneOf(FAILURE_POLICIES, options.failures ?? base.failures, '--failures'),
  }
}

const DEFAULTS: StudyEvaluation = {
  side: 'all',
  comparisons: 'first',
  orders: 'both',
  orderSeed: 0,
  rule: 'consistent',
  ties: 'wrong',
  failures: 'wrong',
}

/**
 * Every comparison that any of the runs was asked for, in the order of asking; of runs that were stopped early those that
 * count: some more may have been asked.
 */
function comparisonsOf(
  runs: readonly LoadedRun[],
  examples: ReadonlyMap<string, Example>,
  stopped: Stopped | undefined,
): Comparison[] {
  const ids = new Set(runs.flatMap(({ judgments }) => judgments.flatMap(({ comparisonId }) => comparisonId ?? [])))
  const comparisons = [...ids].flatMap((id) => {
    if (stopped !== undefined && !stopped.comparisons.has(id)) return []
    const [, exampleId = '', chosen, rejected] = /^(.*):(\d+)>(\d+)$/s.exec(id) ?? []
    const example = examples.get(exampleId)
    return example === undefined ? [] : [comparisonOf(example, Number(chosen), Number(rejected))]
  })
  if (comparisons.length > 0) return comparisons
  throw new ConfigError('expected judgments of comparisons, found none', (runs[0] as LoadedRun).manifest.runId)
}

function judgedRuns(
  runs: readonly LoadedRun[],
  comparisons: readonly Comparison[],
  { rule, orders, orderSeed }: StudyEvaluation,
): Judged[] {
  const names = runs.map(({ manifest }) => manifest.judge.name)
  return runs.map(({ manifest, judgments }) => {
    const { name } = manifest.judge
    const isShared = names.indexOf(name) !== names.lastIndexOf(name)
    const asked = { orders, orderSeed }
    return {
      name: manifest.runId,
      label: isShared ? `${name} (${manifest.runId})` : name,
      kind: 'judge',
      runId: manifest.runId,
      judgments,
      asked,
      verdicts: verdictsOf(comparisons, judgments, rule, asked),
    }
  })
}

function comparisonText(comparison: RunComparison, { json, md, tex, csv }: CompareOptions): string {
  if (json) return `${JSON.stringify(comparison, null, 2)}\n`
  const tables = [comparedRunsTable(comparison), runContrastTable(comparison)]
  if (csv) return csvTable(tables[1] as (typeof tables)[number])
  if (md) return tables.map(markdownTable).join('\n')
  if (tex) return tables.map((table) => latexTable(table)).join('\n')
  const width = process.stdout.columns ? { width: process.stdout.columns } : {}
  return `\n${tables.map((table) => textTable(table, width)).join('\n')}`
}
