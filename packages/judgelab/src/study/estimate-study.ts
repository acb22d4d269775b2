import {
  digest,
  type Engine,
  type Judgment,
  listRuns,
  loadJudgments,
  loadRunManifest,
  matrixCells,
  runFolder,
  type StudyPairs,
  strategiesOf,
  tokenizerFor,
} from '@judgelab/core'
import {
  type AnswerCache,
  type BulkJudge,
  type EstimateRequest,
  estimateJudge,
  type Judge,
  type JudgeEstimate,
  modelAbilities,
  modelFacts,
  openAnswerCache,
  requestDigest,
  type ServiceJudge,
} from '@judgelab/judges'
import type { StudyContext } from './context.js'
import { type DoneBy, doneBy } from './done-by.js'
import { type TuningOutlook, tuningOutlooks } from './estimate-tuning.js'
import { type StudyContender, untunedJudges } from './judges/contenders.js'
import { runRequestOf } from './judges/judge-step.js'
import { type SamplingRun, samplingRun } from './judges/judging-questions.js'
import { loadStudyData, type StudyData } from './prepare.js'

/** What one run of a study would use. */
export interface RunOutlook extends JudgeEstimate {
  /** How the study has it asked. */
  readonly engine: Engine
  /** When it is done by each engine of `outlook`; absent with it. */
  readonly doneBy?: DoneBy | undefined
}

/** What a study will use, before anything is asked. */
export interface StudyEstimate {
  readonly study: string
  readonly comparisons: number
  readonly isBuiltIn: boolean
  /** The moment from which `doneBy` is reckoned, ISO 8601 in UTC. */
  readonly from: string
  /**
   * One a run behind a service: of each judge and control, of the second runs, and of the sampling for critiques. A tuned
   * judge is reckoned as its base, whose prices may not be its own; one at an endpoint of its own has no prices.
   */
  readonly judges: readonly RunOutlook[]
  readonly tuning: readonly TuningOutlook[]
  /** True where the tokens of tuning are without pairs of critiques, which there are only when they are sampled. */
  readonly isWithoutCritiques: boolean
  /** USD of the judging by the engines of the study; null while a price is unknown. */
  readonly judgingUsd: number | null
  /** USD of all tuning, the matrix's among it; null while a price is unknown. */
  readonly tuningUsd: number | null
}

/** Counts what a study's judges and tunings would use from a moment on. Nothing is sent to a service. */
export async function estimateStudy(context: StudyContext, isBuiltIn: boolean, from: Date): Promise<StudyEstimate> {
  const { study } = context.loaded
  const data = await loadStudyData(context)
  const cache = await openAnswerCache(context.loaded.project.cache)
  const isPaidFor = paidOnce(cache)
  try {
    const judges: RunOutlook[] = []
    for (const run of await runsToAsk(context, data)) {
      const { judge, name } = run.contender
      if ('answer' in judge) continue
      context.progress.start(`Counting what ${name} is asked`)
      const estimate = await estimateOf(run, judge, isPaidFor)
      const { calls, inputTokens, outlook } = estimate
      context.progress.finish(`${calls} calls, ${inputTokens.total} input tokens`)
      const moments = outlook === undefined ? {} : { doneBy: doneBy(outlook, from) }
      judges.push({ ...estimate, judge: name, engine: engineOf(judge), ...moments })
    }
    const tuning = await tuningOutlooks(context, data)
    return {
      study: study.name,
      comparisons: data.comparisons.length,
      isBuiltIn,
      from: from.toISOString(),
      judges,
      tuning,
      isWithoutCritiques: critiquesAsked(context).length > 0,
      judgingUsd: sumOrNull(judges.map(({ cost }) => cost?.usd ?? null)),
      tuningUsd: sumOrNull(tuning.map(({ usd }) => usd)),
    }
  } finally {
    await cache.close()
  }
}

/** The sum; null where a part is not known. */
function sumOrNull(parts: readonly (number | null)[]): number | null {
  return parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0)
}

/** Whether a request needs no more money: its answer is in the cache, or will be when it was asked about before. */
function paidOnce(cache: AnswerCache): NonNullable<EstimateRequest['isPaidFor']> {
  const counted = new Set<string>()
  return (request, service) => {
    const key = requestDigest(service, request)
    if (counted.has(key) || cache.get(key) !== undefined) return true
    counted.add(key)
    return false
  }
}

/** A run that the study would make. */
interface RunToAsk extends Pick<SamplingRun, 'context' | 'contender' | 'data'> {
  /** At an endpoint of its own, which is paid by the minute, whatever it is asked. */
  readonly isByTheMinute?: boolean
}

/** Every run of the study, as far as it can be told before any tuning is done. */
async function runsToAsk(context: StudyContext, data: StudyData): Promise<RunToAsk[]> {
  const untuned = await untunedJudges(context, data)
  return [
    ...untuned.map((contender) => ({ context, data, contender })),
    ...(await critiqueRuns(context, data)),
    ...standIns(context, data, untuned),
  ]
}

async function critiqueRuns(context: StudyContext, { benchmark, split }: StudyData): Promise<RunToAsk[]> {
  const samplings = new Map(critiquesAsked(context).map((pairs) => [samplingKey(pairs), pairs]))
  return Promise.all([...samplings.values()].map((pairs) => samplingRun(context, benchmark, split, pairs)))
}

/** Who is sampled, how often and by which seed: kinds of pairs that agree in that share a run. */
function samplingKey({ judge, samples, seed }: StudyPairs): string {
  return digest([judge, samples, seed])
}

/** The kinds of pairs of the study and of its matrix that a judge is sampled for. */
function critiquesAsked({ loaded: { study } }: StudyContext): StudyPairs[] {
  const kinds = [
    study.pairs ?? [],
    study.matrix === undefined ? [] : matrixCells(study).map(({ pairs }) => pairs),
  ].flat()
  return kinds.filter((pairs) => strategiesOf(pairs).includes('critiques'))
}

/** Tuned judges that are not there yet, asked as their bases are; what the cache has of the bases is not theirs. */
function standIns(context: StudyContext, data: StudyData, untuned: readonly StudyContender[]): RunToAsk[] {
  return context.loaded.study.tuning.flatMap(({ name, label, base, backend, hosted }) => {
    const held = untuned.find((contender) => contender.name === base)
    if (held === undefined || backend === 'local') return []
    const contender = { ...held, name, label, kind: 'tuned' as const }
    return [{ context, data, contender, isByTheMinute: hosted?.endpoint !== undefined }]
  })
}

function engineOf(judge: ServiceJudge | BulkJudge): Engine {
  return 'collect' in judge ? (judge.engine ?? 'online') : 'online'
}

async function estimateOf(
  { context, contender, data, isByTheMinute = false }: RunToAsk,
  judge: ServiceJudge | BulkJudge,
  isPaidFor: EstimateRequest['isPaidFor'],
): Promise<JudgeEstimate> {
  const { show, presentations } = await runRequestOf(context, contender, data)
  const registry = await context.registry()
  const { provider, model } = judge.spec
  const isTuned = contender.kind === 'tuned'
  const estimate = estimateJudge({
    judge: isByTheMinute ? { ...judge, prices: undefined } : judge,
    presentations,
    show,
    tokenizer: await tokenizerFor(model),
    earlier: await earlierAnswers(context, judge),
    isPaidFor: isTuned ? undefined : isPaidFor,
    isThinking: modelAbilities(registry, judge.spec).isThinking,
    speed: modelFacts(registry, provider, model).entry?.speed?.value,
  })
  return isByTheMinute ? { ...estimate, outlook: undefined } : estimate
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
