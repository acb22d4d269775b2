import { type FileHandle, open } from 'node:fs/promises'
import type { Judgment, RunFolder } from '@judgelab/core'

/**
 * Appends judgments to a run's log in groups: what arrives within a moment, or while the group before it is being written, is
 * written and flushed to the disk together. Nobody waits for it.
 */
export interface JudgmentWriter {
  /** Takes a judgment; resolves at once unless much is waiting to be written. */
  readonly add: (judgment: Judgment) => Promise<void>
  /** Writes and flushes what waits, and closes the log. */
  readonly close: () => Promise<void>
}

/** How long a group gathers, in milliseconds: what a crash may lose beside what is being written. */
const GATHERING_MS = 20

/** Characters that may wait before `add` makes its caller wait too. */
const MUCH = 1 << 20

/**
 * Opens the log of a run for appending. Only its owner may.
 *
 * @throws {Error} from `add` or `close`, naming the log and what is kept, when a group could not be written
 */
export async function openJudgmentWriter(run: RunFolder): Promise<JudgmentWriter> {
  const handle = await open(run.log, 'a')
  let waiting = ''
  let failure: Error | undefined
  let writing: Promise<void> | undefined
  let isClosing = false
  let endGathering = (): void => undefined

  const gather = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, isClosing ? 0 : GATHERING_MS)
      endGathering = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const drain = async (): Promise<void> => {
    while (waiting !== '' && failure === undefined) {
      await gather()
      const group = waiting
      waiting = ''
      failure = await appendGroup(handle, group, run.log)
    }
    writing = undefined
  }
  const throwFailure = (): void => {
    if (failure !== undefined) throw failure
  }
  return {
    add: async (judgment) => {
      throwFailure()
      waiting += `${JSON.stringify(judgment)}\n`
      writing ??= drain()
      if (waiting.length <= MUCH) return
      endGathering()
      await writing
    },
    close: async () => {
      isClosing = true
      endGathering()
      await writing
      await handle.close()
      throwFailure()
    },
  }
}

/** Writes and flushes one group; what went wrong, if anything did. */
async function appendGroup(handle: FileHandle, group: string, log: string): Promise<Error | undefined> {
  try {
    await handle.appendFile(group)
    await handle.datasync()
    return undefined
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    return new Error(
      `${log} could not be written (${reason}); what was written before is kept, and the next start asks only for what is missing`,
      { cause },
    )
  }
}
