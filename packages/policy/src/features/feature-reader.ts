import type { Prompt } from '@judgelab/core'
import { featureExtractor } from './extract-features.js'
import type { FeatureVector } from './feature-space.js'

/** Features of a response to a prompt, as `featureExtractor`. */
export type FeatureReader = (prompt: Prompt) => (response: string) => FeatureVector

/**
 * A feature reader that reads each prompt, and each response to it, once: pairs share prompts and preferred outputs, and
 * the cells of an ablation share everything. It holds what it has read for as long as it lives.
 */
export function rememberingReader(): FeatureReader {
  const readers = new Map<string, (response: string) => FeatureVector>()
  return (prompt) => {
    const key = typeof prompt === 'string' ? prompt : JSON.stringify(prompt)
    const reader = readers.get(key) ?? remembering(featureExtractor(prompt))
    readers.set(key, reader)
    return reader
  }
}

function remembering(read: (response: string) => FeatureVector): (response: string) => FeatureVector {
  const known = new Map<string, FeatureVector>()
  return (response) => {
    const features = known.get(response) ?? read(response)
    known.set(response, features)
    return features
  }
}
