import { ConfigError, type MatrixCell, type StudyTuning } from '@judgelab/core'
import {
  nestedSubsets,
  type PairSides,
  type TuningBackend,
  type TuningEstimate,
  type TuningRequest,
  tryLoadJob,
} from '@judgelab/dpo'
import { usdText } from '@judgelab/judges'
import type { StudyContext } from '../context.js'
import { tunedJudge } from '../judges/contenders.js'
import { judgeAll } from '../judges/judge-step.js'
import type { StudyData } from '../prepare.js'
import type { JudgedRun } from '../results-step.js'
import { chooseBackend } from '../tuning/backend-of.js'
import { requestOf, type Tuned, type TuningPairs, tune } from '../tuning/tune.js'
import type { CellResult } from './cell-work.js'

/** All pairs that are made in one way, and the digest of what they are. */
export interface PairSet {
  readonly sides: PairSides
  readonly fingerprint: string
}

/** A cell of a matrix that is tuned elsewhere. */
export interface HostedCell extends Pick<MatrixCell, 'at' | 'count' | 'seed' | 'tuning'> {
  /** Digest of everything that the cell's run depends on. */
  readonly key: string
  readonly pairs: number
  /** All pairs that the cell could take. */
  readonly all: PairSet
}

/** What the study itself tuned and judged, which cells may agree with. */
export interface StudysOwn {
  readonly runs: readonly JudgedRun[]
  readonly tuned: ReadonlyMap<string, Tuned>
}

/**
 * Tunes and judges every cell by a hosted backend; results in the order of the cells. Cells that agree are one job, and one
 * that agrees with a tuning of the study is that one. All jobs are priced before any begins, and one question is asked for
 * all; then all begin, so that a service does as many at once as it likes. A job that fails stops no other.
 *
 * @throws {ConfigError} where the answer is no; {Error} with every job that did not end well, when the others are done
 */
export async function runHostedCells(
  context: StudyContext,
  data: StudyData,
  cells: readonly HostedCell[],
  own: StudysOwn,
): Promise<CellResult[]> {
  const distinct = [...new Map(cells.map((cell) => [cell.key, cell])).values()]
  const jobs = distinct
    .filter((cell) => cell.pairs > 0 && ownName(context, data, cell) === undefined)
    .map((cell) => jobOf(cell))
  await begin(context, jobs)
  const judging = { ...context, approve: askedOnce(context.approve) }
  const failed: string[] = []
  const results = new Map<string, CellResult>()
  for (const cell of distinct) {
    context.signal.throwIfAborted()
    try {
      results.set(cell.key, await resultOf(judging, data, cell, own))
    } catch (error) {
      context.signal.throwIfAborted()
      failed.push(error instanceof Error ? error.message : String(error))
    }
  }
  if (failed.length > 0)
    throw new Error(
      `${failed.length} of ${distinct.length} cells of the matrix are not done:\n  ${failed.join('\n  ')}`,
    )
  return cells.map((cell) => ({ ...(results.get(cell.key) as CellResult), at: cell.at, seed: cell.seed }))
}

/** Asks about the first endpoint, and takes its answer for those of all other models of the matrix. */
function askedOnce(approve: StudyContext['approve']): StudyContext['approve'] {
  let answer: Promise<boolean> | undefined
  return (question) => {
    answer ??= approve(`${question}; and so for every other model of the matrix, one after another`)
    return answer
  }
}

/** A tuning of its own for each cell, and the pairs that it takes. */
interface HostedJob {
  readonly tuning: StudyTuning
  readonly pairs: TuningPairs
}

function jobOf({ key, pairs: count, seed, tuning, all }: HostedCell): HostedJob {
  const name = `${tuning.name}.${key.slice(0, 12)}`
  return {
    tuning: { ...tuning, name, label: name },
    pairs: {
      sides: { ...all.sides, train: subsetOf(all.sides, count, seed) },
      result: { fingerprint: key }, // it holds which pairs the job takes
    },
  }
}

function subsetOf({ train }: PairSides, count: number, seed: number): PairSides['train'] {
  return count === train.length ? train : (nestedSubsets(train, { sizes: [count], seed })[0] as PairSides['train'])
}

/**
 * Prices all jobs, asks once unless all are free, and begins them; one that cannot be begun is tried again when it is waited for,
 * and then fails alone. In a rehearsal each begins when it is waited for.
 */
async function begin(context: StudyContext, jobs: readonly HostedJob[]): Promise<void> {
  if (!context.mayLabour) return
  const waiting: Priced[] = []
  for (const job of jobs) {
    const { backend, request } = await requestFor(context, job)
    if (!(await isBegun(context, request.folder)))
      waiting.push({ backend, request, pairs: job.pairs.sides.train.length })
  }
  if (waiting.length === 0) return
  const what = `${waiting.length} tuning ${waiting.length === 1 ? 'job' : 'jobs'} of the matrix`
  context.progress.start(`Pricing ${what}`)
  const options = { signal: context.signal, firstPauseMs: context.firstPauseMs }
  const estimates: TuningEstimate[] = []
  for (const { backend, request, pairs } of waiting) {
    await backend.validate(request)
    const estimate = await backend.estimate(request, options)
    estimates.push(estimate)
    context.progress.say(`${request.parameters.name}, ${pairs} pairs: ${costWords([estimate])}`)
  }
  const cost = costWords(estimates)
  context.progress.finish(cost)
  const isFree = estimates.every(({ priceUsd }) => priceUsd === 0)
  if (!isFree && !(await context.approve(`Start ${what}? ${cost}`)))
    throw new ConfigError('expected leave to start jobs that cost money, found none', 'matrix')
  if (context.standIn !== undefined) return
  for (const { backend, request } of waiting)
    await backend.start(request, options).catch((error: unknown) => {
      context.signal.throwIfAborted()
      context.progress.say(`${request.parameters.name} is not begun yet: ${(error as Error).message}`)
    })
}

interface Priced {
  readonly backend: TuningBackend
  readonly request: TuningRequest
  readonly pairs: number
}

async function requestFor(
  context: StudyContext,
  { tuning, pairs }: HostedJob,
): Promise<Pick<Priced, 'backend' | 'request'>> {
  const alone = withTuning(context, tuning)
  const chosen = await chooseBackend(alone, tuning)
  return { backend: chosen.backend, request: requestOf(alone, tuning, chosen, pairs) }
}

/** Whether a job of that folder was started. In a rehearsal none was: an emulator forgets. */
async function isBegun({ standIn }: StudyContext, folder: string): Promise<boolean> {
  const job = standIn === undefined ? await tryLoadJob(folder) : undefined
  return job?.jobId !== undefined || job?.status === 'exported' || job?.status === 'completed'
}

/** The study with one tuning, that of a cell. */
function withTuning(context: StudyContext, tuning: StudyTuning): StudyContext {
  const { loaded } = context
  return { ...context, loaded: { ...loaded, study: { ...loaded.study, tuning: [tuning] } } }
}

function costWords(estimates: readonly TuningEstimate[]): string {
  const priced = estimates.flatMap(({ priceUsd }) => priceUsd ?? [])
  const tokens = estimates.reduce((sum, { trainTokens }) => sum + (trainTokens ?? 0), 0)
  const [unpriced] = estimates.filter(({ priceUsd }) => priceUsd === null)
  const known = `about ${usdText(priced.reduce((sum, usd) => sum + usd, 0))}`
  const reason = `no price is known${unpriced?.reason === undefined ? '' : ` (${unpriced.reason})`}`
  const rest = `${estimates.length - priced.length} of ${estimates.length} jobs`
  const price = unpriced === undefined ? known : priced.length === 0 ? reason : `${known}; of ${rest} ${reason}`
  return `${price}${tokens === 0 ? '' : ` for ${tokens} training tokens`}`
}

async function resultOf(context: StudyContext, data: StudyData, cell: HostedCell, own: StudysOwn): Promise<CellResult> {
  const { key, at, pairs, seed, tuning } = cell
  const contenderNamed = (name: string): JudgedRun['contender'] =>
    (own.runs.find(({ contender }) => contender.name === name) as JudgedRun).contender
  const result = (runId: string, tuned: Tuned | undefined): CellResult => ({
    formatVersion: 1,
    key,
    at,
    pairs,
    seed,
    runId,
    weights: tuned?.result.weights ?? 'untuned',
    validationLoss: tuned?.result.validation.at(-1)?.loss ?? null,
  })
  if (pairs === 0) return result((await judgeAll(context, contenderNamed(tuning.base), data)).runId, undefined)
  const name = ownName(context, data, cell)
  if (name !== undefined)
    return result((await judgeAll(context, contenderNamed(name), data)).runId, own.tuned.get(name))
  const job = jobOf(cell)
  const alone = withTuning(context, job.tuning)
  const tuned = await tune({ ...alone, approve: async () => true }, job.tuning, job.pairs)
  const contender = await tunedJudge(alone, data, job.tuning.name, tuned)
  return result((await judgeAll(alone, contender, data)).runId, tuned)
}

/** The study's own tuning of the same pairs in the same way; undefined where there is none. */
function ownName({ loaded }: StudyContext, data: StudyData, { pairs, tuning, all }: HostedCell): string | undefined {
  if (all.fingerprint !== data.pairs?.result.fingerprint || pairs !== all.sides.train.length) return undefined
  const words = (held: StudyTuning): string => JSON.stringify({ ...held, name: '', label: '' }, sortedKeys)
  return loaded.study.tuning.find((held) => words(held) === words(tuning))?.name
}

/** Axes put their parameters last. */
function sortedKeys(_: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
