import type { FeatureVector } from '../features/feature-space.js'

/** a - b of two sparse vectors, by merging their sorted indices; entries that cancel exactly are left out. */
export function difference(a: FeatureVector, b: FeatureVector): FeatureVector {
  const indices: number[] = []
  const values: number[] = []
  let i = 0
  let j = 0
  while (i < a.indices.length || j < b.indices.length) {
    const left = a.indices[i] ?? Number.POSITIVE_INFINITY
    const right = b.indices[j] ?? Number.POSITIVE_INFINITY
    const value = (left <= right ? (a.values[i++] as number) : 0) - (right <= left ? (b.values[j++] as number) : 0)
    if (value === 0) continue
    indices.push(Math.min(left, right))
    values.push(value)
  }
  return { indices: Int32Array.from(indices), values: Float64Array.from(values) }
}
