import { requireForecasts } from './require-forecasts.js'

/** A score of probabilities against labels. */
export interface ScoreValue {
  readonly quantity: 'brier score' | 'expected calibration error'
  readonly method: string
  readonly n: number
  /** in [0, 1]; 0 is best */
  readonly value: number
}

/**
 * Brier score: the mean squared difference of probabilities and labels.
 *
 * For an interval pass the squared differences to `clusteredMean`. Undefined for no item: value is NaN.
 *
 * @param probabilities in [0, 1], of label 1
 * @param labels 0 or 1: same length and order as `probabilities`
 * @returns value in [0, 1]; 0.25 for always saying ½
 * @throws {RangeError} if lengths differ, a probability is outside [0, 1], or a label is neither 0 nor 1
 * @see Brier (1950), Mon. Weather Rev. 78:1–3
 * @example brier([0.9, 0.2], [1, 0]).value // 0.025
 */
export function brier(probabilities: ArrayLike<number>, labels: ArrayLike<number>): ScoreValue {
  requireForecasts('brier', probabilities, labels)
  let sum = 0
  for (let i = 0; i < labels.length; i++) sum += (probabilities[i]! - labels[i]!) ** 2
  return { quantity: 'brier score', method: 'mean squared difference', n: labels.length, value: sum / labels.length }
}
