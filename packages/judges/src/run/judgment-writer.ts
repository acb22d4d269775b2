import { writeSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import type { Judgment, RunFolder } from '@judgelab/core'

/**
 * Appends judgments to a run's log. Each is handed to the system at once, in a few microseconds, so that a process that is
 * killed has lost nothing that was answered; what is handed over is flushed to the disk in groups, for the case that the
 * machine goes down.
 */
export interface JudgmentWriter {
  /** @throws {Error} naming the log and what is kept, when this line, or one before it, could not be written */
  readonly add: (judgment: Judgment) => void
  /** Resolves when everything that was added is on the disk. @throws {Error} as `add` */
  readonly sync: () => Promise<void>
  /** Flushes what was added, and closes the log. @throws {Error} as `add` */
  readonly close: () => Promise<void>
}

/** Pause between two flushes, in milliseconds: with the time that a flush takes, what a power cut may lose. */
const FLUSH_EVERY_MS = 200

/** Opens the log of a run for appending. Only its owner may. */
export async function openJudgmentWriter(run: RunFolder): Promise<JudgmentWriter> {
  const handle = await open(run.log, 'a')
  let failure: Error | undefined
  let isDirty = false
  let isClosing = false
  let isFlushing = false

  const fail = (cause: unknown): Error => {
    failure ??= writeError(run.log, cause)
    return failure
  }
  const flush = async (): Promise<void> => {
    if (isFlushing) return
    isFlushing = true
    while (isDirty && failure === undefined) {
      isDirty = false
      await handle.datasync().catch(fail)
      if (!isClosing) await setTimeout(FLUSH_EVERY_MS, undefined, { ref: false })
    }
    isFlushing = false
  }
  return {
    add: (judgment) => {
      if (failure !== undefined) throw failure
      try {
        appendWhole(handle, `${JSON.stringify(judgment)}\n`)
      } catch (cause) {
        throw fail(cause)
      }
      isDirty = true
      void flush()
    },
    sync: async () => {
      if (failure === undefined) await handle.datasync().catch(fail)
      if (failure !== undefined) throw failure
    },
    close: async () => {
      isClosing = true
      if (isDirty && failure === undefined) {
        isDirty = false
        await handle.datasync().catch(fail)
      }
      await handle.close().catch(fail)
      if (failure !== undefined) throw failure
    },
  }
}

/** The system may take less than it is given. */
function appendWhole(handle: FileHandle, line: string): void {
  let written = writeSync(handle.fd, line)
  if (written === Buffer.byteLength(line)) return
  const bytes = Buffer.from(line)
  while (written < bytes.length) written += writeSync(handle.fd, bytes, written)
}

function writeError(log: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new Error(
    `${log} could not be written (${reason}); what was written before is kept, and the next start asks only for what is missing`,
    { cause },
  )
}
