import type { Prompt } from '@judgelab/core'
import { DENSE_RULES, type DenseFeature } from './dense-features.js'
import { FEATURE_SPACE, type FeatureVector } from './feature-space.js'
import { hashedFeatures } from './hashed-features.js'
import { readPrompt } from './read-prompt.js'
import { type Reading, readResponse } from './reading.js'

/**
 * phi(x, y): the features of a response to a prompt, in the space `FEATURE_SPACE`. Named features are clipped to [-1, 1]; each
 * block of hashed ones has length 1. Any text will do: empty, blank, of any script, with lone surrogates. Time is linear in
 * the lengths of both.
 *
 * @param prompt a text, or a conversation of which the contents count
 * @param response the response's text
 */
export function extractFeatures(prompt: Prompt | string, response: string): FeatureVector {
  return featureExtractor(prompt)(response)
}

/** Reads the prompt once and extracts the features of many responses to it: `featureExtractor(x)(y)` is phi(x, y). */
export function featureExtractor(prompt: Prompt | string): (response: string) => FeatureVector {
  const read = readPrompt(prompt)
  return (response) => toVector(readResponse(read, response))
}

/** The named features of a response with their values, zeros included: for looking at what the policy sees. */
export function namedFeatures(prompt: Prompt | string, response: string): Record<string, number> {
  const reading = readResponse(readPrompt(prompt), response)
  return Object.fromEntries(DENSE_RULES.map((rule) => [rule.name, clipped(rule.value(reading))]))
}

function toVector(reading: Reading): FeatureVector {
  const { dense, buckets } = FEATURE_SPACE
  const hashed = hashedFeatures(reading, buckets)
  const filled = Int32Array.from(hashed.keys()).sort()
  const indices = new Int32Array(dense + filled.length)
  const values = new Float64Array(dense + filled.length)
  let size = 0
  const add = (index: number, value: number): void => {
    if (value === 0) return
    indices[size] = index
    values[size++] = value
  }
  for (let index = 0; index < dense; index++) add(index, clipped((DENSE_RULES[index] as DenseFeature).value(reading)))
  for (const bucket of filled) add(dense + bucket, hashed.get(bucket) as number)
  return { indices: indices.slice(0, size), values: values.slice(0, size) }
}

function clipped(value: number): number {
  return Math.max(-1, Math.min(1, value))
}
