import { copyFile, link, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from '@judgelab/core'
import {
  findTogetherFile,
  pollUntil,
  type TogetherClient,
  uploadToTogether,
  waitForTogetherFile,
} from '@judgelab/services'
import type { TuningBackend, TuningEstimate, TuningJob, TuningRequest, WatchOptions } from '../backend.js'
import { appendNew, jobKeyOf, loadJob, saveJob, tryLoadJob } from '../job-file.js'
import { checkTogetherLimits, checkTogetherTuning, hostedOf, togetherParameters } from './parameters.js'

/**
 * DPO by Together's fine-tuning service.
 *
 * What was uploaded or begun is written down before anything is waited for, and looked for at the service where a crash
 * came between the doing and the writing: a file by its name, a job by its suffix, both of which hold the digest of data
 * and parameters. So no file goes twice and no job is started twice.
 */
export function createTogetherBackend(client: TogetherClient): TuningBackend {
  return {
    validate: async ({ parameters, model, validationFile }) => {
      checkTogetherTuning(parameters, validationFile !== undefined)
      checkTogetherLimits(parameters, await client.fineTuning.modelLimits({ model_name: model }))
    },
    estimate: async (request, options) => {
      const job = await withFiles(client, request, await begunJob(request), options)
      const estimate = job.estimate ?? (await priceOf(client, request, job))
      await saveJob(request.folder, { ...job, estimate })
      return estimate
    },
    start: async (request, options) => {
      const begun = await begunJob(request)
      if (begun.jobId !== undefined) return begun
      const job = await withFiles(client, request, begun, options)
      return createJob(client, request, job)
    },
    watch: (folder, options) => watchJob(client, folder, options),
    status: async (folder) => look(client, folder, await loadJob(folder)),
    cancel: async (folder) => {
      const job = await withFoundId(client, await loadJob(folder))
      if (job.jobId === undefined) return saveJob(folder, { ...job, status: 'cancelled' })
      const { status } = await client.fineTuning.cancel(job.jobId)
      return saveJob(folder, { ...job, status })
    },
  }
}

/** The job as it was left, or a new one. Other data or parameters are another job. */
async function begunJob(request: TuningRequest): Promise<TuningJob> {
  const { parameters, model, folder } = request
  const key = await jobKey(request)
  const held = await tryLoadJob(folder)
  if (held?.key === key && held.status !== 'cancelled') return held
  return { formatVersion: 1, backend: 'together', key, name: parameters.name, model, status: 'uploading-files' }
}

/** Digest of what is tuned, how, and on which bytes. Names and limits of ours do not make another job. */
async function jobKey(request: TuningRequest): Promise<string> {
  const { parameters, model } = request
  const sent = togetherParameters(parameters, {
    model,
    trainingFile: 'train',
    validationFile: 'validation',
    suffix: '',
  })
  return jobKeyOf(sent, request)
}

async function withFiles(
  client: TogetherClient,
  request: TuningRequest,
  begun: TuningJob,
  options: WatchOptions,
): Promise<TuningJob> {
  let job = await saveJob(request.folder, begun)
  const upload = async (file: string, side: string): Promise<string> => {
    options.onStatus?.(`uploading ${side} pairs`)
    const name = `${job.key}-${side}.jsonl`
    return (
      (await findTogetherFile(client, name, 'fine-tune')) ??
      (await uploadAs(client, file, name, request.folder, options))
    )
  }
  if (job.trainingFileId === undefined)
    job = await saveJob(request.folder, { ...job, trainingFileId: await upload(request.trainingFile, 'training') })
  if (job.validationFileId === undefined && request.validationFile !== undefined)
    job = await saveJob(request.folder, {
      ...job,
      validationFileId: await upload(request.validationFile, 'validation'),
    })
  options.onStatus?.('waiting until the service has looked through the files')
  const wait = { signal: options.signal, firstMs: options.firstPauseMs }
  for (const id of [job.trainingFileId, job.validationFileId])
    if (id !== undefined) await waitForTogetherFile(client, id, wait)
  return job
}

/** The service names a file as its path ends: it goes under a second name that holds the job's key. */
async function uploadAs(
  client: TogetherClient,
  file: string,
  name: string,
  folder: string,
  { signal }: WatchOptions,
): Promise<string> {
  await mkdir(folder, { recursive: true })
  const named = join(folder, name)
  await rm(named, { force: true })
  await link(file, named).catch(() => copyFile(file, named))
  try {
    return await uploadToTogether(client, named, 'fine-tune', signal)
  } finally {
    await rm(named, { force: true })
  }
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
    ...(estimate.allowed_to_proceed === false
      ? { reason: `beyond the account's limit of ${estimate.user_limit ?? 'unknown'} USD` }
      : {}),
  }
}

function parametersOf({ parameters, model }: TuningRequest, job: TuningJob): ReturnType<typeof togetherParameters> {
  return togetherParameters(parameters, {
    model,
    trainingFile: job.trainingFileId as string,
    validationFile: job.validationFileId,
    suffix: suffixOf(job),
  })
}

/** At most 64 characters: the tuning's name as far as there is room, and the key. */
function suffixOf({ name, key }: TuningJob): string {
  return `${name.replaceAll(/[^A-Za-z0-9-]+/g, '-').slice(0, 39)}-${key}`
}

/** Starts the job. Where an earlier start was cut off while it did, the job that it may have started is looked for first. */
async function createJob(client: TogetherClient, request: TuningRequest, job: TuningJob): Promise<TuningJob> {
  const { maxPrice } = hostedOf(request.parameters)
  if (maxPrice !== undefined) await refuseDear(client, request, job, maxPrice)
  const found = await withFoundId(client, job)
  if (found.jobId !== undefined) return saveJob(request.folder, found)
  const creating = await saveJob(request.folder, { ...job, status: 'creating' })
  const { id, status } = await client.fineTuning.create(parametersOf(request, creating), { maxRetries: 0 })
  return saveJob(request.folder, { ...creating, jobId: id, status, startedAt: new Date().toISOString() })
}

async function refuseDear(
  client: TogetherClient,
  request: TuningRequest,
  job: TuningJob,
  maxPrice: number,
): Promise<void> {
  const { priceUsd, reason } = job.estimate ?? (await priceOf(client, request, job))
  if (priceUsd !== null && priceUsd <= maxPrice) return
  const found = priceUsd === null ? `no price (${reason ?? 'no reason given'})` : `${priceUsd} USD`
  throw new ConfigError(
    `expected a job of at most ${maxPrice} USD, found ${found}`,
    `tuning.${request.parameters.name}.hosted.maxPrice`,
  )
}

/** The job with the id that a start which was cut off did not write down, if the service knows of such a job. */
async function withFoundId(client: TogetherClient, job: TuningJob): Promise<TuningJob> {
  if (job.jobId !== undefined || job.status !== 'creating') return job
  return { ...job, ...(await findJob(client, job)) }
}

async function findJob(
  client: TogetherClient,
  job: TuningJob,
): Promise<Pick<TuningJob, 'jobId' | 'status'> | undefined> {
  const { data } = await client.fineTuning.list()
  const found = data.find(
    ({ suffix, status }) => suffix === suffixOf(job) && status !== 'cancelled' && status !== 'error',
  )
  return found === undefined ? undefined : { jobId: found.id, status: found.status }
}

const ENDED: ReadonlySet<string> = new Set(['completed', 'cancelled', 'error'])

async function watchJob(
  client: TogetherClient,
  folder: string,
  options: WatchOptions & { readonly timeLimitMs: number },
): Promise<TuningJob> {
  const begun = await loadJob(folder)
  if (ENDED.has(begun.status)) return begun
  return pollUntil({
    what: `tuning job ${begun.jobId ?? begun.name}`,
    look: async () => look(client, folder, await loadJob(folder)),
    isDone: ({ status }) => ENDED.has(status),
    onLook: ({ status }) => options.onStatus?.(`job ${begun.jobId ?? ''}: ${status}`),
    firstMs: options.firstPauseMs ?? 2000,
    longestMs: 60_000,
    timeLimitMs: options.timeLimitMs,
    signal: options.signal,
  })
}

/** Asks once, and writes down status, events and metrics. */
async function look(client: TogetherClient, folder: string, job: TuningJob): Promise<TuningJob> {
  if (job.jobId === undefined) return job
  const seen = await client.fineTuning.retrieve(job.jobId)
  const [{ data: events }, { metrics = [] }] = await Promise.all([
    client.fineTuning.listEvents(job.jobId),
    client.fineTuning.listMetrics(job.jobId),
  ])
  await appendNew(folder, 'events', events)
  await appendNew(folder, 'metrics', metrics)
  if (ENDED.has(seen.status)) await keepCheckpoints(client, folder, job.jobId)
  return saveJob(folder, {
    ...job,
    status: seen.status,
    ...(seen.model_output_name === undefined ? {} : { tunedModel: seen.model_output_name }),
    ...(seen.total_price === undefined ? {} : { totalPriceUsd: seen.total_price }),
    ...(seen.early_stopped === undefined ? {} : { earlyStopped: seen.early_stopped }),
    ...(ENDED.has(seen.status) ? { endedAt: seen.updated_at ?? new Date().toISOString() } : {}),
  })
}

async function keepCheckpoints(client: TogetherClient, folder: string, jobId: string): Promise<void> {
  const { data } = await client.fineTuning.listCheckpoints(jobId)
  await appendNew(folder, 'checkpoints', data)
}
