import { join } from 'node:path'
import { costUsd, JudgeCallError, lazyList, type Presentation } from '@judgelab/core'
import type { BulkAnswer, BulkCall, BulkJudge } from '../judge.js'
import type { Asking } from './asking.js'
import type { Reservation } from './budget.js'
import { createKeyTable } from './key-table.js'
import { timesOf } from './reply-times.js'
import { requestDigest } from './request-digest.js'

/** What is to be answered in bulk, each call under a number: some dozens of bytes a call, however many there are. */
interface Wanted {
  /** The call with this number, made anew. */
  readonly callOf: (number: number) => BulkCall
  /** The number of a call: by the key of its request where it has one, else by its presentation. */
  readonly numberOf: (of: { readonly key?: string | undefined; readonly presentationId: string }) => number | undefined
  readonly atMostUsd: (number: number) => number
  /** Other presentations whose request is the same: one answer serves all. */
  readonly twinsOf: (number: number) => readonly Presentation[]
  readonly numbers: readonly number[]
  /** Above every number. */
  readonly size: number
}

/** Calls that are handed over: their numbers, and the money that was put aside for them, where a budget is limited. */
interface HandedOver {
  readonly numbers: readonly number[]
  readonly reservations: Map<number, Reservation>
}

/**
 * Hands everything that is missing, and not in the cache, to a judge that answers in bulk, and logs what comes, as it comes.
 * Under a budget only as many are handed over at once as it lets; when those turned out cheaper, more follow.
 */
export async function askBulk(judge: BulkJudge, presentations: readonly Presentation[], asking: Asking): Promise<void> {
  const { halt, request } = asking
  const wanted = await takeKept(judge, presentations, asking)
  let rest = wanted.numbers
  while (rest.length > 0 && !halt.isOn()) {
    const handedOver = handOver(await underWayFirst(judge, wanted, rest, asking), wanted, asking)
    const { numbers } = handedOver
    if (numbers.length === 0) {
      halt.stop({ by: 'budget', nextUsd: wanted.atMostUsd(rest[0] as number) })
      return
    }
    if (numbers.length < rest.length)
      request.onStatus?.(
        `${judge.name}: the budget lets ${numbers.length} of ${rest.length} requests out at once; more follow when they turned out cheaper`,
      )
    await collect(judge, wanted, handedOver, handedOver.left.length === 0, asking)
    rest = handedOver.left
    if (request.isTaking) return
  }
}

/** Records what the cache can answer; the rest, equal requests together. */
async function takeKept(
  judge: BulkJudge,
  presentations: readonly Presentation[],
  { request, halt, record }: Asking,
): Promise<Wanted> {
  const { requests, prices, atMost } = judge
  const usdOf = (most: ReturnType<NonNullable<typeof atMost>> | undefined): number =>
    most === undefined || prices === undefined ? 0 : costUsd(most, prices)
  const keys = createKeyTable()
  const byId = new Map<string, number>()
  /** By number: 1 + the row in `presentations`, 0 where the cache had the answer; and what it costs at the most. */
  const rows = new Uint32Array(presentations.length)
  const usd = new Float64Array(presentations.length)
  let size = 0
  const twins = new Map<number, Presentation[]>()
  for (const [row, presentation] of presentations.entries()) {
    if (halt.isOn()) break
    const shown = request.show(presentation)
    if (requests === undefined) {
      byId.set(presentation.id, size)
      rows[size] = row + 1
      usd[size++] = usdOf(atMost?.({ presentation, shown }))
      continue
    }
    const composed = requests.compose(shown, presentation.repeat)
    const key = requestDigest(requests.service, composed)
    const number = keys.add(key)
    if (rows[number] !== 0) {
      twins.set(number, [...(twins.get(number) ?? []), presentation])
      continue
    }
    const kept = request.cache?.get(key)
    const answer = kept === undefined ? undefined : requests.read(kept.body, shown)
    const isKept = kept !== undefined && answer !== undefined && answer.outcome.kind !== 'failed'
    if (isKept) await record(presentation, { ...answer, ...timesOf(kept), cached: true })
    rows[number] = isKept ? 0 : row + 1
    size = keys.size()
    usd[number] = usdOf(composed.atMost)
  }
  return {
    callOf: (number) => {
      const presentation = presentations[(rows[number] as number) - 1] as Presentation
      return {
        presentation,
        get shown() {
          return request.show(presentation)
        },
        ...(requests === undefined ? {} : { key: keys.keyAt(number) }),
      }
    },
    numberOf: ({ key, presentationId }) => (key === undefined ? byId.get(presentationId) : keys.numberOf(key)),
    atMostUsd: (number) => usd[number] as number,
    twinsOf: (number) => twins.get(number) ?? [],
    size,
    numbers: Array.from({ length: size }, (_, number) => number).filter((number) => rows[number] !== 0),
  }
}

/** Where a budget may not let all through, what was submitted before comes first: it is under way whatever happens. */
async function underWayFirst(
  judge: BulkJudge,
  { callOf }: Wanted,
  rest: readonly number[],
  asking: Asking,
): Promise<readonly number[]> {
  if (!isLimited(asking) || judge.underWay === undefined || asking.request.isTaking) return rest
  const underWay = await judge.underWay(jobsFolder(asking))
  if (underWay.size === 0) return rest
  const isUnderWay = (number: number): boolean => {
    const { key } = callOf(number)
    return key !== undefined && underWay.has(key)
  }
  return [...rest.filter(isUnderWay), ...rest.filter((number) => !isUnderWay(number))]
}

function isLimited({ budget }: Asking): boolean {
  return budget.maxCost !== undefined || budget.maxRequests !== undefined
}

/** What fits into the budget; taking what is there costs nothing any more. */
function handOver(
  rest: readonly number[],
  { atMostUsd }: Wanted,
  asking: Asking,
): HandedOver & { readonly left: readonly number[] } {
  const reservations = new Map<number, Reservation>()
  if (asking.request.isTaking || !isLimited(asking)) return { numbers: rest, reservations, left: [] }
  for (const number of rest) {
    const reservation = asking.budget.tryReserve(atMostUsd(number))
    if (reservation === undefined) break
    reservations.set(number, reservation)
  }
  const { size } = reservations
  return { numbers: rest.slice(0, size), reservations, left: rest.slice(size) }
}

async function collect(
  judge: BulkJudge,
  wanted: Wanted,
  { numbers, reservations }: HandedOver,
  isAll: boolean,
  asking: Asking,
): Promise<void> {
  const { request, halt, budget, progress, kept } = asking
  const stop = new AbortController()
  const forget = halt.whenOn(() => stop.abort(new Error('the run was stopped')))
  /** By number: 1 + the place of a call that is handed over; and whether it is answered. */
  const places = new Uint32Array(wanted.size)
  const isWaiting = new Uint8Array(wanted.size)
  for (const [place, number] of numbers.entries()) {
    places[number] = place + 1
    isWaiting[number] = 1
  }
  const placeOf = (key: string): number | undefined => {
    const number = wanted.numberOf({ key, presentationId: '' })
    const place = number === undefined ? 0 : (places[number] as number)
    return place === 0 ? undefined : place - 1
  }
  let deniedUsd: number | undefined
  const mayRepeat = ({ key, presentation }: BulkCall): boolean => {
    const number = wanted.numberOf({ key, presentationId: presentation.id }) as number
    const reservation = reservations.get(number)
    if (reservation === undefined) return true
    const atMostUsd = wanted.atMostUsd(number)
    const next = budget.tryReserve(atMostUsd)
    if (next === undefined) {
      deniedUsd ??= atMostUsd
      return false
    }
    reservation.settle(atMostUsd)
    reservations.set(number, next)
    return true
  }
  const isAnswered = (): boolean => {
    const { done, failures } = progress()
    return done > Object.values(failures).reduce((sum, count) => sum + count, 0)
  }
  try {
    const { onStatus, isTaking } = request
    const onHandOff = (message: string): void => halt.stop({ by: 'hand-off', message })
    const options = { folder: jobsFolder(asking), signal: stop.signal, placeOf, onStatus, isTaking, onHandOff }
    const calls = lazyList(numbers.length, (at) => wanted.callOf(numbers[at] as number))
    for await (const answer of judge.collect(calls, { ...options, isAll, isAnswered, mayRepeat, kept })) {
      const number = wanted.numberOf(answer)
      if (number === undefined || isWaiting[number] !== 1)
        throw new RangeError(
          `askBulk needs one answer to each call, got another one to ${answer.presentationId} (${judge.name})`,
        )
      isWaiting[number] = 0
      const usd = paidUsd(answer, judge, wanted.atMostUsd(number))
      settle(usd, reservations.get(number), asking)
      if (answer.usage === undefined) asking.unlogged.uncounted(usd)
      reservations.delete(number)
      await recordAnswer(answer, wanted.callOf(number), wanted.twinsOf(number), asking)
    }
  } catch (error) {
    if (error instanceof JudgeCallError) halt.stop({ by: 'service', message: error.message })
    else if (!stop.signal.aborted) throw error
  } finally {
    forget()
    // What was submitted goes on without this process, and may still be paid for.
    for (const [number, reservation] of reservations) reservation.settle(wanted.atMostUsd(number))
  }
  if (deniedUsd !== undefined) halt.stop({ by: 'budget', nextUsd: deniedUsd })
}

function jobsFolder({ request }: Asking): string {
  return join(request.run.folder, 'jobs')
}

/** What a call came to, in money. Of a budget without limits nothing was put aside; what is taken was paid before. */
function settle(usd: number, reservation: Reservation | undefined, { budget, request }: Asking): void {
  if (request.isTaking) return
  const owed = reservation ?? budget.tryReserve(usd)
  owed?.settle(usd)
}

async function recordAnswer(
  { presentationId: _, key: __, latencyMs = 0, reply, isFree: ___, ...answer }: BulkAnswer,
  { presentation, key }: BulkCall,
  twins: readonly Presentation[],
  { request, record, halt }: Asking,
): Promise<void> {
  await record(presentation, { ...answer, latencyMs })
  const isUseful = answer.outcome.kind !== 'failed'
  if (isUseful && reply !== undefined && key !== undefined)
    request.cache?.put(key, { body: reply, firstByteMs: 0, totalMs: 0 }).catch(halt.fail)
  for (const twin of twins)
    await record(twin, isUseful ? { ...answer, latencyMs, cached: true } : { outcome: answer.outcome, latencyMs })
}

function paidUsd({ usage, isFree }: BulkAnswer, { prices }: BulkJudge, atMostUsd: number): number {
  if (isFree) return 0
  return usage === undefined || prices === undefined ? atMostUsd : costUsd(usage, prices)
}
