import { resolve } from 'node:path'
import type { PairsResult } from '@judgelab/analysis'
import {
  allComparisons,
  type Comparison,
  ConfigError,
  digest,
  digestText,
  type Example,
  firstComparison,
  type Study,
  type StudyPairs,
  saveJson,
  saveText,
  strategiesOf,
  toJsonl,
} from '@judgelab/core'
import {
  type Benchmark,
  examplesOn,
  loadBenchmark,
  printedExamples,
  type Split,
  saveSplit,
  splitBenchmark,
  splitFingerprint,
} from '@judgelab/datasets'
import {
  loadResponseScores,
  type PairSides,
  pairCounts,
  pairsFromResponses,
  policyScore,
  type ResponseScore,
  sharedPrompts,
  splitPairs,
  spreadPairs,
} from '@judgelab/dpo'
import { priorPolicy } from '@judgelab/policy'
import { codeVersion } from './code-version.js'
import { artifact, doStep, type StudyContext } from './context.js'
import { withDownloadProgress } from './download-progress.js'
import { printedWords } from './printed-words.js'

/** The data of a study: who is judged, on what, and what there is to learn from. */
export interface StudyData {
  readonly benchmark: Benchmark
  readonly split: Split
  readonly comparisons: readonly Comparison[]
  readonly pairs: { readonly sides: PairSides; readonly result: PairsResult } | null
}

/** Loads the benchmark and derives split, comparisons and pairs; writes each down as a file that another machine can check. */
export async function prepareData(context: StudyContext): Promise<StudyData> {
  const { study, project } = context.loaded
  const benchmark = await withDownloadProgress(context, (hub) => loadBenchmark(study.benchmark, project, { hub }))
  await benchmarkStep(context, benchmark)
  const split = splitBenchmark(benchmark, study.split)
  await splitStep(context, benchmark, split)
  return {
    benchmark,
    split,
    comparisons: comparisonsToJudge(examplesOn(study.evaluation.side, benchmark, split), study.evaluation),
    pairs: await pairsStep(context, benchmark, split),
  }
}

async function benchmarkStep(context: StudyContext, benchmark: Benchmark): Promise<void> {
  const { name, about, synthetic, fingerprint, examples } = benchmark
  const file = artifact(context, 'benchmark.json')
  const examplesFile = artifact(context, 'examples.jsonl')
  await doStep(context, {
    name: 'benchmark',
    title: 'Benchmark',
    inputs: { fingerprint, name, about, code: await codeVersion(['core', 'datasets']) },
    outputs: [file, examplesFile],
    run: async () => {
      await saveText(examplesFile, toJsonl(examples))
      await saveJson(file, { formatVersion: 1, name, about, synthetic, fingerprint, examples: examples.length })
      return `${examples.length} examples of the ${name}`
    },
  })
}

async function splitStep(context: StudyContext, benchmark: Benchmark, split: Split): Promise<void> {
  if (split.method === 'none') return
  const file = artifact(context, 'split.json')
  await doStep(context, {
    name: 'split',
    title: 'Split',
    inputs: { dataset: benchmark.fingerprint, split: splitFingerprint(split) },
    outputs: [file],
    run: async () => {
      await saveSplit(file, split)
      const printed = printedExamples(benchmark, split)
      return `${split.train.length} training and ${split.test.length} test examples${printed === undefined ? '' : `; ${printedWords(printed)}`}`
    },
  })
}

function comparisonsToJudge(examples: readonly Example[], evaluation: Study['evaluation']): Comparison[] {
  const comparisons = examples.flatMap((example) =>
    evaluation.comparisons === 'all' ? allComparisons(example) : (firstComparison(example) ?? []),
  )
  if (comparisons.length === 0) throw new ConfigError('expected comparisons to judge, found none', 'evaluation')
  refuseOneOrder(comparisons, evaluation)
  return comparisons
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

/** @throws {ConfigError} for pairs that this version does not build */
export function checkPairs({ pairs }: Study): void {
  const other = pairs && strategiesOf(pairs).find((strategy) => strategy !== 'responses')
  if (other === undefined) return
  throw new ConfigError(
    `expected strategy responses, the one that this version builds, found ${other}`,
    'pairs.strategy',
  )
}

/** Preference pairs as one part of a study asks for them, from the training side. */
export async function buildPairs(
  context: StudyContext,
  asked: StudyPairs,
  benchmark: Benchmark,
  split: Split,
): Promise<NonNullable<StudyData['pairs']> & { readonly texts: readonly [string, string] }> {
  const score = await scoreOf(context, asked)
  const all = pairsFromResponses(examplesOn('train', benchmark, split), { ...asked, score })
  const { pairs } = spreadPairs(all, asked)
  const sides = splitPairs(pairs, asked)
  const texts = [toJsonl(sides.train), toJsonl(sides.validation)] as const
  const result: PairsResult = {
    strategy: strategiesOf(asked).join(' + '),
    split: asked.split,
    total: pairs.length,
    train: sides.train.length,
    validation: sides.validation.length,
    trainBySubset: pairCounts(sides.train),
    validationBySubset: pairCounts(sides.validation),
    sharedPrompts: sharedPrompts(sides),
    fingerprint: digest([...texts.map(digestText), benchmark.fingerprint]),
  }
  return { sides, result, texts }
}

async function pairsStep(context: StudyContext, benchmark: Benchmark, split: Split): Promise<StudyData['pairs']> {
  const asked = context.loaded.study.pairs
  if (asked === undefined) return null
  const { sides, result, texts } = await buildPairs(context, asked, benchmark, split)
  const files = ['train', 'validation'].map((side) => artifact(context, 'pairs', `${side}.jsonl`)) as [string, string]
  await doStep(context, {
    name: 'pairs',
    title: 'Preference pairs',
    inputs: { result, code: await codeVersion(['core', 'dpo']) },
    outputs: files,
    run: async () => {
      await saveText(files[0], texts[0])
      await saveText(files[1], texts[1])
      return `${result.train} for training, ${result.validation} for validation, ${result.sharedPrompts} of which share a prompt with training`
    },
  })
  return { sides, result }
}

/** By what the hardest rejected responses are found. */
async function scoreOf({ loaded }: StudyContext, { rejected, scores }: StudyPairs): Promise<ResponseScore | undefined> {
  if (rejected !== 'hardest') return undefined
  return scores === undefined ? policyScore(priorPolicy()) : loadResponseScores(resolve(loaded.project.root, scores))
}
