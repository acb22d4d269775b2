import { join } from 'node:path'
import { ConfigError, readJsonl, saveText } from '@judgelab/core'
import { checkTrlTuning, trlTrainingFiles } from '../exports/trl-training.js'
import type { TuningBackend, TuningJob } from './backend.js'
import { takeJob } from './earlier-jobs.js'
import { jobKeyOf, loadJob, saveJob, tryLoadJob } from './job-file.js'
import { logNew } from './job-log.js'
import { bothFiles, writePairFiles } from './pair-files.js'
import { tunedElsewhere } from './tuned-elsewhere.js'

/**
 * DPO by TRL on GPUs of one's own: the backend writes what is needed there, and waits for nobody. A finished model comes
 * back by `importTunedModel`.
 */
export function createTrlBackend(): TuningBackend {
  return {
    validate: async ({ parameters }) => checkTrlTuning(parameters),
    estimate: async () => ({
      priceUsd: 0,
      trainTokens: null,
      validationTokens: null,
      reason: 'it is trained on machines of your own',
    }),
    start: async (request) => {
      const { parameters, model, folder, pairs } = request
      const files = await writePairFiles(request, { format: 'trl-conversational', type: 'parquet' })
      const key = await jobKeyOf([model, { ...parameters, name: '', label: '' }], bothFiles(files))
      const held = await takeJob(folder, key)
      if (held !== undefined) return held
      const written = trlTrainingFiles({ tuning: parameters, model, pairs: pairs.train.length })
      for (const [name, text] of Object.entries(written)) await saveText(join(folder, name), text)
      return saveJob(folder, {
        formatVersion: 1,
        backend: 'trl',
        key,
        name: parameters.name,
        model,
        status: 'exported',
      })
    },
    resume: loadJob,
    watch: loadJob,
    result: tunedElsewhere,
    cancel: async (folder) => saveJob(folder, { ...(await loadJob(folder)), status: 'cancelled' }),
  }
}

/** A model that was tuned elsewhere, on its way back into a study. */
export interface ImportedModel {
  /** The name that its server knows it by. */
  readonly model: string
  /** The base URL of an OpenAI-compatible server. */
  readonly baseUrl?: string | undefined
  /** The environment variable with that server's key, where it wants one. */
  readonly keyEnv?: string | undefined
  /** JSONL of metrics, one object a step, as TRL's trainer logs them. */
  readonly metricsFile?: string | undefined
}

/**
 * Writes down that a job's model is there, and where.
 *
 * @throws {ConfigError} if there is no job that waits for a model
 */
export async function importTunedModel(folder: string, imported: ImportedModel): Promise<TuningJob> {
  const job = await tryLoadJob(folder)
  if (job === undefined || (job.status !== 'exported' && job.status !== 'completed'))
    throw new ConfigError(`expected a job that was written out for training, found ${job?.status ?? 'none'}`, folder)
  if (imported.metricsFile !== undefined) await keepMetrics(folder, imported.metricsFile)
  return saveJob(folder, {
    ...job,
    status: 'completed',
    tunedModel: imported.model,
    ...(imported.baseUrl === undefined ? {} : { baseUrl: imported.baseUrl }),
    ...(imported.keyEnv === undefined ? {} : { keyEnv: imported.keyEnv }),
    endedAt: new Date().toISOString(),
  })
}

async function keepMetrics(folder: string, file: string): Promise<void> {
  const rows: object[] = []
  for await (const { value, where } of readJsonl(file)) {
    if (value === null || typeof value !== 'object')
      throw new ConfigError('expected an object of figures, found another value', `${where.file}:${where.line ?? 1}`)
    rows.push(value)
  }
  await logNew(folder, 'metrics', rows)
}
