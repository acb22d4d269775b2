import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { ConfigError, findProject, listRuns, type Project, type RunFolder, runFolder } from '@judgelab/core'

/**
 * The folder of a run: by its path, wherever that is, or by its id, or the beginning of one, in the project around `cwd`.
 *
 * @throws {ConfigError} if no run, or more than one, is called so, or there is no project to look in
 */
export async function findRun(named: string, cwd: string = process.cwd()): Promise<RunFolder> {
  const there = runFolderAt(named, cwd)
  if (there !== undefined) return there
  const { runs } = findProject(cwd)
  const ids = await listRuns(runs)
  const matching = ids.includes(named) ? [named] : ids.filter((id) => id.startsWith(named))
  if (matching.length !== 1)
    throw new ConfigError(
      `expected the id of one run, how it begins, or its folder; found ${matching.length === 0 ? `none of ${ids.length} runs` : matching.join(', ')}`,
      named,
    )
  return runFolder(runs, matching[0] as string)
}

/** The run whose folder a path names; undefined where there is none. */
export function runFolderAt(named: string, cwd: string = process.cwd()): RunFolder | undefined {
  const path = resolve(cwd, named)
  const at = runFolder(dirname(path), basename(path))
  return existsSync(at.manifest) ? at : undefined
}

/**
 * The project that a run belongs to, and where it lies in none, such as a copy of it, the one around `cwd`.
 *
 * @throws {ConfigError} if there is neither
 */
export function projectOfRun({ folder }: RunFolder, cwd: string = process.cwd()): Project {
  try {
    return findProject(folder)
  } catch {
    return findProject(cwd)
  }
}
