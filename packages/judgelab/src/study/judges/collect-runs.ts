import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError, type RunFolder, strategiesOf } from '@judgelab/core'
import { type RunReport, runJudge } from '@judgelab/judges'
import type { StudyContext } from '../context.js'
import { buildInMemory } from '../pairs-step.js'
import { loadCommandData, loadStudyData, type StudyData } from '../prepare.js'
import { tune } from '../tuning/tune.js'
import { ASKED_BY } from './asked-by.js'
import { type StudyContender, tunedJudge, untunedJudges } from './contenders.js'
import { runOf, runRequestOf } from './judge-step.js'
import { pairSources, type SamplingRun, samplingRun } from './judging-questions.js'
import { judgeInLockstep } from './lockstep-step.js'

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

/** A run that may have been submitted: who is asked, for what, and in which setting. */
type SubmittedRun = Pick<SamplingRun, 'context' | 'contender' | 'data'>

/**
 * Takes what the batches of a study, or of a `judgelab judge` command, have answered into its runs: nothing is submitted,
 * nothing waited for.
 *
 * @param only the id of one run; the others are left
 */
export async function collectRuns(context: StudyContext, only?: string): Promise<CollectedRun[]> {
  const collected: CollectedRun[] = []
  for await (const submitted of submittedRuns(context)) {
    const { runId } = runOf(submitted.context, submitted.contender, submitted.data).run
    if (only === undefined || only === runId) collected.push(await collectRun(submitted))
  }
  return collected
}

async function collectRun({ context, contender, data }: SubmittedRun): Promise<CollectedRun> {
  context.progress.start(`Collecting ${contender.name}`)
  const report = await runJudge({ ...(await runRequestOf(context, contender, data)), isTaking: true })
  context.progress.finish(`${report.asked} taken, ${report.done} of ${report.total} judged`)
  const { done, total, failures, asked: taken, costUsd = null, stopped } = report
  const message = stopped !== undefined && 'message' in stopped ? stopped.message : null
  const { runId } = runOf(context, contender, data).run
  return { runId, judge: contender.name, taken, done, total, failures, costUsd, message }
}

/** Whether anything of a run was ever submitted in files. */
export function hasJobs({ folder }: RunFolder): boolean {
  const jobs = join(folder, 'jobs')
  return existsSync(jobs) && readdirSync(jobs).some((name) => name !== ASKED_BY)
}

/**
 * Every run that was submitted in files. The sampling of critiques comes first, and is collected before the others are looked
 * for: the judges that are tuned on those pairs are known only when all of it is there.
 */
async function* submittedRuns(context: StudyContext): AsyncGenerator<SubmittedRun> {
  for await (const run of runsOf(context))
    if ('collect' in run.contender.judge && hasJobs(runOf(run.context, run.contender, run.data).run.folder)) yield run
}

async function* runsOf(context: StudyContext): AsyncGenerator<SubmittedRun> {
  if (context.loaded.request !== undefined) {
    const data = await loadCommandData(context)
    for (const contender of await untunedJudges(context, data)) yield { context, contender, data }
    return
  }
  const data = await loadStudyData(context)
  const { pairs } = context.loaded.study
  if (pairs !== undefined && strategiesOf(pairs).includes('critiques'))
    yield await samplingRun(context, data.benchmark, data.split, pairs)
  const contenders = await contendersOf(context, data)
  const lockstep = await whereDone(judgeInLockstep(context, contenders, data))
  const judged = lockstep === undefined ? data : { ...data, comparisons: lockstep.comparisons }
  for (const contender of contenders) yield { context, contender, data: judged }
}

/** The study's judges, and those that it has tuned already. */
async function contendersOf(context: StudyContext, data: StudyData): Promise<StudyContender[]> {
  const contenders = await untunedJudges(context, data)
  const pairs = context.loaded.study.tuning.length === 0 ? null : await pairsOf(context, data)
  for (const parameters of context.loaded.study.tuning) {
    if (pairs === null) break
    const tuned = await whereDone(tune(context, parameters, pairs))
    if (tuned !== undefined) contenders.push(await tunedJudge(context, data, parameters.name, tuned))
  }
  return contenders
}

/** All pairs that the study's tunings learn from; null where critiques are among them that are not sampled yet. */
async function pairsOf(context: StudyContext, { benchmark, split, pairs }: StudyData): Promise<StudyData['pairs']> {
  const asked = context.loaded.study.pairs
  if (asked === undefined || !strategiesOf(asked).includes('critiques')) return pairs
  const sources = pairSources(context, asked, benchmark, split)
  const built = sources.then((found) => buildInMemory(context, asked, { benchmark, split, sources: found }))
  return (await whereDone(built)) ?? null
}

/** What a step comes to; undefined where it is still to be done, which is not done here. */
function whereDone<T>(step: Promise<T>): Promise<T | undefined> {
  return step.catch((error: unknown) => {
    if (error instanceof ConfigError) return undefined
    throw error
  })
}
