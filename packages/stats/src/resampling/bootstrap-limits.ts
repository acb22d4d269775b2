import { normalInverse, normalLowerTail } from '../distribution/normal.js'
import { quantileOf } from './quantile.js'

/** How limits are read off the resampled values. */
export type BootstrapMethod = 'percentile' | 'bca'

/** The percentile limits: the α/2 and 1 − α/2 quantiles of the resampled values, which are put into another order. */
export function percentileLimits(drawn: Float64Array, level: number): [number, number] {
  return [quantileOf(drawn, (1 - level) / 2), quantileOf(drawn, (1 + level) / 2)]
}

/**
 * The bias-corrected and accelerated limits.
 *
 * With z0 = Φ⁻¹(share of resampled values below the estimate, equal ones counting half), α the acceleration and z the
 * normal quantiles of the two tails, reads the quantiles Φ(z0 + (z0 + z) / (1 − α(z0 + z))). NaN if every resampled
 * value lies on one side of the estimate; the estimate itself if all resampled values equal it.
 *
 * @see Efron (1987), J. Amer. Statist. Assoc. 82:171–185, doi:10.1080/01621459.1987.10478410
 */
export function bcaLimits(drawn: Float64Array, value: number, acceleration: number, level: number): [number, number] {
  const z0 = normalInverse(shareBelow(drawn, value))
  const at = (tail: number): number => {
    const z = z0 + normalInverse(tail)
    return quantileOf(drawn, normalLowerTail(z0 + z / (1 - acceleration * z)))
  }
  return Number.isFinite(z0) ? [at((1 - level) / 2), at((1 + level) / 2)] : [Number.NaN, Number.NaN]
}

/** The share of values below `value`, with half of those equal to it. */
function shareBelow(drawn: Float64Array, value: number): number {
  let below = 0
  let equal = 0
  for (let i = 0; i < drawn.length; i++) {
    if (drawn[i]! < value) below++
    else if (drawn[i] === value) equal++
  }
  return (below + equal / 2) / drawn.length
}

/**
 * Efron's acceleration from leave-one-out values and how often each occurs (all once, if no weights are given):
 * Σd³ / 6(Σd²)^1.5 with d = mean − value. 0 if the values are all equal.
 */
export function acceleration(leftOut: ArrayLike<number>, weights?: ArrayLike<number>): number {
  let total = 0
  let sum = 0
  for (let i = 0; i < leftOut.length; i++) {
    const weight = weights?.[i] ?? 1
    total += weight
    sum += weight * leftOut[i]!
  }
  let squares = 0
  let cubes = 0
  for (let i = 0; i < leftOut.length; i++) {
    const d = sum / total - leftOut[i]!
    squares += (weights?.[i] ?? 1) * d * d
    cubes += (weights?.[i] ?? 1) * d * d * d
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5)
}

/** The standard deviation (n − 1) of the resampled values: the bootstrap's standard error. NaN for fewer than two. */
export function standardDeviation(values: ArrayLike<number>): number {
  let mean = 0
  let squares = 0
  for (let i = 0; i < values.length; i++) {
    const d = values[i]! - mean
    mean += d / (i + 1)
    squares += d * (values[i]! - mean)
  }
  return values.length < 2 ? Number.NaN : Math.sqrt(squares / (values.length - 1))
}
