import { tokenPriceFields } from '../schemas/prices.js'
import { type Problem, problemsOf, suggestion } from '../schemas/problem.js'
import { studySchema } from '../schemas/study.js'
import { readYaml } from '../schemas/yaml-document.js'
import { controlProblems, JUDGE_KEYS, judgeProblems, panelProblems, stoppingProblems } from './judge-problems.js'
import { type MatrixCell, matrixCells } from './matrix.js'
import { matrixProblems } from './matrix-problems.js'
import type { BenchmarkColumns, BenchmarkSource, Study, StudyBenchmark, StudySplit } from './study.js'
import { studyPairsProblems } from './study-pairs-problems.js'
import { tuningProblems } from './tuning-problems.js'

/** The keys of a study file. */
const STUDY_KEYS: readonly string[] = [
  'version',
  'name',
  'title',
  'question',
  'benchmark',
  'split',
  'evaluation',
  'judges',
  'controls',
  'panels',
  'budget',
  'stopping',
  'pairs',
  'audit',
  'tuning',
  'matrix',
  'contrasts',
  'statistics',
  'report',
]

/** The keys that each part of a study file may have; for the nearest right name when a key is unknown. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': STUDY_KEYS,
  benchmark: ['source', 'path', 'revision', 'format', 'columns', 'problems'],
  'benchmark.columns': [
    'id',
    'subset',
    'prompt',
    'chosen',
    'rejected',
    'responses',
    'label',
    'values',
    'ties',
    'text',
    'rank',
    'models',
    'metadata',
  ],
  split: ['method', 'seed', 'trainSize', 'testSize', 'share', 'folds', 'fold', 'field', 'train', 'test'],
  evaluation: ['side', 'comparisons', 'orders', 'orderSeed', 'rule', 'ties', 'failures'],
  judges: JUDGE_KEYS,
  'judges.limits': ['concurrency', 'requestsPerMinute', 'tokensPerMinute', 'timeoutSeconds', 'enqueuedTokens'],
  'judges.prices': Object.keys(tokenPriceFields),
  'judges.scale': ['min', 'max'],
  controls: ['name', 'label', 'of', 'repeats', 'consistency', 'criteria', 'shots', 'prompt', 'settings'],
  panels: ['name', 'label', 'members', 'vote', 'weights'],
  budget: ['maxCost', 'maxRequests'],
  stopping: ['judge', 'against', 'seed', 'atLeast'],
  pairs: [
    'strategy',
    'rejected',
    'perExample',
    'scores',
    'cap',
    'weights',
    'lengths',
    'judge',
    'samples',
    'clean',
    'leaks',
    'split',
    'validation',
    'seed',
    'shuffles',
    'nearDuplicates',
    'target',
    'maxTokens',
  ],
  audit: ['gate', 'nearDuplicates'],
  tuning: [
    'name',
    'label',
    'base',
    'backend',
    'beta',
    'epochs',
    'batchSize',
    'learningRate',
    'seed',
    'evaluations',
    'loss',
    'labelSmoothing',
    'l2',
    'schedule',
    'patience',
    'hosted',
  ],
  'tuning.hosted': [
    'model',
    'fullTraining',
    'loraRank',
    'loraAlpha',
    'loraDropout',
    'loraModules',
    'batchSize',
    'gradientAccumulation',
    'maxSequenceLength',
    'packing',
    'warmupRatio',
    'maxGradNorm',
    'weightDecay',
    'schedule',
    'minLearningRateRatio',
    'cosineCycles',
    'checkpoints',
    'rpoAlpha',
    'normalizeByLength',
    'referenceFree',
    'simpoGamma',
    'earlyStopping',
    'fromCheckpoint',
    'huggingFace',
    'weightsAndBiases',
    'maxPrice',
    'timeLimitHours',
    'endpoint',
  ],
  'tuning.hosted.earlyStopping': ['patience', 'minDelta', 'warmup'],
  'tuning.hosted.huggingFace': ['model', 'revision', 'outputRepo'],
  'tuning.hosted.weightsAndBiases': ['project', 'entity', 'name', 'baseUrl'],
  'tuning.hosted.endpoint': ['hardware', 'replicas', 'inactiveMinutes'],
  matrix: ['tuning', 'axes', 'margin', 'workers'],
  contrasts: ['judge', 'against'],
  statistics: ['level', 'seed', 'resamples'],
  report: ['notebooks'],
}

/**
 * A study from its YAML text.
 *
 * @param file named in errors
 * @param there.notebooks the names of the notebooks that there are; where they are given, a study may list no other
 * @throws {ConfigError} whose path is `file:line:column` of the first problem and whose message lists up to ten, each
 *   with the field, what was expected, what was found, and the nearest right name where one is near
 */
export function parseStudy(
  text: string,
  file: string,
  there: { readonly notebooks?: readonly string[] | undefined } = {},
): Study {
  const { value, errorOf } = readYaml(text, file)
  const parsed = studySchema.safeParse(value)
  const problems =
    newerVersion(value) ??
    (parsed.success
      ? [...studyReferenceProblems(parsed.data), ...notebookProblems(parsed.data, there.notebooks)]
      : parsed.error.issues.flatMap((issue) =>
          problemsOf({ issues: [issue] } as typeof parsed.error, value, keysAt(issue.path)),
        ))
  if (parsed.success && problems.length === 0) return withStoppedPair(parsed.data)
  throw errorOf(problems)
}

/** The two judges that are stopped early are a contrast, named as one or not: else no table would have their interval and p. */
function withStoppedPair(study: Study): Study {
  const { stopping, contrasts } = study
  if (stopping === undefined) return study
  const { judge, against } = stopping
  const pair = new Set([judge, against])
  const isThere = contrasts.some((contrast) => pair.has(contrast.judge) && pair.has(contrast.against))
  return isThere ? study : { ...study, contrasts: [...contrasts, { judge, against }] }
}

/** The names that may stand at a path, or in the part of a study that it is in. */
function keysAt(path: readonly PropertyKey[]): readonly string[] {
  const names = path.filter((step) => typeof step === 'string')
  return KEYS[names.join('.')] ?? KEYS[names[0] ?? ''] ?? []
}

/**
 * Where in a study's text a field stands, as `file:line:column`; where the text does not have it, the nearest part around
 * it. Parts of a list go by number or by name: `judges.0.model`, `judges.linear.model`.
 *
 * @param field a dotted path, as an error names it
 * @returns undefined for what is no field of a study
 */
export function studyPlace(text: string, file: string, field: string): string | undefined {
  if (!STUDY_KEYS.includes(field.split('.')[0] as string)) return undefined
  const { value, placeOf } = readYaml(text, file)
  return placeOf(stepsTo(value, field))
}

/** The steps of a dotted path as far as there is something; names of judges may have dots in them. */
function stepsTo(value: unknown, field: string): (string | number)[] {
  if (value === null || typeof value !== 'object') return []
  const steps = Object.entries(value).flatMap(
    ([key, part]): { said: string; step: string | number; part: unknown }[] =>
      Array.isArray(value)
        ? [key, ...(typeof part?.name === 'string' ? [part.name] : [])].map((said) => ({
            said,
            step: Number(key),
            part,
          }))
        : [{ said: key, step: key, part }],
  )
  const [next] = steps
    .filter(({ said }) => field === said || field.startsWith(`${said}.`))
    .sort((a, b) => b.said.length - a.said.length)
  return next === undefined ? [] : [next.step, ...stepsTo(next.part, field.slice(next.said.length + 1))]
}

/** A study of a newer version may use fields that this one does not know: that is the one problem worth telling. */
function newerVersion(value: unknown): Problem[] | undefined {
  const version = value !== null && typeof value === 'object' && 'version' in value ? value.version : undefined
  if (typeof version !== 'number' || version <= 1) return undefined
  return [{ path: ['version'], message: `expected 1, found ${version}: the study is written for a newer judgelab` }]
}

/** Names that point nowhere, and parts that need each other. */
function studyReferenceProblems(study: Study): Problem[] {
  const problems: Problem[] = []
  const names = [
    ...study.judges.map((judge) => judge.name),
    ...study.tuning.map((job) => job.name),
    ...study.panels.map((panel) => panel.name),
    ...study.controls.map((control) => control.name),
  ]
  const need = (name: string, known: readonly string[], path: (string | number)[]): void => {
    if (!known.includes(name))
      problems.push({
        path,
        message: `expected the name of a judge of this study, found "${name}"${suggestion(name, known)}`,
      })
  }
  names.forEach((name, at) => {
    if (names.indexOf(name) === at) return
    const path = placeOfName(study, at)
    problems.push({ path, message: `expected a name of its own, found "${name}" a second time` })
  })
  const cells = cellsOf(study)
  study.tuning.forEach((job, at) => {
    const varied = job.name === study.matrix?.tuning ? cells.map(({ tuning }) => tuning) : []
    problems.push(...tuningProblems(job, at, varied))
    need(
      job.base,
      study.judges.map((judge) => judge.name),
      ['tuning', at, 'base'],
    )
  })
  study.contrasts.forEach((contrast, at) => {
    need(contrast.judge, names, ['contrasts', at, 'judge'])
    need(contrast.against, names, ['contrasts', at, 'against'])
    if (contrast.judge === contrast.against)
      problems.push({
        path: ['contrasts', at],
        message: `expected two judges, found "${contrast.judge}" against itself`,
      })
  })
  if (study.tuning.length > 0 && study.pairs === undefined)
    problems.push({
      path: ['tuning'],
      message: 'expected the study to say `pairs:`, which tuning needs, found nothing',
    })
  if (study.tuning.length > 0 && study.split.method === 'none')
    problems.push({
      path: ['split'],
      message: 'expected a split with a training side, which tuning needs, found method "none"',
    })
  if (study.split.method === 'none' && study.evaluation.side !== 'all')
    problems.push({
      path: ['evaluation'],
      message: `expected side "all" without a split, found "${study.evaluation.side}"`,
    })
  problems.push(...benchmarkProblems(study.benchmark))
  problems.push(...splitProblems(study.split))
  if (study.pairs !== undefined)
    problems.push(
      ...studyPairsProblems(
        study.pairs,
        study.judges.map((judge) => judge.name),
        cells.map(({ pairs }) => pairs),
      ),
    )
  study.judges.forEach((judge, at) => {
    problems.push(...judgeProblems(judge, at))
  })
  problems.push(
    ...controlProblems(study),
    ...panelProblems(study),
    ...stoppingProblems(study),
    ...matrixProblems(study),
  )
  return problems
}

/** The cells of the study's matrix; none where there is no such matrix. */
function cellsOf(study: Study): readonly MatrixCell[] {
  const { matrix, tuning, pairs } = study
  const hasCells = matrix !== undefined && pairs !== undefined && tuning.some(({ name }) => name === matrix.tuning)
  return hasCells ? matrixCells(study) : []
}

/** Where the name at a place among judges, tuned judges, panels and controls stands. */
function placeOfName({ judges, tuning, panels, controls }: Study, at: number): (string | number)[] {
  const lists = { judges, tuning, panels, controls }
  let left = at
  for (const [part, list] of Object.entries(lists)) {
    if (left < list.length) return [part, left, 'name']
    left -= list.length
  }
  throw new RangeError(`placeOfName needs a place below the number of names, got ${at}`)
}

/** Notebooks that there are not: known before anything is run, not when it is their turn. */
function notebookProblems({ report }: Study, there: readonly string[] | undefined): Problem[] {
  if (there === undefined) return []
  return report.notebooks.flatMap((name, at) =>
    there.includes(name)
      ? []
      : [
          {
            path: ['report', 'notebooks', at],
            message: `expected the name of a notebook of this project, found "${name}"${suggestion(name, there)}`,
          },
        ],
  )
}

/** What a source needs, and what means nothing to it. */
function benchmarkProblems(benchmark: StudyBenchmark): Problem[] {
  const problems: Problem[] = []
  const data = DATA_TO_BRING[benchmark.source]
  if (data !== undefined && benchmark.path === undefined)
    problems.push({
      path: ['benchmark'],
      message: `expected \`path:\` to ${data}, which source ${benchmark.source} needs, found nothing`,
    })
  for (const field of ['format', 'columns'] as const)
    if (benchmark.source !== 'file' && benchmark[field] !== undefined)
      problems.push({
        path: ['benchmark', field],
        message: `expected no ${field} for source ${benchmark.source}, whose form is known, found one`,
      })
  if (benchmark.revision !== undefined && (benchmark.path !== undefined || !isDownloaded(benchmark.source)))
    problems.push({
      path: ['benchmark', 'revision'],
      message: `expected no revision for data on this machine, found "${benchmark.revision}"`,
    })
  if (benchmark.columns !== undefined) problems.push(...columnProblems(benchmark.columns))
  return problems
}

/** Sources that are never downloaded by a study, and what they read. */
const DATA_TO_BRING: Readonly<Partial<Record<BenchmarkSource, string>>> = {
  llmbar: 'the LLMBar data',
  judgebench: 'the JudgeBench data',
  file: 'the file',
}

function isDownloaded(source: BenchmarkSource): boolean {
  return source === 'reward-bench-2' || source === 'reward-bench'
}

function columnProblems(columns: BenchmarkColumns): Problem[] {
  const path = ['benchmark', 'columns']
  const hasPair = columns.chosen !== undefined && columns.rejected !== undefined
  const hasJudged = columns.responses !== undefined && (columns.label !== undefined || columns.rank !== undefined)
  if (hasPair !== hasJudged) return []
  const found = Object.keys(columns).join(', ')
  return [
    {
      path,
      message: `expected chosen and rejected, or responses with label or rank, found ${found === '' ? 'nothing' : found}`,
    },
  ]
}

/** Parameters of a split that exclude each other, or point beyond what there is. */
function splitProblems(split: StudySplit): Problem[] {
  switch (split.method) {
    case 'grouped':
      if (split.share !== undefined && (split.testSize ?? split.trainSize) !== undefined)
        return [{ path: ['split', 'share'], message: 'expected a share or sizes, found both' }]
      if (split.trainSize !== undefined && split.testSize === undefined)
        return [{ path: ['split', 'trainSize'], message: 'expected `testSize:` beside it, found nothing' }]
      return []
    case 'k-fold':
      if (split.fold <= split.folds) return []
      return [{ path: ['split', 'fold'], message: `expected at most ${split.folds}, the folds, found ${split.fold}` }]
    case 'by-field': {
      const both = split.train?.filter((value) => split.test.includes(value)) ?? []
      if (both.length === 0) return []
      return [
        { path: ['split', 'train'], message: `expected other values than on the test side, found ${both.join(', ')}` },
      ]
    }
    default:
      return []
  }
}
