import type { FeatureVector } from '../features/feature-space.js'
import { logitOf, type Policy } from '../policy/policy.js'
import { difference } from './difference.js'
import { logSigmoid, sigmoid } from './log-sigmoid.js'

/** A preference pair in features: two responses to one prompt. `weight` (default 1) scales its loss. */
export interface TrainingPair {
  readonly id: string
  readonly preferred: FeatureVector
  readonly nonPreferred: FeatureVector
  readonly weight?: number | undefined
}

/**
 * The implicit reward margin of a pair, in nats times beta:
 * beta * ((log pi(yw|x) - log ref(yw|x)) - (log pi(yl|x) - log ref(yl|x))). The normalising constants cancel, so for
 * log-linear policies it is beta * (theta - theta_ref) . (phi(x, yw) - phi(x, yl)), exactly.
 */
export function rewardMargin(policy: Policy, reference: Policy, pair: TrainingPair, beta: number): number {
  const preferred = logitOf(policy, pair.preferred) - logitOf(reference, pair.preferred)
  const nonPreferred = logitOf(policy, pair.nonPreferred) - logitOf(reference, pair.nonPreferred)
  return beta * (preferred - nonPreferred)
}

/**
 * The DPO loss of one pair in nats, weight * -log sigmoid(rewardMargin); log 2 where policy and reference are equal.
 *
 * @see Rafailov et al. (2023), "Direct preference optimization", arXiv:2305.18290, eq. 7
 */
export function dpoLoss(policy: Policy, reference: Policy, pair: TrainingPair, beta: number): number {
  return -(pair.weight ?? 1) * logSigmoid(rewardMargin(policy, reference, pair, beta))
}

/**
 * The gradient of `dpoLoss` in theta, sparse: -weight * beta * sigmoid(-rewardMargin) * (phi(x, yw) - phi(x, yl)).
 */
export function dpoGradient(policy: Policy, reference: Policy, pair: TrainingPair, beta: number): FeatureVector {
  const scale = -(pair.weight ?? 1) * beta * sigmoid(-rewardMargin(policy, reference, pair, beta))
  const { indices, values } = difference(pair.preferred, pair.nonPreferred)
  return { indices, values: values.map((value) => scale * value) }
}
