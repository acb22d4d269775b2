import { join } from 'node:path'
import type { Environment } from '../providers/connection.js'
import { batchServiceAt, reachKey } from './batch-judge.js'
import { type BatchRecord, loadRecords, saveRecord } from './batch-record.js'
import type { BatchService, BatchState } from './batch-service.js'
import { statusOf } from './status-of.js'

/** How the services of a run's batches are reached. */
export interface BatchJobsOptions {
  readonly env: Environment
}

/** A batch of a run, as its folder and its service know it. */
export interface BatchJob {
  readonly record: BatchRecord
  /** The service's word now; the last one that is noted where it was not asked. */
  readonly status: string
  /** Whether the service has nothing more to do for it. */
  readonly isOver: boolean
  /** Requests that were answered so far, where the service says so. */
  readonly answered?: number | undefined
  /** Why it could not be asked, or what it says. */
  readonly message?: string | undefined
}

/**
 * Where the batches of a run are: those that are out are looked at. Changes nothing.
 *
 * @param folder of the run, or a copy of it
 * @throws {ConfigError} naming the variable of a key that is not set
 */
export async function batchStatus(folder: string, options: BatchJobsOptions): Promise<BatchJob[]> {
  const records = await loadRecords(join(folder, 'jobs'))
  const services = openServices(options)
  return Promise.all(
    records.map(async (record): Promise<BatchJob> => {
      const { state, status = state, message } = record
      if (state !== 'submitted' || record.batchId === undefined || isLocal(record))
        return { record, status, message, isOver: state === 'ended' || state === 'settled' }
      return jobOf(record, await services(record).look(record.batchId))
    }),
  )
}

function jobOf(record: BatchRecord, seen: BatchState | undefined): BatchJob {
  if (seen === undefined) return { record, status: 'unknown to the service', isOver: false }
  const { status, stage, answered, message } = seen
  return { record, status, isOver: stage !== 'waiting', answered, message }
}

/**
 * Cancels the batches of a run that are out, and notes that somebody wanted it. What they have answered can be collected
 * when the service has cancelled them.
 *
 * @returns those that were cancelled
 * @throws {ConfigError} naming the variable of a key that is not set; what the service's SDK throws
 */
export async function cancelBatches(folder: string, options: BatchJobsOptions): Promise<BatchRecord[]> {
  const jobs = join(folder, 'jobs')
  const services = openServices(options)
  const cancelled: BatchRecord[] = []
  for (const record of await loadRecords(jobs)) {
    if (record.state !== 'submitted' || record.batchId === undefined || isLocal(record)) continue
    if (await cancel(services(record), record.batchId))
      cancelled.push(await saveRecord(jobs, { ...record, cancelAsked: 'user' }))
  }
  return cancelled
}

/** False where it has ended already. */
async function cancel(service: BatchService, batchId: string): Promise<boolean> {
  try {
    await service.cancel(batchId)
    return true
  } catch (error) {
    const status = statusOf(error)
    if (status === 400 || status === 404 || status === 409) return false
    throw error
  }
}

/** Files for a machine of one's own, and batches of a rehearsal: nobody can be asked about them. */
function isLocal({ reach }: BatchRecord): boolean {
  return reach.service === 'vllm' || !/^https?:/.test(reach.baseUrl)
}

function openServices({ env }: BatchJobsOptions): (record: BatchRecord) => BatchService {
  const open = new Map<string, BatchService>()
  return ({ reach }) => {
    const name = JSON.stringify(reach)
    const service = open.get(name) ?? batchServiceAt(reach, reachKey(reach, env), env)
    open.set(name, service)
    return service
  }
}
