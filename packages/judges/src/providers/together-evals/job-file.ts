import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatasetFormatError, parseJson, saveJson } from '@judgelab/core'
import { z } from 'zod'
import type { PlannedJob } from './eval-job.js'

/** An evaluation as its folder knows it: written before each step that must not be done twice. */
export interface JobFile extends PlannedJob {
  readonly formatVersion: 1
  /** Names its files, here and at the service: another one for every job, so that none is taken for another. */
  readonly key: string
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
    const job = parseJobFile(parseJson(await readFile(file, 'utf8'), { file }), file)
    if (job.judgeId === judgeId && (job.state === 'planned' || job.state === 'submitted')) jobs.push(job)
  }
  return jobs
}

export async function saveJob(folder: string, job: JobFile): Promise<JobFile> {
  await saveJson(jobPath(folder, job.key), job)
  return job
}

function jobPath(folder: string, key: string): string {
  return join(folder, `${key}${SUFFIX}`)
}

const jobFileSchema: z.ZodType<JobFile> = z.strictObject({
  formatVersion: z.literal(1),
  judgeId: z.string(),
  key: z.string(),
  isBothOrders: z.boolean(),
  rows: z.array(
    z.strictObject({
      row: z.record(z.string(), z.string()),
      original: z.array(z.string()),
      flipped: z.array(z.string()),
    }),
  ),
  fileId: z.string().optional(),
  workflowId: z.string().optional(),
  state: z.enum(['planned', 'submitted', 'imported', 'failed']),
})

/** @throws {DatasetFormatError} for what is no such file */
function parseJobFile(value: unknown, file: string): JobFile {
  const read = jobFileSchema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const field = issue?.path.join('.')
  throw new DatasetFormatError(`expected the file of an evaluation that was begun, found another (${issue?.message})`, {
    file,
    ...(field === undefined ? {} : { field }),
  })
}
