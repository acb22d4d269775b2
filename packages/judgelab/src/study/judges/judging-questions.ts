import {
  type Comparison,
  ConfigError,
  type Example,
  firstComparison,
  loadJudgments,
  type Message,
  type StudyJudge,
  type StudyPairs,
  strategiesOf,
} from '@judgelab/core'
import { type Benchmark, examplesOn, type Split } from '@judgelab/datasets'
import {
  type LabelledPresentation,
  labelledPresentations,
  type PairRequest,
  type SampledJudgment,
  type SampledPresentation,
  shownId,
} from '@judgelab/dpo'
import { answerText, askingOf, messageComposer, modelAbilities, show } from '@judgelab/judges'
import type { StudyContext } from '../context.js'
import type { LoadedStudy } from '../load-study.js'
import type { StudyData } from '../prepare.js'
import { fileDigest } from '../steps.js'
import type { StudyContender } from './contenders.js'
import { judgeAll, type StudyRun } from './judge-step.js'
import { loadJudgePrompt, makeLocalJudge, makeServiceJudge } from './make-judge.js'

/** Sampling at temperature 0 would give one judgment k times. */
const SAMPLING_TEMPERATURE = 0.7

/**
 * The judge whose judging prompt pairs are made of: a pairwise judge behind a service or, for verdicts, the local linear judge,
 * for which the prompt is the one that a service would be asked with.
 *
 * @throws {ConfigError} for any other judge
 */
export function pairsJudge({ study }: Pick<LoadedStudy, 'study'>, pairs: StudyPairs): StudyJudge {
  const asked = study.judges.find(({ name }) => name === pairs.judge) as StudyJudge
  const isService = ['openai', 'together', 'openai-compatible'].includes(asked.provider)
  const isLinear = asked.provider === 'local' && asked.model === 'linear'
  if (asked.shots !== undefined)
    throw new ConfigError('expected a judge without shots, which would stand in the training data', 'pairs.judge')
  if (isLinear && strategiesOf(pairs).includes('critiques'))
    throw new ConfigError(
      'expected a judge that writes reasons, which critiques are made of, found local linear',
      'pairs.judge',
    )
  if ((isService || isLinear) && asked.mode === 'pairwise' && asked.decision !== 'logprobs') return asked
  throw new ConfigError(
    `expected a pairwise judge behind a service, that answers in words, or the local linear judge, found ${asked.provider} ${asked.model}, ${asked.mode}`,
    'pairs.judge',
  )
}

/** What pairs are made of where a judge has a part in them. */
export interface PairSources {
  /** Everything that this depends on beside the benchmark, as a value whose digest tells whether it changed. */
  readonly inputs: object
  /** How the judge is asked, and what it would answer. */
  readonly verdicts: PairRequest['verdicts']
  /** Reads the judgments that were sampled for critiques. */
  readonly sampled: (() => Promise<readonly SampledPresentation[]>) | undefined
}

/** Sources of the strategies that a study asks for. For critiques the judge is asked here, for what it was not asked before. */
export async function pairSources(
  context: StudyContext,
  asked: StudyPairs,
  benchmark: Benchmark,
  split: Split,
): Promise<PairSources> {
  const strategies = strategiesOf(asked)
  const questions = strategies.includes('verdicts')
    ? await questionsOf(context, pairsJudge(context.loaded, asked))
    : undefined
  const samples = strategies.includes('critiques')
    ? await sampledJudgments(context, benchmark, split, asked)
    : undefined
  return {
    inputs: {
      verdicts: questions?.inputs ?? null,
      critiques: samples === undefined ? null : [samples.questions.inputs, await fileDigest(samples.run.folder.log)],
    },
    verdicts: questions && verdictQuestions(questions),
    sampled: samples && (() => sampledPresentations(samples, benchmark)),
  }
}

/** What verdict pairs are made of. */
function verdictQuestions({ judgeId, ask, answer }: Questions): NonNullable<PairRequest['verdicts']> {
  return {
    judgeId,
    ask: (labelled) => ({
      input: ask(labelled),
      right: answer(labelled.rightSlot),
      wrong: answer(labelled.rightSlot === 0 ? 1 : 0),
    }),
  }
}

interface Questions {
  readonly judgeId: string
  /** What questions and answers depend on, beside the examples. */
  readonly inputs: object
  readonly ask: (labelled: LabelledPresentation) => readonly Message[]
  /** What the judge would write to name a slot, without reasons. */
  readonly answer: (slot: 0 | 1) => string
}

async function questionsOf(context: StudyContext, asked: StudyJudge): Promise<Questions> {
  const prompt = await loadJudgePrompt(context.loaded.project, asked)
  const asking = askingOf(asked, modelAbilities(await context.registry(), asked), prompt)
  const compose = messageComposer(prompt, asking)
  const { id } = await (asked.provider === 'local'
    ? makeLocalJudge(asked)
    : makeServiceJudge({ ...context, env: withSomeKey(context.env, asked) }, asked))
  const question = { mode: asked.mode, asking, slotCount: 2 }
  const { template: _, ...written } = prompt
  return {
    judgeId: id,
    inputs: { judgeId: id, asking, prompt: written },
    ask: ({ presentation, example }) => compose(show(presentation, example, { reference: asking.reference })),
    answer: (slot) => answerText({ kind: 'choice', slot }, question, prompt),
  }
}

/** Nothing is sent to know a judge's id and questions: where no key is set, any will do. */
function withSomeKey(env: StudyContext['env'], { keyEnv }: StudyJudge): StudyContext['env'] {
  const names = ['OPENAI_API_KEY', 'TOGETHER_API_KEY', ...(keyEnv === undefined ? [] : [keyEnv])]
  return { ...Object.fromEntries(names.map((name) => [name, 'none'])), ...env }
}

/** The judge, asked k times at a temperature and, where the service takes seeds, each time by another one. */
function samplingOf(asked: StudyJudge, samples: number, seed: number): StudyJudge {
  const seeded = asked.api === 'responses' ? {} : { seed }
  return { ...asked, settings: { temperature: SAMPLING_TEMPERATURE, ...seeded, ...asked.settings }, repeats: samples }
}

/** A run beside those of the study's own judges: who is asked, for what, and in which setting. */
export interface SamplingRun {
  /** The study's, but in both orders and in a folder of its own. */
  readonly context: StudyContext
  readonly contender: StudyContender
  /** The first comparison of every training example. */
  readonly data: StudyData
  /** What the sampled judge would look like in the study file. */
  readonly asked: StudyJudge
}

/**
 * The run that samples judgments for critiques from the pairs' judge, on the first comparison of every training example, in
 * both orders. Nothing is asked.
 *
 * @param pairs whose judge is asked, how often, and by which seed
 */
export async function samplingRun(
  context: StudyContext,
  benchmark: Benchmark,
  split: Split,
  pairs: StudyPairs,
): Promise<SamplingRun> {
  const { study } = context.loaded
  const { samples } = pairs
  const sampled = pairsJudge(context.loaded, pairs)
  const asked = samplingOf(sampled, samples, pairs.seed)
  const comparisons = examplesOn('train', benchmark, split).flatMap((example) => firstComparison(example) ?? [])
  const inBothOrders = { ...study, evaluation: { ...study.evaluation, orders: 'both' as const } }
  return {
    context: { ...context, loaded: { ...context.loaded, study: inBothOrders }, runFolder: undefined },
    contender: {
      name: `${sampled.name}+samples`,
      label: sampled.label,
      kind: 'judge',
      judge: await makeServiceJudge(context, asked),
      repeats: samples,
      consistency: 'majority',
      firstRepeat: 0,
    },
    data: { benchmark, split, comparisons, pairs: null },
    asked,
  }
}

interface SampledRun {
  readonly questions: Questions
  readonly run: StudyRun
  readonly comparisons: readonly Comparison[]
}

/** Has a `samplingRun` done: a run like any other, logged and cached. */
async function sampledJudgments(
  context: StudyContext,
  benchmark: Benchmark,
  split: Split,
  pairs: StudyPairs,
): Promise<SampledRun> {
  const sampling = await samplingRun(context, benchmark, split, pairs)
  const questions = await questionsOf(context, sampling.asked)
  const run = await judgeAll(sampling.context, sampling.contender, sampling.data)
  return { questions, run, comparisons: sampling.data.comparisons }
}

/** Judgments with reasoning, by what they are of. */
async function sampledPresentations(
  { questions: { ask, judgeId }, run, comparisons }: SampledRun,
  benchmark: Benchmark,
): Promise<SampledPresentation[]> {
  const held = new Map<string, SampledJudgment[]>()
  for (const { presentationId, repeat, raw, outcome } of await loadJudgments(run.folder)) {
    const key = presentationId.slice(0, presentationId.lastIndexOf('#'))
    held.set(key, [...(held.get(key) ?? []), { repeat, raw: raw ?? '', outcome }])
  }
  const byId = new Map(benchmark.examples.map((example) => [example.id, example]))
  return comparisons.flatMap((comparison) =>
    labelledPresentations(byId.get(comparison.exampleId) as Example, comparison).map((labelled) => ({
      ...labelled,
      input: ask(labelled),
      judgeId,
      samples: held.get(shownId(labelled.presentation)) ?? [],
    })),
  )
}
