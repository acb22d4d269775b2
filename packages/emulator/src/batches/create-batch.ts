import { digestText } from '@judgelab/core'
import type { StoredFile } from '../files/file-store.js'
import { refuse } from '../http/reply.js'
import type { JobBook } from '../jobs/job-book.js'
import type { Vendor } from '../models/model-profile.js'
import type { Services } from '../services.js'
import { type BatchJob, batchFault, enqueuedTokens } from './batch-job.js'
import { type BatchProblem, readBatch } from './read-batch.js'

/** What a client asks of a batch. */
export interface BatchOrder {
  readonly inputFileId: string
  /** Such as `/v1/chat/completions`. */
  readonly endpoint: string
  readonly metadata?: unknown
}

const PURPOSES = { openai: 'batch', together: 'batch-api' } as const

/** Puts a batch in the book. What is wrong with its lines shows later, when it is validated. @throws {RefusedRequest} for its file or endpoint */
export function createBatch(order: BatchOrder, vendor: Vendor, book: JobBook<BatchJob>, services: Services): BatchJob {
  const { inputFileId, endpoint, metadata } = order
  const file = services.files.find(inputFileId, vendor)
  if (file?.content === undefined)
    return refuse(400, `Invalid 'input_file_id': ${inputFileId} was not found.`, { param: 'input_file_id' })
  if (file.purpose !== PURPOSES[vendor])
    refuse(400, `The purpose of the input file must be ${PURPOSES[vendor]}, got ${file.purpose}.`, {
      param: 'input_file_id',
    })
  const path = endpoint.slice('/v1'.length)
  if (path !== '/chat/completions' && path !== '/responses')
    return refuse(400, `The emulator has no batches for ${endpoint}.`, { param: 'endpoint' })
  const content = digestText(file.content)
  const before = book.list().filter((job) => job.content === content).length
  return book.add((id) => ({
    id,
    begunMs: services.now(),
    looks: 0,
    vendor,
    inputFileId,
    content,
    inputBytes: file.content?.length ?? 0,
    endpoint,
    path,
    metadata: metadata ?? null,
    ...linesOf(file, vendor, endpoint, book, services),
    fault: batchFault(content, before, services),
    answers: [],
    work: 'none',
    workedAt: 0,
    cancelledAt: undefined,
    ended: undefined,
  }))
}

function linesOf(
  file: StoredFile,
  vendor: Vendor,
  endpoint: string,
  book: JobBook<BatchJob>,
  services: Services,
): Pick<BatchJob, 'lines' | 'tokens' | 'problems'> {
  const read = readBatch(file, vendor, endpoint)
  if ('problems' in read) return { lines: [], tokens: 0, problems: read.problems }
  const model = read.lines[0]?.model ?? ''
  const problem = modelProblem(model, vendor, services) ?? tokenProblem(model, read.tokens, book, services)
  return problem === undefined ? { ...read, problems: [] } : { lines: [], tokens: 0, problems: [problem] }
}

function modelProblem(model: string, vendor: Vendor, { models }: Services): BatchProblem | undefined {
  const profile = models.find(model, vendor)
  if (profile !== undefined && !(vendor === 'together' && profile.needsEndpoint === true)) return undefined
  return {
    code: 'model_not_found',
    message: `The provided model '${model}' is not supported by the Batch API.`,
    line: 1,
    param: 'body.model',
  }
}

function tokenProblem(
  model: string,
  tokens: number,
  book: JobBook<BatchJob>,
  services: Services,
): BatchProblem | undefined {
  const limit = services.enqueuedTokenLimit
  if (enqueuedTokens(book, model, services) + tokens <= limit) return undefined
  const message = `Enqueued token limit reached for ${model}. Limit: ${limit} enqueued tokens. Please try again once some in_progress batches have been completed.`
  return { code: 'token_limit_exceeded', message, line: null, param: null }
}
