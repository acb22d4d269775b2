import { Hono } from 'hono'
import { z } from 'zod'
import type { ApiContext } from '../http/api.js'
import { refuse } from '../http/reply.js'
import { parseBody, parseRequest } from '../inference/check-request.js'
import { createJobBook } from '../jobs/job-book.js'
import { defaultModels } from '../models/default-models.js'
import type { Services } from '../services.js'
import { advance, type BatchJob, type BatchStage, batchStage, isOver, outputOrder, unanswered } from './batch-job.js'
import { createBatch } from './create-batch.js'

const batchRequest = z.looseObject({
  endpoint: z.enum(['/v1/chat/completions', '/v1/audio/transcriptions', '/v1/audio/translations']),
  input_file_id: z.string(),
  completion_window: z.string().optional(),
  priority: z.int().optional(),
  model_id: z.string().optional(),
})
const WINDOW_MS = 24 * 3600 * 1000

/** Together's /batches: creating one gives the job and a warning, all else the job alone. */
export function togetherBatches(): Hono<ApiContext> {
  const routes = new Hono<ApiContext>()
  const book = createJobBook<BatchJob>('')
  const discounted = new Set(Object.keys(defaultModels()))
  const missing = (id: string): never => refuse(404, `Batch job ${id} was not found`, { code: 'not_found' })
  routes.post('/', async ({ req, env: { services }, json }) => {
    const read = parseRequest(batchRequest, parseBody(new Uint8Array(await req.arrayBuffer())))
    const job = createBatch({ inputFileId: read.input_file_id, endpoint: read.endpoint }, 'together', book, services)
    const model = job.lines[0]?.model
    const warning =
      model === undefined || discounted.has(model) ? undefined : `Batch discounts do not apply to ${model}.`
    return json({ job: shapeOf(job, services), ...(warning === undefined ? {} : { warning }) }, 201)
  })
  routes.get('/', ({ env: { services }, json }) => json(book.list().map((job) => shapeOf(job, services))))
  routes.get('/:id', ({ req, env: { services }, json }) => {
    const id = req.param('id')
    book.look(id)
    return json(shapeOf(advance(id, book, services, filesOf(services)) ?? missing(id), services))
  })
  routes.post('/:id/cancel', ({ req, env: { services }, json }) => {
    const job = book.find(req.param('id')) ?? missing(req.param('id'))
    const stage = batchStage(job, services)
    if (isOver(stage)) refuse(409, `Batch job ${job.id} is ${STATUSES[stage]} and cannot be cancelled`)
    book.update(job.id, { cancelledAt: job.cancelledAt ?? services.progress.steps(job) - 1 })
    return json(shapeOf(advance(job.id, book, services, filesOf(services)) ?? job, services))
  })
  return routes
}

function filesOf({ files }: Services): (job: BatchJob, stage: BatchStage) => BatchJob['ended'] {
  return (job, stage) => {
    const answers = outputOrder(job)
    const keep = (name: string, rows: readonly object[]): string | undefined =>
      rows.length === 0
        ? undefined
        : files.add({
            vendor: 'together',
            filename: `batch-${job.id}-${name}.jsonl`,
            purpose: 'batch-api',
            content: Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
          }).id
    const never = stage === 'completed' ? [] : unanswered(job)
    return {
      outputFileId: keep(
        'output',
        answers
          .filter(({ status }) => status === 200)
          .map(({ customId, status, body }) => ({ custom_id: customId, response: { status_code: status, body } })),
      ),
      errorFileId: keep('error', [
        ...answers
          .filter(({ status }) => status !== 200)
          .map(({ customId, status, body }) => ({
            custom_id: customId,
            error: { status_code: status, ...(body as object) },
          })),
        ...never.map(({ customId }) => ({
          custom_id: customId,
          error: {
            code: stage,
            message: `The batch ${stage === 'expired' ? 'expired' : 'was cancelled'} before this request was made.`,
          },
        })),
      ]),
    }
  }
}

/**
 * Together has no words for finalizing and cancelling: a batch is cancelled at once. Its documentation does not say when the
 * files of such a batch are whole: here, the worst for a client, lines that are at work are still answered, and its files
 * come when they are.
 */
const STATUSES: Readonly<Record<BatchStage, string>> = {
  validating: 'VALIDATING',
  'in-progress': 'IN_PROGRESS',
  finalizing: 'IN_PROGRESS',
  completed: 'COMPLETED',
  failed: 'FAILED',
  expired: 'EXPIRED',
  cancelling: 'CANCELLED',
  cancelled: 'CANCELLED',
}

function shapeOf(job: BatchJob, services: Services): object {
  const stage = batchStage(job, services)
  const isEnded = isOver(stage)
  const [problem] = job.problems
  return {
    id: job.id,
    user_id: 'emulator',
    input_file_id: job.inputFileId,
    file_size_bytes: job.inputBytes,
    status: STATUSES[stage],
    job_deadline: new Date(job.begunMs + WINDOW_MS).toISOString(),
    created_at: new Date(job.begunMs).toISOString(),
    endpoint: job.endpoint,
    progress: stage === 'completed' ? 100 : job.lines.length === 0 ? 0 : (100 * job.answers.length) / job.lines.length,
    model_id: job.lines[0]?.model ?? '',
    ...(job.ended?.outputFileId === undefined ? {} : { output_file_id: job.ended.outputFileId }),
    ...(job.ended?.errorFileId === undefined ? {} : { error_file_id: job.ended.errorFileId }),
    ...(stage === 'failed'
      ? {
          error:
            problem === undefined
              ? 'The batch could not be validated.'
              : `${problem.line === null ? '' : `line ${problem.line}: `}${problem.message}`,
        }
      : {}),
    ...(isEnded ? { completed_at: new Date(services.now()).toISOString() } : {}),
  }
}
