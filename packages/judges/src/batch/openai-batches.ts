import { basename } from 'node:path'
import { downloadFromOpenAi, findOpenAiFile, type OpenAiClient, uploadToOpenAi } from '@judgelab/services'
import type { BatchOrder, BatchService, BatchState } from './batch-service.js'
import { OPENAI_TERMS } from './batch-terms.js'
import { statusOf } from './status-of.js'

type Batch = Awaited<ReturnType<OpenAiClient['batches']['retrieve']>>

/** Under this key a batch's metadata hold our name for it. */
const METADATA_KEY = 'judgelab'
/** Clocks may differ by so much, in milliseconds. */
const SKEW_MS = 3_600_000

/** OpenAI's batch service, or that of a server that speaks its API, under `OPENAI_TERMS`. */
export function openAiBatches(client: OpenAiClient): BatchService {
  return {
    ...OPENAI_TERMS,
    upload: (file, signal) => uploadToOpenAi(client, file, 'batch', signal),
    findFile: async (name, bytes) => {
      const id = await findOpenAiFile(client, basename(name), 'batch')
      return id !== undefined && (await client.files.retrieve(id)).bytes === bytes ? id : undefined
    },
    fileIsReady: async () => undefined,
    create: async ({ key, fileId, path }) => {
      const { id } = await client.batches.create({
        input_file_id: fileId,
        endpoint: `/v1${path}` as '/v1/chat/completions',
        completion_window: `${OPENAI_TERMS.windowHours}h` as '24h',
        metadata: { [METADATA_KEY]: key },
      })
      if (typeof id !== 'string') throw new SyntaxError('a batch was created without an id')
      return { id }
    },
    find: (order) => findBatch(client, order),
    look: async (id) => {
      try {
        return stateOf(await client.batches.retrieve(id))
      } catch (error) {
        if (statusOf(error) === 404) return undefined
        throw error
      }
    },
    cancel: async (id) => {
      await client.batches.cancel(id)
    },
    download: (id, file, signal) => downloadFromOpenAi(client, id, file, signal),
  }
}

/** Newest first, and no further back than when the batch was planned. */
async function findBatch(client: OpenAiClient, { key, fileId, plannedAt }: BatchOrder): Promise<string | undefined> {
  const oldest = (Date.parse(plannedAt) - SKEW_MS) / 1000
  let page = await client.batches.list({ limit: 100 })
  for (;;) {
    if (!Array.isArray(page.data)) throw new SyntaxError('a list of batches came without batches')
    const found = page.data.find(
      ({ metadata, input_file_id }) => metadata?.[METADATA_KEY] === key || input_file_id === fileId,
    )
    const isPast = (page.data.at(-1)?.created_at ?? 0) < oldest
    if (found !== undefined || isPast || !page.hasNextPage()) return found?.id
    page = await page.getNextPage()
  }
}

const STAGES: Readonly<Record<string, BatchState['stage']>> = {
  completed: 'completed',
  failed: 'failed',
  expired: 'expired',
  cancelled: 'cancelled',
}

/** @throws {SyntaxError} for what is no batch */
function stateOf(batch: Batch): BatchState {
  const { status, output_file_id, error_file_id, errors, request_counts } = batch
  if (typeof status !== 'string') throw new SyntaxError('a batch came without a status')
  const [problem] = errors?.data ?? []
  const line = problem?.line == null ? '' : `line ${problem.line}: `
  return {
    status,
    stage: STAGES[status] ?? 'waiting',
    outputFileId: output_file_id ?? undefined,
    errorFileId: error_file_id ?? undefined,
    message: problem === undefined ? undefined : `${line}${problem.message ?? problem.code ?? 'no reason given'}`,
    isOverLimit: status === 'failed' && problem?.code === 'token_limit_exceeded',
    answered: request_counts === undefined ? undefined : request_counts.completed + request_counts.failed,
  }
}
