import { Hono } from 'hono'
import { z } from 'zod'
import { asObject } from '../files/json-lines.js'
import type { ApiContext } from '../http/api.js'
import { pageOf } from '../http/page.js'
import { refuse } from '../http/reply.js'
import { parseBody, parseRequest } from '../inference/check-request.js'
import { createJobBook } from '../jobs/job-book.js'
import type { Services } from '../services.js'
import type { LineAnswer } from './answer-lines.js'
import { advance, type BatchJob, type BatchStage, batchStage, isOver, outputOrder, unanswered } from './batch-job.js'
import { createBatch } from './create-batch.js'

const batchRequest = z.strictObject({
  input_file_id: z.string(),
  endpoint: z.string().startsWith('/v1/'),
  completion_window: z.literal('24h'),
  metadata: z.record(z.string(), z.string()).nullish(),
  output_expires_after: z.unknown().optional(),
})
const WINDOW_SECONDS = 24 * 3600

/** OpenAI's /batches. */
export function openAiBatches(): Hono<ApiContext> {
  const routes = new Hono<ApiContext>()
  const book = createJobBook<BatchJob>('batch_')
  const missing = (id: string): never => refuse(404, `No batch found with id '${id}'.`)
  routes.post('/', async ({ req, env: { services }, json }) => {
    const read = parseRequest(batchRequest, parseBody(new Uint8Array(await req.arrayBuffer())))
    const order = { inputFileId: read.input_file_id, endpoint: read.endpoint, metadata: read.metadata }
    return json(shapeOf(createBatch(order, 'openai', book, services), services))
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
  routes.get('/:id', ({ req, env: { services }, json }) => {
    const id = req.param('id')
    book.look(id)
    return json(shapeOf(advance(id, book, services, filesOf(services)) ?? missing(id), services))
  })
  routes.post('/:id/cancel', ({ req, env: { services }, json }) => {
    const job = book.find(req.param('id')) ?? missing(req.param('id'))
    const stage = batchStage(job, services)
    if (isOver(stage)) refuse(409, `Cannot cancel a batch with status '${STATUSES[stage]}'.`)
    const changed = book.update(job.id, { cancelledAt: job.cancelledAt ?? services.progress.steps(job) })
    return json(shapeOf(changed ?? job, services))
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
            vendor: 'openai',
            filename: `${job.id}_${name}.jsonl`,
            purpose: 'batch_output',
            content: Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
          }).id
    const never = stage === 'completed' ? [] : unanswered(job)
    return {
      outputFileId: keep(
        'output',
        answers.filter(({ status }) => status === 200).map((answer, at) => lineOf(answer, job, at)),
      ),
      errorFileId: keep('error', [
        ...answers.filter(({ status }) => status !== 200).map((answer, at) => lineOf(answer, job, at)),
        ...never.map(({ customId }, at) => ({
          id: `batch_req_${job.id.slice(6, 14)}_never_${at}`,
          custom_id: customId,
          response: null,
          error:
            stage === 'expired'
              ? {
                  code: 'batch_expired',
                  message: 'This request could not be executed before the completion window expired.',
                }
              : { code: 'batch_cancelled', message: 'This request was not executed before the batch was cancelled.' },
        })),
      ]),
    }
  }
}

function lineOf({ customId, status, body }: LineAnswer, job: BatchJob, at: number): object {
  const id = `${job.id.slice(6, 14)}_${status}_${at}`
  return {
    id: `batch_req_${id}`,
    custom_id: customId,
    response: { status_code: status, request_id: `req_${id}`, body },
    error: null,
  }
}

const STATUSES: Readonly<Record<BatchStage, string>> = {
  validating: 'validating',
  'in-progress': 'in_progress',
  finalizing: 'finalizing',
  completed: 'completed',
  failed: 'failed',
  expired: 'expired',
  cancelling: 'cancelling',
  cancelled: 'cancelled',
}

function shapeOf(job: BatchJob, services: Services): { readonly id: string } {
  const stage = batchStage(job, services)
  const begun = Math.floor(job.begunMs / 1000)
  const now = Math.floor(services.now() / 1000)
  const at = (...stages: readonly BatchStage[]): number | null => (stages.includes(stage) ? now : null)
  const problems =
    job.problems.length > 0
      ? job.problems
      : [{ code: 'internal_error', message: 'The batch could not be validated.', line: null, param: null }]
  return {
    id: job.id,
    object: 'batch',
    endpoint: job.endpoint,
    model: job.lines[0]?.model ?? null,
    errors: stage === 'failed' ? { object: 'list', data: problems } : null,
    input_file_id: job.inputFileId,
    completion_window: '24h',
    status: STATUSES[stage],
    output_file_id: job.ended?.outputFileId ?? null,
    error_file_id: job.ended?.errorFileId ?? null,
    created_at: begun,
    in_progress_at: stage === 'validating' || stage === 'failed' ? null : begun,
    expires_at: begun + WINDOW_SECONDS,
    finalizing_at: at('finalizing', 'completed'),
    completed_at: at('completed'),
    failed_at: at('failed'),
    expired_at: at('expired'),
    cancelling_at: at('cancelling', 'cancelled'),
    cancelled_at: at('cancelled'),
    request_counts: {
      total: job.lines.length,
      completed: job.answers.filter(({ status }) => status === 200).length,
      failed: job.answers.filter(({ status }) => status !== 200).length,
    },
    usage: usageOf(job),
    metadata: job.metadata,
  } as { readonly id: string }
}

function usageOf({ answers }: BatchJob): object {
  const sum = (...keys: readonly (readonly string[])[]): number =>
    answers.reduce(
      (total, { body }) => total + (keys.map((path) => numberAt(body, ['usage', ...path])).find((n) => n > 0) ?? 0),
      0,
    )
  const input = sum(['prompt_tokens'], ['input_tokens'])
  const output = sum(['completion_tokens'], ['output_tokens'])
  return {
    input_tokens: input,
    input_tokens_details: {
      cached_tokens: sum(['prompt_tokens_details', 'cached_tokens'], ['input_tokens_details', 'cached_tokens']),
    },
    output_tokens: output,
    output_tokens_details: {
      reasoning_tokens: sum(
        ['completion_tokens_details', 'reasoning_tokens'],
        ['output_tokens_details', 'reasoning_tokens'],
      ),
    },
    total_tokens: input + output,
  }
}

function numberAt(value: unknown, path: readonly string[]): number {
  const found = path.reduce<unknown>((held, key) => asObject(held)?.[key], value)
  return typeof found === 'number' ? found : 0
}
