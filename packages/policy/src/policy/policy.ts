import type { FeatureVector } from '../features/feature-space.js'

/**
 * A log-linear policy: log pi(y | x) = theta . phi(x, y) + const(x), where the constant normalises over all responses and cancels
 * in every comparison of responses to one prompt.
 */
export interface Policy {
  /** Id of the feature space in which the weights have a meaning. */
  readonly featureSpace: string
  /** theta, in nats at feature value 1; its length is the space's dimension. */
  readonly weights: Float64Array
}

/**
 * theta . phi: the unnormalised log-probability of a response, in nats. Only differences between responses to the same prompt
 * mean something.
 *
 * @throws {RangeError} if the vector has an index that the policy has no weight for
 */
export function logitOf(policy: Policy, features: FeatureVector): number {
  const { indices, values } = features
  const last = indices.at(-1)
  if (last !== undefined && last >= policy.weights.length)
    throw new RangeError(
      `logitOf needs indices below the policy's dimension, got index=${last}, dimension=${policy.weights.length}`,
    )
  let sum = 0
  for (let i = 0; i < indices.length; i++)
    sum += (policy.weights[indices[i] as number] as number) * (values[i] as number)
  return sum
}
