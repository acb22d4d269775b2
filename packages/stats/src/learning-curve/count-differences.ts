import type { Interval } from '../interval.js'
import { type BootstrapOptions, requireBootstrapOptions } from '../resampling/bootstrap.js'
import { percentileLimits } from '../resampling/bootstrap-limits.js'
import { type CurveRun, curveAccuracies } from './resampled-curve.js'

/** Mean accuracy at one number of pairs less that at another, with its interval; `n` counts prompts. */
export interface CountDifference extends Interval {
  readonly quantity: 'difference in accuracy'
  readonly method: 'joint bootstrap of prompts and seeds'
  readonly pairs: number
  /** what it is compared with */
  readonly against: number
  readonly seeds: number
}

/** The prompts of the test comparisons, what to compare with, and how to resample. */
export interface CountDifferenceOptions extends Omit<BootstrapOptions, 'method'> {
  /** the prompt of each test comparison: same length and order as the scores of every run */
  readonly clusters: ArrayLike<string | number>
  /** the number of pairs that all others are compared with; 0 for the untuned judge */
  readonly against: number
}

/**
 * Every number of pairs against one of them: the difference of mean accuracies over seeds, with an interval for prompts
 * and seeds together.
 *
 * Every resample draws prompts with replacement, once for all runs, and seeds with replacement within each number of
 * pairs, as `learningCurveBand` does; limits are percentiles. An untuned judge is one run at 0 pairs: it has no seed to
 * vary. Conservative where there are several seeds, too narrow where there is one.
 *
 * @param runs pairs ≥ 0, seed and scores of every run; scores of the same length and order
 * @param options clusters, against, random, resamples (default 2,000), level (default 0.95)
 * @returns one difference a number of pairs, ascending, without `against`
 * @throws {RangeError} if lengths differ, a score is not finite, or no run has `against` pairs
 * @see Owen (2007), The pigeonhole bootstrap, Ann. Appl. Stat. 1:386–411, doi:10.1214/07-AOAS122
 * @example countDifferences(runs, { clusters, against: 0, random })
 */
export function countDifferences(
  runs: readonly CurveRun[],
  { clusters, against, random, resamples = 2_000, level = 0.95 }: CountDifferenceOptions,
): CountDifference[] {
  requireBootstrapOptions('countDifferences', resamples, level)
  const { pairs, seeds, accuracies, draw } = curveAccuracies('countDifferences', runs, clusters, {
    isZeroAllowed: true,
  })
  const other = pairs.indexOf(against)
  if (other < 0) throw new RangeError(`countDifferences needs a run with against pairs, got against=${against}`)
  const n = new Set(Array.from(clusters)).size
  const drawn = Array.from({ length: n === 0 ? 0 : resamples }, () => draw(random))
  return pairs.flatMap((count, i) => {
    if (i === other) return []
    const differences = Float64Array.from(drawn, (values) => values[i]! - values[other]!)
    const [low, high] = percentileLimits(differences, level)
    const value = accuracies[i]! - accuracies[other]!
    return [
      {
        quantity: 'difference in accuracy',
        method: 'joint bootstrap of prompts and seeds',
        pairs: count,
        against,
        seeds: seeds[i]!,
        n,
        level,
        value,
        low,
        high,
      } satisfies CountDifference,
    ]
  })
}
