import {
  costUsd,
  endpointUsd,
  type FailureReason,
  type Judgment,
  type RunEndpoint,
  sessionAt,
  type TokenPrices,
} from '@judgelab/core'
import { quantileOf } from '@judgelab/stats'
import { failureCounts } from './failures.js'

/** Where the middle and the slow end of some measurements lie. */
export interface Spread {
  readonly median: number
  /** Nineteen in twenty are at most this (type 7 quantile). */
  readonly p95: number
  /** How many judgments it was measured on. */
  readonly n: number
}

/** How the calls of a run went: times, tokens, money, failures. */
export interface RunSummary {
  readonly judgments: number
  readonly failures: Partial<Readonly<Record<FailureReason, number>>>
  /** Judgments whose answer came from the cache. */
  readonly cached: number
  /** Attempts of all calls that were made, those from the cache aside. */
  readonly attempts: number
  /** Of answered calls, in milliseconds; null where no time was measured. */
  readonly latencyMs: Spread | null
  readonly firstByteMs: Spread | null
  /** Output tokens, reasoning included, over the whole time of the call. */
  readonly tokensPerSecond: Spread | null
  /** Sums over all judgments with usage; null where there are none. */
  readonly usage: UsageTotals | null
  /**
   * USD for all of these answers, whoever paid when; null without prices or usage. Of a run that was paid by the minute, what
   * it paid itself: minutes are of no single answer.
   */
  readonly costUsd: number | null
  /** USD for those that did not come from the cache; null also while an endpoint's minutes or price are not known. */
  readonly paidUsd: number | null
}

/** How a run was paid, as its manifest says it: by the token, by the minute of an endpoint, or now so, now so. */
export interface RunPayment {
  readonly prices?: TokenPrices | undefined
  readonly endpoint?: RunEndpoint | undefined
}

/** Tokens of a run. */
export interface UsageTotals {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cachedInputTokens: number
  readonly reasoningTokens: number
  /** Judgments that the service counted tokens for. */
  readonly judgments: number
}

/**
 * The summary of a run's judgments. Times are of answers only, each of the attempt that was answered (for a cached one, of
 * the call that was paid for): a call that failed has no time that says how fast the judge is.
 *
 * @param judgments one a presentation, as `loadJudgments` gives them
 * @param payment the run's manifest, or what of it says how it was paid
 */
export function runSummary(judgments: readonly Judgment[], payment: RunPayment = {}): RunSummary {
  const answered = judgments.filter(({ outcome, latencyMs }) => outcome.kind !== 'failed' && latencyMs > 0)
  const made = judgments.filter(({ cached }) => !cached)
  const { prices, endpoint } = payment
  const paidUsd = endpoint === undefined ? tokensUsd(made, prices) : rentUsd(made, { prices, endpoint })
  return {
    judgments: judgments.length,
    failures: failureCounts(judgments),
    cached: judgments.length - made.length,
    attempts: made.reduce((sum, { attempts = 1 }) => sum + attempts, 0),
    latencyMs: spreadOf(answered.map(({ latencyMs }) => latencyMs)),
    firstByteMs: spreadOf(answered.flatMap(({ firstByteMs }) => firstByteMs ?? [])),
    tokensPerSecond: spreadOf(
      answered.flatMap(({ usage, latencyMs }) => (usage === undefined ? [] : (usage.outputTokens * 1000) / latencyMs)),
    ),
    usage: usageTotals(judgments),
    costUsd: endpoint === undefined ? tokensUsd(judgments, prices) : paidUsd,
    paidUsd,
  }
}

function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null
  const held = Float64Array.from(values)
  return { median: quantileOf(held, 0.5), p95: quantileOf(held, 0.95), n: values.length }
}

function usageTotals(judgments: readonly Judgment[]): UsageTotals | null {
  const totals = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0, judgments: 0 }
  for (const { usage } of judgments) {
    if (usage === undefined) continue
    totals.judgments++
    totals.inputTokens += usage.inputTokens
    totals.outputTokens += usage.outputTokens
    totals.cachedInputTokens += usage.cachedInputTokens ?? 0
    totals.reasoningTokens += usage.reasoningTokens ?? 0
  }
  return totals.judgments === 0 ? null : totals
}

/** The minutes of an endpoint, and the tokens of answers that did not come through it. */
function rentUsd(
  made: readonly Judgment[],
  { prices, endpoint }: RunPayment & { readonly endpoint: RunEndpoint },
): number | null {
  const minutes = endpointUsd(endpoint)
  const others = made.filter(({ usage, at }) => usage !== undefined && sessionAt(endpoint, at) === undefined)
  const tokens = others.length === 0 ? 0 : tokensUsd(others, prices)
  return minutes === null || tokens === null ? null : minutes + tokens
}

function tokensUsd(judgments: readonly Judgment[], prices: TokenPrices | undefined): number | null {
  const used = judgments.flatMap(({ usage }) => usage ?? [])
  if (prices === undefined || (used.length === 0 && judgments.length > 0)) return null
  return used.reduce((sum, usage) => sum + costUsd(usage, prices), 0)
}
