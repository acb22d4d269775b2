import {
  ConfigError,
  type Example,
  firstComparison,
  loadJudgments,
  type Message,
  type StudyJudge,
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
import {
  answerText,
  askingOf,
  defaultPromptName,
  loadPrompt,
  messageComposer,
  modelAbilities,
  show,
} from '@judgelab/judges'
import type { StudyContext } from '../context.js'
import { judgeAll } from './judge-step.js'
import { makeServiceJudge } from './make-judge.js'

/** Sampling at temperature 0 would give one judgment k times. */
const SAMPLING_TEMPERATURE = 0.7

/** The judge whose judging prompt pairs are made of. @throws {ConfigError} if it is not a pairwise judge behind a service */
export function pairsJudge({ loaded }: Pick<StudyContext, 'loaded'>): StudyJudge {
  const { pairs, judges } = loaded.study
  const asked = judges.find(({ name }) => name === pairs?.judge) as StudyJudge
  const isService = ['openai', 'together', 'openai-compatible'].includes(asked.provider)
  if (asked.shots !== undefined)
    throw new ConfigError('expected a judge without shots, which would stand in the training data', 'pairs.judge')
  if (isService && asked.mode === 'pairwise' && asked.decision !== 'logprobs') return asked
  throw new ConfigError(
    `expected a pairwise judge behind a service, that answers in words, found ${asked.provider}, ${asked.mode}`,
    'pairs.judge',
  )
}

/** How the pairs' judge is asked, and what it would answer: what verdict pairs are made of. */
export async function verdictQuestions(context: StudyContext): Promise<NonNullable<PairRequest['verdicts']>> {
  const { judgeId, ask, answer } = await questionsOf(context, pairsJudge(context))
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
  readonly ask: (labelled: LabelledPresentation) => readonly Message[]
  /** What the judge would write to name a slot, without reasons. */
  readonly answer: (slot: 0 | 1) => string
}

async function questionsOf(context: StudyContext, asked: StudyJudge): Promise<Questions> {
  const named = asked.prompt ?? defaultPromptName(asked.mode, asked.decision)
  const prompt = await loadPrompt(context.loaded.project, named, asked.mode)
  const asking = askingOf(asked, modelAbilities(await context.registry(), asked), prompt)
  const compose = messageComposer(prompt, asking)
  const { id } = await makeServiceJudge({ ...context, env: withSomeKey(context.env, asked) }, asked)
  const question = { mode: asked.mode, asking, slotCount: 2 }
  return {
    judgeId: id,
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

/**
 * Judgments with reasoning, sampled from the pairs' judge on the first comparison of every training example, in both
 * orders: a run like any other, logged and cached.
 */
export async function sampledPresentations(
  context: StudyContext,
  benchmark: Benchmark,
  split: Split,
  samples: number,
): Promise<SampledPresentation[]> {
  const asked = pairsJudge(context)
  const sampling = samplingOf(asked, samples, context.loaded.study.pairs?.seed ?? 0)
  const { ask, judgeId } = await questionsOf(context, sampling)
  const examples = examplesOn('train', benchmark, split)
  const comparisons = examples.flatMap((example) => firstComparison(example) ?? [])
  const judge = await makeServiceJudge(context, sampling)
  const { study } = context.loaded
  const inBothOrders = { ...study, evaluation: { ...study.evaluation, orders: 'both' as const } }
  const run = await judgeAll(
    { ...context, loaded: { ...context.loaded, study: inBothOrders }, runFolder: undefined },
    {
      name: `${asked.name}+samples`,
      label: asked.label,
      kind: 'judge',
      judge,
      repeats: samples,
      consistency: 'majority',
      firstRepeat: 0,
    },
    { benchmark, split, comparisons, pairs: null },
  )
  const held = new Map<string, SampledJudgment[]>()
  for (const { presentationId, repeat, raw, outcome } of await loadJudgments(run.folder)) {
    const key = presentationId.slice(0, presentationId.lastIndexOf('#'))
    held.set(key, [...(held.get(key) ?? []), { repeat, raw: raw ?? '', outcome }])
  }
  const byId = new Map(examples.map((example) => [example.id, example]))
  return comparisons.flatMap((comparison) =>
    labelledPresentations(byId.get(comparison.exampleId) as Example, comparison).map((labelled) => ({
      ...labelled,
      input: ask(labelled),
      judgeId,
      samples: held.get(shownId(labelled.presentation)) ?? [],
    })),
  )
}
