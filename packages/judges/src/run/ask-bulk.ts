import { join } from 'node:path'
import { costUsd, JudgeCallError, type Presentation } from '@judgelab/core'
import type { BulkAnswer, BulkCall, BulkJudge } from '../judge.js'
import type { Asking } from './asking.js'
import type { Reservation } from './budget.js'
import { timesOf } from './reply-times.js'
import { requestDigest } from './request-digest.js'

/** Something that is to be answered in bulk. */
interface Wanted {
  readonly call: BulkCall
  readonly atMostUsd: number
  /** Other presentations whose request is the same: one answer serves all. */
  readonly twins: Presentation[]
}

/** Something handed over, with the money that was put aside for it. */
interface HandedOver extends Wanted {
  reservation: Reservation
}

/**
 * Hands everything that is missing, and not in the cache, to a judge that answers in bulk, and logs what comes, as it comes.
 * Under a budget only as many are handed over at once as it lets; when those turned out cheaper, more follow.
 */
export async function askBulk(judge: BulkJudge, presentations: readonly Presentation[], asking: Asking): Promise<void> {
  const { halt, request } = asking
  let rest: readonly Wanted[] = await takeKept(judge, presentations, asking)
  while (rest.length > 0 && !halt.isOn()) {
    const { handedOver, left } = handOver(await underWayFirst(judge, rest, asking), asking)
    if (handedOver.length === 0) {
      halt.stop({ by: 'budget', nextUsd: (rest[0] as Wanted).atMostUsd })
      return
    }
    if (left.length > 0)
      request.onStatus?.(
        `${judge.name}: the budget lets ${handedOver.length} of ${rest.length} requests out at once; more follow when they turned out cheaper`,
      )
    await collect(judge, handedOver, left.length === 0, asking)
    rest = left
    if (request.isTaking) return
  }
}

/** Records what the cache can answer; the rest, equal requests together. */
async function takeKept(
  judge: BulkJudge,
  presentations: readonly Presentation[],
  { request, halt, record }: Asking,
): Promise<Wanted[]> {
  const { requests, prices, atMost } = judge
  const usdOf = (most: ReturnType<NonNullable<typeof atMost>> | undefined): number =>
    most === undefined || prices === undefined ? 0 : costUsd(most, prices)
  const wanted: Wanted[] = []
  const byKey = new Map<string, Wanted>()
  for (const presentation of presentations) {
    if (halt.isOn()) break
    const shown = request.show(presentation)
    if (requests === undefined) {
      const call = { presentation, shown }
      wanted.push({ call, atMostUsd: usdOf(atMost?.(call)), twins: [] })
      continue
    }
    const composed = requests.compose(shown, presentation.repeat)
    const key = requestDigest(requests.service, composed)
    const twin = byKey.get(key)
    if (twin !== undefined) {
      twin.twins.push(presentation)
      continue
    }
    const kept = request.cache?.get(key)
    const answer = kept === undefined ? undefined : requests.read(kept.body, shown)
    if (kept !== undefined && answer !== undefined && answer.outcome.kind !== 'failed') {
      await record(presentation, { ...answer, ...timesOf(kept), cached: true })
      continue
    }
    const one = { call: { presentation, shown, key }, atMostUsd: usdOf(composed.atMost), twins: [] }
    byKey.set(key, one)
    wanted.push(one)
  }
  return wanted
}

/** Where a budget may not let all through, what was submitted before comes first: it is under way whatever happens. */
async function underWayFirst(judge: BulkJudge, rest: readonly Wanted[], asking: Asking): Promise<readonly Wanted[]> {
  const { budget, request } = asking
  if ((budget.maxCost === undefined && budget.maxRequests === undefined) || judge.underWay === undefined) return rest
  const underWay = await judge.underWay(jobsFolder(asking))
  const isUnderWay = ({ call }: Wanted): boolean => call.key !== undefined && underWay.has(call.key)
  return request.isTaking || underWay.size === 0
    ? rest
    : [...rest.filter(isUnderWay), ...rest.filter((one) => !isUnderWay(one))]
}

/** What fits into the budget; taking what is there costs nothing any more. */
function handOver(
  rest: readonly Wanted[],
  { request, budget }: Asking,
): { readonly handedOver: HandedOver[]; readonly left: readonly Wanted[] } {
  const handedOver: HandedOver[] = []
  for (const wanted of rest) {
    const reservation = request.isTaking ? NOTHING_ASIDE : budget.tryReserve(wanted.atMostUsd)
    if (reservation === undefined) break
    handedOver.push({ ...wanted, reservation })
  }
  return { handedOver, left: rest.slice(handedOver.length) }
}

const NOTHING_ASIDE: Reservation = { settle: () => undefined, release: () => undefined }

async function collect(
  judge: BulkJudge,
  handedOver: readonly HandedOver[],
  isAll: boolean,
  asking: Asking,
): Promise<void> {
  const { request, halt, budget, progress, kept } = asking
  const stop = new AbortController()
  const forget = halt.whenOn(() => stop.abort(new Error('the run was stopped')))
  const waiting = new Map(handedOver.map((held) => [held.call.presentation.id, held]))
  let deniedUsd: number | undefined
  const mayRepeat = (presentationId: string): boolean => {
    const held = waiting.get(presentationId) as HandedOver
    const next = budget.tryReserve(held.atMostUsd)
    if (next === undefined) {
      deniedUsd ??= held.atMostUsd
      return false
    }
    held.reservation.settle(held.atMostUsd)
    held.reservation = next
    return true
  }
  const isAnswered = (): boolean => {
    const { done, failures } = progress()
    return done > Object.values(failures).reduce((sum, count) => sum + count, 0)
  }
  try {
    const { onStatus, isTaking } = request
    const onHandOff = (message: string): void => halt.stop({ by: 'hand-off', message })
    const options = { folder: jobsFolder(asking), signal: stop.signal, onStatus, isTaking, onHandOff }
    const calls = handedOver.map(({ call }) => call)
    for await (const answer of judge.collect(calls, { ...options, isAll, isAnswered, mayRepeat, kept }))
      await recordAnswer(judge, answer, waiting, asking)
  } catch (error) {
    if (error instanceof JudgeCallError) halt.stop({ by: 'service', message: error.message })
    else if (!stop.signal.aborted) throw error
  } finally {
    forget()
    // What was submitted goes on without this process, and may still be paid for.
    for (const { reservation, atMostUsd } of waiting.values()) reservation.settle(atMostUsd)
  }
  if (deniedUsd !== undefined) halt.stop({ by: 'budget', nextUsd: deniedUsd })
}

function jobsFolder({ request }: Asking): string {
  return join(request.run.folder, 'jobs')
}

async function recordAnswer(
  judge: BulkJudge,
  { presentationId, latencyMs = 0, reply, isFree, ...answer }: BulkAnswer,
  waiting: Map<string, HandedOver>,
  { request, record, halt }: Asking,
): Promise<void> {
  const held = waiting.get(presentationId)
  if (held === undefined)
    throw new RangeError(`askBulk needs one answer to each call, got another one to ${presentationId} (${judge.name})`)
  waiting.delete(presentationId)
  const { usage, outcome } = answer
  held.reservation.settle(paidUsd(usage, judge, held, isFree))
  await record(held.call.presentation, { ...answer, latencyMs })
  const isUseful = outcome.kind !== 'failed'
  if (isUseful && reply !== undefined && held.call.key !== undefined)
    request.cache?.put(held.call.key, { body: reply, firstByteMs: 0, totalMs: 0 }).catch(halt.fail)
  for (const twin of held.twins)
    await record(twin, isUseful ? { ...answer, latencyMs, cached: true } : { outcome, latencyMs })
}

function paidUsd(
  usage: BulkAnswer['usage'],
  { prices }: BulkJudge,
  { atMostUsd }: HandedOver,
  isFree: boolean | undefined,
): number {
  if (isFree) return 0
  return usage === undefined || prices === undefined ? atMostUsd : costUsd(usage, prices)
}
