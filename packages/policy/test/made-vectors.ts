import type { FeatureVector, Policy, TrainingPair } from '../src/index.js'

/** A sparse vector from a dense list; zeros are left out. */
export function vectorOf(dense: readonly number[]): FeatureVector {
  const kept = dense.flatMap((value, index) => (value === 0 ? [] : [[index, value] as const]))
  return { indices: Int32Array.from(kept, ([index]) => index), values: Float64Array.from(kept, ([, value]) => value) }
}

/** A policy of a space of the tests' own. */
export function policyOf(...weights: number[]): Policy {
  return { featureSpace: 'test', weights: Float64Array.from(weights) }
}

/** A pair from two dense lists. */
export function pairOf(preferred: readonly number[], nonPreferred: readonly number[], weight?: number): TrainingPair {
  return { id: 'pair', preferred: vectorOf(preferred), nonPreferred: vectorOf(nonPreferred), weight }
}
