import { appendFileSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Project } from '@judgelab/core'
import { startEmulator } from '@judgelab/emulator'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { JudgeOutcome } from '../src/commands/judge.js'
import { loadStudy, runStudy, silentProgress } from '../src/index.js'
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

afterEach(() => vi.unstubAllEnvs())

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

  it.each([
    [['nowhere.jsonl', '--judge', 'local:first'], 'expected a file, or one of builtin'],
    [['mine.jsonl', '--judge', 'local:first'], 'expected the mapping of the columns'],
    [['mine.jsonl', ...COLUMNS, '--judge', 'longer'], '--judge: expected <provider>:<model>'],
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
    const { judges, tuning, judgingUsd, comparisons } = JSON.parse(stdout) as {
      judges: { judge: string; calls: number; inputTokens: { total: number; isExact: boolean } }[]
      tuning: { name: string; trainTokens: number }[]
      judgingUsd: number
      comparisons: number
    }
    expect(judges.map(({ judge }) => judge)).toEqual(['oss', 'oss+dpo', 'oss+trl'])
    expect(judges[0]).toMatchObject({ calls: 2 * comparisons, inputTokens: { isExact: true } })
    expect(tuning[0]?.trainTokens).toBeGreaterThan(1000)
    expect(judgingUsd).toBeGreaterThan(0)
  })
})

describe('judgelab tune', () => {
  it('goes on with a job that another process began, and takes back a model that was trained elsewhere', async () => {
    const emulator = await startEmulator({ apiKey: KEY, unseeded: 'repeat' })
    try {
      const { root, artifacts } = hostedProject()
      const env = { TOGETHER_API_KEY: KEY, TOGETHER_BASE_URL: emulator.togetherUrl }
      const oss = join(root, 'studies', 'small.yaml')
      writeFileSync(
        oss,
        readFileSync(oss, 'utf8').replace(
          'model: openai/gpt-oss-120b',
          `model: openai/gpt-oss-120b, baseUrl: "${emulator.togetherUrl}"`,
        ),
      )
      expect((await judgelab(root, ['tune', 'status', 'small'], env)).stdout).toBe('no job was begun\n')
      const refused = await judgelab(root, ['run', 'small', '--no-report'], env)
      expect(refused.stderr).toContain('expected --yes to start a job that costs money without a terminal to ask on')
      expect(refused.code).toBe(2)
      const written = runStudy(await loadStudy('small', root), {
        progress: silentProgress,
        signal: new AbortController().signal,
        withReport: false,
        firstPauseMs: 1,
        env,
      })
      await expect(written).rejects.toThrow('tuning oss+trl is written out and not yet trained')
      const job = join(artifacts, 'small', 'tuning', 'oss+trl', 'job')
      for (const file of ['train.parquet', 'train.py', 'dpo.json', 'README.md'])
        expect(existsSync(join(job, file))).toBe(true)
      const status = await judgelab(root, ['tune', 'status', 'small', '--json'], env)
      const jobs = JSON.parse(status.stdout) as { name: string; status: string; tunedModel?: string }[]
      expect(jobs.map(({ name, status: at }) => [name, at])).toEqual([
        ['oss+dpo', 'completed'],
        ['oss+trl', 'exported'],
      ])
      const metrics = join(root, 'metrics.jsonl')
      appendFileSync(
        metrics,
        '{"step":1,"loss":0.69}\n{"step":2,"loss":0.5,"eval_loss":0.6,"eval_rewards/accuracies":0.8}\n',
      )
      const model = jobs[0]?.tunedModel as string
      const imported = await judgelab(
        root,
        ['tune', 'import', 'small', 'oss+trl', '--model', model, '--metrics', metrics],
        env,
      )
      expect(imported.stdout).toContain('oss+trl: completed')
      const done = await judgelab(root, ['run', 'small', '--no-report', '--yes', '--json'], env)
      expect(done.stderr).not.toContain(KEY)
      expect(done.code).toBe(0)
      const { results } = JSON.parse(done.stdout) as {
        results: { tuning: { name: string; steps: object[]; validation: object[] }[] }
      }
      const trl = results.tuning.find(({ name }) => name === 'oss+trl')
      expect(trl?.steps).toHaveLength(2)
      expect(trl?.validation).toEqual([{ step: 2, epoch: 0, loss: 0.6, rewardAccuracy: 0.8, margin: null }])
      expect((await judgelab(root, ['tune', 'watch', 'small', 'oss+dpo'], env)).stdout).toContain('oss+dpo: completed')
      const gone = await judgelab(root, ['tune', 'cancel', 'small'], env)
      expect(gone.stderr).toContain('expected one of the hosted tunings (oss+dpo, oss+trl), found no name')
    } finally {
      await emulator.close()
    }
  })
})
