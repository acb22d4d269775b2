import type { Policy } from '@judgelab/policy'

/** The service that a model is reached through; it decides the shape of what comes back. */
export type Vendor = 'openai' | 'together'

/** A judge that knows nothing of quality. */
export type Simple = 'longer' | 'shorter' | 'first' | 'random'

/** What a model spends before it answers, and what it will not be told. */
export interface Thinking {
  /** Tokens of reasoning at medium effort; low is a quarter of it, high is four times as much, `none` switches it off. */
  readonly tokens: number
}

/**
 * Who stands behind a model name, and how it behaves. Noise is in nats, the unit of the policy's logits, in which two
 * responses of the built-in benchmark differ by about 1.
 */
export interface ModelProfile {
  readonly vendor: Vendor
  /** Weights to judge by, or a judge that looks at length, place or nothing. */
  readonly judge: Policy | Simple
  /** Standard deviation of what the model gets wrong about a response, whichever slot it stands in. */
  readonly noiseNats: number
  /** Standard deviation of what differs from one presentation to the next. */
  readonly wobbleNats: number
  /** What the first slot gains by being first; negative for a taste for the last. */
  readonly positionBiasNats: number
  /** Responses closer than this are a tie where a tie may be named. */
  readonly tieBandNats: number
  /** Sentences before the verdict. */
  readonly verbosity: number
  readonly thinking?: Thinking | undefined
  /** Request parameters that are answered with status 400. */
  readonly refuses: readonly string[]
  /** True of a tuned model: Together serves it through a dedicated endpoint only, never by the token. */
  readonly needsEndpoint?: boolean | undefined
  /** Longest input and output together, in tokens. */
  readonly contextTokens: number
}
