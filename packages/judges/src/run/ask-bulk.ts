import { join } from 'node:path'
import { costUsd, JudgeCallError, type Presentation } from '@judgelab/core'
import type { BulkAnswer, BulkCall, BulkJudge } from '../judge.js'
import type { Asking } from './asking.js'
import type { Reservation } from './budget.js'

/** Something handed over, with the money that was put aside for it. */
interface HandedOver {
  readonly call: BulkCall
  readonly reservation: Reservation
  readonly atMostUsd: number
}

/**
 * Hands everything that is missing to a judge that answers in bulk, and logs what comes, as it comes. Under a budget only as
 * many are handed over as it lets, the first ones.
 */
export async function askBulk(judge: BulkJudge, presentations: readonly Presentation[], asking: Asking): Promise<void> {
  const { request, halt } = asking
  const stop = new AbortController()
  const forget = halt.whenOn(() => stop.abort(new Error('the run was stopped')))
  const { handedOver, refused } = handOver(judge, presentations, asking)
  const waiting = new Map(handedOver.map((held) => [held.call.presentation.id, held]))
  const calls = handedOver.map(({ call }) => call)
  try {
    const folder = join(request.run.folder, 'jobs')
    if (calls.length > 0)
      for await (const answer of judge.collect(calls, { folder, signal: stop.signal, onStatus: request.onStatus }))
        await recordAnswer(judge, answer, waiting, asking)
  } catch (error) {
    if (error instanceof JudgeCallError) halt.stop({ by: 'service', message: error.message })
    else if (!stop.signal.aborted) throw error
  } finally {
    forget()
    // What was submitted goes on without this process, and may still be paid for.
    for (const { reservation, atMostUsd } of waiting.values()) reservation.settle(atMostUsd)
  }
  if (refused !== undefined) halt.stop({ by: 'budget', nextUsd: refused })
}

/** What fits into the budget, and what the first call that did not fit may cost. */
function handOver(
  judge: BulkJudge,
  presentations: readonly Presentation[],
  { request, budget }: Asking,
): { readonly handedOver: HandedOver[]; readonly refused?: number } {
  const handedOver: HandedOver[] = []
  for (const presentation of presentations) {
    const call: BulkCall = { presentation, shown: request.show(presentation) }
    const atMost = judge.atMost?.(call)
    const atMostUsd = atMost === undefined || judge.prices === undefined ? 0 : costUsd(atMost, judge.prices)
    const reservation = budget.tryReserve(atMostUsd)
    if (reservation === undefined) return { handedOver, refused: atMostUsd }
    handedOver.push({ call, reservation, atMostUsd })
  }
  return { handedOver }
}

async function recordAnswer(
  judge: BulkJudge,
  { presentationId, latencyMs = 0, ...answer }: BulkAnswer,
  waiting: Map<string, HandedOver>,
  { record }: Asking,
): Promise<void> {
  const held = waiting.get(presentationId)
  if (held === undefined)
    throw new RangeError(`askBulk needs one answer to each call, got another one to ${presentationId} (${judge.name})`)
  waiting.delete(presentationId)
  const { usage } = answer
  held.reservation.settle(
    usage === undefined || judge.prices === undefined ? held.atMostUsd : costUsd(usage, judge.prices),
  )
  await record(held.call.presentation, { ...answer, latencyMs })
}
