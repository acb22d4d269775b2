import type { Prompt } from '@judgelab/core'
import { DENSE_RULES } from './dense-features.js'
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
  const entries: [index: number, value: number][] = []
  DENSE_RULES.forEach((rule, index) => {
    entries.push([index, clipped(rule.value(reading))])
  })
  const { dense, buckets } = FEATURE_SPACE
  const hashed = [...hashedFeatures(reading, buckets)].sort(([a], [b]) => a - b)
  for (const [bucket, value] of hashed) entries.push([dense + bucket, value])
  const kept = entries.filter(([, value]) => value !== 0)
  return { indices: Int32Array.from(kept, ([index]) => index), values: Float64Array.from(kept, ([, value]) => value) }
}

function clipped(value: number): number {
  return Math.max(-1, Math.min(1, value))
}
