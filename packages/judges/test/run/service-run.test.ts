import { setTimeout } from 'node:timers/promises'
import { type Judgment, loadJudgments, loadRunManifest } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import {
  createBudget,
  openAnswerCache,
  RETRY_POLICY,
  type RunReport,
  type RunRequest,
  runJudge,
  type ServiceJudge,
} from '../../src/index.js'
import { hastyClock } from '../clocks.js'
import { runRequest } from '../run-request.js'
import { smallJudge } from '../small-judge.js'
import { longer, type React, startSmallService } from '../small-service.js'
import { temporaryFolders } from '../temporary-folder.js'

const newFolder = temporaryFolders()

/** A run against a service that reacts so; its times are a hundredth of what the engine thinks. */
async function runAgainst(
  react: React,
  {
    judge: changes,
    runs = newFolder(),
    ...asked
  }: Partial<Omit<RunRequest, 'judge'>> & { readonly judge?: Partial<ServiceJudge>; readonly runs?: string } & {
    readonly examples?: number
  } = {},
) {
  const service = await startSmallService(react)
  const clock = hastyClock()
  const request = runRequest(runs, { judge: smallJudge(service.url, changes), clock, ...asked })
  const report: RunReport = await runJudge(request)
  return { service, clock, request, report, judgments: await loadJudgments(request.run) }
}

const failed = ({ outcome }: Judgment): boolean => outcome.kind === 'failed'

describe('a run of a judge behind a service', () => {
  it('sends every request once and keeps answer, usage and times', async () => {
    const { service, request, report, judgments } = await runAgainst(longer)
    expect(report).toMatchObject({ done: 20, total: 20, asked: 20, cached: 0, failures: {}, isComplete: true })
    expect(report.costUsd).toBeCloseTo(20 * 0.11, 12)
    expect([...service.asked.values()]).toEqual(Array(20).fill(1))
    expect(judgments.map(({ presentationId }) => presentationId).toSorted()).toEqual(
      request.presentations.map(({ id }) => id).toSorted(),
    )
    for (const judgment of judgments) {
      expect(judgment).toMatchObject({ raw: expect.any(String), usage: { inputTokens: 100, outputTokens: 10 } })
      expect(judgment.firstByteMs).toBeGreaterThan(0)
      expect(judgment.latencyMs).toBeGreaterThanOrEqual(judgment.firstByteMs as number)
      expect(Object.keys(judgment)).not.toContain('attempts')
    }
    expect((await loadRunManifest(request.run)).completedAt).not.toBeNull()
  })

  it('has no more calls under way than the judge allows, and as many as that', async () => {
    let arrived = 0
    let open = (): void => undefined
    const sevenArrived = new Promise<void>((resolve) => {
      open = resolve
    })
    const { service } = await runAgainst(
      async (...asked) => {
        if (++arrived === 7) open()
        await Promise.race([sevenArrived, setTimeout(2000)])
        return longer(...asked)
      },
      { judge: { limits: { concurrency: 7, timeoutSeconds: 3000 } } },
    )
    expect(service.most()).toBe(7)
  })
})

describe('the cache', () => {
  it('answers a new run without a call, with usage and times of the call that was paid for', async () => {
    const cache = await openAnswerCache(newFolder())
    const first = await runAgainst(longer, { cache })
    const again = runRequest(newFolder(), { judge: first.request.judge, cache })
    const report = await runJudge(again)
    expect(report).toMatchObject({ asked: 20, cached: 20, isComplete: true, costUsd: 0 })
    expect(first.service.requests()).toBe(20)
    const withoutTime = (judgments: readonly Judgment[]) =>
      judgments
        .map(({ at: _at, cached: _cached, ...rest }) => rest)
        .sort((a, b) => (a.presentationId < b.presentationId ? -1 : 1))
    const kept = await loadJudgments(again.run)
    expect(withoutTime(kept)).toEqual(withoutTime(first.judgments))
    expect(kept.every(({ cached }) => cached)).toBe(true)
    await cache.close()
  })

  it('asks a repeat anew, and equal requests of one run once', async () => {
    const cache = await openAnswerCache(newFolder())
    const { service, request } = await runAgainst(longer, { cache, examples: 2 })
    const repeats = request.presentations.map((presentation) => ({
      ...presentation,
      id: `${presentation.id}r`,
      repeat: 1,
    }))
    const doubles = repeats.map((presentation) => ({ ...presentation, id: `${presentation.id}d` }))
    const more = { ...request, presentations: [...request.presentations, ...repeats, ...doubles] }
    const report = await runJudge({ ...more, run: runRequest(newFolder(), { judge: request.judge }).run })
    expect(report).toMatchObject({ asked: 12, cached: 8 })
    expect([...service.asked.values()]).toEqual([2, 2, 2, 2])
    await cache.close()
  })

  it('never keeps a failure', async () => {
    const cache = await openAnswerCache(newFolder())
    const { service, request } = await runAgainst(
      (body, nth, count) =>
        nth === 1 && count <= 3 ? { kind: 'answer', slot: 'unreadable' } : longer(body, nth, count),
      { cache, examples: 4 },
    )
    const again = await runJudge({ ...request, run: runRequest(newFolder(), { judge: request.judge }).run })
    expect(again).toMatchObject({ asked: 8, cached: 5, failures: {} })
    expect(service.requests()).toBe(11)
    await cache.close()
  })
})

describe('a service with faults', () => {
  it.each([
    ['429', { kind: 'status', status: 429 }],
    ['503', { kind: 'status', status: 503 }],
    ['a reset connection', { kind: 'reset' }],
  ] as const)('is asked again after %s, until it answers', async (_, fault) => {
    const { judgments, report } = await runAgainst(
      (body, nth, count) => (nth <= 3 ? fault : longer(body, nth, count)),
      {
        examples: 2,
      },
    )
    expect(report).toMatchObject({ done: 4, failures: {}, isComplete: true })
    expect(judgments.map(({ attempts }) => attempts)).toEqual([4, 4, 4, 4])
  })

  it('is left alone for as long as it asks', async () => {
    const { clock } = await runAgainst(
      (body, nth, count) => (nth === 1 ? { kind: 'status', status: 429, retryAfter: '7' } : longer(body, nth, count)),
      { examples: 1, random: () => 0.5 },
    )
    expect(clock.delays.filter((delay) => delay !== 3_000_000)).toEqual([7250, 7250])
  })

  it('is not waited for when it asks to be left alone for long', async () => {
    const { report, judgments } = await runAgainst((body, nth, count) =>
      count > 6 ? { kind: 'status', status: 429, retryAfter: '7200' } : longer(body, nth, count),
    )
    expect(report.stopped).toEqual({
      by: 'service',
      message: 'small: stopped, it asks to be left alone for 120 minutes (status 429); what was answered is kept',
    })
    expect(judgments).toHaveLength(6)
  })

  it('leaves a failed judgment with its reason where attempts are exhausted, or the request is refused', async () => {
    const { report, judgments } = await runAgainst((body, nth, count) => {
      if (body.prompt.includes(' 1 ')) return { kind: 'status', status: 500 }
      if (body.prompt.includes(' 2 ')) return { kind: 'status', status: 400 }
      return longer(body, nth, count)
    })
    expect(report).toMatchObject({ isComplete: true, done: 20, failures: { error: 4 } })
    expect(judgments.filter(failed).map(({ exampleId, outcome, attempts }) => [exampleId, outcome, attempts])).toEqual(
      expect.arrayContaining([
        ['e1', { kind: 'failed', reason: 'error', detail: 'status 500' }, RETRY_POLICY.attempts],
        ['e2', { kind: 'failed', reason: 'error', detail: 'status 400' }, undefined],
      ]),
    )
  })

  it('has so long to answer and no longer', async () => {
    const retries = { ...RETRY_POLICY, timeouts: 2 }
    let stalled = 0
    const { report, judgments } = await runAgainst(
      (body, nth, count) => {
        if (!body.prompt.includes(' 1 ')) return longer(body, nth, count)
        stalled++
        return { kind: 'stall' }
      },
      { examples: 3, retries, judge: { limits: { concurrency: 4, timeoutSeconds: 60 } } },
    )
    expect(report).toMatchObject({ isComplete: true, failures: { timeout: 2 } })
    expect(judgments.filter(failed).map(({ outcome, attempts }) => [outcome, attempts])).toEqual(
      Array(2).fill([{ kind: 'failed', reason: 'timeout', detail: 'no answer within 60 s' }, 2]),
    )
    expect(stalled).toBe(4)
  })

  it('gives its place back while it waits for the next attempt', async () => {
    const order: string[] = []
    await runAgainst(
      (body, nth, count) => {
        order.push(`${body.prompt} ${body.slots[0]}`)
        return count === 1 ? { kind: 'status', status: 503 } : longer(body, nth, count)
      },
      { judge: { limits: { concurrency: 1, timeoutSeconds: 3000 } }, examples: 3 },
    )
    expect(order).toHaveLength(7)
    expect(order.lastIndexOf(order[0] as string)).toBeGreaterThan(1)
  })
})

describe('a service that is of no use now', () => {
  it.each([401, 402, 403, 404])(
    'stops the run at once on %i, keeps what is done, and the next start goes on',
    async (status) => {
      let isBroken = true
      const { report, judgments, request, service } = await runAgainst((body, nth, count) =>
        count > 8 && isBroken ? { kind: 'status', status } : longer(body, nth, count),
      )
      expect(report).toMatchObject({ isComplete: false, done: 8, stopped: { by: 'service' } })
      expect((report.stopped as { message: string }).message).toContain(`(${status}: status ${status})`)
      expect(judgments.filter(failed)).toEqual([])
      expect(service.requests()).toBeLessThanOrEqual(12)
      expect((await loadRunManifest(request.run)).completedAt).toBeNull()

      isBroken = false
      expect(await runJudge(request)).toMatchObject({ isComplete: true, done: 20, asked: 12 })
    },
  )

  it('is a wall after ten calls that failed for good in a row, of which none is a judgment', async () => {
    const { report, judgments } = await runAgainst(
      (body, nth, count) => (count > 6 ? { kind: 'status', status: 422 } : longer(body, nth, count)),
      { examples: 30 },
    )
    expect(report.stopped).toEqual({
      by: 'service',
      message: 'small: stopped, 10 calls after each other failed (the last: status 422); what was answered is kept',
    })
    expect(judgments).toHaveLength(6)
    expect(judgments.filter(failed)).toEqual([])
  })

  it('never makes a short run complete that it has not answered once', async () => {
    const { report, judgments } = await runAgainst(() => ({ kind: 'status', status: 422 }), { examples: 2 })
    expect(report).toMatchObject({ isComplete: false, done: 0, failures: {}, stopped: { by: 'service' } })
    expect(judgments).toEqual([])
  })
})

describe('a budget', () => {
  it('of requests is never passed, keeps what was answered, and says what is missing', async () => {
    const budget = createBudget({ maxRequests: 7 })
    const { service, report, request } = await runAgainst(longer, { budget })
    expect(service.requests()).toBe(7)
    expect(report).toMatchObject({ isComplete: false, done: 7 })
    expect(report.stopped).toEqual({
      by: 'budget',
      message:
        'out of budget: 7 of 7 requests were made; 13 judgments are missing, which at 0.11 USD each so far would take about 1.43 USD more',
    })
    const more = { ...request, budget: createBudget({ maxRequests: 100 }) }
    expect(await runJudge(more)).toMatchObject({ isComplete: true, asked: 13 })
  })

  it('of money is never passed, whatever is under way', async () => {
    // A call costs 0.11 USD and may cost 0.15: the ninth fits beside eight that are paid for, 8 · 0.11 + 0.15 = 1.03.
    const { service, report } = await runAgainst(longer, { budget: createBudget({ maxCost: 1.03 }) })
    expect(service.requests()).toBe(9)
    expect(report.costUsd).toBeCloseTo(0.99, 12)
    expect(report.stopped).toMatchObject({ by: 'budget' })
  })

  it('counts attempts, and what got lost at the most that it can have cost', async () => {
    const budget = createBudget({ maxCost: 100 })
    await runAgainst((body, nth, count) => (nth === 1 && count <= 2 ? { kind: 'reset' } : longer(body, nth, count)), {
      budget,
      examples: 2,
    })
    expect(budget.spent().requests).toBe(6)
    expect(budget.spent().costUsd).toBeCloseTo(4 * 0.11 + 2 * 0.15, 8)
  })

  it('costs nothing for what the cache answers', async () => {
    const cache = await openAnswerCache(newFolder())
    const { request } = await runAgainst(longer, { cache })
    const budget = createBudget({ maxRequests: 1 })
    const run = runRequest(newFolder(), { judge: request.judge }).run
    expect(await runJudge({ ...request, run, budget })).toMatchObject({ isComplete: true, cached: 20 })
    expect(budget.spent()).toEqual({ costUsd: 0, requests: 0 })
    await cache.close()
  })

  it('refuses a judge whose price nobody knows', async () => {
    const asked = { judge: { prices: undefined }, budget: createBudget({ maxCost: 1 }) }
    await expect(runAgainst(longer, asked)).rejects.toThrow(
      'judges.small.prices: expected prices of a judge under a cost limit of 1 USD, found none',
    )
  })
})

describe('a run that asks the failed again', () => {
  it('appends their new judgments, which count', async () => {
    const { request, report, service } = await runAgainst((body, nth, count) =>
      nth === 1 && body.prompt.includes(' 1 ') ? { kind: 'status', status: 400 } : longer(body, nth, count),
    )
    expect(report).toMatchObject({ isComplete: true, failures: { error: 2 } })
    expect(await runJudge(request)).toMatchObject({ asked: 0, failures: { error: 2 } })
    const again = await runJudge({ ...request, retryFailed: true })
    expect(again).toMatchObject({ asked: 2, done: 20, failures: {}, isComplete: true })
    const judgments = await loadJudgments(request.run)
    expect(judgments).toHaveLength(20)
    expect(judgments.filter(failed)).toEqual([])
    expect(service.requests()).toBe(22)
    expect((await loadRunManifest(request.run)).resumed).toHaveLength(1)
  })
})

describe('a run of a service that is stopped by its signal', () => {
  const slow: React = async (...asked) => {
    await setTimeout(20)
    return longer(...asked)
  }

  it('waits a while for what is under way, and keeps it', async () => {
    const stop = new AbortController()
    const { report, service } = await runAgainst(slow, {
      signal: stop.signal,
      onJudgment: () => stop.abort(),
    })
    expect(report).toMatchObject({ isComplete: false, stopped: { by: 'signal' } })
    expect(report.asked).toBe(service.requests())
  })

  it('gives up what takes longer, without a judgment', async () => {
    const stop = new AbortController()
    const { report, judgments } = await runAgainst(
      (body, nth, count) => (count === 1 ? longer(body, nth, count) : { kind: 'stall' }),
      { signal: stop.signal, onJudgment: () => stop.abort() },
    )
    expect(report).toMatchObject({ isComplete: false, asked: 1, failures: {} })
    expect(judgments).toHaveLength(1)
  })

  it('does not wait for calls that wait for their next attempt', async () => {
    const stop = new AbortController()
    const { report, judgments, clock } = await runAgainst(
      (body, nth, count) =>
        count === 1 ? longer(body, nth, count) : { kind: 'status', status: 503, retryAfter: '290' },
      { signal: stop.signal, onJudgment: () => void setTimeout(10).then(() => stop.abort()) },
    )
    expect(clock.delays.some((delay) => delay >= 290_000)).toBe(true)
    expect(report).toMatchObject({ isComplete: false, stopped: { by: 'signal' } })
    expect(judgments).toHaveLength(1)
  })
})

describe('a clock that goes back', () => {
  it('makes no negative duration, and loses nothing', async () => {
    let calls = 0
    const clock = { ...hastyClock(), date: () => new Date(Date.UTC(2026, 10, 22) - 60_000 * calls++) }
    const { report, judgments, request } = await runAgainst(longer, { clock })
    expect(report).toMatchObject({ isComplete: true, done: 20 })
    const times = judgments.map(({ at }) => Date.parse(at))
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(judgments.every(({ latencyMs, firstByteMs = 0 }) => latencyMs >= 0 && firstByteMs >= 0)).toBe(true)
    expect(await runJudge(request)).toMatchObject({ asked: 0, isComplete: true })
  })
})
