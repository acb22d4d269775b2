import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { saveJson } from '@judgelab/core'
import type { ReportFile } from './render-report.js'

/** The list of a report's files, beside them: what the next report of the folder may take away. */
const LIST = 'files.json'

/**
 * Writes a report's files into a folder. Files that an earlier report wrote there and this one has not are removed;
 * nothing else is touched.
 *
 * @param onFile told after each file
 * @returns the paths of all files, absolute
 */
export async function saveReport(
  folder: string,
  files: readonly ReportFile[],
  onFile?: (done: number, total: number) => void,
): Promise<string[]> {
  const paths = [...files.map(({ path }) => path), LIST]
  for (const old of await listedFiles(folder)) if (!paths.includes(old)) await rm(join(folder, old), { force: true })
  for (const [at, { path, content }] of files.entries()) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
    onFile?.(at + 1, files.length)
  }
  await saveJson(join(folder, LIST), { formatVersion: 1, files: paths })
  return paths.map((path) => join(folder, path))
}

/** The files that the last report wrote into a folder, as paths below it; none where there was none. */
export async function listedFiles(folder: string): Promise<string[]> {
  try {
    const { files } = JSON.parse(await readFile(join(folder, LIST), 'utf8')) as { files?: unknown }
    return Array.isArray(files) ? files.filter(isInside) : []
  } catch {
    return []
  }
}

/** A path that stays in its folder, whoever wrote the list. */
function isInside(path: unknown): path is string {
  return typeof path === 'string' && /^(?:[\w-]+\/)*[\w.-]+$/.test(path) && !path.split('/').includes('..')
}
