import type { PlannedMcnemar } from './mcnemar-power.js'
import { type DetectableDifference, minimumDetectableDifference } from './minimum-detectable-difference.js'

/** The sizes and discordances whose every combination is wanted. */
export interface DetectableCurveInput {
  /** comparisons, integers ≥ 0 */
  readonly n: readonly number[]
  /** probabilities in [0, 1] that exactly one judge is right */
  readonly discordances: readonly number[]
  /** wanted power in (0, 1); defaults to 0.8 */
  readonly power?: number
  /** in (0, 1); defaults to 0.05 */
  readonly alpha?: number
  /** defaults to `exact` */
  readonly method?: PlannedMcnemar
}

/**
 * Minimum detectable differences over sizes and discordances: what a benchmark of each size can show at all.
 *
 * Assumes independent comparisons. Where nothing can be detected, status is `out of reach` and difference NaN.
 *
 * @param input n, discordances, power (default 0.8), alpha (default 0.05), method (default `exact`)
 * @returns one point for each combination, discordance varying slowest
 * @throws {RangeError} as `minimumDetectableDifference`
 * @see `minimumDetectableDifference`
 * @example detectableCurve({ n: [297, 1865], discordances: [0.2] }).map((p) => p.difference) // 0.0746, 0.0295
 */
export function detectableCurve({ n, discordances, ...rest }: DetectableCurveInput): readonly DetectableDifference[] {
  return discordances.flatMap((discordance) =>
    n.map((size) => minimumDetectableDifference({ ...rest, n: size, discordance })),
  )
}
