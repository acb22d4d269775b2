import { costUsd, JudgeCallError, type Outcome, type Presentation, type ShownPresentation } from '@judgelab/core'
import type { Answer, ServiceJudge, ServiceReply, ServiceRequest } from '../judge.js'
import { type Asking, toMs } from './asking.js'
import { createCallController } from './call-controller.js'
import type { CircuitBreaker } from './circuit-breaker.js'
import type { Crew } from './crew.js'
import { pause } from './pause.js'
import { timesOf } from './reply-times.js'
import { retryDelayMs } from './retries.js'
import type { Ending, Pass, ServiceGate } from './service-gate.js'

/** One call of a service, with everything that it goes through. */
export interface ServiceCall {
  readonly judge: ServiceJudge
  readonly presentation: Presentation
  readonly shown: ShownPresentation
  readonly request: ServiceRequest
  readonly gate: ServiceGate
  readonly breaker: CircuitBreaker
  readonly crew: Crew
}

/** The time limit of one attempt where the judge has none. */
const TIMEOUT_SECONDS = 600

/**
 * Calls a service until it answers or the call is given up, and records what came of it. While it waits for its next attempt
 * it takes no place, neither in the crew nor at the gate.
 *
 * @returns the reply where there was one that says something: what may be used again
 * @throws what `send`, `read` and `record` throw, but for a JudgeCallError
 */
export async function callService(call: ServiceCall, asking: Asking): Promise<ServiceReply | undefined> {
  const { retries, halt, clock, random } = asking
  let timeouts = 0
  for (let attempt = 1; ; attempt++) {
    const came = await attemptOnce(call, asking, attempt)
    if (came === undefined) return undefined
    if (came.kind === 'answered') return came.answer.outcome.kind === 'failed' ? undefined : came.reply
    const { error, isTimeout, latencyMs } = came
    if (isTimeout) timeouts++
    const { retryAfterMs } = error
    if (!error.isRetryable || attempt >= retries.attempts || timeouts >= retries.timeouts) {
      const outcome: Outcome = { kind: 'failed', reason: isTimeout ? 'timeout' : 'error', detail: error.message }
      const made = { outcome, latencyMs: toMs(latencyMs), ...attemptsOf(attempt) }
      await call.breaker.failed(call.presentation, made, error.message)
      return undefined
    }
    if (retryAfterMs !== undefined && retryAfterMs > retries.patienceMs) {
      const wait = `it asks to be left alone for ${Math.ceil(retryAfterMs / 60_000)} minutes (${error.message})`
      halt.stop({ by: 'service', message: `${call.judge.name}: stopped, ${wait}; what was answered is kept` })
      return undefined
    }
    await call.crew.aside(pause(clock, retryDelayMs(retries, attempt, retryAfterMs, random), halt))
    if (halt.isOn()) return undefined
  }
}

/** One attempt is not worth a word. */
function attemptsOf(attempts: number): { readonly attempts?: number } {
  return attempts === 1 ? {} : { attempts }
}

type Attempt =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly reply: ServiceReply }
  | {
      readonly kind: 'failed'
      readonly error: JudgeCallError
      readonly isTimeout: boolean
      readonly latencyMs: number
    }

/**
 * Money is put aside, a turn is waited for, and then the request is sent. Its place is free again when the answer is in the
 * log: so there are never more answers that a crash would lose than there may be calls under way.
 */
async function attemptOnce(call: ServiceCall, asking: Asking, attempt: number): Promise<Attempt | undefined> {
  const { judge, presentation, request, shown, gate, breaker } = call
  const { budget, halt, clock } = asking
  const atMostUsd = judge.prices === undefined ? 0 : costUsd(request.atMost, judge.prices)
  const reservation = await budget.reserve(atMostUsd, halt)
  if (reservation === undefined) {
    halt.stop({ by: 'budget', nextUsd: atMostUsd })
    return undefined
  }
  let pass: Pass | undefined
  let ending: Ending = { kind: 'failed' }
  let paidUsd = 0
  const enter = async (): Promise<boolean> => {
    pass = await gate.enter({ atMost: request.atMost, isRetry: attempt > 1 }, halt)
    if (pass === undefined) return false
    paidUsd = atMostUsd
    asking.unlogged.sent(atMostUsd)
    return true
  }
  try {
    const reply = await sendInTime(judge, request, asking, enter)
    if (reply === undefined) return undefined
    const answer = judge.read(reply.body, shown)
    const { usage } = answer
    ending = { kind: 'answered', inputTokens: usage?.inputTokens, outputTokens: usage?.outputTokens }
    if (usage !== undefined && judge.prices !== undefined) paidUsd = costUsd(usage, judge.prices)
    await breaker.answered()
    await asking.record(presentation, { ...answer, ...timesOf(reply), ...attemptsOf(attempt) })
    return { kind: 'answered', answer, reply }
  } catch (error) {
    if (!(error instanceof JudgeCallError)) throw error
    if (error.status !== undefined && OVERLOADED.has(error.status)) ending = { kind: 'overloaded' }
    if (isSurelyFree(error)) paidUsd = 0
    if (breaker.isHopeless(error.status, error.message)) return undefined
    if (halt.isOn() && error.isRetryable) return undefined
    const latencyMs = pass === undefined ? 0 : clock.elapsedMs() - pass.sentAtMs
    return { kind: 'failed', error, isTimeout: error.isTimeout, latencyMs }
  } finally {
    if (pass === undefined) reservation.release()
    else {
      reservation.settle(paidUsd)
      asking.unlogged.ended(atMostUsd, paidUsd)
      gate.leave(pass, ending)
    }
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
 * One attempt within its time limit, which begins with its turn. After the run was stopped by its signal it may still be
 * answered for a while: it is paid for.
 *
 * @param enter waits for the turn; false when the run was stopped first
 * @returns undefined when its turn never came
 * @throws {JudgeCallError} as `send` does, and when time is up
 */
function sendInTime(
  judge: ServiceJudge,
  request: ServiceRequest,
  asking: Asking,
  enter: () => Promise<boolean>,
): Promise<ServiceReply | undefined> {
  const { clock, halt } = asking
  const { timeoutSeconds = TIMEOUT_SECONDS } = judge.limits
  const { graceMs = 5000 } = asking.request
  return new Promise((resolve, reject) => {
    const controller = createCallController()
    let endTimer = (): void => undefined
    let endGrace = (): void => undefined
    let forget = (): void => undefined
    let isOver = false
    const end = (): void => {
      if (isOver) return
      isOver = true
      endTimer()
      endGrace()
      forget()
    }
    const giveUp = (message: string, isTimeout: boolean): void => {
      controller.abort()
      end()
      reject(new JudgeCallError(message, { judgeId: judge.id, isRetryable: true, isTimeout }))
    }
    const turn = async (): Promise<boolean> => {
      if (!(await enter())) {
        end()
        resolve(undefined)
        return false
      }
      endTimer = clock.after(timeoutSeconds * 1000, () => giveUp(`no answer within ${timeoutSeconds} s`, true))
      forget = halt.whenOn(() => {
        const by = halt.reason()?.by
        if (by === 'budget' || by === 'service') return
        endGrace = clock.after(graceMs, () => giveUp('stopped before it was answered', false))
      })
      return true
    }
    judge.send(request, { signal: controller.signal, turn }).then(
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
