import type { Outcome } from './outcome.js'
import type { Presentation } from './presentation.js'

/** What a call used. Tokens are the service's own count. */
export interface Usage {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cachedInputTokens?: number | undefined
  readonly reasoningTokens?: number | undefined
}

/** The record of one call of a judge: one line of `judgments.jsonl`. */
export interface Judgment extends Omit<Presentation, 'id'> {
  readonly v: 1
  readonly presentationId: string
  readonly outcome: Outcome
  /** The judge's text as it came; absent where there is none (local judges). */
  readonly raw?: string | undefined
  /** A thinking model's reasoning, kept apart from its answer. */
  readonly reasoning?: string | undefined
  readonly usage?: Usage | undefined
  /** From sending to the last byte, in milliseconds; of the attempt that was answered. */
  readonly latencyMs: number
  /** From sending to the first byte, where it was measured. */
  readonly firstByteMs?: number | undefined
  /** How often it was sent until it was answered or given up; absent means once. */
  readonly attempts?: number | undefined
  /** True when the answer was in the cache: nothing was sent, `usage` and `latencyMs` are of the call that was paid for. */
  readonly cached?: true | undefined
  /** When the answer was there, ISO 8601 in UTC. */
  readonly at: string
}
