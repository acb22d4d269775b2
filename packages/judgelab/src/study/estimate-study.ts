import {
  type Judgment,
  listRuns,
  loadJudgments,
  loadRunManifest,
  promptTokens,
  runFolder,
  type StudyJudge,
  tokenizerFor,
} from '@judgelab/core'
import {
  type BulkJudge,
  estimateJudge,
  type Judge,
  type JudgeEstimate,
  modelAbilities,
  modelFacts,
  openAnswerCache,
  presentComparisons,
  requestDigest,
  type ServiceJudge,
} from '@judgelab/judges'
import type { StudyContext } from './context.js'
import { type StudyContender, untunedJudges } from './judges/contenders.js'
import { askedOf, runRequestOf } from './judges/judge-step.js'
import { loadStudyData, type StudyData } from './prepare.js'

/** What one hosted tuning would use. */
export interface TuningOutlook {
  readonly name: string
  readonly backend: string
  readonly model: string
  readonly trainPairs: number
  /** Tokens of all training pairs, both sides, times the epochs; and whose vocabulary counted. */
  readonly trainTokens: number
  readonly isExact: boolean
}

/** What a study will use, before anything is asked. */
export interface StudyEstimate {
  readonly study: string
  readonly comparisons: number
  readonly isBuiltIn: boolean
  /** One a judge behind a service; a tuned judge is reckoned as its base, whose prices may not be its own. */
  readonly judges: readonly (JudgeEstimate & { readonly engine: string })[]
  readonly tuning: readonly TuningOutlook[]
  /** USD of the judging; null while a price is unknown. */
  readonly judgingUsd: number | null
}

/** Counts what a study's judges and tunings would use. Nothing is sent to a service. */
export async function estimateStudy(context: StudyContext, isBuiltIn: boolean): Promise<StudyEstimate> {
  const { study } = context.loaded
  const data = await loadStudyData(context)
  const contenders = [...(await untunedJudges(context, data)), ...(await standIns(context, data))]
  const cache = await openAnswerCache(context.loaded.project.cache)
  try {
    const judges: StudyEstimate['judges'][number][] = []
    for (const contender of contenders) {
      const { judge } = contender
      if ('answer' in judge) continue
      context.progress.start(`Counting what ${contender.name} is asked`)
      const estimate = await estimateOf(context, contender, judge, data, (key) => cache.get(key) !== undefined)
      context.progress.finish(`${estimate.calls} calls, ${estimate.inputTokens.total} input tokens`)
      judges.push({ ...estimate, judge: contender.name, engine: engineOf(context, contender) })
    }
    const known = judges.every(({ cost }) => cost !== undefined)
    return {
      study: study.name,
      comparisons: data.comparisons.length,
      isBuiltIn,
      judges,
      tuning: await tuningOutlooks(context, data),
      judgingUsd: known ? judges.reduce((sum, { cost }) => sum + (cost?.usd ?? 0), 0) : null,
    }
  } finally {
    await cache.close()
  }
}

/** Tuned judges that are not there yet, asked as their bases are. */
async function standIns(context: StudyContext, data: StudyData): Promise<StudyContender[]> {
  const { study } = context.loaded
  const untuned = await untunedJudges(context, data)
  return study.tuning.flatMap(({ name, label, base, backend }) => {
    const held = untuned.find((contender) => contender.name === base)
    return held === undefined || backend === 'local' ? [] : [{ ...held, name, label, kind: 'tuned' as const }]
  })
}

function engineOf({ loaded }: StudyContext, { name }: StudyContender): string {
  return loaded.study.judges.find((judge) => judge.name === name)?.engine ?? 'online'
}

async function estimateOf(
  context: StudyContext,
  contender: StudyContender,
  judge: Exclude<Judge, { readonly answer: unknown }>,
  data: StudyData,
  isHeld: (key: string) => boolean,
): Promise<JudgeEstimate> {
  const { show } = await runRequestOf(context, contender, data)
  const examples = new Map(data.benchmark.examples.map((example) => [example.id, example]))
  const registry = await context.registry()
  const { provider, model } = judge.spec
  const asked = askedJudge(context, contender)
  return estimateJudge({
    judge: judge as ServiceJudge | BulkJudge,
    presentations: presentComparisons(
      data.comparisons,
      askedOf(context, contender),
      ({ exampleId }) => examples.get(exampleId) as NonNullable<ReturnType<typeof examples.get>>,
    ),
    show,
    tokenizer: await tokenizerFor(model),
    earlier: await earlierAnswers(context, judge),
    isPaidFor: 'service' in judge ? (request) => isHeld(requestDigest(judge.service, request)) : undefined,
    isThinking: modelAbilities(registry, asked).isThinking,
    speed: modelFacts(registry, provider, model).entry?.speed?.value,
  })
}

/** What the study says of a judge; of a tuned one, what it says of its base. */
function askedJudge({ loaded: { study } }: StudyContext, { name, repeatOf }: StudyContender): StudyJudge {
  const base = study.tuning.find((tuning) => tuning.name === name)?.base
  return study.judges.find((judge) => judge.name === (base ?? repeatOf ?? name)) as StudyJudge
}

/** The answers of the longest earlier run of this very judge. */
async function earlierAnswers({ loaded }: StudyContext, { id }: Judge): Promise<Judgment[]> {
  const { runs } = loaded.project
  let longest: Judgment[] = []
  for (const runId of await listRuns(runs)) {
    const folder = runFolder(runs, runId)
    const manifest = await loadRunManifest(folder).catch(() => undefined)
    if (manifest?.judge.id !== id) continue
    const judgments = await loadJudgments(folder)
    if (judgments.length > longest.length) longest = judgments
  }
  return longest
}

async function tuningOutlooks(context: StudyContext, { pairs }: StudyData): Promise<TuningOutlook[]> {
  const { study } = context.loaded
  const hosted = study.tuning.filter(({ backend }) => backend !== 'local')
  if (pairs === null) return []
  return Promise.all(
    hosted.map(async ({ name, backend, base, epochs, hosted: told }) => {
      const model = told?.model ?? (study.judges.find((judge) => judge.name === base) as StudyJudge).model
      const tokenizer = await tokenizerFor(model)
      const { train } = pairs.sides
      const tokens = train.reduce(
        (sum, { input, preferred, nonPreferred }) =>
          sum + 2 * promptTokens(tokenizer, input) + tokenizer.count(preferred) + tokenizer.count(nonPreferred),
        0,
      )
      return {
        name,
        backend,
        model,
        trainPairs: train.length,
        trainTokens: tokens * epochs,
        isExact: tokenizer.isExact,
      }
    }),
  )
}
