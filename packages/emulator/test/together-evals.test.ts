import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  findProject,
  JudgeCallError,
  presentationOf,
  type RunManifest,
  runFolder,
  type ShownPresentation,
  type StudyJudge,
} from '@judgelab/core'
import {
  type BulkAnswer,
  type BulkCall,
  type BulkJudge,
  createBudget,
  createTogetherEvalsJudge,
  loadEvalTemplate,
  loadUnlogged,
  runJudge,
} from '@judgelab/judges'
import { describe, expect, it, onTestFinished } from 'vitest'
import { MODEL_FAULTS } from '../src/faults/fault-options.js'
import { EMULATOR_KEY, type Emulator, type EmulatorOptions, FAULTS, type Fault } from '../src/index.js'
import { running } from './running.js'

const LLAMA = 'meta-llama/Llama-4-Maverick-17B-128E-Instruct'
const EXACT = { noiseNats: 0, wobbleNats: 0, positionBiasNats: 0, tieBandNats: 0 }
const TEXTS = [
  ['What is the capital of Australia?', 'The capital of Australia is Canberra.', 'dunno??? lol'],
  ['Name a prime above 10.', 'One prime above 10 is 11.', 'maybe 12? idk!!!'],
  ['Say hello.', 'Hello!', 'Hello!'],
] as const

const showOf = ({
  exampleId,
  slots,
}: {
  readonly exampleId: string
  readonly slots: readonly number[]
}): ShownPresentation => {
  const [prompt, ...responses] = TEXTS[Number(exampleId)] ?? TEXTS[0]
  return { mode: 'pairwise', prompt, slots: slots.map((slot) => responses[slot] as string) }
}

/** Calls for the examples in both orders, or in the first alone. */
function callsFor(orders: 'both' | 'first', repeat = 0): BulkCall[] {
  return TEXTS.flatMap((_, at) =>
    (orders === 'both'
      ? [
          [0, 1],
          [1, 0],
        ]
      : [[0, 1]]
    ).map((slots) => {
      const presentation = presentationOf({ exampleId: String(at), mode: 'pairwise', slots, repeat })
      return { presentation, shown: showOf(presentation) }
    }),
  )
}

interface Stage {
  readonly emulator: Emulator
  readonly folder: string
  /** Another judge each time, as another process would make it. */
  readonly judge: (fields?: Partial<StudyJudge>, template?: string) => Promise<BulkJudge>
}

async function stage(options: EmulatorOptions = {}): Promise<Stage> {
  const { emulator } = await running({ models: { [LLAMA]: EXACT }, ...options })
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const { text } = await loadEvalTemplate(findProject(import.meta.dirname))
  const judge = async (fields: Partial<StudyJudge> = {}, template: string = text): Promise<BulkJudge> =>
    createTogetherEvalsJudge({
      asked: {
        ...{
          name: 'judge',
          label: 'Judge',
          provider: 'together-evals',
          model: LLAMA,
          mode: 'pairwise',
          control: false,
        },
        ...{ settings: {}, repeats: 1, consistency: 'majority', repeat: 0, limits: {}, engine: 'online' },
        baseUrl: emulator.togetherUrl,
        ...fields,
      },
      template,
      registry: { formatVersion: 1, models: [] },
      env: { TOGETHER_API_KEY: EMULATOR_KEY },
      pauses: { firstMs: 0, longestMs: 1 },
    })
  return { emulator, folder, judge }
}

async function collected(
  judge: BulkJudge,
  calls: readonly BulkCall[],
  options: { readonly folder: string; readonly signal?: AbortSignal; readonly onStatus?: (line: string) => void },
): Promise<BulkAnswer[]> {
  const answers: BulkAnswer[] = []
  const { signal = new AbortController().signal } = options
  for await (const answer of judge.collect(calls, { ...options, signal, placeOf: () => undefined }))
    answers.push(answer)
  return answers
}

/** How often something was asked of the service. */
const asked = ({ emulator }: Stage, method: string, path: string): number =>
  emulator.stats().byPath[`${method} ${path}`] ?? 0

const outcomes = (answers: readonly BulkAnswer[]): Record<string, unknown> =>
  Object.fromEntries(answers.map(({ presentationId, outcome }) => [presentationId, outcome]))

const QUICKLY = { everywhere: true, retryAfterMs: 1, retryAfter: 'ms' } as const
const STATUS: Readonly<Partial<Record<Fault, number>>> = {
  'rate-limited': 429,
  'server-error': 500,
  'bad-gateway': 502,
  unavailable: 503,
  overloaded: 529,
}

/** What a start comes to; one that meets stalls is stopped by its own time limit. */
async function patiently(at: Stage, fault: Fault): Promise<BulkAnswer[]> {
  const limit = fault === 'stalled' ? { signal: AbortSignal.timeout(400) } : {}
  return collected(await at.judge(), callsFor('both'), { folder: at.folder, ...limit })
}

describe('a judge in Together’s evaluation service', () => {
  it('judges pairs in both orders in one job, and gives each pass as the judgment of what it showed', async () => {
    const at = await stage()
    const said: string[] = []
    const answers = await collected(await at.judge(), callsFor('both'), {
      folder: at.folder,
      onStatus: (line) => said.push(line),
    })
    expect(outcomes(answers)).toEqual({
      '0|pairwise|0-1#0': { kind: 'choice', slot: 0 },
      '0|pairwise|1-0#0': { kind: 'choice', slot: 1 },
      '1|pairwise|0-1#0': { kind: 'choice', slot: 0 },
      '1|pairwise|1-0#0': { kind: 'choice', slot: 1 },
      // The same text twice: each pass takes the first slot, and the two together are a tie.
      '2|pairwise|0-1#0': { kind: 'choice', slot: 0 },
      '2|pairwise|1-0#0': { kind: 'choice', slot: 0 },
    })
    expect(JSON.parse(answers[1]?.raw as string)).toMatchObject({ choice: 'B' })
    expect(said[0]).toMatch(/^meta-llama\S+: evaluation eval-\S+ of 3 pairs submitted$/)
    expect(said.slice(1).map((line) => line.split(' ').at(-1))).toEqual(['queued', 'running', 'completed'])
  })

  it('asks for one order in one pass, and for repeats in jobs of their own', async () => {
    const at = await stage()
    const calls = [...callsFor('first'), ...callsFor('both', 1)]
    const answers = await collected(await at.judge(), calls, { folder: at.folder })
    expect(answers).toHaveLength(9)
    expect(asked(at, 'POST', '/evaluation')).toBe(2)
    const rows = readdirSync(at.folder).filter((name) => name.endsWith('results.jsonl'))
    const isTwoPass = rows.map((name) => readFileSync(join(at.folder, name), 'utf8').includes('choice_flipped'))
    expect(isTwoPass.toSorted()).toEqual([false, true])
  })

  it('goes on with what another process submitted, and submits nothing twice', async () => {
    const at = await stage()
    const stop = new AbortController()
    const reason = new Error('enough')
    const first = collected(await at.judge(), callsFor('both'), {
      folder: at.folder,
      signal: stop.signal,
      onStatus: (line) => line.endsWith('running') && stop.abort(reason),
    })
    await expect(first).rejects.toBe(reason)
    const answers = await collected(await at.judge(), callsFor('both').slice(1), { folder: at.folder })
    expect(answers).toHaveLength(5)
    expect([asked(at, 'POST', '/files'), asked(at, 'POST', '/evaluation')]).toEqual([1, 1])
  })

  it.each([
    ['the upload', ['fileId', 'workflowId']],
    ['the creation', ['workflowId']],
  ])('finds what %s made when that could not be noted', async (_, forgotten) => {
    const at = await stage()
    const stop = new AbortController()
    const begun = collected(await at.judge(), callsFor('both'), {
      folder: at.folder,
      signal: stop.signal,
      onStatus: () => stop.abort(),
    })
    await expect(begun).rejects.toThrow()
    const note = join(at.folder, readdirSync(at.folder).find((name) => name.endsWith('.evaluation.json')) as string)
    const known = JSON.parse(readFileSync(note, 'utf8')) as Record<string, unknown>
    for (const field of forgotten) delete known[field]
    writeFileSync(note, JSON.stringify({ ...known, state: 'planned' }))
    expect(await collected(await at.judge(), callsFor('both'), { folder: at.folder })).toHaveLength(6)
    expect([asked(at, 'POST', '/files'), asked(at, 'POST', '/evaluation')]).toEqual([1, 1])
  })

  it('asks anew for what is asked again after its answer was there', async () => {
    const at = await stage()
    await collected(await at.judge(), callsFor('both'), { folder: at.folder })
    expect(await collected(await at.judge(), callsFor('both'), { folder: at.folder })).toHaveLength(6)
    expect(asked(at, 'POST', '/evaluation')).toBe(2)
  })

  it('uses every column of its dataset, and has none that its template does not name', async () => {
    const at = await stage()
    await collected(await at.judge({}, 'Which is better?'), callsFor('first'), { folder: at.folder })
    const data = readdirSync(at.folder).find((name) => /^judgelab-[\w-]+\.jsonl$/.test(name)) as string
    const [row] = readFileSync(join(at.folder, data), 'utf8').split('\n')
    expect(Object.keys(JSON.parse(row as string) as object)).toEqual(['response_a', 'response_b'])
  })

  it('says why the service gave up on its user’s mistake, and submits anew when that is mended', async () => {
    const at = await stage()
    const wrong = await at.judge({}, 'Which answers {{ question }} better?')
    const given = await collected(wrong, callsFor('both'), { folder: at.folder }).catch((error: unknown) => error)
    expect(given).toBeInstanceOf(JudgeCallError)
    expect(given).toMatchObject({
      isRetryable: false,
      message: expect.stringContaining("(user_error): Column 'question'"),
    })
    expect(await collected(await at.judge(), callsFor('both'), { folder: at.folder })).toHaveLength(6)
  })

  it('says that more than 30 % of the rows failed', async () => {
    const at = await stage({ faults: { rates: { 'server-error': 1 } } })
    const given = await collected(await at.judge(), callsFor('both'), { folder: at.folder }).catch(
      (error: unknown) => error,
    )
    expect(given).toMatchObject({ isRetryable: true, message: expect.stringContaining('(error): 3 of 3 rows failed') })
  })

  it('is run like any other judge, and keeps its key to itself', async () => {
    const at = await stage()
    const presentations = callsFor('both').map(({ presentation }) => presentation)
    const judge = await at.judge()
    const report = await runJudge({
      judge,
      presentations,
      show: showOf,
      run: runFolder(at.folder, 'run'),
      manifest: { runId: 'run', judge: { ...judge.spec, id: judge.id, name: judge.name } } as unknown as RunManifest,
    })
    expect(report).toMatchObject({ isComplete: true, asked: 6 })
    for (const name of readdirSync(at.folder, { recursive: true, encoding: 'utf8', withFileTypes: true }))
      if (name.isFile()) expect(readFileSync(join(name.parentPath, name.name), 'utf8')).not.toContain(EMULATOR_KEY)
  })

  it('leaves for later starts what its answers may have cost, since the service counts no tokens', async () => {
    const at = await stage()
    const presentations = callsFor('both').map(({ presentation }) => presentation)
    const judge = await at.judge({ prices: { input: 1, output: 2 } })
    const run = runFolder(at.folder, 'run')
    const manifest = {
      runId: 'run',
      judge: { ...judge.spec, id: judge.id, name: judge.name },
    } as unknown as RunManifest
    // Two calls of the six fit at 32,768 tokens each.
    const budget = createBudget({ maxCost: 0.15 })
    const { done } = await runJudge({ judge, presentations, show: showOf, run, manifest, budget })
    expect(done).toBe(2)
    expect(await loadUnlogged(run)).toEqual({ requests: 0, costUsd: budget.spent().costUsd })
    expect(budget.spent().costUsd).toBeGreaterThan(0.13)
  })

  it('names the variable of a missing key, and refuses other modes and settings', async () => {
    const at = await stage()
    await expect(at.judge({ keyEnv: 'MY_KEY' })).rejects.toThrow('MY_KEY')
    await expect(at.judge({ settings: { source: 'external', externalBaseUrl: 'https://a.b' } })).rejects.toThrow(
      'OPENAI_API_KEY',
    )
    await expect(at.judge({ mode: 'rating' })).rejects.toThrow('expected mode pairwise')
    await expect(at.judge({ settings: { temprature: 1 } })).rejects.toThrow('did you mean "temperature"?')
  })

  it('stops with the error of a request that meets a fault whenever it is sent, and a later start goes on', async () => {
    const ends = FAULTS.filter((fault) => !MODEL_FAULTS.has(fault)).map(async (fault) => {
      const at = await stage({ faults: { ...QUICKLY, rates: { [fault]: 1 } } })
      const end = await patiently(at, fault).catch((error: unknown) => error)
      at.emulator.setFaults({})
      return { fault, end, answers: await collected(await at.judge(), callsFor('both'), { folder: at.folder }) }
    })
    for (const { fault, end, answers } of await Promise.all(ends)) {
      expect(end, fault).toBeInstanceOf(JudgeCallError)
      expect(end, fault).toMatchObject({ status: STATUS[fault], isTimeout: fault === 'stalled', isRetryable: true })
      expect(answers, fault).toHaveLength(6)
    }
  })

  it('ends with every answer, or with an error of the call, whatever happens on the way', async () => {
    const faults = ['rate-limited', 'server-error', 'reset', 'stalled', 'truncated-json', 'wrong-content-type'] as const
    const ends = faults.map(async (fault) => {
      const at = await stage({ faults: { ...QUICKLY, rates: { [fault]: 0.3 }, seed: 5 } })
      return patiently(at, fault).catch((error: unknown) => error)
    })
    for (const end of await Promise.all(ends))
      if (Array.isArray(end)) expect(end).toHaveLength(6)
      else expect(end).toBeInstanceOf(JudgeCallError)
  })

  it.each([...MODEL_FAULTS])(
    'takes an answer of the judge with %s for unreadable; where too many have it, the service gives up',
    async (fault) => {
      let failed: readonly (string | undefined)[] = []
      for (let seed = 0; failed.length === 0 && seed < 50; seed++) {
        const at = await stage({ faults: { seed, rates: { [fault]: 0.1 } } })
        const answers = await patiently(at, fault)
        expect(answers).toHaveLength(6)
        failed = answers.flatMap(({ outcome }) => (outcome.kind === 'failed' ? [outcome.reason] : []))
      }
      expect(new Set(failed)).toEqual(new Set(['unparsed']))
      const all = await stage({ faults: { rates: { [fault]: 1 } } })
      await expect(patiently(all, fault)).rejects.toThrow('(error): 3 of 3 rows failed')
    },
  )
})
