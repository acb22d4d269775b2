import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  findProject,
  loadJudgments,
  type Presentation,
  presentationOf,
  type RunManifest,
  runFolder,
  type ShownPresentation,
  type StudyJudge,
  tokenizerFor,
} from '@judgelab/core'
import {
  askingOf,
  createServiceJudge,
  defaultPromptName,
  estimateJudge,
  loadPrompt,
  RETRY_POLICY,
  runJudge,
  type ServiceJudge,
} from '@judgelab/judges'
import { expect, it, onTestFinished } from 'vitest'
import { EMULATOR_KEY, type Emulator, type EmulatorOptions } from '../src/index.js'
import { running } from './running.js'

const GPT = 'gpt-4.1-2025-04-14'
const WAYS: readonly (readonly [string, Partial<StudyJudge>])[] = [
  ['openai, chat', { provider: 'openai', model: GPT }],
  ['openai, responses', { provider: 'openai', model: GPT, api: 'responses', decision: 'structured' }],
  ['together', { provider: 'together', model: 'meta-llama/Llama-4-Maverick-17B-128E-Instruct' }],
  ['openai-compatible', { provider: 'openai-compatible', model: 'mine/judge', keyEnv: 'MY_KEY' }],
]
/** Everything after which a call is made again; half of all requests. */
const HALF = {
  ...{ 'rate-limited': 0.05, 'server-error': 0.05, 'bad-gateway': 0.05, unavailable: 0.05, overloaded: 0.05 },
  ...{ reset: 0.05, 'half-closed': 0.05, 'truncated-json': 0.05, 'malformed-json': 0.05, 'wrong-content-type': 0.05 },
}
/** As patient as need be, and without waiting. */
const AT_ONCE = { ...RETRY_POLICY, attempts: 40, baseMs: 0, capMs: 0 }

const presentations = Array.from({ length: 10 }, (_, at) =>
  [
    [0, 1],
    [1, 0],
  ].map((slots) => presentationOf({ exampleId: String(at), mode: 'pairwise', slots, repeat: 0 })),
).flat()
const show = ({ exampleId, slots }: Presentation): ShownPresentation => ({
  mode: 'pairwise',
  prompt: `What is ${exampleId} + 2?`,
  slots: slots.map(
    (slot) => [`It is ${Number(exampleId) + 2}.`, 'I could not say, it depends on many things.'][slot] as string,
  ),
})

async function judgeOf(emulator: Emulator, fields: Partial<StudyJudge>): Promise<ServiceJudge> {
  const asked: StudyJudge = {
    ...{ name: 'judge', label: 'Judge', provider: 'openai', model: GPT, mode: 'pairwise', control: false },
    ...{ settings: {}, repeats: 1, consistency: 'majority', repeat: 0, limits: {}, engine: 'online' },
    baseUrl: fields.provider === 'together' ? emulator.togetherUrl : emulator.openAiUrl,
    ...fields,
  }
  const asking = askingOf(asked)
  return createServiceJudge({
    asked,
    asking,
    prompt: await loadPrompt(
      findProject(import.meta.dirname),
      defaultPromptName('pairwise', asking.decision),
      'pairwise',
    ),
    registry: { formatVersion: 1, models: [] },
    env: { OPENAI_API_KEY: EMULATOR_KEY, TOGETHER_API_KEY: EMULATOR_KEY, MY_KEY: EMULATOR_KEY },
  })
}

async function run(fields: Partial<StudyJudge>, options: EmulatorOptions = {}) {
  const { emulator } = await running(options)
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const judge = await judgeOf(emulator, fields)
  const kept = runFolder(folder, 'run')
  const manifest = { runId: 'run', judge: { ...judge.spec, id: judge.id, name: judge.name } } as unknown as RunManifest
  const report = await runJudge({ judge, presentations, show, run: kept, manifest, retries: AT_ONCE })
  return { emulator, judge, report, folder, judgments: await loadJudgments(kept) }
}

it.each(WAYS)(
  '%s: a run loses nothing to faults, pays for nothing twice, and keeps the key to itself',
  async (_, fields) => {
    const { emulator, report, judgments, folder } = await run(fields, {
      faults: { seed: 3, rates: HALF, retryAfterMs: 0 },
    })
    expect(report).toMatchObject({ isComplete: true, asked: 20, failures: {} })
    expect(new Set(judgments.map(({ presentationId }) => presentationId)).size).toBe(20)
    expect(
      judgments.every(
        ({ usage, latencyMs, firstByteMs = -1 }) => usage !== undefined && latencyMs >= firstByteMs && firstByteMs > 0,
      ),
    ).toBe(true)
    expect(judgments.some(({ attempts = 1 }) => attempts > 1)).toBe(true)
    // Every content was answered once, however often it was asked.
    expect(emulator.contents().map(({ answered }) => answered)).toEqual(Array(20).fill(1))
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) expect(readFileSync(join(entry.parentPath, entry.name), 'utf8')).not.toContain(EMULATOR_KEY)
  },
)

it('an estimate holds against what the service then counts', async () => {
  const prices = { input: 2, output: 8 }
  const { judge, report, judgments } = await run({ prices })
  const tokenizer = await tokenizerFor(GPT)
  const used = judgments.reduce((sum, { usage }) => sum + (usage?.inputTokens ?? 0), 0)
  const { inputTokens, outputTokens, cost } = estimateJudge({
    judge,
    presentations,
    show,
    tokenizer,
    earlier: judgments,
  })
  // A chat template's own tokens, a few a message, are the service's to know: 9 of 300 here.
  expect(Math.abs(inputTokens.total / used - 1)).toBeLessThan(0.05)
  expect(inputTokens.isExact).toBe(true)
  expect(outputTokens).toMatchObject({ basis: 'measured', answers: 20 })
  const paid =
    judgments.reduce((sum, { usage }) => sum + 2 * (usage?.inputTokens ?? 0) + 8 * (usage?.outputTokens ?? 0), 0) / 1e6
  expect(Math.abs((cost?.usd as number) / paid - 1)).toBeLessThan(0.05)
  expect(cost?.atMostUsd).toBeGreaterThan(paid)
  expect(report.isComplete).toBe(true)
})
