import { requireAligned } from '../check/require-aligned.js'

/** Throws a RangeError unless probabilities lie in [0, 1] and labels are 0 or 1, aligned. */
export function requireForecasts(caller: string, probabilities: ArrayLike<number>, labels: ArrayLike<number>): void {
  requireAligned(caller, 'probabilities', probabilities, 'labels', labels)
  for (let i = 0; i < labels.length; i++) {
    const p = probabilities[i]!
    if (!(p >= 0 && p <= 1))
      throw new RangeError(`${caller} needs probabilities in [0, 1], got probabilities[${i}]=${p}`)
  }
  requireLabels(caller, labels)
}

/** Throws a RangeError unless every label is 0 or 1. */
export function requireLabels(caller: string, labels: ArrayLike<number>): void {
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== 0 && labels[i] !== 1)
      throw new RangeError(`${caller} needs labels 0 or 1, got labels[${i}]=${labels[i]}`)
  }
}
