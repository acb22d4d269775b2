import { requireOpenFraction } from '../check/require-fraction.js'
import type { RandomGenerator } from '../random-generator.js'
import { requireBootstrapOptions } from '../resampling/bootstrap.js'
import { quantileOf } from '../resampling/quantile.js'
import { type CurveRun, curveAccuracies } from './resampled-curve.js'

/** One number of pairs against all pairs. */
export interface SufficiencyStep {
  readonly pairs: number
  /** mean accuracy at this number less mean accuracy at the largest */
  readonly value: number
  /** one-sided lower limit at level 1 − alpha */
  readonly low: number
  /** low > −margin, and so at every larger number */
  readonly shown: boolean
}

/** The smallest number of pairs that is shown to be as good as all. */
export interface SufficientCount {
  readonly quantity: 'smallest sufficient number of pairs'
  readonly method: 'fixed sequence of bootstrap lower limits'
  /** prompts */
  readonly n: number
  readonly level: number
  readonly margin: number
  readonly status: 'shown' | 'not shown'
  /** null when not shown */
  readonly pairs: number | null
  /** from the second largest number of pairs down */
  readonly steps: readonly SufficiencyStep[]
}

/** The margin, and how to resample; clusters as in `learningCurveBand`. */
export interface SufficientCountOptions {
  readonly clusters: ArrayLike<string | number>
  /** loss of accuracy that would not matter, in (0, 1) */
  readonly margin: number
  /** coverage of the one-sided limits in (0, 1); defaults to 0.95 */
  readonly level?: number
  readonly random: RandomGenerator
  /** integer ≥ 1; defaults to 10,000 */
  readonly resamples?: number
}

/**
 * The smallest number of pairs whose accuracy is shown to be within a margin of that with all pairs.
 *
 * Goes down from the second largest number. At each, the one-sided lower bootstrap limit of the difference in mean
 * accuracy to the largest number, resampling prompts (once for all runs) and seeds, must be above −margin; at the first
 * that fails it stops. Testing in this fixed order keeps the chance of any false claim at 1 − level without adjustment.
 *
 * Conservative, as the bootstrap of `learningCurveBand` is. Assumes independent prompts and seeds. With one run at a number of pairs the spread between seeds is not in the limit.
 * `not shown` is not the same as worse.
 *
 * @param runs pairs, seed and scores of every run; scores of the same length and order
 * @param options clusters, margin, random, level (default 0.95), resamples (default 10,000)
 * @returns the number, or null and status `not shown`
 * @throws {RangeError} if lengths differ, a score is not finite, pairs are not above 0, or margin is outside (0, 1)
 * @see Maurer, Hothorn, Lehmacher (1995), for fixed-sequence tests
 * @example smallestSufficientCount(runs, { clusters, margin: 0.02, random }).pairs
 */
export function smallestSufficientCount(
  runs: readonly CurveRun[],
  { clusters, margin, level = 0.95, random, resamples = 10_000 }: SufficientCountOptions,
): SufficientCount {
  requireOpenFraction('smallestSufficientCount', 'margin', margin)
  requireBootstrapOptions('smallestSufficientCount', resamples, level)
  const { pairs, accuracies, draw } = curveAccuracies('smallestSufficientCount', runs, clusters)
  const n = new Set(Array.from(clusters)).size
  const drawn = Array.from({ length: n === 0 ? 0 : resamples }, () => draw(random))
  const last = pairs.length - 1
  let shown = n > 0
  const steps = pairs.slice(0, Math.max(0, last)).map((count, i): Omit<SufficiencyStep, 'shown'> => {
    const differences = Float64Array.from(drawn, (values) => values[i]! - values[last]!)
    return { pairs: count, value: accuracies[i]! - accuracies[last]!, low: quantileOf(differences, 1 - level) }
  })
  const ordered = steps.reverse().map((step): SufficiencyStep => {
    shown = shown && step.low > -margin
    return { ...step, shown }
  })
  const smallest = ordered.filter((step) => step.shown).at(-1)
  return {
    quantity: 'smallest sufficient number of pairs',
    method: 'fixed sequence of bootstrap lower limits',
    n,
    level,
    margin,
    status: smallest ? 'shown' : 'not shown',
    pairs: smallest?.pairs ?? null,
    steps: ordered,
  }
}
