import type { TunedModel, TuningJob } from './backend.js'
import { hasFailed } from './earlier-jobs.js'
import { loadJob } from './job-file.js'
import { loggedRows } from './job-log.js'
import { trainingCurves } from './training-curves.js'

/** What a job elsewhere came to. @throws {Error} saying how the job stands and what to do, if it is not completed */
export async function tunedElsewhere(folder: string): Promise<TunedModel> {
  const job = await loadJob(folder)
  const { status, tunedModel, baseUrl, keyEnv } = job
  if (status !== 'completed' || tunedModel === undefined) throw new Error(await unfinished(job, folder))
  const warnings = await warningsOf(folder)
  return { weights: tunedModel, model: tunedModel, baseUrl, keyEnv, warnings, ...(await trainingCurves(folder)) }
}

async function warningsOf(folder: string): Promise<string[]> {
  const events = await loggedRows(folder, 'events')
  return [...new Set(events.flatMap(({ level, message }) => (level === 'warning' ? String(message) : [])))]
}

async function unfinished(job: TuningJob, folder: string): Promise<string> {
  const { status, name, jobId } = job
  const which = `tuning ${name}${jobId === undefined ? '' : ` (job ${jobId})`}`
  if (status === 'exported')
    return `${which} is written out and not yet trained: ${folder} holds the files and the commands; then judgelab tune import`
  if (hasFailed(job))
    return `${which} ended as ${status}${await reasonOf(folder)}; its events are in ${folder}/events.jsonl. judgelab tune retry starts another job`
  return `${which} is not done, it is ${status}; judgelab tune watch waits for it`
}

/** What the service says of a failure, where it says something. */
async function reasonOf(folder: string): Promise<string> {
  const events = await loggedRows(folder, 'events')
  const said = events.findLast(({ type }) => type === 'job_error')?.message
  return typeof said === 'string' ? ` (${said})` : ''
}
