import type { JudgeLimits } from '@judgelab/core'
import type { ServiceRequest } from '../judge.js'
import type { Clock } from './clock.js'
import type { Halt } from './halt.js'

/** Calls under way at once where nobody says how many. */
export const DEFAULT_CONCURRENCY = 16

/** Leave to make one attempt. */
export interface Pass {
  readonly sentAtMs: number
  /** Tokens that it was counted with. */
  readonly tokens: number
}

/** How an attempt ended, as far as the service's load is concerned. */
export type Ending =
  | { readonly kind: 'answered'; readonly inputTokens?: number | undefined; readonly outputTokens?: number | undefined }
  | { readonly kind: 'overloaded' }
  | { readonly kind: 'failed' }

/**
 * Where the calls to one service wait for their turn: no more under way than it can take, and no more requests and tokens
 * a minute than it allows. A call that waits for its next attempt is not in here.
 */
export interface ServiceGate {
  /** Resolves when an attempt may be made; undefined when the run is stopped first. Attempts after the first go first. */
  readonly enter: (
    asked: { readonly atMost: ServiceRequest['atMost']; readonly isRetry: boolean },
    halt: Halt,
  ) => Promise<Pass | undefined>
  readonly leave: (pass: Pass, ending: Ending) => void
  /** How many calls may be under way now. */
  readonly limit: () => number
}

/** The gates of all services that a process calls, by `service`: judges that share one share its gate. */
export interface ServiceGates {
  readonly gateOf: (service: string, limits: JudgeLimits) => ServiceGate
}

/** Gates that nobody has passed yet. Of several limits for one service, the widest concurrency and the lowest rates hold. */
export function createServiceGates(clock: Clock): ServiceGates {
  const gates = new Map<string, ServiceGate & { readonly agree: (limits: JudgeLimits) => void }>()
  return {
    gateOf: (service, limits) => {
      const gate = gates.get(service) ?? createGate(clock)
      gates.set(service, gate)
      gate.agree(limits)
      return gate
    },
  }
}

interface Waiter {
  readonly atMost: ServiceRequest['atMost']
  readonly admit: (pass: Pass) => void
}

/** What one call too many takes of the calls that may be under way. */
const DECREASE = 0.75

/** A timer that wakes late may be made up for by this much, lest the rate fall below what is allowed. */
const LATE_MS = 10

/**
 * The limit of calls under way starts at what was agreed, falls to three quarters when the service says that it is too much
 * (once for all calls that were sent before the last fall), and rises by one, or by a thirty-second of what was agreed, for every
 * round of calls that is answered.
 */
function createGate(clock: Clock): ServiceGate & { readonly agree: (limits: JudgeLimits) => void } {
  let most = 0
  let limit = 0
  let underWay = 0
  let loweredAtMs = Number.NEGATIVE_INFINITY
  const requests = createPace(clock)
  const tokens = createPace(clock)
  const output = { answers: 0, tokens: 0 }
  const again: Waiter[] = []
  const first: Waiter[] = []
  let cancelTimer: (() => void) | undefined

  const expected = ({ inputTokens, outputTokens }: ServiceRequest['atMost']): number =>
    inputTokens + (output.answers === 0 ? outputTokens : Math.min(outputTokens, output.tokens / output.answers))
  const readyAtMs = (): number =>
    underWay >= Math.floor(limit) ? Number.POSITIVE_INFINITY : Math.max(requests.readyAtMs(), tokens.readyAtMs())
  const passFor = (atMost: ServiceRequest['atMost']): Pass => {
    const pass = { sentAtMs: clock.elapsedMs(), tokens: expected(atMost) }
    underWay++
    requests.take(1)
    tokens.take(pass.tokens)
    return pass
  }
  const admitWaiting = (): void => {
    cancelTimer?.()
    cancelTimer = undefined
    while (again.length + first.length > 0) {
      const readyAt = readyAtMs()
      const wait = readyAt - clock.elapsedMs()
      if (wait > 0) {
        if (Number.isFinite(readyAt)) cancelTimer = clock.after(wait, admitWaiting)
        return
      }
      const waiter = (again.shift() ?? first.shift()) as Waiter
      waiter.admit(passFor(waiter.atMost))
    }
  }

  return {
    limit: () => Math.floor(limit),
    agree: ({ concurrency = DEFAULT_CONCURRENCY, requestsPerMinute, tokensPerMinute }) => {
      const wider = Math.max(most, concurrency)
      limit += wider - most
      most = wider
      requests.agree(requestsPerMinute)
      tokens.agree(tokensPerMinute)
      admitWaiting()
    },
    enter: async ({ atMost, isRetry }, halt) => {
      if (halt.isOn()) return undefined
      if (again.length + first.length === 0 && readyAtMs() <= clock.elapsedMs()) return passFor(atMost)
      return new Promise((resolve) => {
        const queue = isRetry ? again : first
        const waiter: Waiter = {
          atMost,
          admit: (pass) => {
            forget()
            resolve(pass)
          },
        }
        const forget = halt.whenOn(() => {
          queue.splice(queue.indexOf(waiter), 1)
          admitWaiting()
          resolve(undefined)
        })
        queue.push(waiter)
        admitWaiting()
      })
    },
    leave: ({ sentAtMs, tokens: counted }, ending) => {
      underWay--
      if (ending.kind === 'overloaded' && sentAtMs > loweredAtMs) {
        limit = Math.max(1, limit * DECREASE)
        loweredAtMs = clock.elapsedMs()
      } else if (ending.kind === 'answered') {
        limit = Math.min(most, limit + Math.max(1, most / 32) / limit)
        const { inputTokens, outputTokens } = ending
        if (inputTokens !== undefined && outputTokens !== undefined) {
          output.answers++
          output.tokens += outputTokens
          tokens.take(inputTokens + outputTokens - counted)
        }
      }
      admitWaiting()
    },
  }
}

/** So many of something a minute, evenly: after so many, as long a pause as they take at that rate. */
interface Pace {
  readonly agree: (perMinute: number | undefined) => void
  readonly readyAtMs: () => number
  /** Negative gives back what was taken too much. */
  readonly take: (count: number) => void
}

function createPace(clock: Clock): Pace {
  let msEach = 0
  let nextMs = Number.NEGATIVE_INFINITY
  return {
    agree: (perMinute) => {
      if (perMinute !== undefined) msEach = Math.max(msEach, 60_000 / perMinute)
    },
    readyAtMs: () => nextMs,
    take: (count) => {
      if (msEach === 0) return
      const nowMs = clock.elapsedMs()
      nextMs = (nextMs >= nowMs - LATE_MS ? nextMs : nowMs) + count * msEach
    },
  }
}
