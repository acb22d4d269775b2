import {
  type Judgment,
  type Presentation,
  presentationOf,
  promptTokens,
  type Tokenizer,
  tokenizerFor,
} from '@judgelab/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createTogetherEvalsJudge, type EstimateRequest, estimateJudge, type ServiceJudge } from '../src/index.js'
import { KEY, NO_MODELS, SHOWN, serviceJudgeOf, studyJudge } from './service-judge-of.js'

const show = ({ exampleId, slots }: Presentation) => ({
  ...SHOWN,
  prompt: `What is 2 + ${exampleId}?`,
  slots: slots.map((slot) => SHOWN.slots[slot] as string),
})
const presentations = Array.from({ length: 10 }, (_, at) =>
  [
    [0, 1],
    [1, 0],
  ].map((slots) => presentationOf({ exampleId: String(at), mode: 'pairwise', slots, repeat: 0 })),
).flat()
const PRICES = { input: 2, output: 8, cachedInput: 0.5, batchShare: 0.5 }

let tokenizer: Tokenizer
let judge: ServiceJudge
beforeAll(async () => {
  tokenizer = await tokenizerFor('gpt-4.1')
  judge = await serviceJudgeOf({ prices: PRICES })
})

const estimate = (more: Partial<EstimateRequest> = {}) =>
  estimateJudge({ judge, presentations, show, tokenizer, ...more })

/** A judgment of an earlier run, as far as an estimate looks at it. */
const judged = (outputTokens: number, latencyMs: number) =>
  ({ usage: { inputTokens: 300, outputTokens }, latencyMs }) as Judgment

describe('estimateJudge', () => {
  it('counts the tokens of every prompt that will be sent', () => {
    const each = presentations.map((one) =>
      promptTokens(tokenizer, judge.compose(show(one), 0).body.messages as { role: 'user'; content: string }[]),
    )
    const total = each.reduce((sum, tokens) => sum + tokens, 0)
    expect(estimate()).toMatchObject({
      ...{ judge: 'judge', model: 'gpt-4.1', calls: 20, paidFor: 0 },
      inputTokens: { total, low: total, high: total, family: 'o200k', isExact: true, counted: 20, cacheable: 0 },
      outputTokens: { perCall: 200, total: 4000, basis: 'assumed', answers: 0 },
    })
  })

  it('reckons the cost with what is known: the prices, the cache, the most that it can be', () => {
    const { inputTokens, cost } = estimate()
    // 2 USD a million tokens in, 8 out, 20 answers of 200 tokens.
    const usd = (inputTokens.total * 2 + 4000 * 8) / 1e6
    expect(cost?.usd).toBeCloseTo(usd, 12)
    expect(cost?.withoutCacheUsd).toBeCloseTo(usd, 12)
    expect(cost?.source).toBe('the study')
    const bounds = presentations.map((one) => judge.compose(show(one), 0).atMost)
    const most = bounds.reduce((sum, atMost) => sum + atMost.inputTokens * 2 + atMost.outputTokens * 8, 0) / 1e6
    expect(cost?.atMostUsd).toBeCloseTo(most, 12)
    expect(most).toBeGreaterThan(usd)
  })

  it('leaves out what is in the cache', () => {
    const { calls, paidFor, cost } = estimate({ isPaidFor: ({ body }) => JSON.stringify(body).includes('2 + 3?') })
    expect([calls, paidFor]).toEqual([20, 2])
    expect(cost?.usd).toBeCloseTo(0.9 * (cost?.withoutCacheUsd as number), 12)
    expect(estimate({ isPaidFor: () => true })).toMatchObject({ paidFor: 20, cost: { usd: 0, atMostUsd: 0 } })
  })

  it('takes output tokens and times from an earlier run where there is one', () => {
    const { outputTokens, outlook } = estimate({
      earlier: [judged(10, 900), judged(30, 1100), judged(20, 4000)],
      speed: 1,
    })
    expect(outputTokens).toEqual({ perCall: 20, total: 400, basis: 'measured', answers: 3 })
    // 20 calls of 1.1 s, 16 at a time.
    expect(outlook?.online.time).toEqual({
      seconds: (20 * 1.1) / 16,
      limit: 'concurrency',
      perCall: 1.1,
      basis: 'measured',
    })
  })

  it('says which limit decides how long it takes', () => {
    const timeOf = (more: Partial<EstimateRequest>) => estimate(more).outlook?.online.time
    expect(timeOf({})).toBeUndefined()
    expect(timeOf({ speed: 100 })).toEqual({
      seconds: 2.5,
      limit: 'concurrency',
      perCall: 2,
      basis: 'published speed',
    })
    expect(timeOf({ speed: 100, limits: { concurrency: 4 } })?.seconds).toBe(10)
    expect(timeOf({ speed: 100, limits: { requestsPerMinute: 60 } })).toMatchObject({
      seconds: 20,
      limit: 'requestsPerMinute',
    })
    const { total } = estimate().inputTokens
    expect(timeOf({ speed: 100, limits: { tokensPerMinute: 600 } })).toMatchObject({
      seconds: (total + 4000) / 10,
      limit: 'tokensPerMinute',
    })
  })

  it('counts a part of many prompts, and takes the rest to be like it', () => {
    const whole = estimate().inputTokens.total
    const { counted, total } = estimate({ countAtMost: 4 }).inputTokens
    expect(counted).toBe(4)
    expect(Math.abs(total / whole - 1)).toBeLessThan(0.01)
  })

  it('states the error of counting for a family whose vocabulary is not here', async () => {
    const { total, low, high, isExact } = estimate({ tokenizer: await tokenizerFor('meta-llama/Llama-4') }).inputTokens
    expect(isExact).toBe(false)
    expect([low, high]).toEqual([Math.round(total * 0.75), Math.round(total * 1.25)])
  })

  it('calls no count exact that lacks the words of the evaluation service', async () => {
    const asked = studyJudge({ provider: 'together-evals', model: 'openai/gpt-oss-120b' })
    const env = { TOGETHER_API_KEY: KEY }
    const evals = createTogetherEvalsJudge({ asked, template: '{{ prompt }}', registry: NO_MODELS, env })
    const { isExact, family, total } = estimate({ judge: evals }).inputTokens
    expect([isExact, family]).toEqual([false, 'o200k'])
    expect(total).toBeGreaterThan(0)
  })

  it('assumes more of a judge that thinks, and nothing above its limit', async () => {
    expect(estimate({ isThinking: true }).outputTokens.perCall).toBe(1400)
    const short = await serviceJudgeOf({ settings: { maxTokens: 50 } })
    expect(estimate({ judge: short }).outputTokens.perCall).toBe(50)
    expect(estimate({ judge: short })).not.toHaveProperty('cost.usd')
  })

  it('knows what all prompts begin with, where that is long enough for a service to keep', async () => {
    const shown = { ...SHOWN, prompt: 'word '.repeat(2000) }
    const withShot = await serviceJudgeOf(
      { prices: PRICES },
      { shots: [{ shown, outcome: { kind: 'choice', slot: 0 } }] },
    )
    const { inputTokens, cost } = estimate({ judge: withShot })
    expect(inputTokens.cacheable).toBeGreaterThan(19 * 2000)
    expect(inputTokens.cacheable % (19 * 128)).toBe(0)
    expect(cost?.withPromptCacheUsd).toBeCloseTo((cost?.usd as number) - (inputTokens.cacheable * 1.5) / 1e6, 12)
  })

  it('refuses to estimate nothing', () => {
    expect(() => estimate({ presentations: [] })).toThrow('estimateJudge needs at least 1 presentation, got 0 (judge)')
  })
})
