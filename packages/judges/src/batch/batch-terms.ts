import type { Provider } from '@judgelab/core'
import type { ServiceRequest } from '../judge.js'

/** What one file of requests may hold. */
export interface ShardLimits {
  readonly requests: number
  readonly bytes: number
}

/** What a batch service takes, and how long: plain facts, read by the service itself and by whoever reckons beforehand. */
export interface BatchTerms {
  readonly name: 'openai' | 'together' | 'vllm'
  readonly limits: ShardLimits
  /** Tokens that its unfinished batches may have together, where that is known beforehand. */
  readonly enqueuedTokens?: number | undefined
  /** Hours after which a batch that is not done is given up. */
  readonly patienceHours: number
  /** One line of a file. `custom_id` comes first. */
  readonly lineOf: (id: string, request: ServiceRequest) => { readonly custom_id: string }
}

/** The same of a service that somebody else runs, and that says in which time a batch is done. */
export interface HostedBatchTerms extends BatchTerms {
  /** The stated window of a batch, in hours. */
  readonly windowHours: number
  /** Whether the window is what it tries, and not what it promises. */
  readonly isBestEffort: boolean
}

/**
 * OpenAI, and servers that speak its API: 50,000 requests and 200 MB a file, done within 24 hours or expired.
 *
 * @see https://platform.openai.com/docs/guides/batch
 */
export const OPENAI_TERMS: HostedBatchTerms = {
  name: 'openai',
  limits: { requests: 50_000, bytes: 200e6 },
  windowHours: 24,
  isBestEffort: false,
  patienceHours: 26,
  lineOf: (custom_id, { path, body }) => ({ custom_id, method: 'POST', url: `/v1${path}`, body }),
}

/**
 * Together: 50,000 requests and 100 MB a file, 30 billion tokens enqueued for a model, 24 hours at best. Its own notes say
 * to allow 72.
 *
 * @see https://docs.together.ai/docs/batch-inference
 */
export const TOGETHER_TERMS: HostedBatchTerms = {
  name: 'together',
  limits: { requests: 50_000, bytes: 100e6 },
  enqueuedTokens: 30e9,
  windowHours: 24,
  isBestEffort: true,
  patienceHours: 72,
  lineOf: (custom_id, { body }) => ({ custom_id, body }),
}

/** `vllm run-batch` on somebody's own machines: they take what they are given, and nobody gives up on them. */
export const VLLM_TERMS: BatchTerms = {
  name: 'vllm',
  limits: { requests: 50_000, bytes: 2 ** 30 },
  patienceHours: Number.POSITIVE_INFINITY,
  lineOf: OPENAI_TERMS.lineOf,
}

/** Whose batch API a provider speaks. */
export function batchTermsOf(provider: Provider): HostedBatchTerms {
  return provider === 'together' ? TOGETHER_TERMS : OPENAI_TERMS
}
