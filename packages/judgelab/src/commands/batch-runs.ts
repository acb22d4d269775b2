import {
  ConfigError,
  findProject,
  listRuns,
  loadRunManifest,
  type Project,
  type RunFolder,
  runFolder,
} from '@judgelab/core'
import { type Asker, askersOf } from '../study/judges/asked-by.js'
import { hasJobs } from '../study/judges/collect-runs.js'
import { type LoadedStudy, loadStudy } from '../study/load-study.js'
import { findRun, runFolderAt } from './find-run.js'
import { commandStudy } from './judge-request.js'

/** A run whose judge was asked in files. */
export interface BatchRun {
  readonly runId: string
  readonly folder: RunFolder
}

/** What somebody named: all runs that a study had submitted, or one run. */
export type Named =
  | { readonly runs: readonly BatchRun[]; readonly study: LoadedStudy }
  | { readonly runs: readonly [BatchRun]; readonly study?: undefined }

/**
 * The runs that a study had submitted, or one run: by its id, the beginning of it, or its folder.
 *
 * @throws {ConfigError} if it is the name of neither
 */
export async function findBatchRuns(named: string, cwd: string = process.cwd()): Promise<Named> {
  const at = runFolderAt(named, cwd)
  if (at !== undefined) return { runs: [await batchRunAt(at)] }
  const study = await tryLoadStudy(named, cwd)
  if (study === undefined) return { runs: [await batchRunAt(await findRun(named, cwd))] }
  return { runs: await runsOfStudy(study), study }
}

async function batchRunAt(folder: RunFolder): Promise<BatchRun> {
  return { runId: (await loadRunManifest(folder)).runId, folder }
}

/** Those that it began, and those of others that it had submitted too. */
async function runsOfStudy({ project, study: { name } }: LoadedStudy): Promise<BatchRun[]> {
  const runs: BatchRun[] = []
  for (const id of await listRuns(project.runs)) {
    const folder = runFolder(project.runs, id)
    if (!hasJobs(folder)) continue
    const { runId, study } = await loadRunManifest(folder)
    if (study === name || (await askersOf(folder)).some((asker) => asker.study === name)) runs.push({ runId, folder })
  }
  return runs
}

/**
 * Who had a run submitted, last first: studies whose files are here, and `judgelab judge` commands.
 *
 * @throws {ConfigError} if there is none of them any more
 */
export async function whoAsked({ runId, folder }: BatchRun, cwd: string = process.cwd()): Promise<LoadedStudy[]> {
  const project = findProject(cwd)
  const begunBy: Asker = { study: (await loadRunManifest(folder)).study }
  const askers = [...(await askersOf(folder)).toReversed(), begunBy]
  const found: LoadedStudy[] = []
  for (const asker of askers) {
    const study = await studyOf(asker, project, cwd)
    if (study !== undefined) found.push(study)
  }
  if (found.length > 0) return found
  throw new ConfigError(
    `expected a run of a study whose file is here, found one of ${askers.map(({ study }) => `"${study}"`).join(', ')}`,
    runId,
  )
}

async function studyOf({ study, request }: Asker, project: Project, cwd: string): Promise<LoadedStudy | undefined> {
  return request === undefined ? tryLoadStudy(study, cwd) : commandStudy(request, project)
}

/** Undefined where no study is called so; a study that is there and wrong is an error. */
async function tryLoadStudy(named: string, cwd: string): Promise<LoadedStudy | undefined> {
  try {
    return await loadStudy(named, cwd)
  } catch (error) {
    if (error instanceof ConfigError && error.path === named) return undefined
    throw error
  }
}
