import { type Policy, serializePolicy } from '@judgelab/policy'
import { Hono } from 'hono'
import { z } from 'zod'
import { jobFaultOf } from '../faults/fault-plan.js'
import type { StoredFile } from '../files/file-store.js'
import { readPreferences } from '../files/read-preferences.js'
import { togetherFileStatus } from '../files/together-files.js'
import type { ApiContext } from '../http/api.js'
import { refuse } from '../http/reply.js'
import { findModel, parseBody, parseRequest } from '../inference/check-request.js'
import type { JobBook } from '../jobs/job-book.js'
import type { ModelProfile } from '../models/model-profile.js'
import type { Services } from '../services.js'
import { LIMITS, limitsOf } from './limits.js'
import { eventsOf } from './together-events.js'
import {
  type PricedTuning,
  parseTogetherTuning,
  readEstimateRequest,
  type TogetherTuning,
  tuningFile,
} from './together-request.js'
import { checkpointsOf, fullShape, type MetricsQuery, metricsOf, shortShape } from './together-shapes.js'
import { keptSteps, statusOf, type TogetherJob } from './together-status.js'
import { POLICY_RATE_PER_HOSTED_RATE, train } from './train.js'

/** USD for a million tokens of training: made up, so that an estimate has something to multiply. */
const USD_PER_MILLION_TOKENS = 5
const BYTES_A_TOKEN = 4
/** What the account may spend on one job. */
const USER_LIMIT_USD = 100

/** Together's /fine-tunes. */
export function togetherTuning(book: JobBook<TogetherJob>): Hono<ApiContext> {
  const routes = new Hono<ApiContext>()
  const found = (id: string): TogetherJob =>
    book.find(id) ?? refuse(404, `Fine-tune job ${id} not found`, { code: 'not_found' })
  const look = (id: string): TogetherJob => book.look(id) ?? found(id)

  routes.post('/', async ({ req, env: { services }, json }) => {
    const request = parseTogetherTuning(parseBody(new Uint8Array(await req.arrayBuffer())))
    const { model, profile, policy } = baseOf(request, book, services)
    const training = tuningFile(request.training_file, 'training_file', services)
    const validation =
      request.validation_file === undefined
        ? undefined
        : tuningFile(request.validation_file, 'validation_file', services)
    const price = priceOf(request, training, validation)
    const abort = new AbortController()
    const fault = jobFaultOf(services.faults(), JSON.stringify([request.suffix, request.training_file]), [
      'tuning-error',
      'tuning-stuck',
    ])
    const job = book.add((id) => ({
      id,
      begunMs: services.now(),
      looks: 0,
      model,
      request,
      fault,
      abort,
      trainingBytes: training.content?.length ?? 0,
      trainingLines: services.reportOn(training).nlines ?? 0,
      price: price.usd,
      tokens: price.trainTokens,
      outputName: `emulator/${model.split('/').at(-1)}-${request.suffix === undefined ? '' : `${request.suffix}-`}${id.slice(3, 11)}`,
      outcome: undefined,
      workedAt: 0,
      cancelledAt: undefined,
    }))
    void run(job, policy, training, validation, book, services, profile)
    return json(shortShape(job, services))
  })
  routes.get('/', ({ env: { services }, json }) => json({ data: book.list().map((job) => shortShape(job, services)) }))
  routes.post('/estimate-price', async ({ req, env: { services }, json }) =>
    json(estimate(readEstimateRequest(parseBody(new Uint8Array(await req.arrayBuffer()))), services)),
  )
  routes.get('/models/limits', ({ req, env: { services }, json }) => {
    const name = req.query('model_name') ?? refuse(400, 'model_name is required', { param: 'model_name' })
    return json(limitsOf(name, findModel(name, 'together', services).contextTokens))
  })
  routes.get('/:id', ({ req, env: { services }, json }) => json(fullShape(look(req.param('id')), services)))
  routes.delete('/:id', ({ req, env: { services }, json }) => {
    const job = found(req.param('id'))
    job.abort.abort(new Error('deleted'))
    services.models.remove(job.outputName)
    book.remove(job.id)
    return json({ message: `Fine-tune job ${job.id} was deleted` })
  })
  routes.post('/:id/cancel', ({ req, env: { services }, json }) => {
    const job = found(req.param('id'))
    const status = statusOf(job, services)
    if (status === 'completed' || status === 'error' || status === 'cancelled')
      refuse(400, `Fine-tune job ${job.id} is ${status} and cannot be cancelled`)
    job.abort.abort(new Error('cancelled'))
    const cancelled =
      job.cancelledAt === undefined ? book.update(job.id, { cancelledAt: services.progress.steps(job) }) : job
    return json(shortShape(cancelled ?? job, services))
  })
  routes.get('/:id/events', ({ req, env: { services }, json }) =>
    json({ data: eventsOf(found(req.param('id')), services) }),
  )
  routes.get('/:id/checkpoints', ({ req, env: { services }, json }) =>
    json({ data: checkpointsOf(found(req.param('id')), services) }),
  )
  routes.get('/:id/metrics', ({ req, env: { services }, json }) =>
    json({ metrics: metricsOf(found(req.param('id')), readMetricsQuery(req.query()), services) }),
  )
  return routes
}

/** GET /finetune/download: the tuned weights, which here are a policy file. */
export function togetherDownload(book: JobBook<TogetherJob>): Hono<ApiContext> {
  const routes = new Hono<ApiContext>()
  routes.get('/download', ({ req, env: { services }, body }) => {
    const job = book.find(req.query('ft_id') ?? '') ?? refuse(404, 'Fine-tune job not found', { code: 'not_found' })
    const step = Number(req.query('checkpoint_step') ?? 0)
    const policy = weightsOf(job, step === 0 ? undefined : step, services)
    if (policy === undefined)
      return refuse(400, `Fine-tune job ${job.id} has no weights${step === 0 ? '' : ` of step ${step}`} yet`)
    return body(serializePolicy(policy), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${job.outputName.split('/').at(-1)}.json"`,
    })
  })
  return routes
}

/** The tuned weights once the job is completed, or those of one of its checkpoints as soon as it is listed. */
function weightsOf(job: TogetherJob, step: number | undefined, services: Services): Policy | undefined {
  if (job.outcome === undefined || 'error' in job.outcome) return undefined
  const { policy, checkpoints = [], steps } = job.outcome
  if (step !== undefined && keptSteps(job, services).includes(step))
    return checkpoints.find((kept) => kept.step === step)?.policy
  const isFinal = step === undefined || step === steps.at(-1)?.step
  return isFinal && statusOf(job, services) === 'completed' ? policy : undefined
}

interface Base {
  readonly model: string
  readonly profile: ModelProfile
  readonly policy: Policy
}

/** What is tuned: a model, or what an earlier job made of one. */
function baseOf(request: TogetherTuning, book: JobBook<TogetherJob>, services: Services): Base {
  const { from_checkpoint: checkpoint } = request
  const [name, step] = checkpoint?.split(':') ?? []
  const earlier =
    name === undefined ? undefined : book.list().find(({ id, outputName }) => id === name || outputName === name)
  const weights =
    earlier === undefined ? undefined : weightsOf(earlier, step === undefined ? undefined : Number(step), services)
  if (checkpoint !== undefined && weights === undefined)
    return refuse(400, `Checkpoint ${checkpoint} was not found`, { param: 'from_checkpoint' })
  const model = earlier?.model ?? request.model
  if (request.model !== model)
    return refuse(400, `Checkpoint ${checkpoint} is of ${model}, not of ${request.model}`, { param: 'model' })
  const profile = findModel(model, 'together', services)
  if (typeof profile.judge === 'string')
    return refuse(400, `Model ${model} does not support fine-tuning`, { param: 'model' })
  return { model, profile, policy: weights ?? profile.judge }
}

async function run(
  job: TogetherJob,
  base: Policy,
  training: StoredFile,
  validation: StoredFile | undefined,
  book: JobBook<TogetherJob>,
  services: Services,
  profile: ModelProfile,
): Promise<void> {
  const { request } = job
  if (job.fault !== undefined) return
  const workedAt = (): number => services.progress.steps(book.find(job.id) ?? job)
  const read = (file: StoredFile | undefined) => {
    const found = readPreferences(file?.content ?? new Uint8Array(), 'together')
    return 'pairs' in found ? found.pairs : []
  }
  try {
    const outcome = await train({
      base,
      pairs: read(training),
      validation: read(validation),
      beta: request.training_method.method === 'dpo' ? request.training_method.dpo_beta : 0.1,
      epochs: request.n_epochs,
      batchSize: request.batch_size === 'max' ? LIMITS.max_batch_size_dpo : request.batch_size,
      policyRate: request.learning_rate * POLICY_RATE_PER_HOSTED_RATE,
      seed: request.random_seed ?? 42,
      evaluations: request.n_evals,
      checkpoints: request.n_checkpoints,
      earlyStopping: request.early_stopping_enabled
        ? {
            patience: request.early_stopping_patience,
            minDelta: request.early_stopping_min_delta,
            warmup: request.early_stopping_warmup_evals ?? 1,
          }
        : undefined,
      signal: job.abort.signal,
    })
    if (job.abort.signal.aborted) return
    services.models.add(job.outputName, { ...profile, judge: outcome.policy, needsEndpoint: true })
    book.update(job.id, { outcome, workedAt: workedAt() })
  } catch (error) {
    if (!job.abort.signal.aborted)
      book.update(job.id, { outcome: { error: (error as Error).message }, workedAt: workedAt() })
  }
}

/** @throws {RefusedRequest} for what is no number, and parameters that are not documented */
function readMetricsQuery(query: Readonly<Record<string, string>>): MetricsQuery {
  return parseRequest(metricsQuery, query)
}

const count = z.coerce.number().int().min(0).optional()
const metricsQuery = z.strictObject({
  global_step_from: count,
  global_step_to: count,
  logged_at_from: z.iso.datetime({ offset: true }).optional(),
  logged_at_to: z.iso.datetime({ offset: true }).optional(),
  resolution: z.coerce.number().int().min(1).optional(),
})

function estimate(request: PricedTuning, services: Services): object {
  const unavailable = (id: string | undefined, side: 'train' | 'eval'): string | undefined => {
    if (id === undefined) return undefined
    const file = services.files.find(id, 'together') ?? refuse(404, `File ${id} was not found`)
    const status = togetherFileStatus(file, services)
    if (status === 'INVALID_FORMAT' || status === 'FAILED') return `${side}_file_invalid`
    return status === 'COMPLETED' ? undefined : `${side}_file_not_validated`
  }
  const reason = unavailable(request.training_file, 'train') ?? unavailable(request.validation_file, 'eval')
  if (reason !== undefined) return { estimation_available: false, unavailable_reason: reason }
  const { usd, trainTokens, evalTokens } = priceOf(
    request,
    services.files.find(request.training_file, 'together'),
    request.validation_file === undefined ? undefined : services.files.find(request.validation_file, 'together'),
  )
  return {
    estimation_available: true,
    estimated_total_price: usd,
    estimated_train_token_count: trainTokens,
    estimated_eval_token_count: evalTokens,
    user_limit: USER_LIMIT_USD,
    allowed_to_proceed: usd <= USER_LIMIT_USD,
  }
}

/** The documented rule: epochs times training tokens and evaluations times validation tokens are paid. Tokens are bytes / 4. */
function priceOf(
  { n_epochs, n_evals }: Pick<PricedTuning, 'n_epochs' | 'n_evals'>,
  training: StoredFile | undefined,
  validation: StoredFile | undefined,
): { readonly usd: number; readonly trainTokens: number; readonly evalTokens: number } {
  const tokens = (file: StoredFile | undefined): number => Math.ceil((file?.content?.length ?? 0) / BYTES_A_TOKEN)
  const trainTokens = n_epochs * tokens(training)
  const evalTokens = n_evals * tokens(validation)
  return { usd: ((trainTokens + evalTokens) * USD_PER_MILLION_TOKENS) / 1e6, trainTokens, evalTokens }
}
