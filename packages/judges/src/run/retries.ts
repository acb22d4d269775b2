/** How often and how patiently a call is tried again. */
export interface RetryPolicy {
  /** Attempts in all. */
  readonly attempts: number
  /** Attempts in all that may run out of time: each has cost the whole time limit. */
  readonly timeouts: number
  /** Before the second attempt; doubled before each further one. */
  readonly baseMs: number
  readonly capMs: number
  /** A service that wants to be left alone for longer than this is not waited for: the run stops. */
  readonly patienceMs: number
}

/** Eight attempts, over about a minute where the service does not say when it wants to be asked again. */
export const RETRY_POLICY: RetryPolicy = {
  attempts: 8,
  timeouts: 3,
  baseMs: 500,
  capMs: 30_000,
  patienceMs: 300_000,
}

/**
 * How long to wait after a failed attempt: base · 2^(attempt − 1), at most the cap, of which a random half is left out; where
 * the service says how long, that and a random part of the base, so that not all come back at once.
 *
 * @param failed how many attempts have failed, from 1
 * @param random uniform in [0, 1)
 */
export function retryDelayMs(
  { baseMs, capMs }: RetryPolicy,
  failed: number,
  retryAfterMs: number | undefined,
  random: () => number,
): number {
  if (retryAfterMs !== undefined) return retryAfterMs + random() * baseMs
  const whole = Math.min(capMs, baseMs * 2 ** (failed - 1))
  return whole / 2 + (random() * whole) / 2
}
