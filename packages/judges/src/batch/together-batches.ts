import { basename } from 'node:path'
import {
  downloadFromTogether,
  findTogetherFile,
  type TogetherClient,
  uploadToTogether,
  waitForTogetherFile,
} from '@judgelab/services'
import type { BatchService, BatchState } from './batch-service.js'
import { TOGETHER_TERMS } from './batch-terms.js'
import { statusOf } from './status-of.js'

type Batch = Awaited<ReturnType<TogetherClient['batches']['retrieve']>>

/**
 * Together's batch service, under `TOGETHER_TERMS`. The client must send every request once. Its batches carry no name of
 * ours: one is known by its file, whose name is ours.
 */
export function togetherBatches(client: TogetherClient): BatchService {
  return {
    ...TOGETHER_TERMS,
    upload: (file, signal) => uploadToTogether(client, file, 'batch-api', signal),
    findFile: async (name, bytes) => {
      const id = await findTogetherFile(client, basename(name), 'batch-api')
      return id !== undefined && (await client.files.retrieve(id)).bytes === bytes ? id : undefined
    },
    fileIsReady: (fileId, signal, firstMs) => waitForTogetherFile(client, fileId, { signal, firstMs }),
    create: async ({ fileId, path }) => {
      const endpoint = `/v1${path}` as '/v1/chat/completions'
      const { job, warning } = await client.batches.create({ input_file_id: fileId, endpoint })
      if (typeof job?.id !== 'string') throw new SyntaxError('a batch was created without an id')
      return { id: job.id, warning }
    },
    find: async ({ fileId }) => {
      const list = await client.batches.list()
      if (!Array.isArray(list)) throw new SyntaxError('a list of batches came without batches')
      return list.find(({ input_file_id }) => input_file_id === fileId)?.id
    },
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
    download: (id, file, signal) => downloadFromTogether(client, id, file, signal),
  }
}

const STAGES: Readonly<Record<string, BatchState['stage']>> = {
  COMPLETED: 'completed',
  FAILED: 'failed',
  EXPIRED: 'expired',
  CANCELLED: 'cancelled',
}

/** @throws {SyntaxError} for what is no batch */
function stateOf({ status, output_file_id, error_file_id, error }: Batch): BatchState {
  if (typeof status !== 'string') throw new SyntaxError('a batch came without a status')
  return {
    status,
    stage: STAGES[status] ?? 'waiting',
    outputFileId: output_file_id,
    errorFileId: error_file_id,
    message: error,
    isOverLimit: status === 'FAILED' && /enqueued|token limit/i.test(error ?? ''),
  }
}
