import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadJudgments, loadRunManifest, type Presentation, tokenizerFor } from '@judgelab/core'
import {
  type BulkJudge,
  batchStatus,
  cancelBatches,
  createBudget,
  estimateJudge,
  type Judge,
  openAnswerCache,
  type RunRequest,
  runJudge,
} from '@judgelab/judges'
import { afterEach, describe, expect, it } from 'vitest'
import { EMULATOR_KEY, type Emulator, type EmulatorOptions, startEmulator } from '../src/index.js'
import { batchRequest, judgesAt, runUntilDone, untimed, WAYS } from './batch-run.js'

let emulators: Emulator[] = []
const folders: string[] = []
afterEach(async () => {
  for (const emulator of emulators) await emulator.close()
  emulators = []
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

async function started(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator(options)
  emulators.push(emulator)
  return emulator
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-'))
  folders.push(folder)
  return folder
}

function recordsIn(folder: string): Record<string, unknown>[] {
  return readdirSync(join(folder, 'jobs'))
    .filter((name) => name.endsWith('.batch.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, 'jobs', name), 'utf8')) as Record<string, unknown>)
}

/** How much goes through every fault at once: under `pnpm stress` 20,000 judgments in batches of 500. */
const FAULTED = process.env.JUDGELAB_STRESS
  ? { comparisons: 10_000, shard: 500, maxCost: 270, starts: 10, attempts: 20, timeout: 1_200_000 }
  : { comparisons: 150, shard: 30, maxCost: 4, starts: 3, attempts: 8, timeout: 60_000 }

describe.each(Object.entries(WAYS))('a judge asked in batches at %s', (_, fields) => {
  it('comes to the judgments that the same judge comes to online, and says in its manifest how it was asked', async () => {
    const emulator = await started()
    const { online, batch } = await judgesAt(emulator, fields, { shard: { requests: 25 } })
    const inBatches = batchRequest(newFolder(), batch, 40)
    const oneByOne = batchRequest(newFolder(), online, 40)
    expect(oneByOne.manifest.runId).toBe(inBatches.manifest.runId)
    const report = await runJudge(inBatches)
    expect(report).toMatchObject({ isComplete: true, done: 80, failures: {} })
    expect(emulator.stats()).toMatchObject({ contents: 80, answered: 80 })
    const price = (await runJudge(oneByOne)).costUsd as number
    expect(report.costUsd).toBeCloseTo(price / 2, 9)
    expect(await untimed(inBatches.run)).toEqual(await untimed(oneByOne.run))
    expect(await loadRunManifest(inBatches.run)).toMatchObject({ engine: 'batch', completedAt: expect.any(String) })
    expect(readdirSync(join(inBatches.run.folder, 'jobs')).every((name) => name.endsWith('.batch.json'))).toBe(true)
    expect(recordsIn(inBatches.run.folder)).toHaveLength(4)
  })

  it('ends with one judgment each when everything goes wrong at once, asks nothing twice and keeps to the cap', {
    timeout: FAULTED.timeout,
  }, async () => {
    const { comparisons, maxCost } = FAULTED
    const emulator = await started({
      faults: {
        seed: 11,
        everywhere: true,
        retryAfterMs: 1,
        retryAfter: 'ms',
        rates: {
          ...{ 'rate-limited': 0.02, 'server-error': 0.02, 'bad-gateway': 0.02, reset: 0.02, 'half-closed': 0.02 },
          ...{ 'truncated-json': 0.03, 'malformed-json': 0.03, 'wrong-content-type': 0.02 },
          ...{ refusal: 0.03, length: 0.03, 'content-filter': 0.03 },
        },
        jobs: {
          ...{ 'batch-failed': 0.1, 'batch-expired': 0.1, 'batch-stuck': 0.1 },
          ...{ 'lines-failed': 0.05, 'lines-missing': 0.03, 'lines-duplicate': 0.05, 'lines-foreign': 0.05 },
        },
      },
    })
    // Every batch is looked at in turn, so that the more there are, the less time passes from one look to the next.
    const batches = Math.ceil((2 * comparisons) / FAULTED.shard)
    let looks = 0
    const now = () => new Date(Date.UTC(2026, 10, 22) + (looks++ * 36_000_000) / batches)
    const { batch } = await judgesAt(emulator, fields, {
      shard: { requests: FAULTED.shard },
      attempts: FAULTED.attempts,
      now,
    })
    const budget = createBudget({ maxCost })
    const request = batchRequest(newFolder(), batch, comparisons, { budget })
    const [report, ...others] = await runUntilDone(request, FAULTED.starts)
    expect(others).toEqual([])
    expect(report).toMatchObject({ isComplete: true, done: 2 * comparisons })
    const lines = readFileSync(request.run.log, 'utf8').trim().split('\n')
    const judgments = await loadJudgments(request.run)
    expect([lines.length, judgments.length]).toEqual([2 * comparisons, 2 * comparisons])
    const failures = new Set(judgments.flatMap(({ outcome }) => (outcome.kind === 'failed' ? [outcome.reason] : [])))
    expect([...failures].sort()).toEqual(['content-filter', 'length', 'refused'])
    expect(judgments.some(({ attempts = 1 }) => attempts > 1)).toBe(true)
    const { contents, answeredAgain, unanswered } = emulator.stats()
    expect({ contents, again: answeredAgain.contents, unanswered }).toEqual({
      contents: 2 * comparisons,
      again: 0,
      unanswered: 0,
    })
    const spent = budget.spent().costUsd
    expect(spent).toBeLessThanOrEqual(maxCost)
    expect(report?.costUsd).toBeGreaterThan(0)
    expect(report?.costUsd).toBeLessThanOrEqual(spent)
    const counts = recordsIn(request.run.folder).map(({ counts: held }) => held as Record<string, number>)
    for (const kind of ['refused', 'missing', 'duplicate', 'foreign'])
      expect([kind, counts.some((held) => (held?.[kind] ?? 0) > 0)]).toEqual([kind, true])
  })

  it('is not submitted twice when the process ends between doing and noting', async () => {
    const emulator = await started()
    const { batch } = await judgesAt(emulator, fields, { shard: { requests: 10 } })
    const request = batchRequest(newFolder(), batch, 10)
    expect(await runJudge({ ...request, ...stopWhenOut(2) })).toMatchObject({ done: 0, stopped: { by: 'signal' } })
    expect(batchesCreated(emulator)).toBe(2)
    const [first, second] = recordsIn(request.run.folder)
    const { batchId: _a, submittedAt: _b, ...uploaded } = first as Record<string, unknown>
    save(request.run.folder, { ...uploaded, state: 'uploaded' })
    const { batchId: _c, submittedAt: _d, fileId: _e, ...planned } = second as Record<string, unknown>
    save(request.run.folder, { ...planned, state: 'planned' })
    expect(await runJudge(request)).toMatchObject({ isComplete: true, done: 20 })
    expect(batchesCreated(emulator)).toBe(2)
    expect(emulator.stats()).toMatchObject({ contents: 20, answered: 20 })
  })

  it('is stopped in the middle of reading results, and reads the rest later', async () => {
    const emulator = await started()
    const { batch } = await judgesAt(emulator, fields)
    const request = batchRequest(newFolder(), batch, 100)
    const stop = new AbortController()
    let seen = 0
    const onJudgment = (): void => {
      if (++seen === 50) stop.abort()
    }
    const { done, stopped } = await runJudge({ ...request, signal: stop.signal, onJudgment })
    expect([stopped?.by, done >= 50, done < 200]).toEqual(['signal', true, true])
    expect(await runJudge(request)).toMatchObject({ isComplete: true, done: 200, asked: 200 - done, failures: {} })
    expect(emulator.stats()).toMatchObject({ contents: 200, answered: 200 })
  })

  it('is collected from a copy of its folder, and cancelled batches give what they have', async () => {
    const emulator = await started({ faults: { jobs: { 'batch-stuck': 1 } } })
    const { batch } = await judgesAt(emulator, fields, { shard: { requests: 20 } })
    const request = batchRequest(newFolder(), batch, 20)
    await runJudge({ ...request, ...stopWhenOut(2) })
    const runs = newFolder()
    cpSync(join(request.run.folder, '..'), runs, { recursive: true })
    const copied = batchRequest(runs, batch, 20)
    expect(await runJudge({ ...copied, isTaking: true })).toMatchObject({ isComplete: false, done: 0 })
    const seen = await batchStatus(copied.run.folder, { env: ENV })
    expect(seen.map(({ record }) => record.requests)).toEqual([20, 20])
    expect(seen.every(({ isOver }) => !isOver)).toBe(true)
    expect(await cancelBatches(copied.run.folder, { env: ENV })).toHaveLength(2)
    emulator.setFaults({})
    for (let start = 0, done = 0; start < 4 && done === 0; start++)
      ({ done } = await runJudge({ ...copied, isTaking: true }))
    const taken = (await loadJudgments(copied.run)).length
    expect(taken).toBeGreaterThan(5)
    expect(taken).toBeLessThan(35)
    expect(batchesCreated(emulator)).toBe(2)
    expect(await runJudge(copied)).toMatchObject({ isComplete: true, done: 40, asked: 40 - taken })
    expect(emulator.stats()).toMatchObject({ contents: 40, answered: 40, answeredAgain: { contents: 0 } })
  })

  it('waits for what is at work when a batch is cancelled, and asks for none of it again', async () => {
    const emulator = await started()
    const { batch } = await judgesAt(emulator, fields)
    // So many that the service is at work for dozens of turns when the request to cancel comes.
    const request = batchRequest(newFolder(), batch, 1000)
    const service = fields.provider === 'together' ? emulator.togetherUrl : emulator.openAiUrl
    const early: Promise<number>[] = []
    const cancel = async (): Promise<number> => {
      const [{ batchId }] = recordsIn(request.run.folder) as [{ batchId: string }]
      const headers = { authorization: `Bearer ${EMULATOR_KEY}` }
      await fetch(`${service}/batches/${batchId}/cancel`, { method: 'POST', headers })
      return emulator.stats().answered
    }
    const onStatus = (line: string): void => {
      if (/1 in_progress/i.test(line) && early.length === 0) early.push(cancel())
    }
    const report = await runJudge({ ...request, onStatus })
    expect(report).toMatchObject({ stopped: { by: 'service', message: expect.stringContaining('was cancelled') } })
    expect(report.done).toBe(emulator.stats().answered)
    expect(report.done).toBeGreaterThan((await early[0]) as number)
    expect(report.done).toBeLessThan(2000)
    expect(await runJudge(request)).toMatchObject({ isComplete: true, done: 2000, failures: {} })
    expect(emulator.stats()).toMatchObject({ contents: 2000, answered: 2000, answeredAgain: { contents: 0 } })
  })

  it('gives up on requests of a cancelled batch of which nothing is said, after a while', async () => {
    const emulator = await started({ faults: { jobs: { 'batch-stuck': 1, 'lines-missing': 0.5 } } })
    let minutes = 0
    const now = (): Date => new Date(Date.UTC(2026, 10, 22, 0, minutes))
    const { batch } = await judgesAt(emulator, fields, { now })
    const request = batchRequest(newFolder(), batch, 20)
    await runJudge({ ...request, ...stopWhenOut(1) })
    for (let look = 0; look < 3; look++) await batchStatus(request.run.folder, { env: ENV })
    await cancelBatches(request.run.folder, { env: ENV })
    for (let look = 0; look < 3; look++)
      expect(await runJudge({ ...request, isTaking: true })).toMatchObject({ done: 0 })
    expect(recordsIn(request.run.folder)).toMatchObject([
      { state: 'submitted', status: expect.stringMatching(/^cancelled$/i) },
    ])
    minutes = 11
    emulator.setFaults({})
    const { done } = await runJudge({ ...request, isTaking: true })
    expect(done).toBeGreaterThan(0)
    expect(await runJudge(request)).toMatchObject({ isComplete: true, done: 40, asked: 40 - done })
  })

  it('stops when somebody cancels what it waits for, and a later start goes on', async () => {
    const emulator = await started({ faults: { jobs: { 'batch-stuck': 1 } } })
    const { batch } = await judgesAt(emulator, fields)
    const request = batchRequest(newFolder(), batch, 10)
    const cancelled: Promise<unknown>[] = []
    const report = await runJudge({
      ...request,
      onStatus: (line) => {
        if (/1 in_progress/i.test(line) && cancelled.length === 0)
          cancelled.push(cancelBatches(request.run.folder, { env: ENV }))
      },
    })
    await Promise.all(cancelled)
    expect(report).toMatchObject({ isComplete: false, stopped: { by: 'service' } })
    expect(report.stopped).toMatchObject({ message: expect.stringContaining('was cancelled') })
    emulator.setFaults({})
    expect(await runJudge(request)).toMatchObject({ isComplete: true, done: 20, asked: 20 - report.done })
  })

  it('keeps to the tokens that a service takes at once, which it learns', async () => {
    const probe = await started()
    const { batch: one } = await judgesAt(probe, fields)
    const alone = batchRequest(newFolder(), one, 12)
    await runJudge(alone)
    const [{ tokens }] = recordsIn(alone.run.folder) as [{ tokens: number }]
    const emulator = await started({ enqueuedTokenLimit: tokens / 3 })
    const { batch } = await judgesAt(emulator, fields)
    const request = batchRequest(newFolder(), batch, 12)
    expect(await runJudge(request)).toMatchObject({ isComplete: true, done: 24, failures: {} })
    const ends = recordsIn(request.run.folder).map(({ end }) => end)
    expect(ends.filter((end) => end === 'over-limit').length).toBeGreaterThan(0)
    const { batch: told } = await judgesAt(emulator, { ...fields, limits: { enqueuedTokens: tokens / 3 } })
    const quiet = batchRequest(newFolder(), told, 12)
    emulator.reset()
    expect(await runJudge(quiet)).toMatchObject({ isComplete: true, done: 24 })
    expect(recordsIn(quiet.run.folder).every(({ end }) => end === 'completed')).toBe(true)
  })

  it('writes the files that an estimate counted', async () => {
    const emulator = await started()
    const whole = await judgesAt(emulator, fields)
    const tokenizer = await tokenizerFor('gpt-4.1')
    const counted = (judge: Judge, { presentations, show }: RunRequest) =>
      estimateJudge({ judge: judge as BulkJudge, presentations, show, tokenizer }).outlook?.batch
    const one = batchRequest(newFolder(), whole.batch, 12)
    await runJudge(one)
    const [{ bytes, tokens }] = recordsIn(one.run.folder) as [{ bytes: number; tokens: number }]
    expect(counted(whole.batch, one)).toMatchObject({ files: 1, rounds: 1, bytes })
    const { batch } = await judgesAt(emulator, { ...fields, limits: { enqueuedTokens: tokens / 3.5 } })
    const many = batchRequest(newFolder(), batch, 12)
    await runJudge(many)
    expect(recordsIn(many.run.folder)).toHaveLength(counted(batch, many)?.files as number)
    expect(counted(batch, many)).toMatchObject({ files: 4, rounds: 4 })
  })

  it('stops, with nothing judged, when the service takes none of its batches', async () => {
    const emulator = await started({ models: { '*': null, [String(fields.model)]: null } })
    const { batch } = await judgesAt(emulator, fields)
    const request = batchRequest(newFolder(), batch, 8)
    const report = await runJudge(request)
    expect(report).toMatchObject({ done: 0, isComplete: false, stopped: { by: 'service' } })
    expect(report.stopped).toMatchObject({ message: expect.stringMatching(/batches after each other failed.*model/) })
  })
})

describe('a judge asked in batches', () => {
  it('shares the cache with the same judge online, both ways, and sends equal requests once', async () => {
    const emulator = await started()
    const { online, batch } = await judgesAt(emulator, WAYS.openai)
    const cache = await openAnswerCache(newFolder())
    await runJudge({ ...batchRequest(newFolder(), online, 5), cache })
    const request = batchRequest(newFolder(), batch, 15, { cache })
    const twin = request.presentations[29] as Presentation
    const twins = [...request.presentations, { ...twin, id: `${twin.id}+twin` }]
    const report = await runJudge({ ...request, presentations: twins })
    expect(report).toMatchObject({ isComplete: true, done: 31, cached: 11 })
    expect(emulator.stats()).toMatchObject({ contents: 30, answered: 30 })
    expect(await runJudge({ ...batchRequest(newFolder(), online, 15), cache })).toMatchObject({ done: 30, cached: 30 })
    expect(emulator.stats().requests).toBe(30)
    await cache.close()
  })
})

const ENV = { OPENAI_API_KEY: EMULATOR_KEY, TOGETHER_API_KEY: EMULATOR_KEY }

/** Stops a run as soon as so many of its batches are out. */
function stopWhenOut(count: number): Pick<RunRequest, 'signal' | 'onStatus'> {
  const stop = new AbortController()
  return {
    signal: stop.signal,
    onStatus: (line) => {
      if (line.includes(`${count} batches out`)) stop.abort()
    },
  }
}

function batchesCreated(emulator: Emulator): number {
  return Object.entries(emulator.stats().byPath).reduce(
    (sum, [path, count]) => sum + (/^POST .*\/batches$/.test(path) ? count : 0),
    0,
  )
}

function save(folder: string, record: Record<string, unknown>): void {
  writeFileSync(join(folder, 'jobs', `judgelab-${record.key}.batch.json`), JSON.stringify(record))
}
