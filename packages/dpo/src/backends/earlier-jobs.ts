import { mkdir, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { LOCK } from '@judgelab/core'
import type { TuningJob } from './backend.js'
import { tryLoadJob } from './job-file.js'

/** Statuses of a paid job that nothing comes of any more. */
const WITHOUT_RESULT: readonly string[] = ['error', 'cancelled']

/** Whether a job ended without a model. */
export function hasFailed({ status }: Pick<TuningJob, 'status'>): boolean {
  return WITHOUT_RESULT.includes(status)
}

/**
 * Moves what stands of a folder's job to `earlier/<n>/`, so that another one may be started in its place and nothing is lost:
 * its id, events, metrics and files.
 */
export async function setAsideJob(folder: string): Promise<void> {
  const earlier = join(folder, EARLIER)
  await mkdir(earlier, { recursive: true })
  const place = join(earlier, String((await readdir(earlier)).length + 1))
  await moveAll(folder, place)
}

/**
 * The job of that key, which then is the folder's: the one that stands there, or an earlier one that data and parameters have
 * come back to. Another job that stands there is set aside. Undefined where there was none yet.
 */
export async function takeJob(folder: string, key: string): Promise<TuningJob | undefined> {
  const held = await tryLoadJob(folder)
  if (held?.key === key) return held
  const earlier = await earlierOf(folder, key)
  if (held !== undefined) await setAsideJob(folder)
  if (earlier === undefined) return undefined
  await moveAll(earlier, folder)
  return tryLoadJob(folder)
}

const EARLIER = 'earlier'
/** The pairs of a request, which the folder's next job may share. */
const PAIR_FILE = /^(train|validation)\.(jsonl|parquet)$/

/** Where the newest earlier job of that key stands which something may still come of. */
async function earlierOf(folder: string, key: string): Promise<string | undefined> {
  const places = await readdir(join(folder, EARLIER)).catch(() => [])
  const newestFirst = places.sort((a, b) => Number(b) - Number(a))
  for (const name of newestFirst) {
    const place = join(folder, EARLIER, name)
    const job = await tryLoadJob(place)
    if (job?.key === key && !hasFailed(job)) return place
  }
  return undefined
}

/** Moves what is of a job alone; `job.json` last, so that after a crash the job is where it was, and can be moved on. */
async function moveAll(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  const names = (await readdir(from)).filter(
    (name) => name !== EARLIER && !name.startsWith(LOCK) && !PAIR_FILE.test(name),
  )
  const lastJob = names.sort((a, b) => Number(a === 'job.json') - Number(b === 'job.json'))
  for (const name of lastJob) await rename(join(from, name), join(to, name))
}
