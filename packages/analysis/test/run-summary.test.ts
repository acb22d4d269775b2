import type { Judgment, RunEndpoint } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { runSummary } from '../src/index.js'

function judgment(at: number, changes: Partial<Judgment> = {}): Judgment {
  return {
    v: 1,
    presentationId: `e${at}|pairwise|0-1#0`,
    exampleId: `e${at}`,
    mode: 'pairwise',
    slots: [0, 1],
    repeat: 0,
    outcome: { kind: 'choice', slot: 0 },
    usage: { inputTokens: 1000, outputTokens: 100, cachedInputTokens: 400, reasoningTokens: 60 },
    latencyMs: 1000 * at,
    firstByteMs: 100 * at,
    at: '2026-02-02T12:00:00.000Z',
    ...changes,
  }
}

const failed = { outcome: { kind: 'failed', reason: 'timeout' }, usage: undefined, firstByteMs: undefined } as const

describe('the summary of a run', () => {
  it('has medians and the slow end of answers, sums of tokens, money and failures', () => {
    // Latencies 1, 2, 3, 4 s: median 2.5, p95 at position 3 · 0.95 = 2.85 of 0 … 3: 3.85 s. 100, 50, 33.3, 25 tokens a second.
    const judgments = [1, 2, 3, 4].map((at) => judgment(at))
    const summary = runSummary([...judgments, judgment(90, { ...failed, attempts: 3 })], {
      prices: { input: 2, output: 10 },
    })
    expect(summary).toMatchObject({
      judgments: 5,
      failures: { timeout: 1 },
      cached: 0,
      attempts: 7,
      latencyMs: { median: 2500, p95: expect.closeTo(3850, 9), n: 4 },
      firstByteMs: { median: 250, p95: expect.closeTo(385, 9), n: 4 },
      usage: { inputTokens: 4000, outputTokens: 400, cachedInputTokens: 1600, reasoningTokens: 240, judgments: 4 },
    })
    expect(summary.tokensPerSecond?.median).toBeCloseTo((50 + 100 / 3) / 2, 9)
    expect(summary.costUsd).toBeCloseTo(4 * (1000 * 2e-6 + 100 * 10e-6), 12)
    expect(summary.paidUsd).toBe(summary.costUsd)
  })

  it('tells what was paid from what the answers cost', () => {
    const { costUsd, paidUsd, cached, attempts } = runSummary([judgment(1), judgment(2, { cached: true })], {
      prices: { input: 0, output: 1000 },
    })
    expect([costUsd, paidUsd, cached, attempts]).toEqual([0.2, 0.1, 1, 1])
  })

  it('says nothing where nothing is known', () => {
    expect(runSummary([])).toEqual({
      judgments: 0,
      failures: {},
      cached: 0,
      attempts: 0,
      latencyMs: null,
      firstByteMs: null,
      tokensPerSecond: null,
      usage: null,
      costUsd: null,
      paidUsd: null,
    })
    const local = judgment(1, { usage: undefined, firstByteMs: undefined, latencyMs: 0 })
    expect(runSummary([local], { prices: { input: 1, output: 1 } })).toMatchObject({ latencyMs: null, costUsd: null })
  })
})

describe('the summary of a run that was paid by the minute', () => {
  // 12 minutes at 0.5 USD; the answers of `judgment` came in them, at 12:00.
  const endpoint: RunEndpoint = {
    hardware: 'h100',
    replicas: 1,
    inactiveMinutes: 10,
    usdPerMinute: 0.5,
    sessions: [{ startedAt: '2026-02-02T11:54:00.000Z', stoppedAt: '2026-02-02T12:06:00.000Z' }],
  }
  const inTime = [judgment(1), judgment(2), judgment(3, { cached: true })]
  const late = judgment(4, { at: '2026-02-02T13:00:00.000Z' })

  it('has the minutes as its cost, whatever was asked in them', () => {
    expect(runSummary(inTime, { endpoint })).toMatchObject({ costUsd: 6, paidUsd: 6, usage: { judgments: 3 } })
    expect(runSummary([...inTime, { ...late, ...failed }], { endpoint }).paidUsd).toBe(6)
  })

  it('adds the tokens of answers that came outside of every session, where they have a price', () => {
    // 600 tokens at 2 USD, 400 from the service’s cache at the same, 100 at 10: 0.003 USD.
    expect(runSummary([...inTime, late], { endpoint, prices: { input: 2, output: 10 } }).paidUsd).toBeCloseTo(6.003, 12)
    expect(runSummary([...inTime, late], { endpoint }).paidUsd).toBeNull()
  })

  it('is not known while a session has no end, or no price', () => {
    const open = { ...endpoint, sessions: [...endpoint.sessions, { startedAt: '2026-02-02T12:30:00.000Z' }] }
    expect(runSummary(inTime, { endpoint: open })).toMatchObject({ costUsd: null, paidUsd: null })
    expect(runSummary(inTime, { endpoint: { ...endpoint, usdPerMinute: null } }).paidUsd).toBeNull()
  })
})
