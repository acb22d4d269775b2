import type { JudgeLimits, Judgment } from '@judgelab/core'
import { DEFAULT_CONCURRENCY } from '../run/service-gate.js'

/** How long calls take together. */
export interface TimeExpectation {
  readonly seconds: number
  /** What decides: answers that are waited for, or a limit on requests or tokens a minute. */
  readonly limit: 'concurrency' | 'requestsPerMinute' | 'tokensPerMinute'
  /** Of one answer, in seconds, and how it is known: the median of an earlier run online, or output tokens by a published speed. */
  readonly perCall: number
  readonly basis: 'measured' | 'published speed'
}

/**
 * The longest of calls · time of an answer / concurrency, calls / requests a minute, and tokens / tokens a minute. Undefined
 * where nothing says how long an answer takes: of what came in a file nobody measured it (0 ms).
 */
export function expectedSeconds({
  calls,
  tokens,
  outputPerCall,
  limits,
  earlier = [],
  speed,
}: {
  readonly calls: number
  readonly tokens: number
  readonly outputPerCall: number
  readonly limits: JudgeLimits
  readonly earlier?: readonly Judgment[] | undefined
  readonly speed?: number | undefined
}): TimeExpectation | undefined {
  const measured = median(earlier.flatMap(({ latencyMs }) => (latencyMs > 0 ? [latencyMs / 1000] : [])))
  const perCall = measured ?? (speed === undefined ? undefined : outputPerCall / speed)
  if (perCall === undefined) return undefined
  const { concurrency = DEFAULT_CONCURRENCY, requestsPerMinute, tokensPerMinute } = limits
  const candidates = [
    { limit: 'concurrency', seconds: (calls * perCall) / Math.min(concurrency, Math.max(1, calls)) },
    { limit: 'requestsPerMinute', seconds: requestsPerMinute === undefined ? 0 : (60 * calls) / requestsPerMinute },
    { limit: 'tokensPerMinute', seconds: tokensPerMinute === undefined ? 0 : (60 * tokens) / tokensPerMinute },
  ] as const
  const longest = candidates.reduce((held, next) => (next.seconds > held.seconds ? next : held))
  return { ...longest, perCall, basis: measured === undefined ? 'published speed' : 'measured' }
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}
