import type { PlannedMcnemar } from './mcnemar-power.js'
import { mcnemarSampleSize, type SampleSize } from './mcnemar-sample-size.js'

/** The differences and discordances whose every combination is wanted. */
export interface SampleSizeCurveInput {
  /** true differences in accuracy, in (0, 1] */
  readonly differences: readonly number[]
  /** probabilities in (0, 1] that exactly one judge is right */
  readonly discordances: readonly number[]
  /** wanted power in (0, 1); defaults to 0.8 */
  readonly power?: number
  /** in (0, 1); defaults to 0.05 */
  readonly alpha?: number
  /** defaults to `exact` */
  readonly method?: PlannedMcnemar
}

/** One point of a sample-size curve. */
export interface SampleSizePoint extends SampleSize {
  readonly difference: number
  readonly discordance: number
}

/**
 * Numbers of comparisons over differences and discordances.
 *
 * A difference above the discordance cannot be: such combinations are left out. Assumes independent comparisons.
 *
 * @param input differences, discordances, power (default 0.8), alpha (default 0.05), method (default `exact`)
 * @returns one point for each possible combination, discordance varying slowest
 * @throws {RangeError} if a difference is 0, and as `mcnemarSampleSize`
 * @see `mcnemarSampleSize`
 * @example sampleSizeCurve({ differences: [0.05, 0.1], discordances: [0.2] }).map((p) => p.n) // 658, 168
 */
export function sampleSizeCurve({
  differences,
  discordances,
  ...rest
}: SampleSizeCurveInput): readonly SampleSizePoint[] {
  return discordances.flatMap((discordance) => {
    const possible = differences.filter((difference) => difference <= discordance + 1e-12)
    return possible.map((difference): SampleSizePoint => {
      const pOnlyA = Math.min(1, (discordance + difference) / 2)
      const pOnlyB = Math.max(0, (discordance - difference) / 2)
      return { ...mcnemarSampleSize({ ...rest, pOnlyA, pOnlyB }), difference, discordance }
    })
  })
}
