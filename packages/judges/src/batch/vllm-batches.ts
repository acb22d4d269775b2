import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { batchFiles } from './batch-record.js'
import type { BatchService } from './batch-service.js'
import { VLLM_TERMS } from './batch-terms.js'

/**
 * Files that `vllm run-batch` answers on somebody's own machines, as if they were a service: submitted when they are
 * written, completed when the file of results lies beside them.
 *
 * @param folder of the run's jobs
 */
export function vllmBatches(folder: string): BatchService {
  return {
    ...VLLM_TERMS,
    upload: async (file) => basename(file),
    findFile: async (name) => basename(name),
    fileIsReady: async () => undefined,
    create: async ({ key }) => ({ id: key }),
    find: async ({ key }) => key,
    look: async (key) => {
      const { output, claim } = batchFiles(folder, key)
      if (existsSync(output)) return { status: 'answered', stage: 'completed', outputFileId: basename(output) }
      return { status: existsSync(claim) ? 'claimed' : 'to be answered', stage: 'waiting' }
    },
    cancel: async () => undefined,
    download: async (_, file) => existsSync(file),
  }
}
