import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, digest, saveJson, saveText } from '@judgelab/core'
import { featureReportMarkdown, type Policy, parsePolicy, policyDigest, serializePolicy } from '@judgelab/policy'
import type { PairSides } from '../pairs/split-pairs.js'
import type { TunedModel, TuningBackend, TuningJob, TuningRequest, WatchOptions } from './backend.js'
import type { FindExample } from './compared-responses.js'
import { loadJob, saveJob, tryLoadJob } from './job-file.js'
import { logNew } from './job-log.js'
import { metricsOf, trainingCurves } from './training-curves.js'
import { type LocalTuning, tuneLocally } from './tune-locally.js'

/** What the local backend trains with. */
export interface LocalBackendOptions {
  /** The policy that is tuned, and the reference. */
  readonly base: Policy
  /** Reads the examples that verdict pairs are about, when a training begins; absent where there are no such pairs. */
  readonly examples?: (() => Promise<FindExample>) | undefined
  /** Stands for the code that trains: other code is another job. */
  readonly code?: string | undefined
}

/** A training under way in this process. */
interface Training {
  readonly ended: Promise<TuningJob>
  readonly stop: AbortController
  /** Tells whoever watches from now on how far it is. */
  readonly tell: (watcher: WatchOptions) => void
}

/**
 * DPO of the log-linear policy in this process. A training ends with its process: what was broken off is begun anew, gives the
 * same weights, and costs nothing. Its folder holds the weights, the metrics and which features moved.
 */
export function createLocalBackend({ base, examples, code = '' }: LocalBackendOptions): TuningBackend {
  const trainings = new Map<string, Training>()
  return {
    validate: async ({ parameters: { name }, pairs }) => {
      if (pairs.train.length === 0) throw new ConfigError('expected pairs to train on, found none', `tuning.${name}`)
    },
    estimate: async () => ({ priceUsd: 0, trainTokens: null, validationTokens: null, reason: 'it is trained here' }),
    start: async (request) => {
      const { folder } = request
      const under = trainings.get(folder)
      const key = keyOf(request, base, code)
      const held = await tryLoadJob(folder)
      if (held?.key === key && (under !== undefined || (await isDone(folder, held)))) return held
      under?.stop.abort(new Error('the pairs or the parameters are other ones'))
      await mkdir(folder, { recursive: true })
      const job = await saveJob(folder, {
        formatVersion: 1,
        backend: 'local',
        key,
        name: request.parameters.name,
        model: request.model,
        status: 'running',
        startedAt: new Date().toISOString(),
      })
      trainings.set(
        folder,
        begin({ base, examples }, request, job, () => trainings.delete(folder)),
      )
      return job
    },
    resume: async (folder) => {
      const job = await loadJob(folder)
      return job.status === 'running' && !trainings.has(folder) ? { ...job, status: 'interrupted' } : job
    },
    watch: async (folder, options) => {
      const training = trainings.get(folder)
      if (training === undefined) return loadJob(folder)
      training.tell(options)
      const stop = (): void => training.stop.abort(options.signal?.reason)
      if (options.signal?.aborted) stop()
      options.signal?.addEventListener('abort', stop)
      const tooLong = setTimeout(
        () => training.stop.abort(new Error(`the training is not done after ${options.timeLimitMs / 1000} s`)),
        Math.min(options.timeLimitMs, LONGEST_TIMER_MS),
      )
      try {
        return await training.ended
      } finally {
        clearTimeout(tooLong)
        options.signal?.removeEventListener('abort', stop)
      }
    },
    result: resultIn,
    cancel: async (folder) => {
      trainings.get(folder)?.stop.abort(new Error('the training was cancelled'))
      const job = await loadJob(folder)
      return job.status === 'completed' ? job : saveJob(folder, { ...job, status: 'cancelled' })
    },
  }
}

/** Timers of Node count in 32 bits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

function keyOf({ parameters, pairs }: TuningRequest, base: Policy, code: string): string {
  const { name: _, label: __, ...told } = parameters
  return digest([policyDigest(base), code, told, pairs]).slice(0, 24)
}

/** What stands in the folder of a local job that is done, beside its metrics. */
export const LOCAL_FILES = ['weights.json', 'features.json', 'features.md'] as const

async function isDone(folder: string, { status, tunedModel }: TuningJob): Promise<boolean> {
  if (status !== 'completed' || !LOCAL_FILES.every((name) => existsSync(join(folder, name)))) return false
  const weights = await readFile(weightsFile(folder), 'utf8').catch(() => undefined)
  return weights !== undefined && tunedModel === digestOf(weights, weightsFile(folder))
}

function digestOf(weights: string, file: string): string | undefined {
  try {
    return policyDigest(parsePolicy(weights, file))
  } catch {
    return undefined
  }
}

function weightsFile(folder: string): string {
  return join(folder, 'weights.json')
}

function begin(options: LocalBackendOptions, request: TuningRequest, job: TuningJob, onEnd: () => void): Training {
  const stop = new AbortController()
  let watcher: WatchOptions = {}
  const ended = train(options, request, job, {
    signal: stop.signal,
    onProgress: (...at) => watcher.onProgress?.(...at),
  }).finally(onEnd)
  ended.catch(() => undefined) // who watches is told; nobody else needs to be
  return {
    ended,
    stop,
    tell: (next) => {
      watcher = next
    },
  }
}

async function train(
  { base, examples }: LocalBackendOptions,
  { parameters, pairs, folder }: TuningRequest,
  job: TuningJob,
  told: Pick<LocalTuning, 'signal' | 'onProgress'>,
): Promise<TuningJob> {
  const find = hasVerdicts(pairs) ? await examples?.() : undefined
  const outcome = await tuneLocally({ base, pairs, parameters, find, ...told })
  const { policy, features, stopping } = outcome
  await rm(join(folder, 'metrics.jsonl'), { force: true })
  await logNew(folder, 'metrics', metricsOf(outcome))
  await saveText(weightsFile(folder), serializePolicy(policy))
  await saveJson(join(folder, 'features.json'), { formatVersion: 1, ...features })
  await saveText(
    join(folder, 'features.md'),
    `# What moved in ${parameters.name}\n\n${featureReportMarkdown(features)}`,
  )
  return saveJob(folder, {
    ...job,
    status: 'completed',
    tunedModel: policyDigest(policy),
    ...(stopping === undefined ? {} : { earlyStopped: stopping.early }),
    endedAt: new Date().toISOString(),
  })
}

function hasVerdicts({ train, validation }: PairSides): boolean {
  return [train, validation].some((side) => side.some(({ origin }) => origin.strategy === 'verdicts'))
}

async function resultIn(folder: string): Promise<TunedModel> {
  const { name, status } = await loadJob(folder)
  if (status !== 'completed') throw new Error(`tuning ${name} is not done; judgelab run begins it anew`)
  const file = weightsFile(folder)
  const policy = parsePolicy(await readFile(file, 'utf8'), file)
  return { weights: policyDigest(policy), policy, ...(await trainingCurves(folder)) }
}
