import { costUsd, JudgeCallError, type Outcome, type ShownPresentation } from '@judgelab/core'
import type { Answer, ServiceJudge, ServiceReply, ServiceRequest } from '../judge.js'
import type { Asking } from './asking.js'
import type { CircuitBreaker } from './circuit-breaker.js'
import type { Crew } from './crew.js'
import { pause } from './pause.js'
import { retryDelayMs } from './retries.js'
import type { Ending, ServiceGate } from './service-gate.js'

/** One call of a service, with everything that it goes through. */
export interface ServiceCall {
  readonly judge: ServiceJudge
  readonly shown: ShownPresentation
  readonly request: ServiceRequest
  readonly gate: ServiceGate
  readonly breaker: CircuitBreaker
  readonly crew: Crew
}

/** What a call came to. */
export type Called =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly reply: ServiceReply; readonly attempts: number }
  | {
      readonly kind: 'failed'
      readonly outcome: Outcome
      readonly message: string
      readonly latencyMs: number
      readonly attempts: number
    }

/** The time limit of one attempt where the judge has none. */
const TIMEOUT_SECONDS = 600

/**
 * Calls a service until it answers or the call is given up. While it waits for its next attempt it takes no place, neither
 * in the crew nor at the gate.
 *
 * @returns undefined when the run was stopped before anything came of it
 * @throws what `send` and `read` throw, but for a JudgeCallError
 */
export async function callService(call: ServiceCall, asking: Asking): Promise<Called | undefined> {
  const { retries, halt, clock, random } = asking
  let timeouts = 0
  for (let attempts = 1; ; attempts++) {
    const attempt = await attemptOnce(call, asking, attempts > 1)
    if (attempt === undefined) return undefined
    if (attempt.kind === 'answered') return { ...attempt, attempts }
    const { error, isTimeout, latencyMs } = attempt
    if (call.breaker.isHopeless(error.status, error.message)) return undefined
    if (isTimeout) timeouts++
    const { retryAfterMs } = error
    if (!error.isRetryable || attempts >= retries.attempts || timeouts >= retries.timeouts) {
      const outcome = { kind: 'failed', reason: isTimeout ? 'timeout' : 'error', detail: error.message } as const
      return { kind: 'failed', outcome, message: error.message, latencyMs, attempts }
    }
    if (retryAfterMs !== undefined && retryAfterMs > retries.patienceMs) {
      const wait = `it asks to be left alone for ${Math.ceil(retryAfterMs / 60_000)} minutes (${error.message})`
      halt.stop({ by: 'service', message: `${call.judge.name}: stopped, ${wait}; what was answered is kept` })
      return undefined
    }
    await call.crew.aside(pause(clock, retryDelayMs(retries, attempts, retryAfterMs, random), halt))
    if (halt.isOn()) return undefined
  }
}

type Attempt =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly reply: ServiceReply }
  | {
      readonly kind: 'failed'
      readonly error: JudgeCallError
      readonly isTimeout: boolean
      readonly latencyMs: number
    }

/** Money is put aside, a turn is waited for, and then the request is sent. */
async function attemptOnce(call: ServiceCall, asking: Asking, isRetry: boolean): Promise<Attempt | undefined> {
  const { judge, request, shown, gate } = call
  const { budget, halt, clock } = asking
  const atMostUsd = judge.prices === undefined ? 0 : costUsd(request.atMost, judge.prices)
  const reservation = await budget.reserve(atMostUsd, halt)
  if (reservation === undefined) {
    halt.stop({ by: 'budget', nextUsd: atMostUsd })
    return undefined
  }
  const pass = await gate.enter({ atMost: request.atMost, isRetry }, halt)
  if (pass === undefined) {
    reservation.release()
    return undefined
  }
  let ending: Ending = { kind: 'failed' }
  let paidUsd = atMostUsd
  try {
    const reply = await sendInTime(judge, request, asking)
    const answer = judge.read(reply.body, shown)
    const { usage } = answer
    ending = { kind: 'answered', inputTokens: usage?.inputTokens, outputTokens: usage?.outputTokens }
    if (usage !== undefined && judge.prices !== undefined) paidUsd = costUsd(usage, judge.prices)
    return { kind: 'answered', answer, reply }
  } catch (error) {
    if (!(error instanceof JudgeCallError)) throw error
    if (error.status !== undefined && OVERLOADED.has(error.status)) ending = { kind: 'overloaded' }
    if (isSurelyFree(error)) paidUsd = 0
    if (halt.isOn() && error.isRetryable) return undefined
    return { kind: 'failed', error, isTimeout: error.isTimeout, latencyMs: clock.elapsedMs() - pass.sentAtMs }
  } finally {
    reservation.settle(paidUsd)
    gate.leave(pass, ending)
  }
}

/** What a service says that is asked for more than it can do now. */
const OVERLOADED: ReadonlySet<number> = new Set([429, 503, 529])

/** An error answer is not paid for, nor is what never arrived; what was cut off or got lost may have been. */
function isSurelyFree({ status, cause }: JudgeCallError): boolean {
  if (status !== undefined) return true
  for (let reason = cause; reason instanceof Error; reason = reason.cause)
    if (NEVER_ARRIVED.has((reason as NodeJS.ErrnoException).code)) return true
  return false
}

const NEVER_ARRIVED: ReadonlySet<string | undefined> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
])

/**
 * One attempt within its time limit. After the run was stopped by its signal it may still be answered for a while: it is
 * paid for.
 *
 * @throws {JudgeCallError} as `send` does, and when time is up
 */
function sendInTime(judge: ServiceJudge, request: ServiceRequest, asking: Asking): Promise<ServiceReply> {
  const { clock, halt, controllers } = asking
  const { timeoutSeconds = TIMEOUT_SECONDS } = judge.limits
  const { graceMs = 5000 } = asking.request
  return new Promise((resolve, reject) => {
    const controller = controllers.take()
    const giveUp = (message: string, isTimeout: boolean): void => {
      controller.abort()
      end()
      reject(new JudgeCallError(message, { judgeId: judge.id, isRetryable: true, isTimeout }))
    }
    let endGrace = (): void => undefined
    const endTimer = clock.after(timeoutSeconds * 1000, () => giveUp(`no answer within ${timeoutSeconds} s`, true))
    const forget = halt.whenOn(() => {
      const by = halt.reason()?.by
      if (by === 'budget' || by === 'service') return
      endGrace = clock.after(graceMs, () => giveUp('stopped before it was answered', false))
    })
    const end = (): void => {
      endTimer()
      endGrace()
      forget()
      controllers.giveBack(controller)
    }
    judge.send(request, { signal: controller.signal }).then(
      (reply) => {
        end()
        resolve(reply)
      },
      (error: unknown) => {
        end()
        reject(error)
      },
    )
  })
}
