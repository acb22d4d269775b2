import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServiceReply } from '../judge.js'

/** What services answered, by the digest of the request. Several processes may use one folder at once. */
export interface AnswerCache {
  readonly get: (key: string) => ServiceReply | undefined
  /** Takes a reply, which this process finds at once; resolves when it is written, for every process. */
  readonly put: (key: string, reply: ServiceReply) => Promise<void>
  /** Writes what waits, and closes. */
  readonly close: () => Promise<void>
}

/** Replies are written in groups, each one transaction: that takes a tenth of the work of one transaction each. */
const GROUP = 256
/** How long a group may wait to be full, in milliseconds. */
const GATHERING_MS = 100

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
  let group: Group | undefined
  const writing = new Set<Group>()

  const write = (full: Group): void => {
    const { replies, timer, done, failed } = full
    clearTimeout(timer)
    group = undefined
    writing.add(full)
    database
      .batch(() => {
        for (const [key, reply] of replies) database.put(key, reply)
      })
      .then(done, (cause: unknown) => failed(cacheError(path, 'written', cause)))
      .finally(() => writing.delete(full))
  }
  const unwritten = (key: string): ServiceReply | undefined => {
    for (const { replies } of group === undefined ? writing : [...writing, group]) {
      const reply = replies.get(key)
      if (reply !== undefined) return reply
    }
    return undefined
  }
  const newGroup = (): Group => {
    const { promise, ...settle } = withResolvers()
    const made: Group = { replies: new Map(), timer: setTimeout(() => write(made), GATHERING_MS), promise, ...settle }
    return made
  }
  return {
    get: (key) => unwritten(key) ?? database.get(key),
    put: (key, reply) => {
      group ??= newGroup()
      const { promise, replies } = group
      replies.set(key, reply)
      if (replies.size >= GROUP) write(group)
      return promise
    },
    close: async () => {
      if (group !== undefined) write(group)
      await Promise.allSettled([...writing].map(({ promise }) => promise))
      await database.close()
    },
  }
}

/** Replies that are written together. */
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
