import {
  costUsd,
  type JudgeLimits,
  type Judgment,
  type Message,
  type Presentation,
  promptTokens,
  type ShownPresentation,
  type Tokenizer,
  type TokenPrices,
} from '@judgelab/core'
import type { BulkJudge, ServiceJudge, ServiceRequest } from '../judge.js'
import { type EngineOutlook, engineOutlook } from './engine-outlook.js'
import { expectedOutput, type OutputExpectation } from './expected-output.js'
import { expectedSeconds } from './expected-seconds.js'
import { promptCacheTokens } from './prompt-cache.js'
import { requestsOf } from './requests-of.js'

/** What is to be asked, of whom, and what is known before. */
export interface EstimateRequest {
  readonly judge: ServiceJudge | BulkJudge
  readonly presentations: readonly Presentation[]
  readonly show: (presentation: Presentation) => ShownPresentation
  /** `tokenizerFor(judge.spec.model)`. */
  readonly tokenizer: Tokenizer
  /** Of an earlier run of this judge, or of another that stands for it: what its answers used and how long they took. */
  readonly earlier?: readonly Judgment[] | undefined
  /** Whether the answer of a service to a request is in the cache, and costs nothing; called once for each call, in order. */
  readonly isPaidFor?: ((request: ServiceRequest, service: string) => boolean) | undefined
  /** Whether the model reasons before it answers, as far as is known: `modelAbilities(…).isThinking`. */
  readonly isThinking?: boolean | undefined
  /** Output tokens a second, where somebody published them. */
  readonly speed?: number | undefined
  /** Limits to reckon the time at; defaults to the judge's own. */
  readonly limits?: JudgeLimits | undefined
  /** Prompts whose tokens are counted, evenly spaced, at the most; defaults to 2,000. The others are taken to be like them. */
  readonly countAtMost?: number | undefined
}

/** What asking will use. Tokens are of the calls that are sent, unless it says otherwise. */
export interface JudgeEstimate {
  readonly judge: string
  readonly model: string
  /** All calls, and those of them that are paid for already. */
  readonly calls: number
  readonly paidFor: number
  readonly inputTokens: {
    readonly total: number
    /** The total less and more the tokenizer's stated error. */
    readonly low: number
    readonly high: number
    /** Whose vocabulary counted, and whether it is the model's own and saw all that is sent: not what the evaluation service adds. */
    readonly family: Tokenizer['family']
    readonly isExact: boolean
    /** How many prompts were counted; the rest is scaled up. */
    readonly counted: number
    /** Input that the service may have in its prompt cache: what all prompts begin with. 0 where that is too short. */
    readonly cacheable: number
  }
  readonly outputTokens: OutputExpectation & { readonly total: number }
  /** As the judge is asked; absent where nobody knows the prices. */
  readonly cost?: CostEstimate | undefined
  /** The same calls by each engine; absent where there is none to choose, as on machines of one's own. */
  readonly outlook?: EngineOutlook | undefined
}

/** What it costs, in USD, at the prices of the judge as it is asked: those of batches where it is asked in batches. */
export interface CostEstimate {
  readonly usd: number
  /** With the low and the high count of input tokens. */
  readonly low: number
  readonly high: number
  /** Without the answers that are in the cache. */
  readonly withoutCacheUsd: number
  /** Where the service has all of `cacheable` in its prompt cache, and there is a price for it. */
  readonly withPromptCacheUsd?: number | undefined
  /** Every answer at its token limit, every prompt at its upper bound: what a budget sets aside. */
  readonly atMostUsd: number
  /** Who says the prices. */
  readonly source: string
}

/**
 * What a judge's calls will use, cost and take, before any is made. Input tokens are counted with the model family's own
 * vocabulary, or with a stated error; output tokens are the mean of an earlier run, or assumed by decision.
 *
 * @throws {RangeError} if there is nothing to ask
 */
export function estimateJudge(request: EstimateRequest): JudgeEstimate {
  const { judge, presentations, tokenizer, earlier, isThinking, speed } = request
  if (presentations.length === 0)
    throw new RangeError(`estimateJudge needs at least 1 presentation, got 0 (${judge.name})`)
  const online = requestsOf(judge)
  const asked = presentations.map((presentation) => questionOf(judge, presentation, request.show(presentation)))
  const isPaidFor = request.isPaidFor ?? (() => false)
  const service = online?.service ?? ''
  const sent = asked.filter(({ request: composed }) => composed === undefined || !isPaidFor(composed, service))
  const counted = evenlySpaced(sent, request.countAtMost ?? 2000)
  const perPrompt = mean(
    counted.map(({ messages, extra }) => promptTokens(tokenizer, messages) + tokenizer.count(extra)),
  )
  const output = expectedOutput({ spec: judge.spec, isThinking, earlier })
  const input = Math.round(perPrompt * sent.length)
  const perCacheable = promptCacheTokens(
    counted.map(({ messages }) => messages),
    tokenizer,
  )
  const outputTotal = Math.round(output.perCall * sent.length)
  const { relativeError, family } = tokenizer
  const inputTokens = {
    total: input,
    low: Math.round(input * (1 - relativeError)),
    high: Math.round(input * (1 + relativeError)),
    family,
    isExact: tokenizer.isExact && online !== undefined,
    counted: counted.length,
    cacheable: perCacheable * Math.max(0, sent.length - 1),
  }
  return {
    judge: judge.name,
    model: judge.spec.model,
    calls: asked.length,
    paidFor: asked.length - sent.length,
    inputTokens,
    outputTokens: { ...output, total: outputTotal },
    cost:
      judge.prices === undefined
        ? undefined
        : costOf({ inputTokens, outputTotal, all: asked.length, sent, prices: judge.prices }),
    outlook: engineOutlook({
      judge,
      calls: sent.length,
      counted: counted.flatMap(({ request: composed }) => composed ?? []),
      usdAt: (prices) => costUsd({ inputTokens: input, outputTokens: outputTotal }, prices),
      time: expectedSeconds({
        calls: sent.length,
        tokens: input + outputTotal,
        outputPerCall: output.perCall,
        limits: request.limits ?? online?.limits ?? {},
        earlier,
        speed,
      }),
    }),
  }
}

/** What one call sends, as far as its tokens go. */
interface Question {
  readonly request?: ServiceRequest | undefined
  readonly messages: readonly Message[]
  /** Sent beside the messages and read by the model: the schema of the answer. */
  readonly extra: string
  readonly atMost: ServiceRequest['atMost']
}

const NOTHING: ServiceRequest['atMost'] = { inputTokens: 0, outputTokens: 0 }

function questionOf(judge: ServiceJudge | BulkJudge, presentation: Presentation, shown: ShownPresentation): Question {
  const online = requestsOf(judge)
  if (online !== undefined) {
    const request = online.compose(shown, presentation.repeat)
    const { messages, input, response_format, text } = request.body
    const schema = response_format ?? text
    return {
      request,
      messages: (messages ?? input ?? []) as readonly Message[],
      extra: schema === undefined ? '' : JSON.stringify(schema),
      atMost: request.atMost,
    }
  }
  const texts = [typeof shown.prompt === 'string' ? shown.prompt : JSON.stringify(shown.prompt), ...shown.slots]
  return {
    messages: [
      { role: 'system', content: judge.spec.prompt ?? '' },
      { role: 'user', content: texts.join('\n\n') },
    ],
    extra: '',
    atMost: ('atMost' in judge ? judge.atMost?.({ presentation, shown }) : undefined) ?? NOTHING,
  }
}

function costOf({
  inputTokens: { total, low, high, cacheable },
  outputTotal: outputTokens,
  all,
  sent,
  prices,
}: {
  readonly inputTokens: JudgeEstimate['inputTokens']
  readonly outputTotal: number
  readonly all: number
  readonly sent: readonly Question[]
  readonly prices: TokenPrices & { readonly source: string }
}): CostEstimate {
  const of = (inputTokens: number, cachedInputTokens = 0): number =>
    costUsd({ inputTokens, outputTokens, cachedInputTokens }, prices)
  const usd = of(total)
  const { cachedInput, source } = prices
  return {
    usd,
    low: of(low),
    high: of(high),
    withoutCacheUsd: sent.length === 0 ? 0 : (usd * all) / sent.length,
    ...(cachedInput === undefined ? {} : { withPromptCacheUsd: of(total, cacheable) }),
    atMostUsd: sent.reduce((sum, { atMost }) => sum + costUsd(atMost, prices), 0),
    source,
  }
}

/** At most `count` of the items, evenly spaced, the first among them. */
function evenlySpaced<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items
  return Array.from({ length: count }, (_, at) => items[Math.floor((at * items.length) / count)] as T)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
