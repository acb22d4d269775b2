import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServiceReply } from '../judge.js'

/** What services answered, by the digest of the request. Several processes may use one folder at once. */
export interface AnswerCache {
  readonly get: (key: string) => ServiceReply | undefined
  /** Resolves when the reply is in the cache for every process. */
  readonly put: (key: string, reply: ServiceReply) => Promise<void>
  /** Waits for everything put, and closes. */
  readonly close: () => Promise<void>
}

/**
 * Opens the cache in a folder, `cache/` of a project, and makes it where it is missing.
 *
 * Embedded (LMDB): a crash leaves what was committed. It holds replies only: no requests, no credentials, no failures.
 *
 * @throws {Error} naming the folder, when it can't be opened
 */
export async function openAnswerCache(folder: string): Promise<AnswerCache> {
  const path = join(folder, 'answers-v1')
  const database = await openDatabase(path)
  return {
    get: (key) => database.get(key),
    put: async (key, reply) => {
      try {
        await database.put(key, reply)
      } catch (cause) {
        throw cacheError(path, 'written', cause)
      }
    },
    close: () => database.close(),
  }
}

async function openDatabase(path: string): Promise<import('lmdb').Database<ServiceReply, string>> {
  try {
    await mkdir(path, { recursive: true })
    const { open } = await import('lmdb')
    return open<ServiceReply, string>({ path, encoding: 'json', noSubdir: false })
  } catch (cause) {
    throw cacheError(path, 'opened', cause)
  }
}

function cacheError(path: string, done: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new Error(`the cache ${path} could not be ${done} (${reason}); answers that are in run logs are kept`, {
    cause,
  })
}
