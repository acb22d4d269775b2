import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatasetFormatError, parseJson, type RunFolder } from '@judgelab/core'
import { NANO, nanoOf, type Spent } from './budget.js'

/**
 * What a run has spent that its log says nothing of: attempts at calls that have no judgment, attempts that ran out of time
 * and may have been paid, answers whose tokens nobody counted, and what is under way. The most that it was since the start
 * stands in `unlogged.json` before it is spent, and what is left of it at the end, so that the next start counts it however
 * this one ends.
 */
export interface Unlogged {
  /** An attempt is about to be sent, and may cost so much. */
  readonly sent: (atMostUsd: number) => void
  /** It has ended, and cost so much. */
  readonly ended: (atMostUsd: number, paidUsd: number) => void
  /** A judgment is in the log: so many attempts, and so much of their cost, stand there. */
  readonly logged: (attempts: number, usd: number) => void
  /** A judgment that is about to be logged may have cost so much, and does not say so: nobody counted its tokens. */
  readonly uncounted: (usd: number) => void
  readonly close: () => void
}

interface Sums {
  readonly requests: number
  readonly nanoUsd: number
}

/** Goes on from what an earlier start left. @throws {DatasetFormatError} as `loadUnlogged`; {Error} if the file can't be written */
export async function openUnlogged(run: RunFolder): Promise<Unlogged> {
  const file = fileOf(run)
  const left = await loadSums(file)
  let [requests, nanoUsd] = [left.requests, left.nanoUsd]
  let [mostRequests, mostNanoUsd] = [requests, nanoUsd]
  let handle: number | undefined
  const write = (sums: Sums): void => {
    try {
      handle ??= openSync(file, left === NOTHING ? 'w' : 'r+')
      writeSync(handle, `${JSON.stringify(sums).padEnd(WIDTH)}\n`, 0)
    } catch (cause) {
      throw new Error(`${file} could not be written (${(cause as Error).message})`, { cause })
    }
  }
  const change = (moreRequests: number, moreNanoUsd: number): void => {
    requests += moreRequests
    nanoUsd += moreNanoUsd
    if (requests <= mostRequests && nanoUsd <= mostNanoUsd) return
    mostRequests = Math.max(requests, mostRequests)
    mostNanoUsd = Math.max(nanoUsd, mostNanoUsd)
    write({ requests: mostRequests, nanoUsd: mostNanoUsd })
  }
  return {
    sent: (atMostUsd) => change(1, nanoOf(atMostUsd)),
    ended: (atMostUsd, paidUsd) => change(0, nanoOf(paidUsd) - nanoOf(atMostUsd)),
    logged: (attempts, usd) => change(-attempts, -nanoOf(usd)),
    uncounted: (usd) => change(0, nanoOf(usd)),
    close: () => {
      if (handle === undefined) return
      if (requests !== 0 || nanoUsd !== 0) write({ requests, nanoUsd })
      closeSync(handle)
      if (requests === 0 && nanoUsd === 0) rmSync(file)
    },
  }
}

/** What a run has spent beside what its log says. @throws {DatasetFormatError} if the file of it is malformed */
export async function loadUnlogged(run: RunFolder): Promise<Spent> {
  const { requests, nanoUsd } = await loadSums(fileOf(run))
  return { requests, costUsd: nanoUsd / NANO }
}

const NOTHING: Sums = { requests: 0, nanoUsd: 0 }

/** Always as long, so that it is written over in place: a process that is killed leaves the old text or the new one. */
const WIDTH = 80

function fileOf({ folder }: RunFolder): string {
  return join(folder, 'unlogged.json')
}

async function loadSums(file: string): Promise<Sums> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  // Made, and not yet written: nothing was sent.
  if (text === undefined || text === '') return NOTHING
  const { requests, nanoUsd } = (parseJson(text, { file }) ?? {}) as Partial<Sums>
  if (Number.isSafeInteger(requests) && Number.isSafeInteger(nanoUsd)) return { requests, nanoUsd } as Sums
  throw new DatasetFormatError(`expected whole numbers requests and nanoUsd, found ${text.trim()}`, { file })
}
