import { setTimeout } from 'node:timers/promises'
import { JudgeCallError } from '@judgelab/core'
import { toCallError } from '../providers/call-error.js'
import { type RetryPolicy, retryDelayMs } from '../run/retries.js'

/** How a service is asked again that does not answer. */
export interface Patience {
  readonly judgeId: string
  readonly service: string
  readonly credential: string | undefined
  readonly retries: RetryPolicy
  /** Uniform in [0, 1). */
  readonly random: () => number
}

/**
 * Does a step at a service until it succeeds, or is given up.
 *
 * @param step told which attempt this is, from 1: what may have been done before must be looked for
 * @param signal stops the waiting; a step that was begun is not waited for
 * @throws {JudgeCallError} when the service refused it, or did not answer after several attempts; the signal's reason; and
 *   what is of this machine, like a full disk, at once
 */
export async function withPatience<T>(
  step: (attempt: number, signal: AbortSignal) => Promise<T>,
  { judgeId, service, credential, retries, random }: Patience,
  signal: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted()
    try {
      return await orStopped((ownSignal) => step(attempt, ownSignal), signal)
    } catch (error) {
      signal.throwIfAborted()
      if (isOfThisMachine(error)) throw error
      const failed =
        error instanceof JudgeCallError
          ? error
          : toCallError(error, { judgeId, service, key: credential, signal, now: Date.now() })
      if (!(failed instanceof JudgeCallError) || !failed.isRetryable || attempt >= retries.attempts) throw failed
      await sleep(retryDelayMs(retries, attempt, failed.retryAfterMs, random), signal)
    }
  }
}

/**
 * What the work comes to, or the signal's reason as soon as it is stopped: a line that is silent holds nobody up. The work
 * gets a signal of its own, which may be listened to without end.
 */
function orStopped<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
  const own = new AbortController()
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason)
      own.abort(signal.reason)
    }
    signal.addEventListener('abort', stop)
    work(own.signal)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Resolves after a delay. @throws the signal's reason as soon as it is stopped */
export async function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
  await setTimeout(delayMs, undefined, { signal }).catch(() => signal.throwIfAborted())
}

function isOfThisMachine(error: unknown): boolean {
  const { syscall } = (error ?? {}) as { readonly syscall?: unknown }
  return typeof syscall === 'string' && FILE_CALLS.has(syscall)
}

const FILE_CALLS: ReadonlySet<string> = new Set(['open', 'write', 'mkdir', 'rename', 'fsync', 'unlink', 'copyfile'])
