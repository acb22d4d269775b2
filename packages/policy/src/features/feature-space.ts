import { DENSE_RULES } from './dense-features.js'

/** A place where vectors live: which features, in which order. Weights learned in one are meaningless in another. */
export interface FeatureSpace {
  readonly id: string
  /** Named features, at indices 0 … dense - 1. */
  readonly dense: number
  /** Hashed features, at indices dense … dense + buckets - 1; a power of two. */
  readonly buckets: number
  readonly dimension: number
}

const BUCKETS = 2 ** 15

/** The features of this version. Whatever changes a feature's value of any text must change the id; a test holds a digest. */
export const FEATURE_SPACE: FeatureSpace = {
  id: 'text-features/1',
  dense: DENSE_RULES.length,
  buckets: BUCKETS,
  dimension: DENSE_RULES.length + BUCKETS,
}

/** A sparse vector: `indices` ascending without repetition, `values` of the same length and order, none zero. */
export interface FeatureVector {
  readonly indices: Int32Array
  readonly values: Float64Array
}
