import { statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { ConfigError } from '../errors.js'

/** Where a project keeps what. All paths are absolute. */
export interface Project {
  readonly root: string
  readonly data: string
  readonly studies: string
  readonly notebooks: string
  /** Judging prompts, one file each. */
  readonly prompts: string
  /** One folder a run: manifest and judgment log. */
  readonly runs: string
  /** One folder a study: split, pairs, tuned weights, results, and what each step last ran on. */
  readonly artifacts: string
  /** What services answered, by request: what was paid for is not asked again. Safe to delete. */
  readonly cache: string
  /** One folder a study: the page, executed notebooks, results. */
  readonly reports: string
}

/** The project whose root is the given folder. */
export function projectAt(root: string): Project {
  const at = (name: string): string => join(resolve(root), name)
  return {
    root: resolve(root),
    data: at('data'),
    studies: at('studies'),
    notebooks: at('notebooks'),
    prompts: at('prompts'),
    runs: at('runs'),
    artifacts: at('artifacts'),
    cache: at('cache'),
    reports: at('reports'),
  }
}

/** The nearest folder, from `start` upwards, that holds `studies/`. @throws {ConfigError} if there is none */
export function findProject(start: string = process.cwd()): Project {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (isFolder(join(folder, 'studies'))) return projectAt(folder)
    if (folder === dirname(folder))
      throw new ConfigError('expected a project (a folder with studies/) here or above', resolve(start))
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
