import { statfsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from 'lmdb'
import type { ServiceReply } from '../judge.js'
import { openReplyLog } from './reply-log.js'

/** What services answered, by the digest of the request. Several processes may use one folder at once. */
export interface AnswerCache {
  readonly get: (key: string) => ServiceReply | undefined
  /** Takes a reply, which this process finds at once; resolves when every process does. */
  readonly put: (key: string, reply: ServiceReply) => Promise<void>
  /** Writes what was put and waits to be written, without waiting for more; resolves when that is done, well or not. */
  readonly flush: () => Promise<void>
  /** How many replies every process finds. */
  readonly count: () => number
  /** Waits for what was put, and closes. */
  readonly close: () => Promise<void>
}

/** Replies are written in groups, the places of each in one transaction: a fraction of the work of one each. */
const GROUP = 64
/** How long a group may wait to be full, in milliseconds. */
const GATHERING_MS = 50

/**
 * Opens the cache in a folder, `cache/` of a project, and makes it where it is missing.
 *
 * The replies stand in files that are appended to; where each stands, by the digest of its request, in an embedded
 * database (LMDB), which several processes may use and which a crash does not hurt. There are replies only: no requests, no
 * credentials, no failures. The database maps its file into memory, and digests touch all of it: so it holds nothing big.
 *
 * @throws {Error} naming the folder, when it can't be opened
 */
export async function openAnswerCache(folder: string): Promise<AnswerCache> {
  const path = join(folder, 'answers-v1')
  const places = await openPlaces(path)
  const replies = await openReplyLog(join(path, 'replies')).catch((cause: unknown) => {
    throw cacheError(path, 'opened', cause)
  })
  const writing = new Set<Group>()
  let group: Group | undefined

  const write = (full: Group): void => {
    clearTimeout(full.timer)
    if (group === full) group = undefined
    writePlaces(full)
      .then(full.done, async (cause: unknown) => full.failed(cacheError(path, 'written', await commitErrorOf(cause))))
      .finally(() => writing.delete(full))
  }
  // In a turn of its own: who puts has other things to send first.
  const writeSoon = (full: Group): void => {
    group = undefined
    setImmediate(write, full)
  }
  // All that is put in one turn is one transaction.
  const writePlaces = async (full: Group): Promise<void> => {
    const placed = replies.append(full.replies)
    requireSpace(path)
    await Promise.all(Array.from(placed, ([key, place]) => places.put(keyBytes(key), place)))
  }
  const flush = async (): Promise<void> => {
    if (group !== undefined) write(group)
    await Promise.allSettled([...writing].map(({ promise }) => promise))
  }
  const newGroup = (): Group => {
    const { promise, ...settle } = withResolvers()
    const made: Group = { replies: new Map(), timer: setTimeout(() => write(made), GATHERING_MS), promise, ...settle }
    writing.add(made)
    return made
  }
  return {
    get: (key) => {
      for (const { replies: held } of writing) {
        const reply = held.get(key)
        if (reply !== undefined) return reply
      }
      const place = places.get(keyBytes(key))
      return place === undefined ? undefined : replies.read(key, place)
    },
    put: (key, reply) => {
      group ??= newGroup()
      const { promise, replies: held } = group
      held.set(key, reply)
      if (held.size >= GROUP) writeSoon(group)
      return promise
    },
    count: () => (places.getStats() as { readonly entryCount: number }).entryCount,
    flush,
    close: async () => {
      await flush()
      replies.close()
      await places.close()
    },
  }
}

/** More than the pages that one transaction changes, in bytes. */
const SPARE = 1 << 20

/**
 * A transaction that runs out of space may end the process: LMDB's JavaScript rejects promises that nobody can reach, and frees
 * memory twice. So none is begun where space is short.
 */
function requireSpace(path: string): void {
  const { bavail, bsize } = statfsSync(path)
  if (bavail * bsize < SPARE)
    throw Object.assign(new Error('ENOSPC: less than 1 MB is left on its disk'), { code: 'ENOSPC' })
}

/** What the system said of a commit that failed comes after the failure, in a promise of its own. */
async function commitErrorOf(cause: unknown): Promise<unknown> {
  const { commitError } = cause as { readonly commitError?: Promise<unknown> | undefined }
  try {
    await commitError
    return cause
  } catch (error) {
    return error
  }
}

/** Replies that are written together, or are about to be. */
interface Group {
  readonly replies: Map<string, ServiceReply>
  readonly timer: NodeJS.Timeout
  readonly promise: Promise<void>
  readonly done: () => void
  readonly failed: (error: Error) => void
}

function withResolvers(): Pick<Group, 'promise' | 'done' | 'failed'> {
  let done = (): void => undefined
  let failed = (_error: Error): void => undefined
  const promise = new Promise<void>((resolve, reject) => {
    done = resolve
    failed = reject
  })
  return { promise, done, failed }
}

async function openPlaces(path: string): Promise<Database<string, Uint8Array>> {
  try {
    await mkdir(path, { recursive: true })
    const { open } = await import('lmdb')
    return open<string, Uint8Array>({
      path,
      noSubdir: false,
      keyEncoding: 'binary',
      encoding: 'string',
      // Without these, a commit that fails rejects promises that nobody can reach, and the database never closes.
      eventTurnBatching: false,
      overlappingSync: false,
    })
  } catch (cause) {
    throw cacheError(path, 'opened', cause)
  }
}

/** Half of the digest: it finds the reply, which has the whole one. */
function keyBytes(key: string): Uint8Array {
  return Buffer.from(key.slice(0, 32), 'hex')
}

function cacheError(path: string, done: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new Error(`the cache ${path} could not be ${done} (${reason}); answers that are in run logs are kept`, {
    cause,
  })
}
