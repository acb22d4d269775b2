import type { ScoreValue } from './brier.js'
import { type BinningOptions, reliabilityCurve } from './reliability-curve.js'

/**
 * Expected calibration error: the mean distance of given probability and observed share over bins, weighted by items.
 *
 * Bins as in `reliabilityCurve`. It depends on the binning and is biased upward with few items in a bin: compare judges
 * on the same items and bins only. Undefined for no item: value is NaN.
 *
 * @param probabilities in [0, 1], of label 1
 * @param labels 0 or 1: same length and order as `probabilities`
 * @param options.bins defaults to 10
 * @param options.binning defaults to `equal-width`
 * @returns value in [0, 1]
 * @throws {RangeError} as `reliabilityCurve`
 * @see Guo et al. (2017), On calibration of modern neural networks, section 2
 * @example expectedCalibrationError([0.1, 0.2, 0.9], [0, 1, 1], { bins: 2 }).value // 0.2667
 */
export function expectedCalibrationError(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  { bins = 10, binning = 'equal-width' }: BinningOptions = {},
): ScoreValue {
  const n = labels.length
  const curve = reliabilityCurve(probabilities, labels, { bins, binning })
  const sum = curve.reduce((total, bin) => total + (bin.n / n) * Math.abs(bin.meanProbability - bin.observed.value), 0)
  return {
    quantity: 'expected calibration error',
    method: `${binning}, ${bins} bins`,
    n,
    value: n === 0 ? Number.NaN : sum,
  }
}
