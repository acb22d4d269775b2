import { type PairedScores, pairedBootstrap } from '@judgelab/stats'
import type { Sureness } from './accuracy.js'

/**
 * Why an estimate has no interval, or that it has one: `nothing counts` (n is 0), `too few prompts`, or `no spread`
 * (every prompt says the same, so that resampling prompts cannot show how sure that is); or `stopped early`: n was decided
 * by what was seen, so that no interval for a fixed n holds.
 */
export type IntervalStatus = 'estimated' | 'nothing counts' | 'too few prompts' | 'no spread' | 'stopped early'

/** Limits and how they were found, or why there are none. */
export interface IntervalByPrompt {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
  readonly method: 'bootstrap by prompt' | 'none'
  readonly status: IntervalStatus
}

/**
 * The mean paired difference a − b, prompts resampled whole (`pairedBootstrap`), where that says anything.
 *
 * A percentile interval cannot be wider than the range of what was drawn. With k prompts that range misses the median
 * prompt with probability 2^(1 − k), so that below the k where this is at most 1 − level (6 prompts at 0.95) no such
 * interval can hold its level: `too few prompts`. It is also the k below which the sign-flip test can never reject at
 * that level. Where every resampled mean is the same, the interval has no width, which says nothing: `no spread`.
 * Above, coverage is near its level from some thirty prompts on (docs/statistics.md).
 */
export function intervalByPrompt(scores: PairedScores, { level, resamples, newRandom }: Sureness): IntervalByPrompt {
  const drawn = pairedBootstrap(scores, { random: newRandom(), resamples, level })
  const { value, low, high, n } = drawn
  const nothing = { value, low: null, high: null, method: 'none' } as const
  if (2 ** (1 - n) > 1 - level) return { ...nothing, status: 'too few prompts' }
  if (high - low < 1e-9) return { ...nothing, status: 'no spread' }
  return { value, low, high, method: 'bootstrap by prompt', status: 'estimated' }
}
