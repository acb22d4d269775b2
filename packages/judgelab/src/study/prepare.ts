import {
  allComparisons,
  type Comparison,
  ConfigError,
  type Example,
  firstComparison,
  LONG_LIST,
  lazyList,
  listAt,
  type Study,
  strategiesOf,
} from '@judgelab/core'
import {
  type Benchmark,
  benchmarkFiles,
  benchmarkWords,
  examplesOn,
  keepBenchmark,
  leftOutCount,
  loadBenchmark,
  loadSplit,
  printedExamples,
  type Split,
  saveSplit,
  splitBenchmark,
} from '@judgelab/datasets'
import { checkCriteria } from './check-subsets.js'
import { codeVersion } from './code-version.js'
import { advance, artifact, doStep, type StudyContext } from './context.js'
import { pairSources } from './judges/judging-questions.js'
import { withLoadProgress } from './load-progress.js'
import type { StudyPairData } from './pair-files.js'
import { buildInMemory, pairsStep } from './pairs-step.js'
import { printedWords } from './printed-words.js'

/** The data of a study: who is judged, on what, and what there is to learn from. */
export interface StudyData {
  readonly benchmark: Benchmark
  readonly split: Split
  readonly comparisons: readonly Comparison[]
  readonly pairs: StudyPairData | null
}

/** Loads the benchmark and derives split, comparisons and pairs; writes each down as a file that another machine can check. */
export async function prepareData(context: StudyContext): Promise<StudyData> {
  const { study } = context.loaded
  const benchmark = await readBenchmark(context)
  await benchmarkStep(context, benchmark)
  const split = await splitStep(context, benchmark)
  return {
    benchmark,
    split,
    comparisons: comparisonsToJudge(examplesOn(study.evaluation.side, benchmark, split), study.evaluation),
    pairs: await pairsStep(context, benchmark, split),
  }
}

/** The same without writing anything down; without pairs that a judge would have to be asked for. */
export async function loadStudyData(context: StudyContext): Promise<StudyData> {
  const { study } = context.loaded
  const benchmark = await loadStudyBenchmark(context)
  const split = splitBenchmark(benchmark, study.split)
  return {
    benchmark,
    split,
    comparisons: comparisonsToJudge(examplesOn(study.evaluation.side, benchmark, split), study.evaluation),
    pairs: await pairsWithoutSampling(context, benchmark, split),
  }
}

/** The data of a `judgelab judge` command: a benchmark, or its first comparisons, and nothing to learn from. */
export async function loadCommandData(context: StudyContext): Promise<StudyData> {
  const { study, request } = context.loaded
  const benchmark = await loadStudyBenchmark(context)
  const comparisons = comparisonsToJudge(benchmark.examples, study.evaluation)
  return {
    benchmark,
    split: splitBenchmark(benchmark, study.split),
    comparisons: comparisons.slice(0, request?.limit),
    pairs: null,
  }
}

/** The study's benchmark, downloaded where it has to be, and what it is said to be. */
export async function loadStudyBenchmark(context: StudyContext): Promise<Benchmark> {
  const benchmark = await readBenchmark(context)
  context.progress.finish(benchmarkLine(benchmark))
  return benchmark
}

const TITLE = 'Benchmark'

/** Begins to tell of the benchmark; who asked for it says what it came to. */
async function readBenchmark(context: StudyContext): Promise<Benchmark> {
  const { study, project } = context.loaded
  const benchmark = await withLoadProgress(context, TITLE, (watched) =>
    loadBenchmark(study.benchmark, project, watched),
  )
  checkCriteria(study, benchmark)
  return benchmark
}

/** The pairs but for critiques, for which a judge would have to be asked. */
async function pairsWithoutSampling(
  context: StudyContext,
  benchmark: Benchmark,
  split: Split,
): Promise<StudyPairData | null> {
  const asked = context.loaded.study.pairs
  const strategy = asked && strategiesOf(asked).filter((name) => name !== 'critiques')
  if (asked === undefined || strategy === undefined || strategy.length === 0) return null
  const scored = { ...asked, strategy }
  const sources = await pairSources(context, scored, benchmark, split)
  return buildInMemory(context, scored, { benchmark, split, sources })
}

async function benchmarkStep(context: StudyContext, benchmark: Benchmark): Promise<void> {
  const { name, about, fingerprint, examples } = benchmark
  const folder = artifact(context)
  await doStep(context, {
    name: 'benchmark',
    title: TITLE,
    inputs: { fingerprint, name, about, code: await codeVersion(['core', 'datasets']) },
    outputs: Object.values(benchmarkFiles(folder)),
    run: async () => {
      await keepBenchmark(folder, benchmark, (written) =>
        advance(context, written, examples.length, 'examples written'),
      )
      return benchmarkLine(benchmark)
    },
  })
}

function benchmarkLine(benchmark: Benchmark): string {
  const { examples, report } = benchmark
  const leftOut = report === undefined ? 0 : leftOutCount(report)
  return `${examples.length} ${examples.length === 1 ? 'example' : 'examples'} of ${benchmarkWords(benchmark)}${leftOut === 0 ? '' : `, ${leftOut} left out`}`
}

/** The split that the study asks for, from its file. */
async function splitStep(context: StudyContext, benchmark: Benchmark): Promise<Split> {
  const asked = context.loaded.study.split
  if (asked.method === 'none') return splitBenchmark(benchmark, asked)
  const file = artifact(context, 'split.json')
  await doStep(context, {
    name: 'split',
    title: 'Split',
    inputs: { dataset: benchmark.fingerprint, asked, code: await codeVersion(['core', 'datasets']) },
    outputs: [file],
    run: async () => {
      const split = splitBenchmark(benchmark, asked)
      await saveSplit(file, split)
      const printed = printedExamples(benchmark, split)
      return `${split.train.length} training and ${split.test.length} test examples${printed === undefined ? '' : `; ${printedWords(printed)}`}`
    },
  })
  return loadSplit(file)
}

/** @throws {ConfigError} if there is nothing to judge, or one order alone would measure the slot */
export function comparisonsToJudge(
  examples: readonly Example[],
  evaluation: Study['evaluation'],
): readonly Comparison[] {
  const comparisons = evaluation.comparisons === 'all' ? examples.flatMap(allComparisons) : firstComparisons(examples)
  if (comparisons.length === 0) throw new ConfigError('expected comparisons to judge, found none', 'evaluation')
  refuseOneOrder(comparisons, evaluation)
  return comparisons
}

/** The first comparison of each example that has one; of very many, the list is lazy. */
function firstComparisons(examples: readonly Example[]): readonly Comparison[] {
  if (examples.length < LONG_LIST) return examples.flatMap((example) => firstComparison(example) ?? [])
  const rows: number[] = []
  for (const [row, example] of examples.entries()) if (firstComparison(example) !== undefined) rows.push(row)
  const compared = listAt(examples, rows)
  return lazyList(rows.length, (at) => firstComparison(compared[at] as Example) as Comparison)
}

/** One order alone measures the slot, not the judge, where the benchmark lists the chosen response first every time. */
function refuseOneOrder(comparisons: readonly Comparison[], { orders, rule }: Study['evaluation']): void {
  if (orders === 'random') return
  if (!comparisons.every(({ chosen, rejected }) => chosen < rejected)) return
  const reason = 'since this benchmark lists the chosen response first, so that one order alone measures the slot'
  if (orders === 'first') throw new ConfigError(`expected both orders, ${reason}; found "first"`, 'evaluation.orders')
  if (rule === 'first-order')
    throw new ConfigError(`expected a rule over both orders, ${reason}; found "first-order"`, 'evaluation.rule')
}
