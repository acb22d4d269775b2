import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { endOfWholeLines, listRuns, mendLog, type Project, type RunFolder, runFolder, runOwner } from '@judgelab/core'

/** Logs of a project that hold whole lines only. */
export interface ReadableLogs {
  /** By log, the copy of its whole lines that is to be read instead. */
  readonly copies: ReadonlyMap<string, string>
  readonly remove: () => Promise<void>
}

/**
 * Mends the logs of a project's runs, or copies their whole lines: of a run with a living owner, whose log grows while
 * it is read, and of one whose torn line can't be cut (a project that may only be read).
 */
export async function readableLogs({ runs }: Project): Promise<ReadableLogs> {
  const copies = new Map<string, string>()
  let folder: string | undefined
  const remove = async (): Promise<void> => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  }
  try {
    for (const runId of await listRuns(runs)) {
      const run = runFolder(runs, runId)
      if (!(await needsCopy(run))) continue
      folder ??= await mkdtemp(join(tmpdir(), 'judgelab-sql-'))
      const copy = runFolder(join(folder, 'runs'), runId)
      await copyWholeLines(run.log, copy.log)
      copies.set(run.log, copy.log)
    }
  } catch (error) {
    await remove()
    throw error
  }
  return { copies, remove }
}

async function needsCopy(run: RunFolder): Promise<boolean> {
  await mendLog(run)
  const size = await sizeOf(run.log)
  if (size === undefined) return false
  return (await runOwner(run)) !== undefined || (await endOfWholeLines(run.log)) < size
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function copyWholeLines(log: string, copy: string): Promise<void> {
  await mkdir(dirname(copy), { recursive: true })
  const end = await endOfWholeLines(log)
  if (end === 0) await writeFile(copy, '')
  else await pipeline(createReadStream(log, { end: end - 1 }), createWriteStream(copy))
}
