import { type Judgment, type Presentation, presentationOf, type StudyJudge, tokenizerFor } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import {
  type BulkJudge,
  createBatchJudge,
  createVllmJudge,
  type EstimateRequest,
  estimateJudge,
  type JudgeEstimate,
  type ServiceJudge,
} from '../src/index.js'
import { KEY, SHOWN, serviceJudgeOf, studyJudge } from './service-judge-of.js'

const show = ({ exampleId }: Presentation) => ({ ...SHOWN, prompt: `What is 2 + ${exampleId}?` })
const presentations = ['0', '10', '200', '3000'].map((exampleId) =>
  presentationOf({ exampleId, mode: 'pairwise', slots: [0, 1], repeat: 0 }),
)
const PRICES = { input: 2, output: 8, batchShare: 0.4 }

async function estimateOf(
  judge: ServiceJudge | BulkJudge,
  more: Partial<EstimateRequest> = {},
): Promise<JudgeEstimate> {
  return estimateJudge({ judge, presentations, show, tokenizer: await tokenizerFor('gpt-4.1'), ...more })
}

/** The judge of the given fields, online and in batches. */
async function bothOf(fields: Partial<StudyJudge>) {
  const asked = studyJudge({ ...fields, engine: 'batch' })
  const online = await serviceJudgeOf(fields)
  const batch = createBatchJudge(online, { asked, env: { OPENAI_API_KEY: KEY, TOGETHER_API_KEY: KEY } })
  return { online, batch }
}

describe('engineOutlook', () => {
  it('says what either engine of OpenAI costs and takes', async () => {
    const { online } = await bothOf({ prices: PRICES })
    const { outlook, inputTokens } = await estimateOf(online, { speed: 100 })
    // 4 answers of 200 tokens; 40 % of it in batches.
    const usd = (inputTokens.total * 2 + 800 * 8) / 1e6
    expect(outlook?.online.usd).toBeCloseTo(usd, 12)
    expect(outlook?.batch?.usd).toBeCloseTo(0.4 * usd, 12)
    expect(outlook?.cheaper).toBe('batch')
    // 200 tokens at 100 a second, all four at once.
    expect(outlook?.online.time?.seconds).toBe(2)
    const lines = presentations.map((presentation) => {
      const { body } = online.compose(show(presentation), 0)
      const line = { custom_id: 'd'.repeat(64), method: 'POST', url: '/v1/chat/completions', body }
      return Buffer.byteLength(JSON.stringify(line)) + 1
    })
    expect(outlook?.batch).toMatchObject({
      service: 'openai',
      files: 1,
      rounds: 1,
      hours: 24,
      hoursAtMost: 26,
      isBestEffort: false,
      bytes: lines.reduce((sum, bytes) => sum + bytes, 0),
    })
  })

  it('says the same whichever engine the study names; only the cost is that of the study’s engine', async () => {
    const { online, batch } = await bothOf({ prices: PRICES })
    const isPaidFor: EstimateRequest['isPaidFor'] = ({ body }, service) =>
      service === online.service && JSON.stringify(body).includes('2 + 200?')
    const [called, filed] = await Promise.all(
      [online, batch].map((judge) => estimateOf(judge, { isPaidFor, speed: 50 })),
    )
    expect(filed?.outlook).toEqual(called?.outlook)
    expect(filed?.outlook?.online.usd).toBeCloseTo(called?.cost?.usd as number, 12)
    expect(filed?.cost?.usd).toBeCloseTo(0.4 * (called?.cost?.usd as number), 12)
    expect(filed?.cost?.atMostUsd).toBeCloseTo(0.4 * (called?.cost?.atMostUsd as number), 12)
    expect([called?.paidFor, filed?.paidFor]).toEqual([1, 1])
    expect(filed?.inputTokens).toEqual(called?.inputTokens)
  })

  it('keeps to the limits that the study sets for calls, in whichever engine', async () => {
    const { online, batch } = await bothOf({ prices: PRICES, limits: { concurrency: 2 } })
    // Four answers of 2 s, two at a time.
    for (const judge of [online, batch])
      expect((await estimateOf(judge, { speed: 100 })).outlook?.online.time?.seconds).toBe(4)
  })

  it('knows that Together takes up to 72 hours, and that a share of 1 saves nothing', async () => {
    const fields = { provider: 'together', model: 'openai/gpt-oss-120b', prices: { ...PRICES, batchShare: 1 } } as const
    const { outlook } = await estimateOf((await bothOf(fields)).online)
    expect(outlook).toMatchObject({
      cheaper: 'neither',
      batch: { service: 'together', hours: 24, hoursAtMost: 72, isBestEffort: true },
    })
    expect(outlook?.batch?.usd).toBe(outlook?.online.usd)
  })

  it('reckons a window for every round that the tokens enqueued at once allow', async () => {
    const { online, batch } = await bothOf({ prices: PRICES })
    const bytes = (await estimateOf(online)).outlook?.batch?.bytes as number
    // Room for two of the four requests, at 4 bytes a token: two rounds.
    const limits = { enqueuedTokens: Math.ceil(bytes / 4 / 2) + 2 }
    for (const judge of [
      { ...online, limits },
      { ...batch, requests: { ...online, limits } },
    ])
      expect((await estimateOf(judge)).outlook?.batch).toMatchObject({
        files: 2,
        rounds: 2,
        hours: 48,
        hoursAtMost: 52,
      })
  })

  it('says nothing of what nobody knows', async () => {
    const unshared = await estimateOf((await bothOf({ prices: { input: 2, output: 8 } })).batch)
    expect(unshared.outlook?.online.usd).toBeGreaterThan(0)
    expect(unshared.outlook?.batch?.usd).toBeUndefined()
    expect(unshared.outlook?.cheaper).toBeUndefined()
    const unpriced = await estimateOf((await bothOf({})).online)
    expect(unpriced.outlook).toMatchObject({ online: { usd: undefined, time: undefined }, batch: { files: 1 } })
    expect(unpriced.outlook?.cheaper).toBeUndefined()
  })

  it('takes no time of an answer from a run in batches, where nobody measured it', async () => {
    const { batch } = await bothOf({ prices: PRICES })
    const judged = (latencyMs: number) => ({ usage: { inputTokens: 300, outputTokens: 50 }, latencyMs }) as Judgment
    const inFiles = await estimateOf(batch, { earlier: [judged(0), judged(0)], speed: 100 })
    // 50 tokens, as measured, at the published 100 a second.
    expect(inFiles.outlook?.online.time).toMatchObject({ seconds: 0.5, basis: 'published speed' })
    const mixed = await estimateOf(batch, { earlier: [judged(0), judged(0), judged(3000)], speed: 100 })
    expect(mixed.outlook?.online.time).toMatchObject({ seconds: 3, basis: 'measured' })
  })

  it('sends nothing where everything is in the cache', async () => {
    const { online } = await bothOf({ prices: PRICES })
    const { outlook } = await estimateOf(online, { isPaidFor: () => true, speed: 100 })
    expect(outlook).toMatchObject({
      online: { usd: 0, time: { seconds: 0 } },
      batch: { usd: 0, files: 0, rounds: 0, bytes: 0, hours: 0, hoursAtMost: 0 },
      cheaper: 'neither',
    })
  })

  it('knows a batch service of another server only where the study says that there is one', async () => {
    const fields = { provider: 'openai-compatible', baseUrl: 'http://localhost:1/v1', prices: PRICES } as const
    const { online, batch } = await bothOf(fields)
    const { outlook } = await estimateOf(online)
    expect(outlook?.online.usd).toBeGreaterThan(0)
    expect([outlook?.batch, outlook?.cheaper]).toEqual([undefined, undefined])
    expect((await estimateOf(batch)).outlook?.batch).toMatchObject({ service: 'openai', hoursAtMost: 26 })
  })

  it('has no choice on machines of one’s own', async () => {
    const { online } = await bothOf({ provider: 'openai-compatible', baseUrl: 'http://localhost:1/v1' })
    const estimate = await estimateOf(createVllmJudge(online))
    expect(estimate.outlook).toBeUndefined()
    expect(estimate).toMatchObject({ calls: 4, cost: { usd: 0 } })
  })
})
