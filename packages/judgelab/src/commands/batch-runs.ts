import { ConfigError, findProject, listRuns, loadRunManifest, type RunFolder, runFolder } from '@judgelab/core'
import { hasJobs } from '../study/judges/collect-runs.js'
import { type LoadedStudy, loadStudy } from '../study/load-study.js'
import { findRun } from './find-run.js'

/** Runs whose judge was asked in files, and the study that they belong to, where its file is here. */
export interface BatchRuns {
  readonly runs: readonly { readonly runId: string; readonly folder: RunFolder }[]
  readonly study?: LoadedStudy | undefined
}

/**
 * The runs with batches that a study began, or one run by its id or the beginning of it.
 *
 * @throws {ConfigError} if it is the name of neither
 */
export async function findBatchRuns(named: string, cwd: string = process.cwd()): Promise<BatchRuns> {
  const study = await tryLoadStudy(named, cwd)
  if (study === undefined) {
    const project = findProject(cwd)
    const folder = await findRun(project, named)
    const manifest = await loadRunManifest(folder)
    const owner = await tryLoadStudy(manifest.study, cwd)
    return { runs: [{ runId: manifest.runId, folder }], study: owner }
  }
  const { project } = study
  const runs: { readonly runId: string; readonly folder: RunFolder }[] = []
  for (const runId of await listRuns(project.runs)) {
    const folder = runFolder(project.runs, runId)
    if (!hasJobs(folder)) continue
    if ((await loadRunManifest(folder)).study === study.study.name) runs.push({ runId, folder })
  }
  return { runs, study }
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
