import type { FeatureVector } from '../features/feature-space.js'
import type { Policy } from '../policy/policy.js'
import { difference } from './difference.js'
import type { MarginLoss } from './loss.js'
import type { TrainingPair } from './objective.js'
import type { DpoMeasure } from './options.js'

/** Pairs as the trainer needs them, aligned: the difference of their features, and their weights. */
export interface PreparedPairs {
  readonly differences: readonly FeatureVector[]
  readonly weights: Float64Array
}

/**
 * Takes the difference phi(x, yw) - phi(x, yl) of each pair once: the loss depends on the features through it only.
 *
 * @throws {RangeError} if a weight is not above 0 or an index is outside the policy's dimension
 */
export function preparePairs(pairs: readonly TrainingPair[], dimension: number): PreparedPairs {
  const weights = Float64Array.from(pairs, (pair) => pair.weight ?? 1)
  const differences = pairs.map((pair, i) => {
    const weight = weights[i] as number
    if (!(weight > 0 && Number.isFinite(weight)))
      throw new RangeError(`trainDpo needs weights above 0, got weight=${weight} in pair ${pair.id}`)
    const last = Math.max(pair.preferred.indices.at(-1) ?? 0, pair.nonPreferred.indices.at(-1) ?? 0)
    if (last >= dimension)
      throw new RangeError(`trainDpo needs indices below ${dimension}, got index=${last} in pair ${pair.id}`)
    return difference(pair.preferred, pair.nonPreferred)
  })
  return { differences, weights }
}

/** (theta - theta_ref) . d: the implicit reward margin of a difference of features before it is multiplied by beta. */
export function movedBy(policy: Policy, reference: Policy, { indices, values }: FeatureVector): number {
  const { weights } = policy
  const { weights: homes } = reference
  let sum = 0
  for (let i = 0; i < indices.length; i++) {
    const at = indices[i] as number
    sum += ((weights[at] as number) - (homes[at] as number)) * (values[i] as number)
  }
  return sum
}

/** Measures of pairs by a loss, from their margins (aligned with `weights`); of no pairs, NaN. */
export function measureMargins(margins: Float64Array, weights: Float64Array, { value }: MarginLoss): DpoMeasure {
  let loss = 0
  let right = 0
  let margin = 0
  for (let i = 0; i < margins.length; i++) {
    const held = margins[i] as number
    loss += (weights[i] as number) * value(held)
    right += held > 0 ? 1 : held === 0 ? 0.5 : 0
    margin += held
  }
  const n = margins.length
  return { loss: loss / n, rewardAccuracy: right / n, margin: margin / n }
}
