import { copyFile, link, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { findTogetherFile, type TogetherClient, uploadToTogether, waitForTogetherFile } from '@judgelab/services'
import type { TuningJob, WatchOptions } from '../backend.js'
import { saveJob } from '../job-file.js'
import type { PairFiles } from '../pair-files.js'

/**
 * Uploads what the service does not have of a job's files, and waits until it has looked through them. Each id is written down
 * as soon as it is known, and forgotten again when the file is not accepted: the next start finds the file by its name, unless it
 * was refused.
 *
 * @throws {Error} with what the service says of a file that it refuses
 */
export async function withUploads(
  client: TogetherClient,
  folder: string,
  begun: TuningJob,
  { training, validation }: PairFiles,
  options: WatchOptions,
): Promise<TuningJob> {
  let job = begun
  const upload = async (field: FileField, file: string, side: string): Promise<void> => {
    if (job[field] !== undefined) return
    options.onStatus?.(`uploading ${side} pairs`)
    const name = `${job.key}-${side}.jsonl`
    const id =
      (await findTogetherFile(client, name, 'fine-tune')) ?? (await uploadAs(client, file, join(folder, name), options))
    job = await saveJob(folder, { ...job, [field]: id })
  }
  await upload('trainingFileId', training, 'training')
  if (validation !== undefined) await upload('validationFileId', validation, 'validation')
  options.onStatus?.('waiting until the service has looked through the files')
  const refusals: unknown[] = []
  for (const field of ['trainingFileId', 'validationFileId'] as const) {
    const { [field]: id, ...rest } = job
    if (id === undefined) continue
    try {
      await waitForTogetherFile(client, id, { signal: options.signal, firstMs: options.firstPauseMs })
    } catch (error) {
      options.signal?.throwIfAborted()
      refusals.push(error)
      job = await saveJob(folder, rest)
    }
  }
  if (refusals.length > 0) throw refusals[0]
  return job
}

type FileField = 'trainingFileId' | 'validationFileId'

/** The service names a file as its path ends: it goes under a second name that holds the job's key. */
async function uploadAs(
  client: TogetherClient,
  file: string,
  named: string,
  { signal }: WatchOptions,
): Promise<string> {
  await rm(named, { force: true })
  await link(file, named).catch(() => copyFile(file, named))
  try {
    return await uploadToTogether(client, named, 'fine-tune', signal)
  } finally {
    await rm(named, { force: true })
  }
}
