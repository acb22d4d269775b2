import { open, readdir, readFile, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { DatasetFormatError } from '../errors.js'
import type { Judgment } from '../formats/judgment.js'
import { parseJudgment, parseRunManifest } from '../formats/parse.js'
import type { RunManifest } from '../formats/run-manifest.js'
import { parseJson, readJsonl } from './jsonl.js'
import { runOwner } from './run-lock.js'

/** The files of one run, below `runs/<run id>/`. */
export interface RunFolder {
  readonly folder: string
  readonly manifest: string
  readonly log: string
}

/** Where a run lives. */
export function runFolder(runsFolder: string, runId: string): RunFolder {
  const folder = join(runsFolder, runId)
  return { folder, manifest: join(folder, 'manifest.json'), log: join(folder, 'judgments.jsonl') }
}

/** The manifest of a run. @throws {DatasetFormatError} if it is missing, malformed or of a newer version */
export async function loadRunManifest(run: RunFolder): Promise<RunManifest> {
  const text = await readFile(run.manifest, 'utf8').catch((cause: unknown) => {
    throw new DatasetFormatError('expected a run manifest, found no readable file', { file: run.manifest }, { cause })
  })
  return parseRunManifest(parseJson(text, { file: run.manifest }), { file: run.manifest })
}

/**
 * The judgments of a run, in the order in which they were answered. A torn last line, left by a crash, is cut off first;
 * while a living process owns the run, its unfinished last line is left alone and not read.
 *
 * @throws {DatasetFormatError} at the first whole line that is malformed
 */
export async function loadJudgments(run: RunFolder): Promise<Judgment[]> {
  const judgments: Judgment[] = []
  if (!(await exists(run.log))) return judgments
  if ((await runOwner(run)) === undefined) await cutTornLine(run.log)
  const end = await endOfWholeLines(run.log)
  for await (const { value, where } of readJsonl(run.log, end)) judgments.push(parseJudgment(value, where))
  return judgments
}

/** The ids of all runs in a folder, sorted; none when the folder does not exist. */
export async function listRuns(runsFolder: string): Promise<string[]> {
  const entries = await readdir(runsFolder, { withFileTypes: true }).catch(() => [])
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
  const end = await endOfWholeLines(file)
  if (end < size) await truncate(file, end)
  return size - end
}

async function endOfWholeLines(file: string): Promise<number> {
  const { size } = await stat(file)
  return lastNewlineBefore(file, size)
}

async function lastNewlineBefore(file: string, size: number): Promise<number> {
  const handle = await open(file, 'r')
  try {
    const block = Buffer.alloc(1 << 16)
    let end = size
    while (end > 0) {
      const start = Math.max(0, end - block.length)
      const { bytesRead } = await handle.read(block, 0, end - start, start)
      const at = block.subarray(0, bytesRead).lastIndexOf(0x0a)
      if (at >= 0) return start + at + 1
      end = start
    }
    return 0
  } finally {
    await handle.close()
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}
