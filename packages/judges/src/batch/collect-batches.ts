import { existsSync } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { DatasetFormatError, JudgeCallError, lazyList } from '@judgelab/core'
import type { Answer, BulkAnswer, BulkCall, CollectOptions, ServiceJudge } from '../judge.js'
import {
  type BatchReach,
  type BatchRecord,
  batchFiles,
  type LineCounts,
  loadRecords,
  removeLines,
  saveRecord,
} from './batch-record.js'
import type { BatchOrder, BatchService, BatchState } from './batch-service.js'
import type { ShardLimits } from './batch-terms.js'
import { interpretLine } from './interpret-line.js'
import { type OpenCalls, openCalls } from './open-calls.js'
import { planBatch, requestLine } from './plan-batch.js'
import { checkResultFile, readResultLines, requestIds } from './read-lines.js'
import { BYTES_A_TOKEN, roomLeft } from './room-left.js'
import { statusOf } from './status-of.js'
import { type Patience, sleep, withPatience } from './with-patience.js'

/** What collecting batches needs, whoever wants their answers. */
export interface BatchWork extends Patience {
  readonly judge: ServiceJudge
  readonly batches: BatchService
  readonly reach: BatchReach
  readonly limits: ShardLimits
  /** Tokens that unfinished batches may have together. */
  readonly enqueuedTokens: number
  /** Batches under way at once, at the most. */
  readonly mostOut: number
  /** How often a request is sent at the most. */
  readonly attempts: number
  /** After this time a batch that is not done is cancelled, in milliseconds. */
  readonly patienceMs: number
  /** First and longest pause between two looks, in milliseconds. */
  readonly pauses: { readonly firstMs: number; readonly longestMs: number }
  readonly now: () => Date
  /** A stand-in that knows nothing of what another one of its kind was given. */
  readonly isForgetful: boolean
  /** Where nobody answers by himself: what is to be done by hand. Instead of waiting, the run ends with these words. */
  readonly handOff?: ((folder: string, waiting: readonly BatchRecord[]) => Promise<string>) | undefined
}

/** So many batches that failed as a whole, with none between them that did not, are a wall; fewer before the first answer. */
const WALL = { first: 3, later: 10 }
/** So long after a batch is cancelled or expired its last results are waited for, in milliseconds. */
const LATE_MS = 600_000
/** How often a result file is fetched that comes damaged, before its whole lines are taken. */
const DOWNLOADS = 4

/**
 * Answers calls by batches. Those that an earlier start left are taken up first: what they answer is not sent again. All
 * else is sharded, submitted as far as the service takes it, looked at until it ends, and read; what a batch left
 * unanswered is sent again in another one, up to `attempts` times, and is a failed judgment then.
 *
 * @throws {JudgeCallError} when the service refuses, nothing at all is answered, or somebody cancels a batch; the signal's
 *   reason when stopped. What was submitted goes on, and a later start takes it up.
 */
export async function* collectBatches(
  work: BatchWork,
  calls: readonly BulkCall[],
  options: CollectOptions,
): AsyncGenerator<BulkAnswer> {
  const session = await openSession(work, calls, options)
  const { signal, isTaking = false } = options
  let pauseMs = work.pauses.firstMs
  for (;;) {
    signal.throwIfAborted()
    if (!isTaking && session.cancelled === undefined) await submitWhatFits(session)
    const ended = await lookAtAll(session)
    for (const flight of ended) yield* deliver(session, flight)
    if (isSuspect(session) && session.flights.length === 0) throw stopped(work, session.lastFailure)
    tell(session)
    const isIdle = (session.queue.length === 0 && session.halves.length === 0) || session.cancelled !== undefined
    if (isTaking || (session.flights.length === 0 && isIdle)) break
    if (ended.some(({ record }) => record.end !== 'failed' && record.end !== 'over-limit')) {
      pauseMs = work.pauses.firstMs
      continue
    }
    if (work.handOff !== undefined) {
      const todo = await work.handOff(options.folder, recordsOf(session))
      options.onHandOff?.(`${work.judge.name}: ${todo}`)
      return
    }
    await sleep(pauseMs, signal)
    pauseMs = Math.min(work.pauses.longestMs, pauseMs * 1.5)
  }
  yield* giveUp(session)
  if (session.cancelled !== undefined) throw stopped(work, session.cancelled)
}

/** A batch that is not settled. */
interface Flight {
  record: BatchRecord
  /** The calls of this session that are among its requests. */
  readonly numbers: readonly number[]
  /** It was submitted by an earlier start, and nobody has looked at it in this one. */
  isEarlier: boolean
}

interface Session {
  readonly work: BatchWork
  readonly options: CollectOptions
  readonly asks: OpenCalls
  /** Numbers of the calls that are to be sent. */
  queue: number[]
  /** Halves of batches that failed as a whole: each is sent by itself, so that what spoils it is found. */
  readonly halves: (readonly number[])[]
  /** Batches that failed as a whole, one after another, and what is said of them. */
  failedInARow: number
  lastFailure: string
  flights: Flight[]
  /** What unfinished batches may have together; falls when the service says that it is too much. */
  enqueuedTokens: number
  sequence: number
  /** Why nothing more is submitted. */
  cancelled?: string
  readonly givenUp: { readonly number: number; readonly message: string; readonly isFree: boolean }[]
  told: string
}

async function openSession(work: BatchWork, calls: readonly BulkCall[], options: CollectOptions): Promise<Session> {
  const asks = openCalls(calls, options.placeOf)
  const records = await loadRecords(options.folder)
  const session: Session = {
    work,
    options,
    asks,
    queue: [],
    halves: [],
    failedInARow: 0,
    lastFailure: '',
    flights: [],
    enqueuedTokens: work.enqueuedTokens,
    sequence: records.length,
    givenUp: [],
    told: '',
  }
  for (const record of records)
    if (record.judgeId === work.judge.id && record.state !== 'settled') await takeUp(session, record)
  if (options.isTaking) return session
  const isOut = new Uint8Array(calls.length)
  for (const { numbers } of session.flights) for (const number of numbers) isOut[number] = 1
  session.queue = [...calls.keys()].filter((number) => isOut[number] === 0)
  return session
}

/** A batch that an earlier start left. One that was planned and never submitted is planned anew: it may be needed no more. */
async function takeUp(session: Session, left: BatchRecord): Promise<void> {
  const { work, options, asks } = session
  const { folder, signal } = options
  const { requests, record: file } = batchFiles(folder, left.key)
  const hasRequests = existsSync(requests)
  let record = left
  if (record.batchId === undefined) {
    const batchId = hasRequests
      ? await withPatience(() => findSubmitted(work, record, requests), work, signal)
      : undefined
    if (batchId === undefined) {
      await removeLines(folder, record.key)
      await rm(file, { force: true })
      return
    }
    record = await saveRecord(folder, submitted(record, batchId, record.plannedAt))
  }
  if (!hasRequests)
    throw new DatasetFormatError('expected the requests of a batch beside its record, found none', { file: requests })
  const numbers = (await requestIds(requests)).flatMap((id) => asks.numberOf(id) ?? [])
  for (const number of numbers) asks.countSent(number, 1)
  session.flights.push({ record, numbers, isEarlier: true })
}

/** The batch that a process created and had no time to note. */
async function findSubmitted(work: BatchWork, record: BatchRecord, requests: string): Promise<string | undefined> {
  const fileId = record.fileId ?? (await work.batches.findFile(requests, record.bytes))
  return fileId === undefined ? undefined : work.batches.find(orderOf(record, fileId))
}

function orderOf({ key, path, plannedAt }: BatchRecord, fileId: string): BatchOrder {
  return { key, path, plannedAt, fileId }
}

function submitted(record: BatchRecord, batchId: string, submittedAt: string): BatchRecord {
  return { ...record, state: 'submitted', batchId, submittedAt }
}

async function submitWhatFits(session: Session): Promise<void> {
  const { work, options, asks } = session
  while (session.queue.length + session.halves.length > 0 && session.flights.length < work.mostOut) {
    if (isSuspect(session)) return
    options.signal.throwIfAborted()
    const half = session.halves[0]
    const next = half ?? session.queue.slice(0, work.limits.requests)
    const tokens = tokensLeft(session, asks.callOf(next[0] as number))
    if (tokens === undefined) return
    if (half !== undefined) session.halves.shift()
    const { record, count } = await planBatch(
      lazyList(next.length, (at) => asks.callOf(next[at] as number)),
      {
        judge: work.judge,
        service: work.batches,
        reach: work.reach,
        folder: options.folder,
        limits: work.limits,
        tokens,
        plannedAt: work.now().toISOString(),
        sequence: session.sequence++,
      },
    )
    if (half === undefined) session.queue = session.queue.slice(count)
    else if (count < half.length) session.halves.unshift(half.slice(count))
    const numbers = next.slice(0, count)
    for (const number of numbers) asks.countSent(number, 1)
    session.flights.push({ record: await submit(session, record), numbers, isEarlier: false })
    tell(session)
  }
}

/** How many tokens another batch may have; undefined where it is better to wait until one has ended. */
function tokensLeft({ enqueuedTokens, flights, work }: Session, call: BulkCall): number | undefined {
  const out = flights.reduce((sum, { record }) => sum + record.tokens, 0)
  const needed = Buffer.byteLength(requestLine(call, work.judge, work.batches).line) / BYTES_A_TOKEN
  return roomLeft({ enqueuedTokens, out, needed })
}

/** Uploads a planned batch and creates it. Each is noted before the next, and looked for before it is done a second time. */
async function submit({ work, options }: Session, planned: BatchRecord): Promise<BatchRecord> {
  const { batches } = work
  const { folder, signal, onStatus } = options
  const { requests } = batchFiles(folder, planned.key)
  const { size } = await stat(requests)
  const fileId = await withPatience(
    async (attempt, signal) =>
      (attempt > 1 ? await batches.findFile(requests, size) : undefined) ?? batches.upload(requests, signal),
    work,
    signal,
  )
  const uploaded = await saveRecord(folder, { ...planned, state: 'uploaded', fileId })
  await withPatience((_, signal) => batches.fileIsReady(fileId, signal, work.pauses.firstMs), work, signal)
  const order = orderOf(uploaded, fileId)
  const { id, warning } = await withPatience(
    async (attempt) => {
      const found = attempt > 1 ? await batches.find(order) : undefined
      return found === undefined ? batches.create(order) : { id: found, warning: undefined }
    },
    work,
    signal,
  )
  if (warning !== undefined) onStatus?.(`${work.judge.name}: ${batches.name} warns: ${warning}`)
  const message = warning === undefined ? {} : { message: warning }
  return saveRecord(folder, { ...submitted(uploaded, id, work.now().toISOString()), ...message })
}

/** Looks at every batch that is out; those that have ended, with their results in the folder, are taken out of the session. */
async function lookAtAll(session: Session): Promise<Flight[]> {
  const ended: Flight[] = []
  for (const flight of session.flights) {
    if (flight.record.state !== 'ended') await lookAt(session, flight)
    if (flight.record.state === 'ended') ended.push(flight)
  }
  session.flights = session.flights.filter(({ record }) => record.state !== 'ended')
  return ended
}

async function lookAt(session: Session, flight: Flight): Promise<void> {
  const { work, options } = session
  const { folder, signal } = options
  const batchId = flight.record.batchId as string
  const state = await withPatience(() => work.batches.look(batchId), work, signal)
  if (state === undefined) {
    if (!work.isForgetful)
      throw stopped(
        work,
        `${work.batches.name} knows no batch ${batchId} with this key; if it is gone for good, remove ${batchFiles(folder, flight.record.key).record}`,
      )
    flight.record = await saveRecord(folder, { ...flight.record, state: 'ended', end: 'gone' })
    return
  }
  if (state.stage === 'waiting') await noteWaiting(session, flight, state)
  else await noteEnd(session, flight, state)
  flight.isEarlier = false
}

async function noteWaiting({ work, options }: Session, flight: Flight, state: BatchState): Promise<void> {
  const { record } = flight
  const { status, answered } = state
  if (status !== record.status || answered !== record.answered)
    flight.record = await saveRecord(options.folder, { ...record, status, answered })
  const waitedMs = work.now().getTime() - Date.parse(record.submittedAt as string)
  if (options.isTaking || waitedMs <= work.patienceMs || record.cancelAsked === 'deadline') return
  await withPatience(() => cancelUnlessOver(work.batches, record.batchId as string), work, options.signal)
  flight.record = await saveRecord(options.folder, { ...flight.record, cancelAsked: 'deadline' })
}

/** A batch that has just ended can't be cancelled any more, which is as well. */
async function cancelUnlessOver(batches: BatchService, batchId: string): Promise<void> {
  try {
    await batches.cancel(batchId)
  } catch (error) {
    const status = statusOf(error)
    if (status !== 400 && status !== 409) throw error
  }
}

async function noteEnd(session: Session, flight: Flight, state: BatchState): Promise<void> {
  const { work, options } = session
  const { isEarlier } = flight
  const files = batchFiles(options.folder, flight.record.key)
  const { status, stage, outputFileId, errorFileId } = state
  const isThere = await Promise.all([
    fetchResults(session, outputFileId, files.output),
    fetchResults(session, errorFileId, files.errors),
  ])
  if (!isThere.includes(false) && (await mayDeliverMore(session, flight, state))) return
  const { record } = flight
  const message = isThere.includes(false) ? 'its results are kept no longer' : (state.message ?? record.message)
  flight.record = await saveRecord(options.folder, {
    ...record,
    state: 'ended',
    status,
    end: endOf(state),
    ...(message === undefined ? {} : { message }),
  })
  if (stage === 'cancelled' && record.cancelAsked !== 'deadline' && !isEarlier)
    session.cancelled = `batch ${record.batchId} was cancelled; the next start asks for what it left`
  if (stage === 'failed') options.onStatus?.(`${work.judge.name}: batch ${record.batchId} failed: ${message ?? status}`)
}

/**
 * Whether a batch that was broken off may still deliver requests that were at work then: some are in neither of its files,
 * and it was not seen so for `LATE_MS` yet. Asked again before that, they might be paid for twice.
 */
async function mayDeliverMore(
  { work, options }: Session,
  flight: Flight,
  { stage, status }: BatchState,
): Promise<boolean> {
  if (stage !== 'cancelled' && stage !== 'expired') return false
  const { record } = flight
  const now = work.now()
  const { brokenOffAt = now.toISOString() } = record
  if (now.getTime() - Date.parse(brokenOffAt) >= LATE_MS) return false
  const { requests, output, errors } = batchFiles(options.folder, record.key)
  const unsaid = new Set(await requestIds(requests))
  for (const file of [output, errors])
    if (existsSync(file)) for await (const { id } of readResultLines(file)) unsaid.delete(id)
  if (unsaid.size === 0) return false
  options.onStatus?.(
    `${work.judge.name}: batch ${record.batchId} is ${status}, ${unsaid.size} of its requests may still be at work; what it leaves is known ${LATE_MS / 60_000} minutes after ${brokenOffAt}`,
  )
  flight.record = await saveRecord(options.folder, { ...record, status, brokenOffAt })
  return true
}

function endOf({ stage, isOverLimit }: BatchState): BatchRecord['end'] {
  if (isOverLimit === true) return 'over-limit'
  return stage === 'waiting' ? 'completed' : stage
}

/**
 * What is out beside this batch is what the service takes; where nothing is, it takes no batch of this size. Its requests
 * were not tried, and wait.
 */
async function putBack(session: Session, { record, numbers }: Flight): Promise<void> {
  const others = session.flights
    .filter((flight) => flight.record.key !== record.key && flight.record.state !== 'ended')
    .reduce((sum, flight) => sum + flight.record.tokens, 0)
  if (others === 0 && record.requests === 1)
    throw stopped(session.work, `it takes not even one request (${record.message ?? 'too many tokens'})`)
  session.enqueuedTokens = Math.max(others, (others + record.tokens) / 2)
  const left = numbers.filter(session.asks.isOpen)
  for (const number of left) session.asks.countSent(number, -1)
  session.queue = [...left, ...session.queue]
  await settle(session, record, nothingSaid(record))
}

/** False where the service has the file no more. One that comes damaged is fetched again, and at last taken as it is. */
async function fetchResults({ work, options }: Session, fileId: string | undefined, file: string): Promise<boolean> {
  if (fileId === undefined) return true
  return withPatience(
    async (attempt, signal) => {
      if (!(await work.batches.download(fileId, file, signal))) return false
      try {
        await checkResultFile(file)
      } catch (error) {
        if (!(error instanceof DatasetFormatError)) throw error
        if (attempt < Math.min(DOWNLOADS, work.retries.attempts))
          throw new JudgeCallError(error.message, { judgeId: work.judge.id, isRetryable: true })
      }
      return true
    },
    work,
    options.signal,
  )
}

/** Gives the answers of an ended batch, queues what it left unanswered, and settles it. */
async function* deliver(session: Session, flight: Flight): AsyncGenerator<BulkAnswer> {
  const { work, options, asks } = session
  const { record } = flight
  if (record.end === 'failed' || record.end === 'over-limit') {
    await (record.end === 'failed' ? splitFailed(session, flight) : putBack(session, flight))
    return
  }
  session.failedInARow = 0
  const files = batchFiles(options.folder, record.key)
  const ids = await requestIds(files.requests)
  const wanted = options.isAll !== false || ids.every((id) => asks.numberOf(id) !== undefined)
  const unseen = new Set(ids)
  const again = new Map<string, { readonly message: string; readonly isFree: boolean }>()
  const counts = { answered: 0, refused: 0, missing: 0, duplicate: 0, foreign: 0 }
  const known = new Set(ids)
  for (const file of [files.output, files.errors]) {
    if (!existsSync(file)) continue
    for await (const line of readResultLines(file)) {
      options.signal.throwIfAborted() // The file stays, and is read again by the next start.
      if (!known.has(line.id)) counts.foreign++
      else if (!unseen.has(line.id)) counts.duplicate++
      else {
        const number = asks.numberOf(line.id)
        if (number === undefined) {
          unseen.delete(line.id)
          counts.answered++
          continue
        }
        const meaning = interpretLine(line, work.judge, asks.callOf(number).shown)
        if (meaning.kind === 'again') {
          again.set(line.id, meaning)
          continue
        }
        unseen.delete(line.id)
        asks.close(number)
        counts.answered++
        yield answerOf(session, number, meaning)
      }
    }
  }
  for (const id of unseen) {
    const said = again.get(id)
    if (said === undefined) counts.missing++
    else counts.refused++
    const number = asks.numberOf(id)
    if (number !== undefined) sendAgain(session, number, said ?? unsaid(record))
  }
  if (wanted) await settle(session, record, counts)
}

/**
 * A batch that failed as a whole did nothing. One line may have spoiled it: its halves are sent each by itself, until the
 * line is found, which then fails alone.
 */
async function splitFailed(session: Session, { record, numbers }: Flight): Promise<void> {
  const { options, asks, halves } = session
  const message = `batch ${record.batchId} failed: ${record.message ?? 'no reason given'}`
  session.lastFailure = `${++session.failedInARow} batches after each other failed (the last: ${message})`
  const left = numbers.filter(asks.isOpen)
  if (left.length === 1) sendAgain(session, left[0] as number, { message, isFree: true })
  else {
    for (const number of left) asks.countSent(number, -1)
    const middle = Math.ceil(left.length / 2)
    if (!options.isTaking) halves.push(...[left.slice(0, middle), left.slice(middle)].filter((half) => half.length > 0))
  }
  await settle(session, record, nothingSaid(record))
}

/** Whether it looks as if no batch would succeed: then what is out is waited for, and decides. */
function isSuspect({ failedInARow, options }: Session): boolean {
  return failedInARow >= (options.isAnswered?.() === false ? WALL.first : WALL.later)
}

function nothingSaid({ requests }: BatchRecord): LineCounts {
  return { answered: 0, refused: 0, missing: requests, duplicate: 0, foreign: 0 }
}

function answerOf(
  { asks }: Session,
  number: number,
  { answer, reply, isFree }: { readonly answer: Answer; readonly reply?: unknown; readonly isFree: boolean },
): BulkAnswer {
  const attempts = asks.sent(number)
  const { presentation, key } = asks.callOf(number)
  return {
    presentationId: presentation.id,
    key,
    ...answer,
    ...(attempts > 1 ? { attempts } : {}),
    ...(reply === undefined ? {} : { reply }),
    ...(isFree ? { isFree } : {}),
  }
}

/** Of a request of which nothing is said nobody knows whether it was made. */
function unsaid({ end, batchId }: BatchRecord): { readonly message: string; readonly isFree: boolean } {
  return { message: `batch ${batchId} ended (${end}) without its result`, isFree: false }
}

function sendAgain(
  session: Session,
  number: number,
  { message, isFree }: { readonly message: string; readonly isFree: boolean },
): void {
  const { work, options, asks } = session
  if (options.isTaking) return
  if (asks.sent(number) >= work.attempts) {
    asks.close(number)
    session.givenUp.push({ number, message, isFree })
  } else if (isFree || options.mayRepeat?.(asks.callOf(number)) !== false) session.queue.push(number)
  else asks.close(number)
}

/** When everything that came of a batch is in the log, its files are needed no more. */
async function settle({ options }: Session, record: BatchRecord, counts: LineCounts): Promise<void> {
  await options.kept?.()
  await saveRecord(options.folder, { ...record, state: 'settled', counts })
  await removeLines(options.folder, record.key)
}

/** What was sent often enough: a failed judgment where the service answers others; behind a wall nothing was judged. */
async function* giveUp(session: Session): AsyncGenerator<BulkAnswer> {
  const { givenUp, options, work } = session
  if (givenUp.length === 0) return
  const message = givenUp.at(-1)?.message
  if (options.isAnswered?.() === false) throw stopped(work, `no request was answered (the last: ${message})`)
  for (const { number, message, isFree } of givenUp)
    yield answerOf(session, number, {
      answer: { outcome: { kind: 'failed', reason: 'error', detail: message } },
      isFree,
    })
}

function recordsOf({ flights }: Session): BatchRecord[] {
  return flights.map(({ record }) => record)
}

function tell(session: Session): void {
  const { work, options, flights, queue, asks } = session
  const out = new Map<string, number>()
  for (const { record } of flights) {
    const word = record.status ?? record.state
    out.set(word, (out.get(word) ?? 0) + 1)
  }
  const words = [...out].map(([word, count]) => `${count} ${word}`).join(', ')
  const line = `${work.judge.name}: ${asks.wanted - asks.size()} of ${asks.wanted} answered, ${flights.length} batches out${words === '' ? '' : ` (${words})`}${queue.length > 0 ? `, ${queue.length} requests wait` : ''}`
  if (line === session.told) return
  session.told = line
  options.onStatus?.(line)
}

function stopped({ judge }: BatchWork, why: string): JudgeCallError {
  return new JudgeCallError(`${judge.name}: stopped, ${why}; what was answered is kept`, {
    judgeId: judge.id,
    isRetryable: false,
  })
}
