import type { FeatureVector } from '../features/feature-space.js'
import { logitOf, type Policy } from '../policy/policy.js'
import { difference } from './difference.js'
import { type LossOptions, marginLoss } from './loss.js'

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
 * The loss of one pair, weight * loss of its `rewardMargin`; for dpo in nats, and log 2 where policy and reference are equal.
 *
 * @see `marginLoss` for the losses there are
 */
export function dpoLoss(
  policy: Policy,
  reference: Policy,
  pair: TrainingPair,
  beta: number,
  options: LossOptions = {},
): number {
  return (pair.weight ?? 1) * marginLoss(options, beta).value(rewardMargin(policy, reference, pair, beta))
}

/**
 * The gradient of `dpoLoss` in theta, sparse: -weight * beta * pull(rewardMargin) * (phi(x, yw) - phi(x, yl)), where the pull
 * is sigmoid(-rewardMargin) for dpo.
 */
export function dpoGradient(
  policy: Policy,
  reference: Policy,
  pair: TrainingPair,
  beta: number,
  options: LossOptions = {},
): FeatureVector {
  const { pull } = marginLoss(options, beta)
  const scale = -(pair.weight ?? 1) * beta * pull(rewardMargin(policy, reference, pair, beta))
  const { indices, values } = difference(pair.preferred, pair.nonPreferred)
  return { indices, values: values.map((value) => scale * value) }
}
