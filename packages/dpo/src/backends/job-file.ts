import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatasetFormatError, digest, parseJson, saveJson } from '@judgelab/core'
import { fileSha256 } from '../exports/write-file.js'
import { JOB_BACKENDS, JOB_STATUSES, type TuningJob } from './backend.js'

/** Digest of what is tuned and how, as the backend would be told it, and of the bytes of the pairs' files. */
export async function jobKeyOf(told: unknown, files: readonly string[]): Promise<string> {
  return digest([told, await Promise.all(files.map(fileSha256))]).slice(0, 24)
}

/** Where a job stands in its folder. */
export function jobFile(folder: string): string {
  return join(folder, 'job.json')
}

/** Writes where a job is, in one step. */
export async function saveJob(folder: string, job: TuningJob): Promise<TuningJob> {
  await mkdir(folder, { recursive: true })
  await saveJson(jobFile(folder), job)
  return job
}

/** @throws {DatasetFormatError} if there is no job, or it is malformed or of a newer version */
export async function loadJob(folder: string): Promise<TuningJob> {
  const job = await tryLoadJob(folder)
  if (job === undefined)
    throw new DatasetFormatError('expected a tuning job, found no readable file', { file: jobFile(folder) })
  return job
}

/** The job of a folder; undefined where none was begun. @throws {DatasetFormatError} as `loadJob` */
export async function tryLoadJob(folder: string): Promise<TuningJob | undefined> {
  const file = jobFile(folder)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return checked(parseJson(text, { file }), file)
}

function checked(value: unknown, file: string): TuningJob {
  const job = (value ?? {}) as Partial<Record<keyof TuningJob, unknown>>
  const need = (field: keyof TuningJob, expected: string, isRight: boolean): void => {
    if (!isRight)
      throw new DatasetFormatError(`expected ${expected}, found ${JSON.stringify(job[field]) ?? 'nothing'}`, {
        file,
        field,
      })
  }
  const oneOf = (field: keyof TuningJob, known: readonly string[]): void =>
    need(field, `one of ${known.join(', ')}`, known.includes(job[field] as string))
  need('formatVersion', 'version 1', job.formatVersion === 1)
  oneOf('status', JOB_STATUSES)
  oneOf('backend', JOB_BACKENDS)
  for (const field of ['key', 'name', 'model'] as const) need(field, 'a text', typeof job[field] === 'string')
  return value as TuningJob
}
