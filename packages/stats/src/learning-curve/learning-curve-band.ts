import type { Interval } from '../interval.js'
import { type BootstrapOptions, requireBootstrapOptions } from '../resampling/bootstrap.js'
import { percentileLimits } from '../resampling/bootstrap-limits.js'
import { type CurveModel, fitLearningCurve, type LearningCurveFit, learningCurveAt } from './fit-learning-curve.js'
import { type CurveRun, curveAccuracies } from './resampled-curve.js'

/** Accuracy at a number of pairs, with its interval; `n` counts prompts. */
export interface CurveInterval extends Interval {
  readonly pairs: number
  /** runs behind a measured point; 0 for a point of the fitted curve */
  readonly seeds: number
}

/** A fitted learning curve with its band. */
export interface LearningCurveBand {
  readonly quantity: 'accuracy'
  readonly method: 'joint bootstrap of prompts and seeds'
  readonly n: number
  readonly level: number
  readonly resamples: number
  readonly fit: LearningCurveFit
  /** the mean accuracy of the runs at each number of pairs */
  readonly measured: readonly CurveInterval[]
  /** the fitted curve at each wanted number of pairs; pointwise limits */
  readonly curve: readonly CurveInterval[]
  /** share of resamples whose fit ended `at bound`: above 0.1 or so, the curve is not known well enough to be read */
  readonly atBound: number
}

/** The prompts of the test comparisons, where to evaluate the curve, and how to resample. */
export interface LearningCurveBandOptions extends Omit<BootstrapOptions, 'method'> {
  /** the prompt of each test comparison: same length and order as the scores of every run */
  readonly clusters: ArrayLike<string | number>
  /** numbers of pairs at which the curve is wanted; defaults to those measured */
  readonly at?: readonly number[]
  readonly model?: CurveModel
}

/**
 * Learning curve of accuracy against the number of pairs, with a band for prompts and seeds together.
 *
 * Every resample draws prompts with replacement, once for all runs, because all runs are judged on the same test set, and
 * seeds with replacement within each number of pairs; then takes means, fits the curve and evaluates it. Limits are
 * percentiles, pointwise. Resampling points as if they were independent would make the band too narrow in level and too
 * wide in shape.
 *
 * Resampling both ways (the pigeonhole bootstrap) counts what is peculiar to one run on one prompt more than once: with three
 * seeds or more the band covers more than `level` (98 to 99 % instead of 95 in docs/statistics.md).
 *
 * Assumes independent prompts and seeds. With one run at a number of pairs the spread between seeds cannot be seen there
 * and is not in the band, which then covers too little: `seeds` says so. Undefined for no test comparison: NaN.
 *
 * @param runs pairs, seed and scores of every run; scores of the same length and order
 * @param options.clusters the prompt of each test comparison
 * @param options.at numbers of pairs > 0; defaults to those measured
 * @param options.model defaults to `power-law`
 * @param options.random uniform numbers in [0, 1)
 * @param options.resamples defaults to 2,000
 * @param options.level coverage in (0, 1); defaults to 0.95
 * @returns accuracies in the unit of the scores; n is the number of prompts
 * @throws {RangeError} if lengths differ, a score is not finite, or pairs are not above 0
 * @see Owen (2007), The pigeonhole bootstrap, Ann. Appl. Stat. 1:386–411, doi:10.1214/07-AOAS122
 * @example learningCurveBand(runs, { clusters, random }).curve
 */
export function learningCurveBand(
  runs: readonly CurveRun[],
  { clusters, at, model = 'power-law', random, resamples = 2_000, level = 0.95 }: LearningCurveBandOptions,
): LearningCurveBand {
  requireBootstrapOptions('learningCurveBand', resamples, level)
  const { pairs, seeds, accuracies, draw } = curveAccuracies('learningCurveBand', runs, clusters)
  const n = new Set(Array.from(clusters)).size
  const wanted = at ?? pairs
  const fitTo = (values: readonly number[]): LearningCurveFit =>
    fitLearningCurve(
      values.map((accuracy, i) => ({ pairs: pairs[i]!, accuracy, weight: seeds[i]! })),
      { model },
    )
  const fit = n === 0 ? fitLearningCurve([], { model }) : fitTo(accuracies)
  const drawn = Array.from({ length: n === 0 ? 0 : resamples }, () => draw(random))
  const fits = drawn.map(fitTo)
  const intervalOf = (count: number, runsThere: number, value: number, values: readonly number[]): CurveInterval => {
    const [low, high] = percentileLimits(Float64Array.from(values), level)
    return { quantity: 'accuracy', method: 'percentile', pairs: count, seeds: runsThere, value, low, high, n, level }
  }
  return {
    quantity: 'accuracy',
    method: 'joint bootstrap of prompts and seeds',
    n,
    level,
    resamples,
    fit,
    measured: pairs.map((count, i) =>
      intervalOf(
        count,
        seeds[i]!,
        accuracies[i]!,
        drawn.map((values) => values[i]!),
      ),
    ),
    curve: wanted.map((count) =>
      intervalOf(
        count,
        0,
        learningCurveAt(fit, count),
        fits.map((f) => learningCurveAt(f, count)),
      ),
    ),
    atBound: fits.filter(({ status }) => status === 'at bound').length / fits.length,
  }
}
