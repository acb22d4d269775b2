import type { Policy } from '@judgelab/policy'
import { Hono } from 'hono'
import { z } from 'zod'
import { jobFaultOf } from '../faults/fault-plan.js'
import type { StoredFile } from '../files/file-store.js'
import { type Preferences, readPreferences } from '../files/read-preferences.js'
import type { ApiContext } from '../http/api.js'
import { pageOf } from '../http/page.js'
import { refuse } from '../http/reply.js'
import { findModel, parseBody, parseRequest } from '../inference/check-request.js'
import { createJobBook, type Job, type JobBook } from '../jobs/job-book.js'
import type { ModelProfile } from '../models/model-profile.js'
import type { Services } from '../services.js'
import { type Trained, train } from './train.js'

/** A job takes no fewer examples. */
const LEAST_EXAMPLES = 10
/** The policy's rate at a learning rate multiplier of 1. */
const POLICY_RATE = 10
/** What `auto` comes to. */
const AUTO = { beta: 0.1, batch_size: 32, learning_rate_multiplier: 1, n_epochs: 3 } as const
const BYTES_A_TOKEN = 4
/** The documented order, as long as nothing happens to a job. */
const SEQUENCE = ['validating_files', 'queued', 'running', 'succeeded'] as const
const RUNNING = SEQUENCE.indexOf('running')

const auto = z.literal('auto')
const hyperparameters = z.strictObject({
  beta: z.union([auto, z.number().gt(0).max(2)]).optional(),
  batch_size: z.union([auto, z.int().min(1).max(256)]).optional(),
  learning_rate_multiplier: z.union([auto, z.number().positive()]).optional(),
  n_epochs: z.union([auto, z.int().min(1).max(50)]).optional(),
})
const jobRequest = z.strictObject({
  model: z.string(),
  training_file: z.string(),
  validation_file: z.string().nullish(),
  suffix: z.string().min(1).max(64).nullish(),
  seed: z.int().min(0).max(2_147_483_647).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  integrations: z.unknown().optional(),
  hyperparameters: z.unknown().optional(),
  method: z
    .strictObject({
      type: z.enum(['supervised', 'dpo', 'reinforcement']),
      dpo: z.strictObject({ hyperparameters: hyperparameters.optional() }).optional(),
      supervised: z.unknown().optional(),
      reinforcement: z.unknown().optional(),
    })
    .optional(),
})

type JobRequest = z.infer<typeof jobRequest>

interface OpenAiJob extends Job {
  readonly request: JobRequest
  readonly seed: number
  readonly settings: Record<keyof typeof AUTO, number>
  readonly problem: { readonly message: string; readonly param: string } | undefined
  readonly fault: 'tuning-error' | 'tuning-stuck' | undefined
  readonly abort: AbortController
  readonly trainedTokens: number
  readonly outcome: Trained | { readonly error: string } | undefined
  readonly workedAt: number
  /** How many statuses it had behind it when it was cancelled. */
  readonly cancelledAt: number | undefined
}

/** OpenAI's /fine_tuning/jobs, by DPO. */
export function openAiTuning(): Hono<ApiContext> {
  const routes = new Hono<ApiContext>()
  const book = createJobBook<OpenAiJob>('ftjob-')
  const found = (id: string): OpenAiJob =>
    book.find(id) ??
    refuse(404, `Could not find fine tune: ${id}`, { param: 'fine_tune_id', code: 'fine_tune_not_found' })

  routes.post('/', async ({ req, env: { services }, json }) => {
    const request = parseRequest(jobRequest, parseBody(new Uint8Array(await req.arrayBuffer())))
    if (request.method?.type !== 'dpo')
      refuse(400, 'The emulator tunes by method dpo only: its policy has no likelihood of one text alone.', {
        param: 'method',
      })
    const profile = findModel(request.model, 'openai', services)
    if (typeof profile.judge === 'string' || profile.thinking !== undefined)
      return refuse(400, `Model ${request.model} is not available for fine-tuning`, {
        param: 'model',
        code: 'model_not_available',
      })
    const training = tuningFile(request.training_file, 'training_file', services)
    const validation =
      request.validation_file == null ? undefined : tuningFile(request.validation_file, 'validation_file', services)
    const read = readPreferences(training.content ?? new Uint8Array(), 'openai')
    const readValidation =
      validation === undefined ? undefined : readPreferences(validation.content ?? new Uint8Array(), 'openai')
    const settings = settingsOf(request)
    const job = book.add((id) => ({
      id,
      begunMs: services.now(),
      looks: 0,
      request,
      settings,
      seed: request.seed ?? 42,
      problem: problemOf(read, 'training_file') ?? problemOf(readValidation, 'validation_file'),
      fault: jobFaultOf(services.faults(), JSON.stringify([request.suffix, request.training_file]), [
        'tuning-error',
        'tuning-stuck',
      ]),
      abort: new AbortController(),
      trainedTokens: settings.n_epochs * Math.ceil((training.content?.length ?? 0) / BYTES_A_TOKEN),
      outcome: undefined,
      workedAt: 0,
      cancelledAt: undefined,
    }))
    if (job.problem === undefined && job.fault === undefined)
      void run(job, { base: profile.judge, profile, read, readValidation }, book, services)
    return json(shapeOf(job, services))
  })
  routes.get('/', ({ req, env: { services }, json }) =>
    json(
      pageOf(
        book
          .list()
          .toReversed()
          .map((job) => shapeOf(job, services)),
        req.query(),
      ),
    ),
  )
  routes.get('/:id', ({ req, env: { services }, json }) =>
    json(shapeOf(book.look(req.param('id')) ?? found(req.param('id')), services)),
  )
  routes.post('/:id/cancel', ({ req, env: { services }, json }) => {
    const job = found(req.param('id'))
    const status = statusOf(job, services)
    if (status === 'succeeded' || status === 'failed' || status === 'cancelled')
      refuse(400, `Job has already ${status === 'cancelled' ? 'been cancelled' : 'completed'}: ${job.id}`, {
        code: 'invalid_status',
      })
    job.abort.abort(new Error('cancelled'))
    return json(shapeOf(book.update(job.id, { cancelledAt: services.progress.steps(job) }) ?? job, services))
  })
  routes.get('/:id/events', ({ req, env: { services }, json }) =>
    json(pageOf(eventsOf(found(req.param('id')), services).toReversed(), req.query())),
  )
  routes.get('/:id/checkpoints', ({ req, env: { services }, json }) =>
    json(pageOf(checkpointsOf(found(req.param('id')), services), req.query(), 10)),
  )
  return routes
}

function tuningFile(id: string, param: string, { files }: Services): StoredFile {
  const file = files.find(id, 'openai') ?? refuse(400, `invalid ${param}: ${id}`, { param, code: 'invalid_file' })
  if (file.purpose !== 'fine-tune') refuse(400, `File ${id} has purpose ${file.purpose}, expected fine-tune`, { param })
  return file
}

function settingsOf({ method }: JobRequest): OpenAiJob['settings'] {
  const given = method?.dpo?.hyperparameters ?? {}
  const value = (key: keyof typeof AUTO): number =>
    typeof given[key] === 'number' ? (given[key] as number) : AUTO[key]
  return {
    beta: value('beta'),
    batch_size: value('batch_size'),
    learning_rate_multiplier: value('learning_rate_multiplier'),
    n_epochs: value('n_epochs'),
  }
}

function problemOf(read: Preferences | undefined, param: string): OpenAiJob['problem'] {
  if (read === undefined) return undefined
  if ('problem' in read) return { message: `Invalid file format. Line ${read.line}: ${read.problem}`, param }
  if (param !== 'training_file' || read.pairs.length >= LEAST_EXAMPLES) return undefined
  return {
    message: `The file has ${read.pairs.length} example(s), but must have at least ${LEAST_EXAMPLES} examples.`,
    param,
  }
}

interface Material {
  readonly base: Policy
  readonly profile: ModelProfile
  readonly read: Preferences
  readonly readValidation: Preferences | undefined
}

async function run(job: OpenAiJob, material: Material, book: JobBook<OpenAiJob>, services: Services): Promise<void> {
  const workedAt = (): number => services.progress.steps(book.find(job.id) ?? job)
  const pairsOf = (read: Preferences | undefined) => (read !== undefined && 'pairs' in read ? read.pairs : [])
  const { settings } = job
  try {
    const outcome = await train({
      base: material.base,
      pairs: pairsOf(material.read),
      validation: pairsOf(material.readValidation),
      beta: settings.beta,
      epochs: settings.n_epochs,
      batchSize: settings.batch_size,
      policyRate: POLICY_RATE * settings.learning_rate_multiplier,
      seed: job.seed,
      evaluations: settings.n_epochs,
      signal: job.abort.signal,
    })
    if (job.abort.signal.aborted) return
    services.models.add(tunedName(job), { ...material.profile, judge: outcome.policy })
    book.update(job.id, { outcome, workedAt: workedAt() })
  } catch (error) {
    if (!job.abort.signal.aborted)
      book.update(job.id, { outcome: { error: (error as Error).message }, workedAt: workedAt() })
  }
}

function tunedName({ id, request }: OpenAiJob): string {
  return `ft:${request.model}:emulator:${request.suffix ?? ''}:${id.slice(6, 14)}`
}

type Status = (typeof SEQUENCE)[number] | 'failed' | 'cancelled'

function statusOf(job: OpenAiJob, { progress }: Services): Status {
  if (job.cancelledAt !== undefined) return 'cancelled'
  const steps = progress.steps(job)
  if (job.problem !== undefined) return steps === 0 ? 'validating_files' : 'failed'
  const end = Math.max(RUNNING, job.workedAt)
  if (job.fault === 'tuning-error' || (job.outcome !== undefined && 'error' in job.outcome))
    return steps > end ? 'failed' : (SEQUENCE[Math.min(steps, RUNNING)] as Status)
  return job.outcome !== undefined && steps > end ? 'succeeded' : (SEQUENCE[Math.min(steps, RUNNING)] as Status)
}

function shapeOf(job: OpenAiJob, services: Services): { readonly id: string } {
  const status = statusOf(job, services)
  const isDone = status === 'succeeded'
  const seconds = Math.floor(job.begunMs / 1000)
  const failure =
    job.outcome !== undefined && 'error' in job.outcome ? job.outcome.error : 'The job failed due to an internal error.'
  const { method, metadata, training_file, validation_file, model } = job.request
  const resolved =
    SEQUENCE.indexOf(status as 'running') >= RUNNING ? job.settings : (method?.dpo?.hyperparameters ?? {})
  return {
    id: job.id,
    object: 'fine_tuning.job',
    created_at: seconds,
    finished_at: isDone ? Math.floor(services.now() / 1000) : null,
    model,
    fine_tuned_model: isDone ? tunedName(job) : null,
    organization_id: 'org-emulator',
    status,
    hyperparameters: resolved,
    method: { type: 'dpo', dpo: { hyperparameters: resolved } },
    training_file,
    validation_file: validation_file ?? null,
    result_files: [],
    trained_tokens: isDone ? job.trainedTokens : null,
    error:
      status !== 'failed'
        ? null
        : job.problem === undefined
          ? { code: 'server_error', message: failure, param: null }
          : { code: `invalid_${job.problem.param}`, ...job.problem },
    seed: job.seed,
    estimated_finish: null,
    integrations: [],
    metadata: metadata ?? null,
  } as { readonly id: string }
}

/** Oldest first. */
function eventsOf(job: OpenAiJob, services: Services): { readonly id: string }[] {
  const status = statusOf(job, services)
  const reached = SEQUENCE.indexOf(status as 'running')
  const told: [message: string, level?: string, data?: object][] = [
    ['Created fine-tuning job', 'info'],
    ['Validating training file', 'info'],
  ]
  if (reached >= 1) told.push(['Files validated, moving job to queued state'])
  if (reached >= RUNNING) told.push(['Fine-tuning job started'])
  if (status === 'succeeded') {
    const { steps } = job.outcome as Trained
    for (const { step, steps: total, loss } of steps)
      told.push([
        `Step ${step}/${total}: training loss=${loss.toFixed(2)}`,
        'info',
        { step, total_steps: total, train_loss: loss },
      ])
    told.push([`New fine-tuned model created: ${tunedName(job)}`], ['The job has successfully completed'])
  }
  if (status === 'failed') told.push([job.problem?.message ?? 'The job failed.', 'error'])
  if (status === 'cancelled') told.push(['Fine-tuning job cancelled'])
  return told.map(([message, level = 'info', data], at) => ({
    id: `ftevent-${job.id.slice(6)}-${at}`,
    object: 'fine_tuning.job.event',
    created_at: Math.floor(job.begunMs / 1000),
    level,
    message,
    type: data === undefined ? 'message' : 'metrics',
    data: data ?? {},
  }))
}

/** The final checkpoint. The service keeps those of the last epochs; here only the last weights are kept. */
function checkpointsOf(job: OpenAiJob, services: Services): { readonly id: string }[] {
  if (statusOf(job, services) !== 'succeeded') return []
  const { steps, validation } = job.outcome as Trained
  const last = steps.at(-1)
  const evaluated = validation.at(-1)
  return [
    {
      id: `ftckpt_${job.id.slice(6)}`,
      object: 'fine_tuning.job.checkpoint',
      created_at: Math.floor(job.begunMs / 1000),
      fine_tuned_model_checkpoint: tunedName(job),
      fine_tuning_job_id: job.id,
      step_number: last?.step ?? 0,
      metrics: {
        step: last?.step,
        train_loss: last?.loss,
        ...(evaluated === undefined ? {} : { full_valid_loss: evaluated.loss }),
      },
    } as { readonly id: string },
  ]
}
