import type { PairedSequence } from '@judgelab/stats'
import type { PairedResult } from './contrast.js'
import type { ContrastResult } from './results/study-results.js'

/** Two judges that were asked in lockstep until an anytime-valid test told them apart, or all was judged. */
export interface StoppedEarly {
  readonly judge: string
  readonly against: string
  /** Of the first judge's credit less the second's, one unit a prompt. */
  readonly sequence: PairedSequence
  /** Ids of the comparisons that were judged, in the order of judging; all numbers of the study stand on these. */
  readonly comparisons: readonly string[]
  /** Comparisons that there were. */
  readonly of: number
}

/** A value with an interval for a fixed n, which is null where judging was stopped early. */
export interface Limited {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
}

/** What suppose a fixed n. */
const OF_FIXED_N: ReadonlySet<string> = new Set(['low', 'high', 'p', 'adjusted'])

/** What was measured, every interval and p that supposes a fixed n, wherever it stands in it, being null. */
export function withoutFixedN<T>(measured: T): T {
  if (measured === null || typeof measured !== 'object') return measured
  if (Array.isArray(measured)) return measured.map(withoutFixedN) as T
  const fields = Object.entries(measured).map(([key, held]) => [key, OF_FIXED_N.has(key) ? null : withoutFixedN(held)])
  return Object.fromEntries(fields) as T
}

/**
 * A contrast of two judges that were stopped early, with the anytime-valid interval and p in the place of all that suppose
 * a fixed n; undefined for any other contrast, whose judges then only have numbers without intervals.
 */
export function sequentialResult(
  contrast: Pick<ContrastResult, 'judge' | 'against' | 'primary'>,
  { judge, against, sequence }: StoppedEarly,
): PairedResult | undefined {
  const sign = contrast.judge === judge && contrast.against === against ? 1 : -1
  if (sign < 0 && !(contrast.judge === against && contrast.against === judge)) return undefined
  const { value, low, high, p } = sequence
  const [least, most] = sign > 0 ? [low, high] : [-high, -low]
  return {
    ...contrast.primary,
    difference: { value: sign * value, low: least, high: most, method: 'anytime-valid', status: 'estimated' },
    p,
    test: 'anytime-valid',
  }
}
