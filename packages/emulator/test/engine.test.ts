import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Comparison,
  type Example,
  findProject,
  type Judgment,
  loadJudgments,
  runFolder,
  type StudyJudge,
} from '@judgelab/core'
import {
  askingOf,
  type Clock,
  createBudget,
  createServiceJudge,
  loadPrompt,
  openAnswerCache,
  presentationsDigest,
  presentComparisons,
  type RunRequest,
  runIdOf,
  runJudge,
  type ServiceJudge,
  show,
  systemClock,
} from '@judgelab/judges'
import { describe, expect, it } from 'vitest'
import type { Emulator, Fault, FaultOptions } from '../src/index.js'
import { running } from './running.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const KEY = 'sk-never-written-0123456789abcdef'

/** Long enough for a busy machine: an answer that comes too late is asked for again. */
const TIMEOUT_SECONDS = 60

/** Retries come after a fiftieth of their time; time limits are real. */
const clock: Clock = {
  ...systemClock,
  after: (delayMs, call) => systemClock.after(delayMs === TIMEOUT_SECONDS * 1000 ? delayMs : delayMs / 50, call),
}

async function judgeOn(emulator: Emulator, fields: Partial<StudyJudge> = {}): Promise<ServiceJudge> {
  const asked: StudyJudge = {
    name: 'judge',
    label: 'Judge',
    provider: 'openai',
    model: 'gpt-4.1',
    mode: 'pairwise',
    control: false,
    settings: { temperature: 0 },
    repeats: 1,
    consistency: 'majority',
    repeat: 0,
    limits: { concurrency: 64, timeoutSeconds: TIMEOUT_SECONDS },
    engine: 'online',
    decision: 'label',
    prices: { input: 2, output: 8 },
    baseUrl: emulator.openAiUrl,
    ...fields,
  }
  const prompt = await loadPrompt(findProject(import.meta.dirname), 'pairwise', 'pairwise')
  const registry = { formatVersion: 1, models: [] } as const
  const env = { OPENAI_API_KEY: KEY }
  return createServiceJudge({ asked, prompt, asking: askingOf(asked), registry, env })
}

function requestFor(judge: ServiceJudge, count: number, folder = newFolder()): RunRequest {
  const examples = Array.from(
    { length: count },
    (_, at): Example => ({
      v: 1,
      id: `e${at}`,
      subset: 'all',
      prompt: `What is ${at} + 1?`,
      responses: [{ text: `It is ${at + 1}.` }, { text: `Perhaps ${at}, perhaps not.` }],
      chosen: [0],
      metadata: {},
    }),
  )
  const comparisons = examples.map(
    ({ id, subset }): Comparison => ({ id: `${id}:0>1`, exampleId: id, subset, chosen: 0, rejected: 1 }),
  )
  const presentations = presentComparisons(comparisons, { mode: 'pairwise', orders: 'both' })
  const runId = runIdOf(judge, 'made up', presentationsDigest(presentations))
  return {
    judge,
    presentations,
    show: (presentation) => show(presentation, examples[Number(presentation.exampleId.slice(1))] as Example),
    run: runFolder(folder, runId),
    manifest: {
      formatVersion: 1,
      runId,
      study: 'engine',
      judge: { ...judge.spec, id: judge.id, name: judge.name },
      promptSha256: null,
      dataset: { name: 'made up', fingerprint: 'made up', synthetic: true, examples: count },
      split: null,
      prices: judge.prices,
      presentations: { count: presentations.length, sha256: presentationsDigest(presentations) },
      seed: null,
      rehearsed: true,
      software: { node: process.versions.node },
      git: null,
      startedAt: '2026-11-22T00:00:00.000Z',
    },
    clock,
  }
}

function reasonsOf(judgments: readonly Judgment[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { outcome } of judgments)
    if (outcome.kind === 'failed') counts[outcome.reason] = (counts[outcome.reason] ?? 0) + 1
  return counts
}

/**
 * Every fault there is, one call in twenty. Stalls are only there in `pnpm stress`, where there is time to wait for the time
 * limit; the fault matrix has them too.
 */
const MIXED: FaultOptions['rates'] = {
  'rate-limited': 0.005,
  'server-error': 0.005,
  'bad-gateway': 0.004,
  unavailable: 0.004,
  overloaded: 0.004,
  reset: 0.004,
  'half-closed': 0.003,
  stalled: process.env.JUDGELAB_STRESS === undefined ? 0 : 0.001,
  'truncated-json': 0.003,
  'malformed-json': 0.003,
  'wrong-content-type': 0.002,
  'empty-choices': 0.002,
  refusal: 0.003,
  'content-filter': 0.003,
  length: 0.003,
  'wrong-label': 0.001,
}

describe('a run of 2,000 comparisons in both orders against a service with 5 % mixed faults', {
  timeout: 180_000,
}, () => {
  it('has every judgment, and asked for nothing twice that was answered', async () => {
    const { emulator } = await running({
      apiKey: KEY,
      answer: 'fixed',
      faults: { seed: 3, rates: MIXED, retryAfterMs: 1000 },
    })
    const cache = await openAnswerCache(newFolder())
    const budget = createBudget({ maxCost: 1000, maxRequests: 10_000 })
    const request = requestFor(await judgeOn(emulator), 2000)
    const report = await runJudge({ ...request, cache, budget })
    await cache.close()

    const judgments = await loadJudgments(request.run)
    const lines = readFileSync(request.run.log, 'utf8').split('\n').slice(0, -1)
    const stats = emulator.stats()
    expect(report).toMatchObject({ isComplete: true, done: 4000, asked: 4000 })
    expect(lines).toHaveLength(4000)
    expect(new Set(judgments.map(({ presentationId }) => presentationId)).size).toBe(4000)
    expect(stats).toMatchObject({
      contents: 4000,
      unanswered: stats.faults['empty-choices'],
      answeredAgain: { contents: 0 },
      refused: 0,
    })
    const { faults } = stats
    for (const [fault, rate = 0] of Object.entries(MIXED)) expect(faults[fault as Fault] > 0, fault).toBe(rate > 0)
    expect(reasonsOf(judgments)).toEqual(report.failures)
    expect(report.failures).toEqual({
      unparsed: faults['wrong-label'] + faults['empty-choices'],
      refused: faults.refusal,
      'content-filter': faults['content-filter'],
      length: faults.length,
    })
    expect(budget.spent().requests).toBe(stats.requests)
    expect(judgments.reduce((sum, { attempts = 1 }) => sum + attempts, 0)).toBe(stats.requests)
  })
})

describe('a credential', { timeout: 90_000 }, () => {
  it('stands in nothing that a run writes or says, whatever the service does with it', async () => {
    const folder = newFolder()
    const said: unknown[] = []
    const keep = (value: unknown): void => void said.push(value)
    const cache = await openAnswerCache(join(folder, 'cache'))
    const { emulator } = await running({
      apiKey: KEY,
      answer: 'fixed',
      faults: { seed: 1, rates: { ...MIXED, stalled: 0 } },
    })
    const request = requestFor(await judgeOn(emulator), 60, join(folder, 'runs'))
    keep(await runJudge({ ...request, cache, onProgress: keep, onJudgment: keep }))

    const other = await running({ apiKey: 'another key', answer: 'fixed' })
    const refused = requestFor(await judgeOn(other.emulator), 3, join(folder, 'runs'))
    keep(await runJudge({ ...refused, cache }))
    emulator.setFaults({ rates: { 'server-error': 1 } })
    const broken = requestFor(await judgeOn(emulator, { model: 'gpt-4.1-mini' }), 30, join(folder, 'runs'))
    keep(await runJudge({ ...broken, cache }))
    await emulator.close()
    const gone = requestFor(await judgeOn(emulator, { model: 'gpt-4o' }), 3, join(folder, 'runs'))
    keep(await runJudge({ ...gone, cache }))
    await cache.close()

    expect(said.filter((value) => value !== null && typeof value === 'object' && 'stopped' in value)).toHaveLength(3)
    expect(JSON.stringify(said)).not.toContain(KEY)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
    const written = files.filter((file) => statSync(file).isFile())
    expect(written.length).toBeGreaterThan(6)
    expect(written.some((file) => readFileSync(file).includes('gpt-4.1-mini'))).toBe(true)
    for (const file of written) {
      const bytes = readFileSync(file)
      expect(bytes.includes(KEY), file).toBe(false)
      expect(bytes.includes(Buffer.from(KEY).toString('base64').replace(/=+$/, '')), file).toBe(false)
    }
  })
})
