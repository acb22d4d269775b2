import type { ModelRegistry, RunEndpoint, TokenPrices } from '@judgelab/core'
import type { Judged } from '../judged.js'
import { type RunSummary, runSummary } from '../run-summary.js'

/** What a judge costs and how fast it is: measured on this run, and by list price. */
export interface JudgeCost {
  /**
   * `measured`: tokens were counted and prices are known; `paid by the minute`: a dedicated endpoint, whose minutes and price
   * are known; `minutes not known`: one of which they are not, or that made no judgment; `list price only`: a price is known,
   * no tokens were counted; `nothing paid`: a judge of this process; `not recorded`: replayed verdicts without usage;
   * `no price known`.
   */
  readonly status:
    | 'measured'
    | 'paid by the minute'
    | 'minutes not known'
    | 'list price only'
    | 'nothing paid'
    | 'not recorded'
    | 'no price known'
  /**
   * USD for a thousand judgments, as measured or paid by the minute; null where the status is another. A presentation that is
   * asked several times is one judgment with all its calls, and so is one that is put to every member of a panel.
   */
  readonly usdPerThousand: number | null
  /** Of a judge of this process without times. */
  readonly summary: RunSummary
  /** What the model is listed at; null where it is not. */
  readonly list: ListPrice | null
}

/** A list price with the blend of tokens that makes it one number. */
export interface ListPrice {
  readonly model: string
  /** USD for a million tokens. */
  readonly input: number
  readonly output: number
  readonly blend: TokenBlend
  readonly blended: number
  readonly source: string
  /** Output tokens a second, as somebody measured; null where nobody did. */
  readonly tokensPerSecond: number | null
}

/** How many input tokens stand beside how many output tokens. */
export interface TokenBlend {
  readonly inputTokens: number
  readonly outputTokens: number
}

/** The blend that the published cost ratios are made with: nine input tokens to one output token. */
export const PUBLISHED_BLEND: TokenBlend = { inputTokens: 9, outputTokens: 1 }

/** Cost and speed of one judge. @param registry absent where the project has none */
export function judgeCost(
  { judgments, asks, asked, panel }: Pick<Judged, 'judgments' | 'asks'> & Partial<Pick<Judged, 'asked' | 'panel'>>,
  registry?: ModelRegistry | undefined,
): JudgeCost {
  if (panel !== undefined) return panelCost(panel.members, registry)
  const { prices, endpoint } = asks ?? {}
  const measured = runSummary(judgments, { prices, endpoint })
  // How long this process takes, or takes to read a recorded verdict, says more of the machine than of the judge.
  const isOwn = asks?.provider === 'local' || asks?.provider === 'replay'
  const summary = isOwn ? { ...measured, latencyMs: null } : measured
  const list = listPrice(asks?.model, prices, registry)
  const usdPerCall = callUsd(summary, endpoint)
  return {
    status: endpoint === undefined ? statusOf(asks?.provider, usdPerCall, list) : rentStatus(usdPerCall),
    usdPerThousand: usdPerCall === null ? null : 1000 * usdPerCall * (asked?.repeats ?? 1),
    summary,
    list,
  }
}

/** Over the calls whose tokens were counted, or, where minutes were paid, over those that were made in them. */
function callUsd({ usage, costUsd, judgments, cached }: RunSummary, endpoint: RunEndpoint | undefined): number | null {
  const calls = endpoint === undefined ? (usage?.judgments ?? 0) : judgments - cached
  return costUsd === null || calls === 0 ? null : costUsd / calls
}

function rentStatus(usdPerCall: number | null): JudgeCost['status'] {
  return usdPerCall === null ? 'minutes not known' : 'paid by the minute'
}

/** A panel costs what its members cost together; unknown where that of one is. */
function panelCost(members: readonly Judged[], registry: ModelRegistry | undefined): JudgeCost {
  const costs = members.map((member) => judgeCost(member, registry))
  const paid = costs.filter(({ status }) => status !== 'nothing paid')
  const unknown = paid.find(({ usdPerThousand }) => usdPerThousand === null)
  const rented = paid.find(({ status }) => status === 'paid by the minute')
  return {
    status: paid.length === 0 ? 'nothing paid' : ((unknown ?? rented)?.status ?? 'measured'),
    usdPerThousand:
      paid.length === 0 || unknown !== undefined
        ? null
        : paid.reduce((sum, { usdPerThousand }) => sum + (usdPerThousand ?? 0), 0),
    summary: runSummary([]),
    list: null,
  }
}

function statusOf(provider: string | undefined, usd: number | null, list: ListPrice | null): JudgeCost['status'] {
  if (provider === 'local') return 'nothing paid'
  if (usd !== null) return 'measured'
  if (list !== null) return 'list price only'
  return provider === 'replay' ? 'not recorded' : 'no price known'
}

function listPrice(
  model: string | undefined,
  prices: (TokenPrices & { readonly source?: string }) | undefined,
  registry: ModelRegistry | undefined,
): ListPrice | null {
  const entry = registry?.models.find(({ name, aliases = [] }) => name === model || aliases.includes(model ?? ''))
  const input = prices?.input ?? entry?.prices.input?.value
  const output = prices?.output ?? entry?.prices.output?.value
  if (model === undefined || input === undefined || output === undefined) return null
  const { inputTokens, outputTokens } = PUBLISHED_BLEND
  return {
    model,
    input,
    output,
    blend: PUBLISHED_BLEND,
    blended: (inputTokens * input + outputTokens * output) / (inputTokens + outputTokens),
    source: prices?.source ?? entry?.prices.input?.source ?? 'the study',
    tokensPerSecond: entry?.speed?.value ?? null,
  }
}
