import { existsSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DatasetFormatError, type Provider, parseJson, saveJson } from '@judgelab/core'

/** What became of the lines of a batch. */
export interface LineCounts {
  /** Judgments, failed ones among them. */
  readonly answered: number
  /** Lines that the service says it could not do, or did not come to. */
  readonly refused: number
  /** Requests of which the service says nothing. */
  readonly missing: number
  /** Lines beyond the first of one request. */
  readonly duplicate: number
  /** Lines of requests that are not of this batch. */
  readonly foreign: number
}

/** A batch as its folder knows it: written before each step that must not be done twice. */
export interface BatchRecord {
  readonly formatVersion: 1
  /** Its name: in file names, and at the service. */
  readonly key: string
  readonly judgeId: string
  /** How it is reached again, by another process too. The key itself is never written. */
  readonly reach: BatchReach
  /** Below the base URL, of all its requests. */
  readonly path: string
  readonly requests: number
  /** Of the file of requests. */
  readonly bytes: number
  /** About how many tokens its prompts have: bytes / 4. */
  readonly tokens: number
  readonly plannedAt: string
  /**
   * `planned`: its file is written; `uploaded`; `submitted`: the service works on it; `ended`: its results are in the
   * folder; `settled`: all of them are in the run's log, and the files are gone.
   */
  readonly state: 'planned' | 'uploaded' | 'submitted' | 'ended' | 'settled'
  readonly fileId?: string | undefined
  readonly batchId?: string | undefined
  readonly submittedAt?: string | undefined
  /** The service's own word, and how far it was, when it was last looked at. */
  readonly status?: string | undefined
  readonly answered?: number | undefined
  /** When it was first seen cancelled or expired, with requests of which nothing was said: those may still be at work. */
  readonly brokenOffAt?: string | undefined
  /** Who wanted it cancelled. */
  readonly cancelAsked?: 'user' | 'deadline' | undefined
  /**
   * How it ended; `failed` and `over-limit` (too many tokens were enqueued) as a whole, with nothing done; `gone`: the
   * service knows it no more.
   */
  readonly end?: 'completed' | 'failed' | 'over-limit' | 'expired' | 'cancelled' | 'gone' | undefined
  /** What the service says. */
  readonly message?: string | undefined
  readonly counts?: LineCounts | undefined
}

/** The address of a batch service and where its key is found. */
export interface BatchReach {
  readonly service: 'openai' | 'together' | 'vllm'
  readonly provider: Provider
  readonly baseUrl: string
  readonly keyEnv?: string | undefined
  readonly keyHeader?: 'authorization' | 'api-key' | undefined
  readonly apiVersion?: string | undefined
}

const SUFFIX = '.batch.json'

/** The files of a batch. */
export interface BatchFiles {
  readonly record: string
  readonly requests: string
  readonly output: string
  readonly errors: string
  /** A folder: while it is there, a machine of one's own answers the requests. */
  readonly claim: string
}

/** Where a batch stands in the folder of its run's jobs. */
export function batchFiles(folder: string, key: string): BatchFiles {
  const path = (name: string): string => join(folder, `judgelab-${key}${name}`)
  return {
    record: path(SUFFIX),
    requests: path('.jsonl'),
    output: path('.output.jsonl'),
    errors: path('.errors.jsonl'),
    claim: path('.jsonl.claim'),
  }
}

export async function saveRecord(folder: string, record: BatchRecord): Promise<BatchRecord> {
  await saveJson(batchFiles(folder, record.key).record, record)
  return record
}

/** Every batch of a folder, settled ones too, in the order in which they were planned. */
export async function loadRecords(folder: string): Promise<BatchRecord[]> {
  if (!existsSync(folder)) return []
  const names = (await readdir(folder)).filter((name) => name.endsWith(SUFFIX))
  const records = await Promise.all(names.map((name) => loadRecord(join(folder, name))))
  return records.sort((a, b) =>
    a.plannedAt < b.plannedAt ? -1 : a.plannedAt > b.plannedAt ? 1 : a.key < b.key ? -1 : 1,
  )
}

async function loadRecord(file: string): Promise<BatchRecord> {
  const record = parseJson(await readFile(file, 'utf8'), { file }) as BatchRecord
  if (record?.formatVersion === 1 && typeof record.key === 'string' && typeof record.reach?.service === 'string')
    return record
  throw new DatasetFormatError('expected a batch of version 1, found another file', { file })
}

/** Removes what a settled batch needs no more; its record stays. */
export async function removeLines(folder: string, key: string): Promise<void> {
  const { requests, output, errors, claim } = batchFiles(folder, key)
  for (const path of [requests, output, errors, claim]) await rm(path, { force: true, recursive: true })
}
