import type { Judgment, Presentation } from '@judgelab/core'
import type { Answer } from '../judge.js'
import type { Budget } from './budget.js'
import type { CircuitBreaker } from './circuit-breaker.js'
import type { Clock } from './clock.js'
import type { Halt } from './halt.js'
import type { RetryPolicy } from './retries.js'
import type { RunRequest } from './run-request.js'
import type { RunProgress } from './run-tally.js'
import type { ServiceGates } from './service-gate.js'
import type { Unlogged } from './unlogged.js'

/** An answer with what is known of the call: a judgment but for its presentation and time. */
export type Made = Answer & Pick<Judgment, 'latencyMs' | 'firstByteMs' | 'attempts' | 'cached'>

/** What asking a judge needs, whichever kind of judge it is. */
export interface Asking {
  readonly request: RunRequest
  readonly halt: Halt
  readonly clock: Clock
  readonly budget: Budget
  readonly gates: ServiceGates
  readonly retries: RetryPolicy
  readonly random: () => number
  readonly breaker: CircuitBreaker
  readonly unlogged: Unlogged
  readonly progress: () => RunProgress
  /**
   * Checks a judgment, hands it to the log, counts it and tells of it.
   *
   * @throws {DatasetFormatError} if it could not be read back from the log
   * @throws {Error} if the log can't be written
   */
  readonly record: (presentation: Presentation, made: Made) => Promise<void>
  /** Resolves when every recorded judgment is on the disk. */
  readonly kept: () => Promise<void>
}

/** A duration as it is written down: to the microsecond, never below 0. */
export function toMs(durationMs: number): number {
  return Math.max(0, Math.round(durationMs * 1000) / 1000)
}
