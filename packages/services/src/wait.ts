import { setTimeout } from 'node:timers/promises'

/** How something is looked at again and again until it is done. */
export interface Poll<T> {
  readonly look: () => Promise<T>
  readonly isDone: (seen: T) => boolean
  /** Told of every look. */
  readonly onLook?: ((seen: T) => void | Promise<void>) | undefined
  /** First pause, in milliseconds; each is half as long again as the one before, up to `longestMs`. */
  readonly firstMs: number
  readonly longestMs: number
  /** Looks after which it is given up. */
  readonly atMostLooks?: number | undefined
  /** How long it is waited for, in milliseconds. */
  readonly timeLimitMs?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** What is waited for, in the error. */
  readonly what: string
}

/**
 * Looks until it is done; what it then saw.
 *
 * @throws {Error} when it was looked at so often that it is given up; the signal's reason when it was stopped
 */
export async function pollUntil<T>(poll: Poll<T>): Promise<T> {
  const { look, isDone, onLook, firstMs, longestMs, signal, what } = poll
  const { atMostLooks = Number.POSITIVE_INFINITY, timeLimitMs = Number.POSITIVE_INFINITY } = poll
  const started = performance.now()
  let pauseMs = firstMs
  for (let looks = 1; ; looks++) {
    signal?.throwIfAborted()
    const seen = await look()
    await onLook?.(seen)
    if (isDone(seen)) return seen
    const leftMs = timeLimitMs - (performance.now() - started)
    if (looks >= atMostLooks || leftMs <= 0)
      throw new Error(
        `${what} is not done after ${leftMs <= 0 ? `${timeLimitMs / 1000} s` : `${looks} looks`}; what was submitted goes on, and a later start looks again`,
      )
    await setTimeout(Math.min(pauseMs, leftMs), undefined, signal === undefined ? {} : { signal }).catch(() =>
      signal?.throwIfAborted(),
    )
    pauseMs = Math.min(longestMs, pauseMs * 1.5)
  }
}
