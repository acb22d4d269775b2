import {
  digest,
  type Figure,
  type HostedEndpoint,
  type MatrixCell,
  type ModelRegistry,
  matrixCells,
  type PreferencePair,
  promptTokens,
  type Study,
  type StudyJudge,
  type StudyMatrix,
  type StudyPairs,
  type StudyTuning,
  strategiesOf,
  type Tokenizer,
  tokenizerFor,
} from '@judgelab/core'
import { nestedSubsets, type PairSides } from '@judgelab/dpo'
import { modelFacts } from '@judgelab/judges'
import type { StudyContext } from './context.js'
import { pairSources } from './judges/judging-questions.js'
import { countedPairs } from './matrix/matrix-step.js'
import { buildInMemory } from './pairs-step.js'
import type { StudyData } from './prepare.js'

/** What one tuning, or all jobs of a matrix, would use. */
export interface TuningOutlook {
  /** The tuned judge's name. */
  readonly name: string
  readonly backend: string
  readonly model: string
  /** 1, or the jobs of the study's matrix: cells that agree are one, and the untuned judge is none. */
  readonly jobs: number
  readonly isMatrix: boolean
  /** Over all jobs. */
  readonly trainPairs: number
  /** Tokens that are trained on: both sides of every training pair, times the epochs. Null of a policy that reads no tokens. */
  readonly trainTokens: number | null
  /** Tokens that are looked at beside: both sides of every validation pair, times the evaluations. */
  readonly validationTokens: number | null
  /** Whether the model's own vocabulary counted. */
  readonly isExact: boolean
  /** USD; 0 on this machine, null where nobody published a price. */
  readonly usd: number | null
  /** What a service takes for a million of both kinds of tokens, and for a job at least, with source and date. */
  readonly price: TuningPrice | null
  /** The dedicated endpoint that its judge is asked at; null where it is asked for by its name. */
  readonly endpoint: HostedEndpoint | null
}

export interface TuningPrice {
  readonly perMillionTokens: Figure
  readonly minimum: Figure | null
}

/** A part of a study to be tuned: pairs, how many of them, and how. */
type Job = Pick<MatrixCell, 'count' | 'seed' | 'pairs' | 'tuning'>

/**
 * What every tuning of a study would use, and the jobs of its matrix in a row of their own. Pairs of critiques are not among
 * them, for which a judge would have to be asked.
 */
export async function tuningOutlooks(context: StudyContext, data: StudyData): Promise<TuningOutlook[]> {
  const { study } = context.loaded
  const { pairs } = study
  if (pairs === undefined) return []
  const counter = jobCounter(context, data)
  const outlooks: TuningOutlook[] = []
  for (const tuning of study.tuning)
    outlooks.push(await outlookOf(context, counter, tuning, [{ count: 'all', seed: tuning.seed, pairs, tuning }]))
  if (study.matrix === undefined) return outlooks
  const varied = study.tuning.find(({ name }) => name === study.matrix?.tuning) as StudyTuning
  const cells = matrixCells(study).filter(({ count }) => count !== 0)
  const jobs = new Map(cells.map((cell) => [jobKey(cell), cell]))
  if (varied.backend !== 'local') for (const own of studysJobs(study, study.matrix)) jobs.delete(jobKey(own))
  outlooks.push({
    ...(await outlookOf(context, counter, varied, [...jobs.values()])),
    name: `matrix of ${varied.name}`,
    isMatrix: true,
  })
  return outlooks
}

/** The study's own jobs: a cell of a hosted tuning that agrees with one of them is that one. */
function studysJobs(study: Study, matrix: StudyMatrix): Job[] {
  return study.tuning.flatMap(({ name }) => matrixCells({ ...study, matrix: { ...matrix, tuning: name, axes: {} } }))
}

function jobKey({ count, seed, pairs, tuning: { name: _, label: __, ...tuning } }: Job): string {
  return digest([count, seed, pairs, tuning])
}

async function outlookOf(
  context: StudyContext,
  counter: JobCounter,
  { name, backend, base, hosted }: StudyTuning,
  jobs: readonly Job[],
): Promise<TuningOutlook> {
  const judge = context.loaded.study.judges.find((held) => held.name === base) as StudyJudge
  const model = hosted?.model ?? judge.model
  const price = backend === 'together' ? priceOf(await context.registry(), model) : null
  const counted = await Promise.all(jobs.map((job) => counter(job, model)))
  const sum = (of: (tokens: JobTokens) => number): number => counted.reduce((total, tokens) => total + of(tokens), 0)
  const isLocal = backend === 'local'
  return {
    name,
    backend,
    model,
    jobs: jobs.length,
    isMatrix: false,
    trainPairs: sum(({ trainPairs }) => trainPairs),
    trainTokens: isLocal ? null : sum(({ train }) => train),
    validationTokens: isLocal ? null : sum(({ validation }) => validation),
    isExact: isLocal || (await tokenizerFor(model)).isExact,
    usd: isLocal ? 0 : price === null ? null : sum((tokens) => jobUsd(tokens, price)),
    price,
    endpoint: hosted?.endpoint ?? null,
  }
}

function jobUsd({ train, validation }: JobTokens, { perMillionTokens, minimum }: TuningPrice): number {
  return Math.max(minimum?.value ?? 0, ((train + validation) * perMillionTokens.value) / 1e6)
}

/** What Together takes for DPO of a model; null where nobody published it. */
function priceOf(registry: ModelRegistry, model: string): TuningPrice | null {
  const { dpo, minimum = null } = modelFacts(registry, 'together', model).entry?.tuning ?? {}
  return dpo === undefined ? null : { perMillionTokens: dpo, minimum }
}

interface JobTokens {
  readonly trainPairs: number
  readonly train: number
  readonly validation: number
}

type JobCounter = (job: Job, model: string) => Promise<JobTokens>

/** Builds each kind of pairs once, and counts each of its pairs once, however many jobs take a part of them. */
function jobCounter(context: StudyContext, data: StudyData): JobCounter {
  const held = new Map<string, Promise<CountedPairs | null>>()
  return async ({ count, seed, pairs: asked, tuning }, model) => {
    const key = JSON.stringify([asked, tuning.backend === 'local' ? 'local' : model])
    const counted = held.get(key) ?? pairsToCount(context, data, asked, tuning.backend === 'local' ? null : model)
    held.set(key, counted)
    const pairs = await counted
    if (pairs === null) return { trainPairs: 0, train: 0, validation: 0 }
    const { sides, tokensOf } = pairs
    const available = sides.train.length
    const isWhole = !strategiesOf(asked).includes('critiques')
    const size = isWhole || count === 'all' ? countedPairs(context, count, available) : Math.min(count, available)
    const train = size === available ? sides.train : (nestedSubsets(sides.train, { sizes: [size], seed })[0] ?? [])
    return {
      trainPairs: size,
      train: tuning.epochs * sumOf(train, tokensOf),
      validation: tuning.evaluations * sumOf(sides.validation, tokensOf),
    }
  }
}

interface CountedPairs {
  readonly sides: PairSides
  readonly tokensOf: (pair: PreferencePair) => number
}

/** The pairs but for critiques; null where nothing is left without them. */
async function pairsToCount(
  context: StudyContext,
  { benchmark, split, pairs }: StudyData,
  asked: StudyPairs,
  model: string | null,
): Promise<CountedPairs | null> {
  const strategy = strategiesOf(asked).filter((name) => name !== 'critiques')
  if (strategy.length === 0) return null
  const isStudys = JSON.stringify(asked) === JSON.stringify(context.loaded.study.pairs)
  const sides =
    isStudys && pairs !== null ? pairs.sides : await sidesOf(context, { ...asked, strategy }, { benchmark, split })
  const tokenizer = model === null ? null : await tokenizerFor(model)
  return { sides, tokensOf: tokenizer === null ? () => 0 : rememberingCount(tokenizer) }
}

async function sidesOf(
  context: StudyContext,
  asked: StudyPairs,
  { benchmark, split }: Pick<StudyData, 'benchmark' | 'split'>,
): Promise<PairSides> {
  const sources = await pairSources(context, asked, benchmark, split)
  return (await buildInMemory(context, asked, { benchmark, split, sources })).sides
}

/** Tokens of a pair: its input with each of its outputs. */
function rememberingCount(tokenizer: Tokenizer): (pair: PreferencePair) => number {
  const held = new Map<PreferencePair, number>()
  return (pair) => {
    const known = held.get(pair)
    if (known !== undefined) return known
    const { input, preferred, nonPreferred } = pair
    const tokens = 2 * promptTokens(tokenizer, input) + tokenizer.count(preferred) + tokenizer.count(nonPreferred)
    held.set(pair, tokens)
    return tokens
  }
}

function sumOf(pairs: readonly PreferencePair[], tokensOf: (pair: PreferencePair) => number): number {
  return pairs.reduce((sum, pair) => sum + tokensOf(pair), 0)
}
