import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError, type RunFolder } from '@judgelab/core'
import { type RunReport, runJudge } from '@judgelab/judges'
import type { StudyContext } from '../context.js'
import { loadStudyData, type StudyData } from '../prepare.js'
import { tune } from '../tuning/tune.js'
import { type StudyContender, tunedJudge, untunedJudges } from './contenders.js'
import { runOf, runRequestOf } from './judge-step.js'

/** What was taken into one run. */
export interface CollectedRun {
  readonly runId: string
  readonly judge: string
  readonly taken: number
  readonly done: number
  readonly total: number
  readonly failures: RunReport['failures']
  readonly costUsd: number | null
  /** Why no more was taken, where the service said something. */
  readonly message: string | null
}

/**
 * Takes what the batches of a study have answered into its runs: nothing is submitted, nothing waited for.
 *
 * @param only run ids; the others are left
 */
export async function collectRuns(context: StudyContext, only: ReadonlySet<string>): Promise<CollectedRun[]> {
  const data = await loadStudyData(context)
  const collected: CollectedRun[] = []
  for (const contender of await contendersOf(context, data)) {
    const { run } = runOf(context, contender, data)
    if (!only.has(run.runId) || !('collect' in contender.judge) || !hasJobs(run.folder)) continue
    context.progress.start(`Collecting ${contender.name}`)
    const report = await runJudge({ ...(await runRequestOf(context, contender, data)), isTaking: true })
    context.progress.finish(`${report.asked} taken, ${report.done} of ${report.total} judged`)
    const { done, total, failures, asked: taken, costUsd = null, stopped } = report
    const message = stopped !== undefined && 'message' in stopped ? stopped.message : null
    collected.push({ runId: run.runId, judge: contender.name, taken, done, total, failures, costUsd, message })
  }
  return collected
}

/** Whether anything of a run was ever submitted in files. */
export function hasJobs({ folder }: RunFolder): boolean {
  return existsSync(join(folder, 'jobs'))
}

/** The study's judges, and those that it has tuned already. */
async function contendersOf(context: StudyContext, data: StudyData): Promise<StudyContender[]> {
  const contenders = await untunedJudges(context, data)
  for (const parameters of context.loaded.study.tuning) {
    if (data.pairs === null) break
    const tuned = await tune(context, parameters, data.pairs).catch((error: unknown) => {
      if (error instanceof ConfigError) return undefined
      throw error
    })
    if (tuned !== undefined) contenders.push(await tunedJudge(context, data, parameters.name, tuned))
  }
  return contenders
}
