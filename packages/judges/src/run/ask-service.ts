import type { Presentation } from '@judgelab/core'
import type { AnswerCache } from '../cache/answer-cache.js'
import type { ServiceJudge, ServiceReply } from '../judge.js'
import type { Asking } from './asking.js'
import { callService, type ServiceCall } from './call-service.js'
import { createCrew } from './crew.js'
import type { Halt } from './halt.js'
import { timesOf } from './reply-times.js'
import { requestDigest } from './request-digest.js'
import { DEFAULT_CONCURRENCY } from './service-gate.js'

/**
 * Asks a model behind a service: what is in the cache is read from there; all else is sent, within the budget and the
 * service's limits, until it is answered or given up.
 */
export async function askService(
  judge: ServiceJudge,
  presentations: readonly Presentation[],
  asking: Asking,
): Promise<void> {
  const { halt, gates, breaker } = asking
  const concurrency = judge.limits.concurrency ?? DEFAULT_CONCURRENCY
  const crew = createCrew(concurrency + Math.ceil(concurrency * AHEAD), halt.fail)
  const gate = gates.gateOf(judge.service, judge.limits)
  const cache = asking.request.cache === undefined ? undefined : cacheOf(asking.request.cache, halt)
  for (const presentation of presentations) {
    await crew.room()
    if (halt.isOn()) break
    crew.start(() => askOne({ judge, gate, breaker, crew }, presentation, asking, cache))
  }
  await crew.end()
  await breaker.settle()
  await cache?.isWritten()
}

/**
 * So many calls, as a share of those that may be under way, are composed and wait at the gate: when answers come in a bunch,
 * the next requests are sent first, and then there is time for the rest.
 */
const AHEAD = 0.5

/** The cache as one run uses it. */
interface RunCache {
  readonly get: AnswerCache['get']
  /** Requests that are being answered, by key, with who else waits for the reply; undefined comes of those that failed. */
  readonly underWay: Map<string, { waiting?: ((reply: ServiceReply | undefined) => void)[] }>
  readonly put: (key: string, reply: ServiceReply) => void
  readonly isWritten: () => Promise<void>
}

/** Nobody waits for what is put; a put that fails ends the run. They are written in order, so the last one tells of all. */
function cacheOf(cache: AnswerCache, halt: Halt): RunCache {
  const underWay: RunCache['underWay'] = new Map()
  let last: Promise<void> | undefined
  return {
    get: cache.get,
    underWay,
    put: (key, reply) => {
      last = cache.put(key, reply).catch(halt.fail)
    },
    isWritten: async () => {
      await cache.flush()
      await last
    },
  }
}

/** Of equal requests that meet, one is sent, and the others are answered by its reply. */
async function askOne(
  means: Omit<ServiceCall, 'presentation' | 'shown' | 'request'>,
  presentation: Presentation,
  asking: Asking,
  cache: RunCache | undefined,
): Promise<void> {
  const { judge, crew } = means
  const shown = asking.request.show(presentation)
  const request = judge.compose(shown, presentation.repeat)
  const call: ServiceCall = { ...means, presentation, shown, request }
  if (cache === undefined) {
    await callService(call, asking)
    return
  }
  const key = requestDigest(judge.service, request)
  for (let other = cache.underWay.get(key); other !== undefined; other = cache.underWay.get(key)) {
    const { waiting = [] } = other
    other.waiting = waiting
    const reply = await crew.aside(new Promise<ServiceReply | undefined>((resolve) => waiting.push(resolve)))
    if (asking.halt.isOn() || (await recordKept(reply, call, asking))) return
  }
  if (await recordKept(cache.get(key), call, asking)) return
  cache.underWay.set(key, {})
  let reply: ServiceReply | undefined
  try {
    reply = await callService(call, asking)
  } finally {
    if (reply !== undefined) cache.put(key, reply)
    const { waiting = [] } = cache.underWay.get(key) ?? {}
    cache.underWay.delete(key)
    for (const resolve of waiting) resolve(reply)
  }
}

/** False where there is no reply, or one that says nothing to this version: it is asked for anew. */
async function recordKept(
  kept: ServiceReply | undefined,
  { judge, presentation, shown }: ServiceCall,
  { record }: Asking,
): Promise<boolean> {
  if (kept === undefined) return false
  const answer = judge.read(kept.body, shown)
  if (answer.outcome.kind === 'failed') return false
  await record(presentation, { ...answer, ...timesOf(kept), cached: true })
  return true
}
