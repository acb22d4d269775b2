import { requirePositiveCount } from '../check/require-count.js'
import { requireFinite } from '../check/require-finite.js'
import { requireOpenFraction } from '../check/require-fraction.js'
import { unknownOption } from '../check/unknown-option.js'
import type { Interval } from '../interval.js'
import type { RandomGenerator } from '../random-generator.js'
import {
  acceleration,
  type BootstrapMethod,
  bcaLimits,
  percentileLimits,
  standardDeviation,
} from './bootstrap-limits.js'
import { drawSample, startSampleStream } from './draw-sample.js'

/** A statistic with its bootstrap interval. */
export interface BootstrapInterval extends Interval {
  readonly method: BootstrapMethod
  readonly resamples: number
  /** standard deviation of the resampled values */
  readonly standardError: number
}

/** How to resample; only `random` must be given. */
export interface BootstrapOptions {
  readonly random: RandomGenerator
  /** integer ≥ 1; defaults to 10,000 */
  readonly resamples?: number
  /** coverage in (0, 1); defaults to 0.95 */
  readonly level?: number
  /** defaults to `percentile` */
  readonly method?: BootstrapMethod
}

/**
 * Bootstrap interval of any statistic of independent values.
 *
 * Draws `values.length` values with replacement, `resamples` times, and reads the interval off the statistics of the
 * draws: `percentile` takes their α/2 and 1 − α/2 quantiles, `bca` corrects for bias and skewness with leave-one-out
 * values (one more call of the statistic per value).
 *
 * `statistic` is called with one buffer that is used again for the next draw: it must not keep or change it. For rows
 * of data, pass row numbers as values and look the rows up in the statistic.
 *
 * Assumes independent, exchangeable values: for several comparisons of one prompt use `pairedBootstrap`, or pass one
 * value a prompt. Percentile intervals cover too little below some thirty values.
 * Undefined for no values: value, low and high are NaN. BCa limits are NaN if all resampled values lie on one side of
 * the estimate.
 *
 * @param values finite numbers
 * @param statistic a number from a sample
 * @param options.random uniform numbers in [0, 1)
 * @param options.resamples defaults to 10,000
 * @param options.level coverage in (0, 1); defaults to 0.95
 * @param options.method `percentile` (default) or `bca`
 * @returns in the unit of the statistic; n is `values.length`
 * @throws {RangeError} if a value is not finite, resamples < 1, or level is outside (0, 1)
 * @see Efron, Tibshirani (1993), An Introduction to the Bootstrap, chapters 13 and 14
 * @example bootstrap([0, 0.5, 1, 1], (sample) => sample.reduce((s, x) => s + x, 0) / sample.length, { random })
 */
export function bootstrap(
  values: ArrayLike<number>,
  statistic: (sample: Float64Array) => number,
  { random, resamples = 10_000, level = 0.95, method = 'percentile' }: BootstrapOptions,
): BootstrapInterval {
  requireBootstrapOptions('bootstrap', resamples, level)
  requireFinite('bootstrap', 'values', values)
  const data = Float64Array.from(values)
  const value = data.length === 0 ? Number.NaN : statistic(data.slice())
  const drawn = data.length === 0 ? new Float64Array() : drawStatistics(data, statistic, resamples, random)
  const leftOut = (): Float64Array => leaveOneOut(data, statistic)
  return bootstrapInterval({ quantity: 'statistic', value, drawn, leftOut, n: data.length, resamples, level, method })
}

/** Throws a RangeError unless resamples >= 1 and 0 < level < 1. */
export function requireBootstrapOptions(caller: string, resamples: number, level: number): void {
  requirePositiveCount(caller, 'resamples', resamples)
  requireOpenFraction(caller, 'level', level)
}

function drawStatistics(
  data: Float64Array,
  statistic: (sample: Float64Array) => number,
  resamples: number,
  random: RandomGenerator,
): Float64Array {
  const sample = new Float64Array(data.length)
  const drawn = new Float64Array(resamples)
  const stream = startSampleStream(random)
  for (let r = 0; r < resamples; r++) {
    drawSample(stream, data, sample)
    drawn[r] = statistic(sample)
  }
  return drawn
}

function leaveOneOut(data: Float64Array, statistic: (sample: Float64Array) => number): Float64Array {
  const rest = data.slice(1)
  const leftOut = new Float64Array(data.length)
  for (let i = 0; i < data.length; i++) {
    if (i > 0) rest[i - 1] = data[i - 1]!
    leftOut[i] = statistic(rest)
  }
  return leftOut
}

/** What an interval is made of, once the resampled values are there. */
export interface ResampledValues {
  readonly quantity: string
  readonly value: number
  /** in any order, which may be changed */
  readonly drawn: Float64Array
  readonly leftOut: () => Float64Array
  /** how often each leave-one-out value occurs; all once if absent */
  readonly weights?: ArrayLike<number>
  readonly n: number
  readonly resamples: number
  readonly level: number
  readonly method: BootstrapMethod
}

/** The interval of resampled values by the chosen method. */
export function bootstrapInterval(parts: ResampledValues): BootstrapInterval {
  const { quantity, value, drawn, n, resamples, level, method } = parts
  const [low, high] = resampledLimits(parts)
  return { quantity, method, value, low, high, n, level, resamples, standardError: standardDeviation(drawn) }
}

function resampledLimits({ value, drawn, leftOut, weights, level, method }: ResampledValues): [number, number] {
  switch (method) {
    case 'percentile':
      return percentileLimits(drawn, level)
    case 'bca':
      return bcaLimits(drawn, value, acceleration(leftOut(), weights), level)
    default:
      throw unknownOption('bootstrap', 'method', method)
  }
}
