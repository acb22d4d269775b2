import { requireFraction } from '../check/require-fraction.js'
import { type McnemarPower, mcnemarPower, type PlannedMcnemar } from './mcnemar-power.js'

/** The sizes, differences and discordances whose every combination is wanted. */
export interface PowerCurveInput {
  /** comparisons, integers ≥ 0 */
  readonly n: readonly number[]
  /** true differences in accuracy, in [0, 1] */
  readonly differences: readonly number[]
  /** probabilities in [0, 1] that exactly one judge is right */
  readonly discordances: readonly number[]
  /** in (0, 1); defaults to 0.05 */
  readonly alpha?: number
  /** defaults to `exact` */
  readonly method?: PlannedMcnemar
}

/** One point of a power curve. */
export interface PowerCurvePoint extends McnemarPower {
  readonly difference: number
  readonly discordance: number
}

/**
 * Power of McNemar's test over sizes, differences and discordances: the rows of a power chart.
 *
 * A difference above the discordance cannot be: such combinations are left out. Assumes independent comparisons.
 *
 * @param input n, differences, discordances, alpha (default 0.05), method (default `exact`)
 * @returns one point for each possible combination, discordance varying slowest and n fastest
 * @throws {RangeError} as `mcnemarPower`
 * @see `mcnemarPower`
 * @example powerCurve({ n: [297, 1865], differences: [0.05], discordances: [0.19] }).map((p) => p.power) // 0.4613, 0.9986
 */
export function powerCurve({
  n,
  differences,
  discordances,
  alpha = 0.05,
  method = 'exact',
}: PowerCurveInput): readonly PowerCurvePoint[] {
  return discordances.flatMap((discordance) => {
    requireFraction('powerCurve', 'discordance', discordance)
    const possible = differences.filter((difference) => difference <= discordance + 1e-12)
    return possible.flatMap((difference) => {
      requireFraction('powerCurve', 'difference', difference)
      const pOnlyA = Math.min(1, (discordance + difference) / 2)
      const pOnlyB = Math.max(0, (discordance - difference) / 2)
      return n.map((size) => ({ ...mcnemarPower({ n: size, pOnlyA, pOnlyB, alpha, method }), difference, discordance }))
    })
  })
}
