import type { Usage } from './judgment.js'

/** USD for a million tokens. */
export interface TokenPrices {
  readonly input: number
  readonly output: number
  /** Of input tokens that the service had in its cache; as `input` where nobody says otherwise. */
  readonly cachedInput?: number | undefined
  /** What the batch service takes of these prices, in (0, 1]; absent where there is none. */
  readonly batchShare?: number | undefined
}

/**
 * What a call cost in USD: (input − cached) · input price + cached · cached price + output · output price, over a million.
 * Output tokens hold the reasoning tokens, as services count and bill them.
 */
export function costUsd({ inputTokens, outputTokens, cachedInputTokens = 0 }: Usage, prices: TokenPrices): number {
  const { input, output, cachedInput = input } = prices
  return ((inputTokens - cachedInputTokens) * input + cachedInputTokens * cachedInput + outputTokens * output) / 1e6
}
