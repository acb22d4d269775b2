import type { FeatureVector } from '../features/feature-space.js'

/** a - b of two sparse vectors, by merging their sorted indices; entries that cancel exactly are left out. */
export function difference(a: FeatureVector, b: FeatureVector): FeatureVector {
  const most = a.indices.length + b.indices.length
  const indices = new Int32Array(most)
  const values = new Float64Array(most)
  let size = 0
  let i = 0
  let j = 0
  while (i < a.indices.length || j < b.indices.length) {
    const left = i < a.indices.length ? (a.indices[i] as number) : END
    const right = j < b.indices.length ? (b.indices[j] as number) : END
    const value = (left <= right ? (a.values[i++] as number) : 0) - (right <= left ? (b.values[j++] as number) : 0)
    if (value === 0) continue
    indices[size] = Math.min(left, right)
    values[size++] = value
  }
  return { indices: indices.slice(0, size), values: values.slice(0, size) }
}

/** Above every index. */
const END = 0x7fffffff
