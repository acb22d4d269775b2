import { ConfigError, ownFolder } from '@judgelab/core'
import { pollUntil, type TogetherClient } from '@judgelab/services'
import type { TuningBackend, TuningEstimate, TuningJob, TuningRequest, WatchOptions } from '../backend.js'
import { hasFailed, takeJob } from '../earlier-jobs.js'
import { jobFile, jobKeyOf, loadJob, saveJob } from '../job-file.js'
import { bothFiles, type PairFiles, writePairFiles } from '../pair-files.js'
import { tunedElsewhere } from '../tuned-elsewhere.js'
import { logJob } from './log-job.js'
import {
  checkTogetherLimits,
  checkTogetherTuning,
  hostedOf,
  type TogetherSecrets,
  togetherParameters,
} from './parameters.js'
import { withUploads } from './uploads.js'

/**
 * DPO by Together's fine-tuning service.
 *
 * What was uploaded or begun is written down before anything is waited for, and looked for at the service before it is done
 * again: a file by its name, a job by its suffix, both of which hold the digest of data and parameters. So no file goes twice
 * and no job is started twice, whatever crashed, and whoever else runs the same study on this machine.
 */
export function createTogetherBackend(client: TogetherClient, secrets: TogetherSecrets = {}): TuningBackend {
  return {
    validate: async ({ parameters, model, pairs }) => {
      checkTogetherTuning(parameters, { hasValidation: pairs.validation.length > 0, secrets })
      checkTogetherLimits(parameters, await client.fineTuning.modelLimits({ model_name: model }))
    },
    estimate: async (request, options) => {
      const { job: begun, files } = await begunJob(request)
      if (begun.estimate !== undefined) return begun.estimate
      const job = await withUploads(client, request.folder, begun, files, options)
      const estimate = await priceOf(client, request, job)
      await saveJob(request.folder, { ...job, estimate })
      return estimate
    },
    start: async (request, options) => {
      const release = await ownFolder(request.folder, 'the tuning job') // two that looked at once would both create it
      try {
        const { job: begun, files } = await begunJob(request)
        if (begun.jobId !== undefined || hasFailed(begun)) return begun
        const found = await withFoundId(client, begun)
        if (found.jobId !== undefined) return await saveJob(request.folder, found)
        const job = await withUploads(client, request.folder, begun, files, options)
        return await createJob(client, request, job, secrets)
      } finally {
        await release()
      }
    },
    resume: async (folder) => look(client, folder, await withFoundId(client, await loadJob(folder))),
    watch: (folder, options) => watchJob(client, folder, options),
    result: tunedElsewhere,
    cancel: async (folder) => {
      const job = await withFoundId(client, await loadJob(folder))
      if (job.jobId === undefined) return saveJob(folder, { ...job, status: 'cancelled' })
      const seen = await look(client, folder, job)
      if (ENDED.has(seen.status))
        throw new ConfigError(`expected a job that has not ended, found one that is ${seen.status}`, jobFile(folder))
      const { status } = await client.fineTuning.cancel(job.jobId)
      return saveJob(folder, { ...seen, status })
    },
  }
}

interface BegunJob {
  readonly job: TuningJob
  readonly files: PairFiles
}

/** The job as it was left, or a new one, which is written down. Other data or parameters are another job. */
async function begunJob(request: TuningRequest): Promise<BegunJob> {
  const { parameters, model, folder } = request
  const files = await writePairFiles(request, { format: 'together', type: 'jsonl' })
  const key = await jobKeyOf(toldOf(request, files), bothFiles(files))
  const held = await takeJob(folder, key)
  if (held !== undefined) return { job: held, files }
  const { name } = parameters
  const job: TuningJob = { formatVersion: 1, backend: 'together', key, name, model, status: 'uploading-files' }
  return { job: await saveJob(folder, job), files }
}

/** What the service is told, without what names this job alone: names and limits of ours do not make another job. */
function toldOf({ parameters, model }: TuningRequest, { validation }: PairFiles): object {
  return togetherParameters(parameters, {
    model,
    trainingFile: 'train',
    validationFile: validation === undefined ? undefined : 'validation',
    suffix: '',
  })
}

async function priceOf(client: TogetherClient, request: TuningRequest, job: TuningJob): Promise<TuningEstimate> {
  const sent = parametersOf(request, job)
  const estimate = await client.fineTuning.estimatePrice({
    model: request.model,
    training_file: sent.training_file,
    n_epochs: request.parameters.epochs,
    ...(sent.n_evals === undefined ? {} : { n_evals: sent.n_evals }),
    ...(sent.validation_file === undefined ? {} : { validation_file: sent.validation_file }),
    ...(sent.training_method === undefined ? {} : { training_method: sent.training_method }),
    ...(sent.training_type === undefined ? {} : { training_type: sent.training_type }),
    ...(sent.from_checkpoint === undefined ? {} : { from_checkpoint: sent.from_checkpoint }),
  })
  if (!estimate.estimation_available)
    return { priceUsd: null, trainTokens: null, validationTokens: null, reason: estimate.unavailable_reason }
  return {
    priceUsd: estimate.estimated_total_price ?? null,
    trainTokens: estimate.estimated_train_token_count ?? null,
    validationTokens: estimate.estimated_eval_token_count ?? null,
    ...(estimate.allowed_to_proceed === false ? { beyondLimitUsd: estimate.user_limit ?? 0 } : {}),
  }
}

function parametersOf(
  { parameters, model }: TuningRequest,
  job: TuningJob,
  secrets: TogetherSecrets = {},
): ReturnType<typeof togetherParameters> {
  return togetherParameters(
    parameters,
    {
      model,
      trainingFile: job.trainingFileId as string,
      validationFile: job.validationFileId,
      suffix: suffixOf(job),
    },
    secrets,
  )
}

/** At most 64 characters: the tuning's name as far as there is room, and the key. */
function suffixOf({ name, key }: TuningJob): string {
  return `${name.replaceAll(/[^A-Za-z0-9-]+/g, '-').slice(0, 39)}-${key}`
}

/** Starts the job, unless it is dearer than the study or the account allows. */
async function createJob(
  client: TogetherClient,
  request: TuningRequest,
  job: TuningJob,
  secrets: TogetherSecrets,
): Promise<TuningJob> {
  const estimate = job.estimate ?? (await priceOf(client, request, job))
  refuseDear(request, estimate)
  const creating = await saveJob(request.folder, { ...job, estimate, status: 'creating' })
  const { id, status } = await client.fineTuning.create(parametersOf(request, creating, secrets), { maxRetries: 0 })
  return saveJob(request.folder, { ...creating, jobId: id, status, startedAt: new Date().toISOString() })
}

function refuseDear({ parameters }: TuningRequest, { priceUsd, reason, beyondLimitUsd }: TuningEstimate): void {
  const { maxPrice } = hostedOf(parameters)
  const found = priceUsd === null ? `no price (${reason ?? 'no reason given'})` : `${priceUsd} USD`
  if (maxPrice !== undefined && (priceUsd === null || priceUsd > maxPrice))
    throw new ConfigError(
      `expected a job of at most ${maxPrice} USD, found ${found}`,
      `tuning.${parameters.name}.hosted.maxPrice`,
    )
  if (beyondLimitUsd !== undefined)
    throw new ConfigError(
      `expected a job within the account's limit of ${beyondLimitUsd} USD, found ${found}`,
      `tuning.${parameters.name}`,
    )
}

/** The job with the id that a start which was cut off did not write down, if the service knows of such a job. */
async function withFoundId(client: TogetherClient, job: TuningJob): Promise<TuningJob> {
  if (job.jobId !== undefined || hasFailed(job)) return job
  const { data } = await client.fineTuning.list()
  const found = data.find(({ suffix, status }) => suffix?.endsWith(job.key) && !hasFailed({ status }))
  if (found === undefined) return job
  const { id, status, created_at } = found
  return { ...job, jobId: id, status, startedAt: job.startedAt ?? created_at }
}

const ENDED: ReadonlySet<string> = new Set(['completed', 'cancelled', 'error'])

async function watchJob(
  client: TogetherClient,
  folder: string,
  options: WatchOptions & { readonly timeLimitMs: number },
): Promise<TuningJob> {
  const begun = await withFoundId(client, await loadJob(folder))
  if (ENDED.has(begun.status)) return begun
  if (begun.jobId === undefined)
    throw new Error(`tuning ${begun.name} was not started at the service yet; judgelab run starts it`)
  return pollUntil({
    what: `tuning job ${begun.jobId}`,
    look: () => look(client, folder, begun),
    isDone: ({ status }) => ENDED.has(status),
    onLook: ({ status }) => options.onStatus?.(`job ${begun.jobId}: ${status}`),
    firstMs: options.firstPauseMs ?? 2000,
    longestMs: 60_000,
    timeLimitMs: options.timeLimitMs,
    signal: options.signal,
  })
}

/** Asks once, and writes down what is new: events, metrics and checkpoints, then the status, which may be the last. */
async function look(client: TogetherClient, folder: string, job: TuningJob): Promise<TuningJob> {
  if (job.jobId === undefined) return job
  const seen = await client.fineTuning.retrieve(job.jobId)
  await logJob(client, folder, job.jobId)
  return saveJob(folder, {
    ...job,
    status: seen.status,
    ...(seen.status === 'completed' && seen.model_output_name !== undefined
      ? { tunedModel: seen.model_output_name }
      : {}),
    ...(seen.total_price === undefined ? {} : { totalPriceUsd: seen.total_price }),
    ...(seen.early_stopped === undefined ? {} : { earlyStopped: seen.early_stopped }),
    ...(ENDED.has(seen.status) ? { endedAt: seen.updated_at ?? new Date().toISOString() } : {}),
  })
}
