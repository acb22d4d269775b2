import { mkdir, open, rename, rm } from 'node:fs/promises'
import { digest } from '@judgelab/core'
import type { BulkCall, ServiceJudge, ServiceRequest } from '../judge.js'
import { requestDigest } from '../run/request-digest.js'
import { type BatchReach, type BatchRecord, batchFiles, saveRecord } from './batch-record.js'
import type { BatchService } from './batch-service.js'
import type { ShardLimits } from './batch-terms.js'
import { BYTES_A_TOKEN } from './room-left.js'

/** What planning needs. */
export interface Planning {
  readonly judge: ServiceJudge
  readonly service: BatchService
  readonly reach: BatchReach
  readonly folder: string
  readonly limits: ShardLimits
  /** At most so many prompt tokens in it, but for a single request. */
  readonly tokens: number
  readonly plannedAt: string
  /** Tells batches apart that are planned in one moment. */
  readonly sequence: number
}

/** Written at a time, in characters. */
const BLOCK = 1 << 20

/**
 * Writes the requests of the first calls, as many as fit into one file, and then its record. The id of a line is the
 * digest of its request: a result belongs to the request that it names, wherever it is found.
 *
 * @returns the record, and how many of the calls are in it; those after them are left
 */
export async function planBatch(
  calls: Iterable<BulkCall>,
  planning: Planning,
): Promise<{ readonly record: BatchRecord; readonly count: number }> {
  const { judge, folder, plannedAt, sequence } = planning
  await mkdir(folder, { recursive: true })
  const key = digest([judge.id, folder, plannedAt, sequence]).slice(0, 24)
  const { requests } = batchFiles(folder, key)
  const draft = `${requests}.draft`
  try {
    const written = await writeRequests(draft, calls, planning)
    await rename(draft, requests)
    const { count, bytes, path } = written
    const record = await saveRecord(folder, {
      formatVersion: 1,
      key,
      judgeId: judge.id,
      reach: planning.reach,
      path,
      requests: count,
      bytes,
      tokens: Math.ceil(bytes / BYTES_A_TOKEN),
      plannedAt,
      state: 'planned',
    })
    return { record, count }
  } finally {
    await rm(draft, { force: true })
  }
}

/** A call's line in a file of requests. */
export function requestLine(
  { shown, presentation }: BulkCall,
  judge: ServiceJudge,
  service: BatchService,
): { readonly id: string; readonly line: string; readonly request: ServiceRequest } {
  const request = judge.compose(shown, presentation.repeat)
  const id = requestDigest(judge.service, request)
  return { id, request, line: `${JSON.stringify(service.lineOf(id, request))}\n` }
}

async function writeRequests(
  file: string,
  calls: Iterable<BulkCall>,
  { judge, service, limits, tokens }: Planning,
): Promise<{ readonly count: number; readonly bytes: number; readonly path: string }> {
  const most = Math.min(limits.bytes, Math.floor(tokens) * BYTES_A_TOKEN)
  let count = 0
  let bytes = 0
  let path = ''
  let block = ''
  const handle = await open(file, 'w')
  try {
    for (const call of calls) {
      const { line, request } = requestLine(call, judge, service)
      const size = Buffer.byteLength(line)
      if (count > 0 && bytes + size > most) break
      bytes += size
      path = request.path
      count++
      block += line
      if (block.length > BLOCK) {
        await handle.appendFile(block)
        block = ''
      }
      if (count >= limits.requests) break
    }
    await handle.appendFile(block)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { count, bytes, path }
}
