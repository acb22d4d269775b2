import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ConfigError, type StudyJudge, type StudyTuning, suggestion } from '@judgelab/core'
import {
  downloadTogetherWeights,
  hasFailed,
  importTunedModel,
  loadJob,
  setAsideJob,
  type TuningBackend,
  type TuningJob,
  tryLoadJob,
} from '@judgelab/dpo'
import { artifact } from '../study/context.js'
import { type LoadedStudy, loadStudy } from '../study/load-study.js'
import { hostedBackend, togetherClient } from '../study/tuning/backend-of.js'
import { retryTuning } from '../study/tuning/retry-tuning.js'
import { jobFolder } from '../study/tuning/tune.js'
import { approver } from './approve.js'
import { shownWork } from './shown-work.js'

interface Printed {
  readonly json?: boolean | undefined
}

/** `judgelab tune status <study>`: where each hosted tuning of a study is, as its service says now. */
export async function tuneStatusCommand(named: string, { json }: Printed): Promise<void> {
  const loaded = await loadStudy(named)
  const jobs: TuningJob[] = []
  for (const tuning of hostedTunings(loaded)) {
    const folder = jobFolder({ loaded }, tuning.name)
    if ((await tryLoadJob(folder)) !== undefined) jobs.push(await (await backendOf(loaded, tuning)).resume(folder))
  }
  process.stdout.write(json ? `${JSON.stringify(jobs, null, 2)}\n` : jobs.map(jobLine).join('') || 'no job was begun\n')
}

/** `judgelab tune watch <study> [name]`: waits until a job ends. */
export async function tuneWatchCommand(named: string, name: string | undefined, { json }: Printed): Promise<void> {
  const loaded = await loadStudy(named)
  const tuning = tuningNamed(loaded, name)
  const folder = jobFolder({ loaded }, tuning.name)
  const timeLimitMs = (tuning.hosted?.timeLimitHours ?? 48) * 3_600_000
  const job = await shownWork(async ({ progress, signal }) => {
    progress.start(`Tuning ${tuning.name}`)
    const ended = await (await backendOf(loaded, tuning)).watch(folder, { signal, timeLimitMs, onStatus: progress.say })
    progress.finish(ended.status)
    return ended
  })
  process.stdout.write(json ? `${JSON.stringify(job, null, 2)}\n` : jobLine(job))
}

/** `judgelab tune cancel <study> [name]`. */
export async function tuneCancelCommand(named: string, name: string | undefined, { json }: Printed): Promise<void> {
  const loaded = await loadStudy(named)
  const tuning = tuningNamed(loaded, name)
  const folder = jobFolder({ loaded }, tuning.name)
  const job = await (await backendOf(loaded, tuning)).cancel(folder)
  process.stdout.write(json ? `${JSON.stringify(job, null, 2)}\n` : jobLine(job))
}

/** `judgelab tune retry <study> [name]`: another job in the place of one that ended as error or cancelled. */
export async function tuneRetryCommand(
  named: string,
  name: string | undefined,
  { json, yes = false }: Printed & { readonly yes?: boolean | undefined },
): Promise<void> {
  const loaded = await loadStudy(named)
  const tuning = tuningNamed(loaded, name)
  if (isCell(loaded, tuning)) return setCellAside(loaded, tuning)
  const job = await shownWork((told) => retryTuning(loaded, tuning, { ...told, approve: approver(yes) }))
  process.stdout.write(json ? `${JSON.stringify(job, null, 2)}\n` : jobLine(job))
}

/** Where a model that was tuned elsewhere is. */
export interface TuneImportOptions extends Printed {
  readonly model: string
  readonly baseUrl?: string | undefined
  readonly keyEnv?: string | undefined
  readonly metrics?: string | undefined
}

/** `judgelab tune import <study> [name] --model …`: a model that was trained elsewhere comes back into the study. */
export async function tuneImportCommand(
  named: string,
  name: string | undefined,
  { model, baseUrl, keyEnv, metrics, json }: TuneImportOptions,
): Promise<void> {
  const loaded = await loadStudy(named)
  if (baseUrl !== undefined && !/^https?:\/\//.test(baseUrl))
    throw new ConfigError(`expected an http or https address, found "${baseUrl}"`, '--base-url')
  const folder = jobFolder({ loaded }, tuningNamed(loaded, name).name)
  const job = await importTunedModel(folder, { model, baseUrl, keyEnv, metricsFile: metrics })
  process.stdout.write(json ? `${JSON.stringify(job, null, 2)}\n` : jobLine(job))
}

/** `judgelab tune download <study> [name]`: the weights of a finished job. */
export async function tuneDownloadCommand(
  named: string,
  name: string | undefined,
  { to, merged }: { readonly to?: string | undefined; readonly merged?: boolean | undefined },
): Promise<void> {
  const loaded = await loadStudy(named)
  const tuning = tuningNamed(loaded, name)
  const folder = jobFolder({ loaded }, tuning.name)
  const { jobId, backend } = await loadJob(folder)
  if (backend !== 'together' || jobId === undefined)
    throw new ConfigError('expected a job of Together, whose weights can be downloaded, found none', folder)
  const file = to ?? join(folder, merged ? 'merged.tar.zst' : 'adapter.tar.zst')
  const client = togetherClient({ env: process.env }, judgeOf(loaded, tuning))
  await downloadTogetherWeights(client, jobId, file, merged ? 'merged' : 'adapter')
  process.stdout.write(`${relative(process.cwd(), file)}\n`)
}

/** Jobs of the study's tunings, and those that its matrix has begun. */
function hostedTunings(loaded: LoadedStudy): LoadedStudy['study']['tuning'] {
  const { tuning, matrix } = loaded.study
  const hosted = tuning.filter(({ backend }) => backend !== 'local')
  const varied = hosted.find(({ name }) => name === matrix?.tuning)
  if (varied === undefined) return hosted
  const folder = artifact({ loaded }, 'tuning')
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  const cells = names.filter((name) => name.startsWith(`${varied.name}.`) && isCell(loaded, { name }))
  return [...hosted, ...cells.map((name) => ({ ...varied, name, label: name }))]
}

function isCell({ study }: LoadedStudy, { name }: Pick<StudyTuning, 'name'>): boolean {
  return study.tuning.every((tuning) => tuning.name !== name)
}

/** The pairs of a cell are the matrix's to make: its next run prices another job, and asks. */
async function setCellAside(loaded: LoadedStudy, tuning: StudyTuning): Promise<void> {
  const folder = jobFolder({ loaded }, tuning.name)
  const ended = await (await backendOf(loaded, tuning)).resume(folder)
  if (!hasFailed(ended))
    throw new ConfigError(`expected a job that ended as error or cancelled, found one that is ${ended.status}`, folder)
  await setAsideJob(folder)
  process.stdout.write(`${tuning.name}: set aside; judgelab run prices another job, and asks before it begins\n`)
}

/** The tuning of that name; without a name, the study's only one. */
function tuningNamed(loaded: LoadedStudy, name: string | undefined): LoadedStudy['study']['tuning'][number] {
  const hosted = hostedTunings(loaded)
  const own = hosted.filter((tuning) => !isCell(loaded, tuning))
  const found = name === undefined && own.length === 1 ? own[0] : hosted.find((tuning) => tuning.name === name)
  if (found !== undefined) return found
  const names = hosted.map((tuning) => tuning.name)
  const said = name === undefined ? 'found no name' : `found "${name}"${suggestion(name, names)}`
  throw new ConfigError(
    `expected one of the hosted tunings (${names.join(', ') || 'there are none'}), ${said}`,
    loaded.file,
  )
}

/** What the job of a tuning was begun by. */
async function backendOf(loaded: LoadedStudy, tuning: StudyTuning): Promise<TuningBackend> {
  const folder = jobFolder({ loaded }, tuning.name)
  const { backend } = await loadJob(folder)
  if (backend === 'local')
    throw new ConfigError('expected a job elsewhere, found one of backend local, which ends with judgelab run', folder)
  return hostedBackend({ env: process.env, standIn: undefined }, backend, judgeOf(loaded, tuning))
}

/** The judge that is tuned. */
function judgeOf({ study }: LoadedStudy, { base }: StudyTuning): StudyJudge | undefined {
  return study.judges.find(({ name }) => name === base)
}

function jobLine({ name, backend, status, jobId, tunedModel, totalPriceUsd }: TuningJob): string {
  const said = [
    `${name}: ${status}`,
    backend,
    ...(jobId === undefined ? [] : [`job ${jobId}`]),
    ...(tunedModel === undefined ? [] : [`model ${tunedModel}`]),
    ...(totalPriceUsd === undefined ? [] : [`${totalPriceUsd} USD`]),
  ]
  return `${said.join(', ')}\n`
}
