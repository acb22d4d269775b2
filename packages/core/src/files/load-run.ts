import { open, readdir, readFile, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { DatasetFormatError } from '../errors.js'
import type { Judgment } from '../formats/judgment.js'
import { parseJudgment, parseRunManifest } from '../formats/parse.js'
import type { RunManifest } from '../formats/run-manifest.js'
import { parseJson, readJsonl } from './jsonl.js'
import type { RunFolder } from './run-folder.js'
import { ownRun, runOwner } from './run-lock.js'

/** The manifest of a run. @throws {DatasetFormatError} if it is missing, malformed or of a newer version */
export async function loadRunManifest(run: RunFolder): Promise<RunManifest> {
  const text = await readFile(run.manifest, 'utf8').catch((cause: unknown) => {
    throw new DatasetFormatError('expected a run manifest, found no readable file', { file: run.manifest }, { cause })
  })
  return parseRunManifest(parseJson(text, { file: run.manifest }), { file: run.manifest })
}

/**
 * The judgments of a run, in the order in which they were answered: of a presentation that was asked again, the last one
 * counts and stands in its place. A torn last line, left by a crash, is cut off after the whole lines were understood: a
 * log that this version can't read is left as it is. While a living process owns the run, its unfinished last line is left
 * alone and not read.
 *
 * @throws {DatasetFormatError} at the first whole line that is malformed or of a newer version; if the log is there in its
 * packed form only
 */
export async function loadJudgments(run: RunFolder): Promise<Judgment[]> {
  const last = new Map<string, Judgment>()
  for await (const judgment of readJudgments(run)) {
    last.delete(judgment.presentationId)
    last.set(judgment.presentationId, judgment)
  }
  await mendLog(run)
  return [...last.values()]
}

/**
 * Every line of a run's log, one at a time, as `loadJudgments` reads them: a presentation that was asked again comes again.
 * Only reads; a torn last line is left and not read.
 *
 * @throws {DatasetFormatError} as `loadJudgments`
 */
export async function* readJudgments(run: RunFolder): AsyncGenerator<Judgment> {
  if (!(await exists(run.log))) return refusePacked(run)
  const end = await endOfWholeLines(run.log)
  for await (const { value, where } of readJsonl(run.log, end)) yield parseJudgment(value, where)
}

/** A run without its log is one that was not begun, unless its judgments were packed: then they must not be asked again. */
async function refusePacked(run: RunFolder): Promise<void> {
  const file = join(run.folder, 'judgments.parquet')
  if (!(await exists(file))) return
  const message = 'found the packed judgments only, which judgelab score and judgelab sql read'
  throw new DatasetFormatError(`expected judgments.jsonl beside this file, ${message}`, { file })
}

/**
 * Cuts a torn last line off a run's log, as its owner, so that nobody can begin to write between looking and
 * cutting. Who can't own the run (somebody else does, or the folder is read-only) leaves the line: only whole lines are
 * ever read.
 */
export async function mendLog(run: RunFolder): Promise<void> {
  if (!(await exists(run.log)) || (await endOfWholeLines(run.log)) === (await stat(run.log)).size) return
  if ((await runOwner(run)) !== undefined) return
  const release = await ownRun(run).catch(() => undefined)
  if (release === undefined) return
  try {
    await cutTornLine(run.log)
  } finally {
    await release()
  }
}

/** The ids of all runs in a folder, sorted; none when the folder does not exist. */
export async function listRuns(runsFolder: string): Promise<string[]> {
  if (!(await exists(runsFolder))) return []
  const entries = await readdir(runsFolder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/**
 * Cuts an append-only log after its last newline. Returns how many bytes were cut: 0 for a log that ends well or does
 * not exist. Only who owns the log, or finds it without an owner, may call it.
 */
export async function cutTornLine(file: string): Promise<number> {
  if (!(await exists(file))) return 0
  const { size } = await stat(file)
  const end = await lastNewlineBefore(file, size)
  if (end < size) await truncate(file, end)
  return size - end
}

/** How many bytes of a log are whole lines. */
export async function endOfWholeLines(file: string): Promise<number> {
  const { size } = await stat(file)
  return lastNewlineBefore(file, size)
}

async function lastNewlineBefore(file: string, size: number): Promise<number> {
  const unreadable = (cause: Error): never => {
    throw new DatasetFormatError(
      `expected a readable file of lines, found none (${cause.message})`,
      { file },
      { cause },
    )
  }
  const handle = await open(file, 'r').catch(unreadable)
  try {
    const block = Buffer.alloc(1 << 16)
    let end = size
    while (end > 0) {
      const start = Math.max(0, end - block.length)
      const { bytesRead } = await handle.read(block, 0, end - start, start).catch(unreadable)
      const at = block.subarray(0, bytesRead).lastIndexOf(0x0a)
      if (at >= 0) return start + at + 1
      end = start
    }
    return 0
  } finally {
    await handle.close()
  }
}

/** False only when there is nothing; what is there but can't be looked at is an error, never an empty run. */
async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
