import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  ConfigError,
  DatasetFormatError,
  JudgeCallError,
  type JudgeSpec,
  judgeId,
  type ModelRegistry,
  type StudyJudge,
  saveText,
  suggestion,
  toJsonl,
} from '@judgelab/core'
import {
  createTogetherClient,
  findTogetherFile,
  keyNamed,
  pollUntil,
  type TogetherClient,
  uploadToTogether,
  waitForTogetherFile,
} from '@judgelab/services'
import type { BulkAnswer, BulkCall, BulkJudge } from '../../judge.js'
import { toCallError } from '../call-error.js'
import { baseUrlOf, type Environment, keyOf, ownBaseUrl } from '../connection.js'
import { pricesOf } from '../model-facts.js'
import { planJobs } from './eval-job.js'
import { type JobFile, loadOpenJobs, saveJob } from './job-file.js'
import { readResults } from './read-results.js'
import { columnsOf } from './template-columns.js'

/** What a judge in Together's evaluation service is made of. */
export interface TogetherEvalsOptions {
  /** A judge of a study, of provider together-evals, mode pairwise. */
  readonly asked: StudyJudge
  /**
   * The judge's system prompt, a Jinja2 template that may name `prompt`, `subset` and `reference`. The service shows the
   * two responses and asks for JSON in its own words.
   */
  readonly template: string
  readonly registry: ModelRegistry
  readonly env: Environment
  /** As of `createServiceJudge`. */
  readonly standIn?: { readonly baseUrl: string; readonly key: string; readonly name: string } | undefined
  /** First and longest pause between two looks at a job, in milliseconds; 2,000 and 30,000 where nothing is said. */
  readonly pauses?: { readonly firstMs: number; readonly longestMs: number } | undefined
}

/** Looks that may fail one after another before waiting is given up. */
const MOST_FAILED_LOOKS = 5
/** Attempts at a result file: one that is cut off or spoiled on its way is fetched again. */
const DOWNLOADS = 3

/**
 * A judge in Together's evaluation service, type compare: the service that the published experiment used. A dataset is
 * uploaded, the service judges each row with A first and with B first, and both passes come back as judgments. Pairs of
 * which one order is asked are judged in one pass.
 *
 * The job's folder holds what was uploaded, the ids of file and job, and the result file. A later start goes on from there:
 * nothing is uploaded or submitted twice, even when the process ended between doing and noting it.
 *
 * @throws {ConfigError} for a missing key (naming the variable), another mode, or a setting that there is not
 */
export function createTogetherEvalsJudge(options: TogetherEvalsOptions): BulkJudge {
  const { asked, template, registry, env, standIn } = options
  const { name, provider, model, mode } = asked
  if (mode !== 'pairwise')
    throw new ConfigError(`expected mode pairwise of provider ${provider}, found ${mode}`, `judges.${name}.mode`)
  const settings = evalSettings(asked)
  const columns = columnsOf(template)
  const baseUrl = standIn?.baseUrl ?? baseUrlOf(asked, env)
  const address = standIn?.name ?? baseUrl
  const apiKey = standIn?.key ?? (keyOf(asked, env) as string)
  const externalKey =
    settings.source === 'external'
      ? keyNamed(settings.externalKeyEnv ?? 'OPENAI_API_KEY', `the external model of judge ${name}`, env)
      : undefined
  const spec: JudgeSpec = {
    provider,
    model,
    mode,
    ...(address === ownBaseUrl(provider) ? {} : { baseUrl: address }),
    prompt: template,
    settings: { ...settings },
  }
  const id = judgeId(spec)
  const client = createTogetherClient({ apiKey, baseUrl })
  const work: Work = { client, id, template, model, settings, externalKey, pauses: options.pauses ?? PAUSES }
  return {
    name,
    id,
    spec,
    prices: pricesOf(registry, settings.source === 'external' ? 'openai' : provider, model, asked.prices),
    atMost: ({ shown }) => ({
      inputTokens: SERVICE_TOKENS + Buffer.byteLength(template) + Buffer.byteLength(JSON.stringify(shown)),
      outputTokens: settings.maxTokens,
    }),
    collect: (calls, { folder, signal, onStatus = () => {} }) =>
      collect(work, calls, { folder, signal, columns, onStatus }, (error) =>
        toCallError(error, { judgeId: id, service: provider, key: apiKey, signal, now: Date.now() }),
      ),
  }
}

const PAUSES = { firstMs: 2000, longestMs: 30_000 }
/** What the service's own instruction adds to a prompt, at the most. */
const SERVICE_TOKENS = 1024

interface EvalSettings {
  readonly temperature: number
  readonly maxTokens: number
  readonly source: 'serverless' | 'dedicated' | 'external'
  readonly workers?: number
  readonly externalBaseUrl?: string
  readonly externalKeyEnv?: string
}

const SETTINGS: Readonly<Record<keyof EvalSettings, (value: unknown) => boolean>> = {
  temperature: (value) => typeof value === 'number' && value >= 0 && value <= 2,
  maxTokens: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
  source: (value) => value === 'serverless' || value === 'dedicated' || value === 'external',
  workers: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
  externalBaseUrl: (value) => typeof value === 'string' && /^https?:\/\/[^@\s]+$/.test(value),
  externalKeyEnv: (value) => typeof value === 'string' && /^[A-Za-z_]\w*$/.test(value),
}

/** The service's own defaults, written down: temperature 0.05, 32,768 tokens, a serverless model. */
function evalSettings({ name, settings }: StudyJudge): EvalSettings {
  const known = Object.keys(SETTINGS)
  for (const [key, value] of Object.entries(settings)) {
    const path = `judges.${name}.settings.${key}`
    if (!known.includes(key))
      throw new ConfigError(
        `expected a setting of together-evals (${known.join(', ')}), found "${key}"${suggestion(key, known)}`,
        path,
      )
    if (!SETTINGS[key as keyof EvalSettings](value))
      throw new ConfigError(`expected a value that ${key} can have, found ${JSON.stringify(value)}`, path)
  }
  const all: EvalSettings = { temperature: 0.05, maxTokens: 32_768, source: 'serverless', ...settings }
  if (all.source === 'external' && all.externalBaseUrl === undefined)
    throw new ConfigError('expected externalBaseUrl beside source external, found nothing', `judges.${name}.settings`)
  return all
}

interface Work {
  readonly client: TogetherClient
  readonly id: string
  readonly template: string
  readonly model: string
  readonly settings: EvalSettings
  readonly externalKey: string | undefined
  readonly pauses: { readonly firstMs: number; readonly longestMs: number }
}

interface Collecting {
  readonly folder: string
  readonly signal: AbortSignal
  readonly columns: readonly string[]
  readonly onStatus: (line: string) => void
}

/** Goes on with jobs that were begun, submits what they don't answer, and gives back each answer once. */
async function* collect(
  work: Work,
  calls: readonly BulkCall[],
  collecting: Collecting,
  translate: (error: unknown) => unknown,
): AsyncGenerator<BulkAnswer> {
  const { folder, columns, signal } = collecting
  const missing = new Map(calls.map((call) => [call.presentation.id, call]))
  try {
    await mkdir(folder, { recursive: true })
    const begun = await loadOpenJobs(folder, work.id)
    const answered = new Set(begun.flatMap(({ rows }) => rows.flatMap((row) => [...row.original, ...row.flipped])))
    const planned: JobFile[] = []
    const unanswered = calls.filter(({ presentation }) => !answered.has(presentation.id))
    for (const job of planJobs(unanswered, columns)) {
      const key = randomUUID().slice(0, 13)
      planned.push(await saveJob(folder, { formatVersion: 1, judgeId: work.id, key, ...job, state: 'planned' }))
    }
    // All are submitted before any is waited for: the service works on them at the same time.
    const submitted: JobFile[] = []
    for (const job of [...begun, ...planned]) submitted.push(await orStopped(signal, submit(work, job, collecting)))
    for (const job of submitted) {
      for (const answer of await orStopped(signal, resultsOf(work, job, collecting)))
        if (missing.delete(answer.presentationId)) yield answer
      await saveJob(folder, { ...job, state: 'imported' })
    }
  } catch (error) {
    throw error instanceof JudgeCallError || error instanceof DatasetFormatError ? error : translate(error)
  }
}

/** What a promise gives, or the signal's reason as soon as it is stopped: a line that is silent holds nobody up. */
function orStopped<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Uploads the dataset and creates the evaluation, as far as neither was done before. */
async function submit(work: Work, begun: JobFile, { folder, signal, onStatus }: Collecting): Promise<JobFile> {
  if (begun.workflowId !== undefined) return begun
  const { client, model } = work
  const fileName = `judgelab-${begun.key}.jsonl`
  const path = join(folder, fileName)
  let job = begun
  if (job.fileId === undefined) {
    await saveText(path, toJsonl(job.rows.map(({ row }) => row)))
    job = await saveJob(folder, { ...job, fileId: await uploadOnce(work, path, signal) })
  }
  const fileId = job.fileId as string
  await waitForTogetherFile(client, fileId, { signal, firstMs: work.pauses.firstMs }).catch(async (error: unknown) => {
    if (!(error instanceof Error && error.message.includes('was refused by the service'))) throw error
    await saveJob(folder, { ...job, state: 'failed' })
    throw new JudgeCallError(error.message, { judgeId: work.id, isRetryable: false }, { cause: error })
  })
  const workflowId = (await findEvaluation(work, fileId)) ?? (await createEvaluation(work, job, fileId, signal))
  onStatus(`${model}: evaluation ${workflowId} of ${job.rows.length} pairs submitted`)
  return saveJob(folder, { ...job, workflowId, state: 'submitted' })
}

/** The id of the file: of an upload that could not be noted, or of one that is made now. */
async function uploadOnce({ client, id }: Work, path: string, signal: AbortSignal): Promise<string> {
  const known = await findTogetherFile(client, basename(path), 'eval')
  if (known !== undefined) return known
  return uploadToTogether(client, path, 'eval', signal).catch((error: unknown) => {
    if (!(error instanceof Error && error.message.includes('could not be uploaded'))) throw error
    throw new JudgeCallError(error.message, { judgeId: id, isRetryable: true }, { cause: error })
  })
}

/** An evaluation of this file that was created and could not be noted. */
async function findEvaluation({ client }: Work, fileId: string): Promise<string | undefined> {
  const jobs = await client.evals.list({ limit: 100 })
  if (!Array.isArray(jobs)) throw new SyntaxError('expected a list of evaluations from the service, found another body')
  return jobs.find(
    ({ parameters, status }) => isOf(parameters, fileId) && status !== 'error' && status !== 'user_error',
  )?.workflow_id
}

function isOf(parameters: Readonly<Record<string, unknown>> | undefined, fileId: string): boolean {
  return parameters?.input_data_file_path === fileId
}

async function createEvaluation(work: Work, job: JobFile, fileId: string, signal: AbortSignal): Promise<string> {
  const { client, id, template, model, settings, externalKey } = work
  const { workflow_id } = await client.evals.create(
    {
      type: 'compare',
      parameters: {
        input_data_file_path: fileId,
        model_a: 'response_a',
        model_b: 'response_b',
        judge: {
          model,
          model_source: settings.source,
          system_template: template,
          temperature: settings.temperature,
          max_tokens: settings.maxTokens,
          ...(settings.workers === undefined ? {} : { num_workers: settings.workers }),
          ...(externalKey === undefined ? {} : { external_api_token: externalKey }),
          ...(settings.externalBaseUrl === undefined ? {} : { external_base_url: settings.externalBaseUrl }),
        },
        ...(job.isBothOrders ? {} : { disable_position_bias_correction: true }),
      },
    },
    { signal, maxRetries: 0 },
  )
  if (workflow_id !== undefined) return workflow_id
  throw new JudgeCallError('together-evals created an evaluation without an id', { judgeId: id, isRetryable: false })
}

/** Waits for an evaluation, fetches its result file and reads it. */
async function resultsOf(work: Work, job: JobFile, collecting: Collecting): Promise<readonly BulkAnswer[]> {
  const { folder, signal, onStatus } = collecting
  const resultFileId = await waitForResults(work, job, collecting)
  const path = join(folder, `judgelab-${job.key}.results.jsonl`)
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted()
    const response = await work.client.files.content(resultFileId, { signal })
    await saveText(path, await response.text())
    try {
      return await readResults(path, job.rows)
    } catch (error) {
      if (attempt >= DOWNLOADS || !(error instanceof DatasetFormatError)) throw error
      onStatus(`${work.model}: the result file could not be read (${error.message}); it is fetched again`)
    }
  }
}

/** The id of the result file. @throws {JudgeCallError} when the service gave the evaluation up; it is submitted anew later */
async function waitForResults(work: Work, job: JobFile, { folder, signal, onStatus }: Collecting): Promise<string> {
  const { client, id, model, pauses } = work
  const workflowId = job.workflowId as string
  let failedLooks = 0
  let said = ''
  const seen = await pollUntil({
    what: `evaluation ${workflowId}`,
    look: async () => {
      try {
        const status = await client.evals.status(workflowId, { signal })
        failedLooks = 0
        return status
      } catch (error) {
        signal.throwIfAborted()
        if (++failedLooks >= MOST_FAILED_LOOKS) throw error
        return {}
      }
    },
    isDone: ({ status }) => status === 'completed' || status === 'error' || status === 'user_error',
    onLook: ({ status = said }) => {
      if (status !== said) onStatus(`${model}: evaluation ${workflowId} is ${status}`)
      said = status
    },
    ...pauses,
    signal,
  })
  const results = (seen.results ?? {}) as { readonly result_file_id?: string; readonly error?: string }
  if (seen.status === 'completed' && results.result_file_id !== undefined) return results.result_file_id
  await saveJob(folder, { ...job, state: 'failed' })
  throw new JudgeCallError(
    `together-evals gave evaluation ${workflowId} up (${seen.status}): ${results.error ?? 'no reason given'}`,
    { judgeId: id, isRetryable: seen.status === 'error' },
  )
}
