import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Project } from '@judgelab/core'
import { startEmulator } from '@judgelab/emulator'
import type { EngineOutlook } from '@judgelab/judges'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { JudgeOutcome } from '../src/commands/judge.js'
import { loadStudy, runStudy, silentProgress } from '../src/index.js'
import type { TuningOutlook } from '../src/study/estimate-tuning.js'
import { type Ended, runHere } from './command.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const KEY = 'sk-judge-command-0123456789'
const ROWS = [
  { question: 'What is 2 + 3?', better: '2 + 3 = 5.', worse: '2 + 3 = 6.' },
  { question: 'What is 4 + 3?', better: '4 + 3 = 7.', worse: '4 + 3 = 8, I think, but I am not sure.' },
]
const COLUMNS = ['--columns', 'prompt=question,chosen=better,rejected=worse']

afterEach(() => {
  vi.unstubAllEnvs()
  vi.useRealTimers()
})

/** Runs the command in a folder, with environment variables. */
function judgelab(cwd: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  return runHere(cwd, ...argv)
}

function project(): Project {
  const made = smallProject(newFolder())
  cpSync(join(ROOT, 'prompts'), made.prompts, { recursive: true })
  cpSync(join(ROOT, 'data', 'models.json'), join(made.data, 'models.json'))
  writeFileSync(join(made.root, 'mine.jsonl'), ROWS.map((row) => `${JSON.stringify(row)}\n`).join(''))
  return made
}

describe('judgelab judge', () => {
  let emulator: Awaited<ReturnType<typeof startEmulator>>
  beforeAll(async () => {
    emulator = await startEmulator({ apiKey: KEY, unseeded: 'repeat' })
  })
  afterAll(() => emulator.close())

  it('runs one judge over a file, and prints one object with --json', async () => {
    const { root } = project()
    const args = [
      'mine.jsonl',
      ...COLUMNS,
      '--judge',
      'openai-compatible:some/model:tag',
      '--base-url',
      emulator.bothUrl,
    ]
    const run = join(root, 'here')
    const { code, stdout } = await judgelab(root, ['judge', ...args, '--key-env', 'MINE', '--run', run, '--json'], {
      MINE: KEY,
    })
    expect(code).toBe(0)
    const outcome = JSON.parse(stdout) as JudgeOutcome
    expect(outcome).toMatchObject({
      run,
      judge: { provider: 'openai-compatible', model: 'some/model:tag', mode: 'pairwise' },
      n: 2,
      failures: {},
      accuracy: { wrong: { n: 2 }, half: { n: 2 } },
      usage: { judgments: 4 },
      costUsd: null,
    })
    expect(outcome.latencyMs?.n).toBe(4)
    expect(stdout).not.toContain(KEY)
    expect(readFileSync(join(run, 'judgments.jsonl'), 'utf8').trim().split('\n')).toHaveLength(4)
    expect(existsSync(join(root, 'artifacts'))).toBe(false)
  })

  describe('never sends more than --max-requests, however often it is started', () => {
    /** The judge with so many requests, over rows that are many enough. */
    const within = (root: string, most: number, ...more: readonly string[]): Promise<Ended> => {
      const rows = Array.from({ length: 40 }, (_, at) => ({ question: `${at}?`, better: `${at}.`, worse: `no ${at}` }))
      writeFileSync(join(root, 'many.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
      const judge = ['--judge', 'openai:gpt-4.1', '--base-url', emulator.openAiUrl]
      const asked = ['judge', 'many.jsonl', ...COLUMNS, ...judge, '--max-requests', `${most}`, ...more]
      return judgelab(root, asked, { OPENAI_API_KEY: KEY })
    }

    it.each([
      ['in its place', (): string[] => []],
      ['in a folder of its own', (root: string) => ['--run', join(root, 'here')]],
    ])('with attempts that came to no judgment, the run %s', async (_, where) => {
      const { root } = project()
      emulator.reset()
      emulator.setFaults({ seed: 2, rates: { 'rate-limited': 0.4 }, retryAfterMs: 1, retryAfter: 'ms' })
      for (const concurrency of [4, 4, 8]) {
        const { code, stderr } = await within(root, 20, ...where(root), '--concurrency', `${concurrency}`)
        expect([code, stderr]).toEqual([1, expect.stringContaining('20 of 20 requests were made')])
      }
      emulator.setFaults({})
      const { requests, faults } = emulator.stats()
      expect(faults['rate-limited']).toBeGreaterThan(3)
      expect(requests).toBe(20)
      expect((await within(root, 500, ...where(root))).code).toBe(0)
      const folder = where(root)[1] ?? join(root, 'runs', readdirSync(join(root, 'runs'))[0] as string)
      // What was sent in vain stays spent.
      expect(readdirSync(folder).toSorted()).toEqual(['judgments.jsonl', 'manifest.json', 'unlogged.json'])
    })

    it('with answers that were asked for again', async () => {
      const { root } = project()
      emulator.reset()
      emulator.setFaults({ rates: { 'wrong-label': 1 } })
      expect((await within(root, 100, '--limit', '5')).code).toBe(0)
      emulator.setFaults({})
      for (const _ of ['first', 'again']) {
        const { code } = await within(root, 14, '--limit', '5', '--retry-failed')
        expect([code, emulator.stats().requests]).toEqual([1, 14])
      }
    })
  })

  it('judges the first so many, and prints a table', async () => {
    const { root } = project()
    const { code, stdout } = await judgelab(root, [
      'judge',
      'mine.jsonl',
      ...COLUMNS,
      '--judge',
      'local:shorter',
      '--limit',
      '1',
    ])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^benchmark +mine\.jsonl, 1 comparisons, rule consistent$/m)
  })

  it('stops at rows that cannot be used, or leaves them out and says how many', async () => {
    const { root } = project()
    writeFileSync(
      join(root, 'odd.jsonl'),
      [...ROWS, { question: 'x' }].map((row) => `${JSON.stringify(row)}\n`).join(''),
    )
    const asked = ['judge', 'odd.jsonl', ...COLUMNS, '--judge', 'local:shorter']
    const strict = await judgelab(root, asked)
    expect(strict.code).toBe(1)
    expect(strict.stderr).toMatch(
      /^judgelab: odd\.jsonl:3: better: expected .*, found nothing\n {2}1 problem in all; `problems: report` would leave this row out and count it$/m,
    )
    const report = await judgelab(root, [...asked, '--problems', 'report'])
    expect(report.code).toBe(0)
    expect(report.stdout).toMatch(/^benchmark +odd\.jsonl, 2 comparisons, rule consistent\nrows left out +1$/m)
    const told = await judgelab(root, [...asked, '--problems', 'report', '--json'])
    expect((JSON.parse(told.stdout) as JudgeOutcome).benchmark.leftOut).toBe(1)
  })

  it.each([
    [['nowhere.jsonl', '--judge', 'local:first'], 'expected a file, or one of builtin'],
    [['mine.jsonl', '--judge', 'local:first'], 'expected the mapping of the columns of mine.jsonl, found nothing\n'],
    [['mine.jsonl', ...COLUMNS, '--judge', 'longer'], '--judge: expected <provider>:<model>'],
    [
      ['mine.jsonl', '--columns', 'prompt=qestion,chosen=better,rejected=worse', '--judge', 'local:first'],
      'expected a column of mine.jsonl (question, better, worse), found "qestion" (did you mean "question"?)',
    ],
    [['mine.jsonl', ...COLUMNS, '--judge', 'opnai:x'], '(did you mean "openai"?)'],
    [
      ['mine.jsonl', ...COLUMNS, '--judge', 'local:first', '--limit', 'two'],
      '--limit: expected a number above 0, found "two"',
    ],
    [['mine.jsonl', ...COLUMNS, '--judge', 'local:first', '--rule', 'net!'], 'evaluation.rule: expected one of'],
    [['mine.jsonl', ...COLUMNS, '--judge', 'openai:gpt-5.2'], 'OPENAI_API_KEY: expected the key of openai'],
    [
      ['mine.jsonl', ...COLUMNS, '--judge', 'local:first', '--setting', 'hot'],
      '--setting: expected name=value, found "hot"',
    ],
  ])('says what is wrong with %j, as wrong usage', async (args, message) => {
    const { root } = project()
    const { code, stderr } = await judgelab(root, ['judge', ...args], { OPENAI_API_KEY: '' })
    expect(stderr).toContain(message)
    expect(code).toBe(2)
  })
})

const HOSTED = `  - { name: oss+dpo, base: oss, backend: together, learningRate: 0.000005 }
  - { name: oss+trl, base: oss, backend: trl, learningRate: 0.000005 }
`

/** The small study with a judge behind a service and hosted tunings of it. */
function hostedProject(): Project {
  const made = project()
  const file = join(made.studies, 'small.yaml')
  const text = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    text
      .replace('pairs:', '  - { name: oss, provider: together, model: openai/gpt-oss-120b }\npairs:')
      .replace('contrasts:', `${HOSTED}contrasts:`),
  )
  return made
}

describe('judgelab estimate', () => {
  it('counts calls, tokens and cost of a study without a key, and sends nothing', async () => {
    const { root } = hostedProject()
    const { code, stdout } = await judgelab(root, ['estimate', 'small', '--json'], { TOGETHER_API_KEY: '' })
    expect(code).toBe(0)
    const { judges, tuning, judgingUsd, tuningUsd, comparisons } = JSON.parse(stdout) as {
      judges: { judge: string; calls: number; paidFor: number; inputTokens: { total: number; isExact: boolean } }[]
      tuning: TuningOutlook[]
      judgingUsd: number
      tuningUsd: number | null
      comparisons: number
    }
    expect(judges.map(({ judge }) => judge)).toEqual(['oss', 'oss+dpo', 'oss+trl'])
    expect(judges[0]).toMatchObject({ calls: 2 * comparisons, inputTokens: { isExact: true } })
    // A tuned judge is asked the questions of its base, and has none of its answers.
    expect(judges.map(({ paidFor }) => paidFor)).toEqual([0, 0, 0])
    const [local, together, trl] = tuning
    expect(local).toMatchObject({ name: 'linear+dpo', jobs: 1, trainTokens: null, usd: 0 })
    expect(together?.trainTokens).toBeGreaterThan(1000)
    expect(together?.price).toMatchObject({
      perMillionTokens: { value: 6.25, date: '2026-09-11' },
      minimum: { value: 4 },
    })
    expect(together?.usd).toBe(4) // so few tokens cost less than a job costs at least
    // on machines of one's own nobody says what it costs
    expect([trl?.name, trl?.usd, tuningUsd]).toEqual(['oss+trl', null, null])
    expect(judgingUsd).toBeGreaterThan(0)
  })

  it('says that a study without a service costs nothing', async () => {
    const { stdout } = await judgelab(project().root, ['estimate', 'small'])
    const sentence = 'No judge of this study is behind a service: the judging costs nothing.'
    const tuned = 'The tuning is done on this machine and costs nothing.'
    expect(stdout).toBe(`\nsmall: 12 comparisons.\n\n${sentence}\n${tuned}\n`)
  })

  it('has a row for every run: second runs, controls, and the sampling of critiques, in total and text', async () => {
    const { root } = estimatedProject()
    const env = { OPENAI_API_KEY: '', TOGETHER_API_KEY: '' }
    const { judges, judgingUsd, isWithoutCritiques } = await estimated(root, env)
    // 12 comparisons in both orders; the control five times, of which two are those of gpt and its second run; 39 training
    // examples in both orders, four samples each.
    expect(judges.map(({ judge, calls, paidFor, engine }) => [judge, calls, paidFor, engine])).toEqual([
      ['gpt', 24, 0, 'batch'],
      ['gpt+again', 24, 0, 'batch'],
      ['oss', 24, 0, 'online'],
      ['gpt-5x', 120, 48, 'batch'],
      ['gpt+samples', 312, 0, 'batch'],
    ])
    const samples = judges[4] as Estimated
    expect(samples.inputTokens.total / samples.calls).toBeCloseTo((judges[0] as Estimated).inputTokens.total / 24, -1)
    expect(judgingUsd).toBeCloseTo(
      judges.reduce((sum, { cost }) => sum + (cost?.usd ?? 0), 0),
      12,
    )
    expect(isWithoutCritiques).toBe(true)
    expect(existsSync(join(root, 'runs'))).toBe(false)
  })

  it('counts the calls that the study then sends, and none when it was run', async () => {
    const emulator = await startEmulator({ apiKey: KEY, unseeded: 'repeat' })
    try {
      const { root } = estimatedProject({ gpt: emulator.openAiUrl, oss: emulator.togetherUrl })
      const env = { OPENAI_API_KEY: KEY, TOGETHER_API_KEY: KEY }
      const before = await estimated(root, env)
      expect(emulator.stats().requests).toBe(0)
      const progress = silentProgress
      const { signal } = new AbortController()
      await runStudy(await loadStudy('small', root), { progress, signal, withReport: false, firstPauseMs: 1, env })
      const sent = before.judges.reduce((sum, { calls, paidFor }) => sum + calls - paidFor, 0)
      // 24 + 24 + 24 + 120 - 48 + 312
      expect([sent, emulator.stats().answered]).toEqual([456, 456])
      const after = await estimated(root, env)
      expect(after.judges.map(({ calls, paidFor }) => calls - paidFor)).toEqual([0, 0, 0, 0, 0])
      expect(after.judgingUsd).toBe(0)
    } finally {
      await emulator.close()
    }
  })

  it('says what each engine costs and when it is done, from now on', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 28, 13, 5, 20) })
    const { root } = estimatedProject()
    const env = { OPENAI_API_KEY: '', TOGETHER_API_KEY: '' }
    const { from, judges } = await estimated(root, env)
    expect(from).toBe('2026-11-28T13:05:20.000Z')
    const [gpt, , oss] = judges as [Estimated, Estimated, Estimated]
    // 2 USD a million tokens in, 8 out; 24 answers of 200 tokens; half of it in batches, which the study asks for.
    const usd = (2 * gpt.inputTokens.total + 8 * 24 * 200) / 1e6
    expect(gpt.outlook?.online.usd).toBeCloseTo(usd, 12)
    expect(gpt.outlook?.batch?.usd).toBeCloseTo(usd / 2, 12)
    expect(gpt.cost?.usd).toBeCloseTo(usd / 2, 12)
    expect(gpt).toMatchObject({
      outlook: { cheaper: 'batch', batch: { files: 1, rounds: 1 } },
      doneBy: { online: null, batch: '2026-11-29T13:05:20.000Z', batchAtMost: '2026-11-29T15:05:20.000Z' },
    })
    // Together: 1,400 tokens (it thinks) at 908.7 a second, 24 calls 16 at a time.
    const seconds = (24 * 1400) / 908.7 / 16
    expect(oss.outlook?.online.time?.seconds).toBeCloseTo(seconds, 9)
    expect(oss).toMatchObject({
      outlook: { cheaper: 'neither' },
      doneBy: { online: '2026-11-28T13:05:22.311Z', batchAtMost: '2026-12-01T13:05:20.000Z' },
    })
    const { stdout } = await judgelab(root, ['estimate', 'small'], env)
    expect(stdout).toMatch(
      /^gpt +batch .*within 24 h, 26 h at most \(1 file\) +2026-11-29 13:06 to 2026-11-29 15:06 UTC +batch$/m,
    )
    expect(stdout).toMatch(/^oss +online .*3 s +2026-11-28 13:06 UTC .*24 h at best, 72 h at most .*UTC +neither$/m)
    expect(stdout).toContain(
      `gpt: by batch it costs ${(usd / 2).toFixed(3)} USD less and is done by 2026-11-29 15:06 UTC`,
    )
    expect(stdout).toContain(
      'oss: a batch saves nothing (batchShare 1), and is done by 2026-12-01 13:06 UTC at the latest',
    )
    expect(stdout).toContain('as if it began at 2026-11-28 13:06 UTC')
  })

  it('says of a judge at a dedicated endpoint that it is paid by the minute, and reckons no tokens for it', async () => {
    const { root, studies } = hostedProject()
    const file = join(studies, 'small.yaml')
    const endpoint = 'hosted: { endpoint: { hardware: 2x_nvidia_h100_80gb_sxm, inactiveMinutes: 15 } }'
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('backend: together,', `backend: together, ${endpoint},`))
    const { judges, judgingUsd } = await estimated(root, { TOGETHER_API_KEY: '' })
    expect(judges.map(({ cost, outlook }) => [cost === undefined, outlook === undefined])).toEqual([
      [false, false],
      [true, true],
      [false, false],
    ])
    expect(judgingUsd).toBeNull()
    const { stdout } = await judgelab(root, ['estimate', 'small'], { TOGETHER_API_KEY: '' })
    expect(stdout).toContain(
      'oss+dpo is judged at a dedicated endpoint (1 × 2x_nvidia_h100_80gb_sxm), paid by the minute while it is up, whatever it is asked; the service is asked its price when it starts, and stops it after 15 minutes without a call.',
    )
    expect(stdout).toMatch(/^The judging: about \d+\.\d+ USD, and what is not known: the cost of oss\+dpo\.$/m)
  })
})

/** What `judgelab estimate --json` says, as far as these tests look. */
interface Estimated {
  readonly judge: string
  readonly engine: string
  readonly calls: number
  readonly paidFor: number
  readonly inputTokens: { readonly total: number }
  readonly cost?: { readonly usd: number }
  readonly outlook?: EngineOutlook
  readonly doneBy?: object
}

async function estimated(root: string, env: Readonly<Record<string, string>>) {
  const { code, stdout } = await judgelab(root, ['estimate', 'small', '--json'], env)
  expect(code).toBe(0)
  return JSON.parse(stdout) as {
    readonly from: string
    readonly judges: readonly Estimated[]
    readonly judgingUsd: number | null
    readonly isWithoutCritiques: boolean
  }
}

/** The small study with judges by either engine, a second run, a control, and pairs of critiques. */
function estimatedProject(at: { readonly gpt?: string; readonly oss?: string } = {}): Project {
  const made = project()
  const file = join(made.studies, 'small.yaml')
  const prices = 'prices: { input: 2, output: 8, batchShare: 0.5 }'
  const reached = (url: string | undefined): string => (url === undefined ? '' : `, baseUrl: "${url}"`)
  const judges = [
    `{ name: gpt, provider: openai, model: gpt-4.1-2025-04-14, decision: label, engine: batch, repeat: 1, ${prices}${reached(at.gpt)} }`,
    `{ name: oss, provider: together, model: openai/gpt-oss-120b, decision: label${reached(at.oss)} }`,
  ]
  const text = readFileSync(file, 'utf8').replace(/^tuning:\n.*\n(?=contrasts:)/m, '')
  writeFileSync(
    file,
    text
      .replace('pairs: {', 'pairs: { strategy: [responses, critiques], judge: gpt, samples: 4,')
      .replace('judges:\n', `judges:\n${judges.map((judge) => `  - ${judge}\n`).join('')}`)
      .replace('contrasts:\n', 'controls:\n  - { name: gpt-5x, of: gpt, repeats: 5 }\ncontrasts:\n')
      .replace('{ judge: linear+dpo, against: linear }', '{ judge: gpt, against: linear }'),
  )
  return made
}
