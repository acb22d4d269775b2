import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseJson, saveJson } from '@judgelab/core'
import type { PlannedJob } from './eval-job.js'

/** An evaluation as its folder knows it: written before each step that must not be done twice. */
export interface JobFile extends PlannedJob {
  readonly formatVersion: 1
  readonly judgeId: string
  /** Of the uploaded dataset. */
  readonly fileId?: string | undefined
  /** Of the evaluation. */
  readonly workflowId?: string | undefined
  /** `failed`: the service gave it up, and what it lacks is submitted anew. */
  readonly state: 'planned' | 'submitted' | 'imported' | 'failed'
}

const SUFFIX = '.evaluation.json'

/** Jobs of a judge that were begun and neither imported nor given up, by any process. */
export async function loadOpenJobs(folder: string, judgeId: string): Promise<readonly JobFile[]> {
  const names = existsSync(folder) ? (await readdir(folder)).filter((name) => name.endsWith(SUFFIX)).sort() : []
  const jobs: JobFile[] = []
  for (const name of names) {
    const file = join(folder, name)
    const job = parseJson(await readFile(file, 'utf8'), { file }) as JobFile
    if (job.judgeId === judgeId && (job.state === 'planned' || job.state === 'submitted')) jobs.push(job)
  }
  return jobs
}

/** A name for a job that no other in the folder has. */
export function freeKey(folder: string, key: string): string {
  let free = key
  for (let attempt = 2; existsSync(jobPath(folder, free)); attempt++) free = `${key}-${attempt}`
  return free
}

export async function saveJob(folder: string, job: JobFile): Promise<JobFile> {
  await saveJson(jobPath(folder, job.key), job)
  return job
}

function jobPath(folder: string, key: string): string {
  return join(folder, `${key}${SUFFIX}`)
}
