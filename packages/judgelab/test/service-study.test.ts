import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadJudgments, loadRunManifest, type PreferencePair, type Project } from '@judgelab/core'
import { type Emulator, startEmulator } from '@judgelab/emulator'
import { afterEach, describe, expect, it } from 'vitest'
import { loadStudy, rehearseStudy, runStudy, silentProgress } from '../src/index.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const KEY = 'sk-test-0123456789abcdef'

let emulator: Emulator | undefined
afterEach(async () => {
  await emulator?.close()
  emulator = undefined
})

/** The small study with other judges, in a project that has the real prompts and registry. */
function projectWith(judges: readonly string[], more = ''): Project {
  const project = smallProject(newFolder())
  cpSync(join(ROOT, 'prompts'), project.prompts, { recursive: true })
  cpSync(join(ROOT, 'data', 'models.json'), join(project.data, 'models.json'))
  const file = join(project.studies, 'small.yaml')
  const text = readFileSync(file, 'utf8')
  const longer = text.split('\n').find((line) => line.includes('name: longer')) as string
  writeFileSync(file, text.replace(longer, [longer, ...judges.map((judge) => `  - ${judge}`)].join('\n')))
  if (more !== '') appendFileSync(file, more)
  return project
}

const options = { progress: silentProgress, signal: new AbortController().signal, withReport: false }

describe('a study with a model behind a service', () => {
  it('asks it once, keeps what it said, and takes it from the cache when the run is gone', async () => {
    emulator = await startEmulator({ apiKey: KEY, unseeded: 'repeat' })
    const judge = `{ name: gpt, provider: openai-compatible, model: some-model, baseUrl: "${emulator.bothUrl}", keyEnv: MY_KEY, prices: { input: 1, output: 2 } }`
    const project = projectWith([judge])
    const env = { MY_KEY: KEY }
    const loaded = await loadStudy('small', project.root)
    const { results, runs } = await runStudy(loaded, { ...options, env })
    const { run } = runs.find(({ contender }) => contender.name === 'gpt') as (typeof runs)[0]
    const judgments = await loadJudgments(run.folder)
    expect(judgments).toHaveLength(2 * results.evaluation.n)
    expect(
      judgments.every(
        ({ outcome, usage, raw }) => outcome.kind === 'choice' && usage !== undefined && raw !== undefined,
      ),
    ).toBe(true)
    const manifest = await loadRunManifest(run.folder)
    expect(manifest).toMatchObject({ rehearsed: false, prices: { input: 1, output: 2, source: 'the study' } })
    expect(manifest.judge.prompt).toContain('{{')
    const sent = emulator.stats().requests
    rmSync(run.folder.folder, { recursive: true })
    await runStudy(loaded, { ...options, env })
    expect(emulator.stats().requests).toBe(sent)
    const again = await loadJudgments(run.folder)
    expect(again.filter(({ cached }) => cached)).toHaveLength(judgments.length)
    expect(filesWith(project.root, KEY)).toEqual([])
  })

  it('is refused before anything is prepared when its key is not set', async () => {
    const project = projectWith(['{ name: gpt, provider: openai, model: gpt-5.2 }'])
    await expect(runStudy(await loadStudy('small', project.root), { ...options, env: {} })).rejects.toThrow(
      /^OPENAI_API_KEY: expected the key/,
    )
  })

  it('stops with the reason when the service will have none of it, and keeps what it has', async () => {
    emulator = await startEmulator({ apiKey: 'another key' })
    const judge = `{ name: gpt, provider: openai-compatible, model: m, baseUrl: "${emulator.bothUrl}", keyEnv: MY_KEY }`
    const project = projectWith([judge])
    await expect(
      runStudy(await loadStudy('small', project.root), { ...options, env: { MY_KEY: KEY } }),
    ).rejects.toThrow(/401.*0 of \d+ judgments are kept/)
    expect(filesWith(project.root, KEY)).toEqual([])
  })

  it('never spends more than its budget, however often it is started', async () => {
    emulator = await startEmulator({ apiKey: KEY })
    const judge = `{ name: gpt, provider: openai-compatible, model: m, baseUrl: "${emulator.bothUrl}", keyEnv: MY_KEY }`
    const project = projectWith([judge], 'budget: { maxRequests: 7 }\n')
    await expect(
      runStudy(await loadStudy('small', project.root), { ...options, env: { MY_KEY: KEY } }),
    ).rejects.toThrow(/7 of \d+ judgments are kept/)
    expect(emulator.stats().requests).toBe(7)
    const again = runStudy(await loadStudy('small', project.root), { ...options, env: { MY_KEY: KEY } })
    await expect(again).rejects.toThrow(/7 of \d+ judgments are kept/)
    expect(emulator.stats().requests).toBe(7)
  })
})

describe('a rehearsal', () => {
  it('needs no key, runs every judge, a second whole run among them, and says that it is one', async () => {
    const project = projectWith([
      '{ name: gpt, provider: openai, model: gpt-5.2, repeat: 1 }',
      '{ name: oss, provider: together, model: openai/gpt-oss-120b, shots: 2, decision: label }',
      '{ name: rated, provider: together, model: openai/gpt-oss-120b, mode: rating }',
      '{ name: classed, provider: together, model: openai/gpt-oss-120b, mode: classify }',
      '{ name: best, provider: together, model: openai/gpt-oss-120b, mode: best-of-n }',
    ])
    const { results, runs, isBuiltIn } = await rehearseStudy(await loadStudy('small', project.root), {
      ...options,
      env: {},
    })
    expect(isBuiltIn).toBe(false)
    expect(results.study).toMatchObject({ name: 'small.rehearsal', rehearsed: true })
    const byName = new Map(results.judges.map((judge) => [judge.name, judge]))
    for (const name of ['gpt', 'gpt+again', 'oss', 'rated', 'classed', 'best']) {
      const judge = byName.get(name)
      expect([name, judge?.counts.failed]).toEqual([name, 0])
    }
    const first = runs.find(({ contender }) => contender.name === 'gpt') as (typeof runs)[0]
    const again = runs.find(({ contender }) => contender.name === 'gpt+again') as (typeof runs)[0]
    expect(again.run.runId).not.toBe(first.run.runId)
    expect((await loadJudgments(again.run.folder)).every(({ repeat }) => repeat === 1)).toBe(true)
    const manifest = await loadRunManifest(first.run.folder)
    expect(manifest).toMatchObject({ rehearsed: true, judge: { baseUrl: 'emulator/openai' } })
    expect(manifest.software).toHaveProperty('@judgelab/emulator')
    const local = runs.find(({ contender }) => contender.name === 'longer') as (typeof runs)[0]
    expect((await loadRunManifest(local.run.folder)).software).not.toHaveProperty('@judgelab/emulator')
  })
})

describe('a rehearsal of models that the emulator was told nothing of', () => {
  it('takes what the services take: efforts of thinking models by any of their names, parameters of open servers', async () => {
    const own = 'provider: openai-compatible, baseUrl: "http://localhost:8000/v1"'
    const project = projectWith([
      '{ name: mini, provider: openai, model: gpt-5-mini }',
      '{ name: dated, provider: openai, model: gpt-5.2-2025-12-11, settings: { reasoningEffort: low } }',
      `{ name: own, ${own}, model: my-model, settings: { reasoningEffort: high, topK: 20, thinking: true } }`,
    ])
    const { results } = await rehearseStudy(await loadStudy('small', project.root), { ...options, env: {} })
    for (const name of ['mini', 'dated', 'own'])
      expect(results.judges.find((judge) => judge.name === name)).toMatchObject({ name, failures: {} })
  })

  it('refuses what the services refuse', async () => {
    const project = projectWith(['{ name: o3, provider: openai, model: o3 }'])
    await expect(rehearseStudy(await loadStudy('small', project.root), { ...options, env: {} })).rejects.toThrow(
      "Unsupported value: 'temperature' does not support 0 with this model",
    )
  })
})

describe('a rehearsal of a hosted tuning', () => {
  it('is the same when it is made again, though the emulator has forgotten its models', async () => {
    const project = projectWith(['{ name: oss, provider: together, model: openai/gpt-oss-120b }'])
    const file = join(project.studies, 'small.yaml')
    const endpoint = 'endpoint: { hardware: 1x_nvidia_h100_80gb_sxm }'
    const tuning = `  - { name: oss+dpo, base: oss, backend: together, learningRate: 0.000005, hosted: { ${endpoint} } }\n  - { name: oss+trl, base: oss, backend: trl, learningRate: 0.000005 }\n`
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('contrasts:\n', `${tuning}contrasts:\n  - { judge: oss+dpo, against: oss }\n`),
    )
    const once = await rehearseStudy(await loadStudy('small', project.root), { ...options, env: {} })
    const runOf = ({ runs }: typeof once): string =>
      (runs.find(({ contender }) => contender.name === 'oss+dpo') as (typeof once.runs)[0]).run.folder.folder
    const trl = once.results.judges.find(({ name }) => name === 'oss+trl')
    expect(trl).toMatchObject({ kind: 'tuned', counts: { failed: 0 } })
    rmSync(runOf(once), { recursive: true })
    rmSync(project.cache, { recursive: true })
    const twice = await rehearseStudy(await loadStudy('small', project.root), { ...options, env: {} })
    expect(runOf(twice)).toBe(runOf(once))
    expect(twice.results.contrasts[0]?.primary).toEqual(once.results.contrasts[0]?.primary)
  })
})

describe('what a study makes of its judges', () => {
  const JUDGES = [
    '{ name: oss, provider: together, model: openai/gpt-oss-120b }',
    '{ name: qwen, provider: together, model: Qwen/Qwen3-235B-A22B-Instruct-2507-tput, repeat: 1 }',
  ]

  it('lets a panel decide by its members’ verdicts, and sets the flips of a second run beside those of a contrast', async () => {
    const project = projectWith(JUDGES, 'panels: [{ name: jury, members: [oss, qwen, longer] }]\n')
    const file = join(project.studies, 'small.yaml')
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('contrasts:\n', 'contrasts:\n  - { judge: oss, against: qwen }\n'),
    )
    const { results } = await rehearseStudy(await loadStudy('small', project.root), { ...options, env: {} })
    const jury = results.judges.find(({ name }) => name === 'jury')
    expect(jury).toMatchObject({ kind: 'panel', judgments: 0, comparisons: results.evaluation.n })
    expect(jury?.rules.map(({ rule }) => rule)).toContain('net')
    const [contrast] = results.contrasts
    expect(contrast?.noise).toMatchObject({ n: results.evaluation.n, runId: expect.any(String) })
    expect(results.contrasts[1]?.noise).toBeNull()
  })

  it('stops two judges early when they are told apart, and then stands on what both judged', async () => {
    const judges = [JUDGES[0] as string, '{ name: shorter, provider: local, model: shorter }']
    const project = projectWith(judges, 'stopping: { judge: oss, against: shorter, atLeast: 2 }\n')
    const file = join(project.studies, 'small.yaml')
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('contrasts:\n', 'contrasts:\n  - { judge: oss, against: shorter }\n'),
    )
    const { results } = await rehearseStudy(await loadStudy('small', project.root), { ...options, env: {} })
    expect(results.stopped).toMatchObject({ judge: 'oss', against: 'shorter' })
    expect(results.evaluation.n).toBe(results.stopped?.comparisons.length)
    expect(results.contrasts[0]?.primary).toMatchObject({ test: 'anytime-valid', p: results.stopped?.sequence.p })
    expect(results.judges.every(({ comparisons }) => comparisons === results.evaluation.n)).toBe(true)
  })

  it('asks a judge in other ways, for what tuning must beat at equal cost', async () => {
    const controls = [
      '{ name: oss-shots, of: oss, shots: 2 }',
      '{ name: oss-thrice, of: oss, repeats: 3, settings: { temperature: 0.7, seed: 1 } }',
      '{ name: oss-criteria, of: oss, criteria: { Math: Is the sum right? } }',
    ]
    const project = projectWith([JUDGES[0] as string], `controls:\n${controls.map((one) => `  - ${one}\n`).join('')}`)
    const { results, runs } = await rehearseStudy(await loadStudy('small', project.root), { ...options, env: {} })
    const variants = results.judges.filter(({ kind }) => kind === 'variant')
    expect(variants.map(({ name, judgments }) => [name, judgments / results.evaluation.n])).toEqual([
      ['oss-shots', 2],
      ['oss-thrice', 6],
      ['oss-criteria', 2],
    ])
    expect(new Set(runs.map(({ run }) => run.runId)).size).toBe(runs.length)
  })

  it('refuses criteria of a subset that there is not, which no judge would be told, with their place', async () => {
    const control = 'controls:\n  - { name: oss-criteria, of: oss, criteria: { "*": Which?, Mth: Is it right? } }\n'
    const project = projectWith([JUDGES[0] as string], control)
    await expect(rehearseStudy(await loadStudy('small', project.root), { ...options, env: {} })).rejects.toThrow(
      /small\.yaml:\d+:\d+: controls\.oss-criteria\.criteria\.Mth: expected a subset .* \(did you mean "Math"\?\)/,
    )
  })

  it('asks Together’s evaluation service as a judge', async () => {
    const project = projectWith(['{ name: evals, provider: together-evals, model: openai/gpt-oss-120b }'])
    const { results } = await rehearseStudy(await loadStudy('small', project.root), { ...options, env: {} })
    const judge = results.judges.find(({ name }) => name === 'evals')
    expect(judge?.judgments).toBe(2 * results.evaluation.n)
    expect(judge?.counts.failed).toBe(0)
  })
})

describe('pairs that a judge’s own prompt is made of', () => {
  // hot enough to be of two minds on sums
  const JUDGE =
    '{ name: oss, provider: together, model: openai/gpt-oss-120b, decision: label, settings: { temperature: 2 } }'

  /** The small study with other pairs, and no local tuning, which would read no judging prompts. */
  function projectWithPairs(pairs: string): Project {
    const project = projectWith([JUDGE])
    const file = join(project.studies, 'small.yaml')
    const text = readFileSync(file, 'utf8').replace('pairs: { split', `pairs: { ${pairs}, split`)
    writeFileSync(file, text.replace(/^tuning:\n.*\ncontrasts:\n.*\n/m, ''))
    return project
  }

  it('are built of verdicts in both orders, in the words that the judge would use', async () => {
    const project = projectWithPairs('strategy: verdicts, judge: oss')
    const { results } = await rehearseStudy(await loadStudy('small', project.root), { ...options, env: {} })
    expect(results.pairs).toMatchObject({ strategy: 'verdicts' })
    const pairs = pairsOf(project)
    expect(new Set(pairs.map(({ preferred }) => preferred))).toEqual(new Set(['Verdict: A', 'Verdict: B']))
    expect(pairs.every(({ input }) => input.at(-1)?.content.includes('RESPONSE A'))).toBe(true)
  })

  it('are built of contrasting judgments that the judge really wrote', async () => {
    const project = projectWithPairs('strategy: [responses, critiques], judge: oss, samples: 4')
    const { results } = await rehearseStudy(await loadStudy('small', project.root), { ...options, env: {} })
    expect(results.pairs?.strategy).toBe('responses + critiques')
    const critiques = pairsOf(project).filter(({ origin }) => origin.strategy === 'critiques')
    expect(critiques.length).toBeGreaterThan(0)
    for (const { preferred, nonPreferred } of critiques) {
      expect(preferred).toMatch(/Verdict: [AB]$/)
      expect(nonPreferred).toMatch(/Verdict: [AB]$/)
      expect(preferred.slice(-1)).not.toBe(nonPreferred.slice(-1))
    }
  })

  it('need a judge that writes reasons, for critiques', async () => {
    const project = projectWithPairs('strategy: critiques, judge: linear')
    await expect(rehearseStudy(await loadStudy('small', project.root), { ...options, env: {} })).rejects.toThrow(
      'pairs.judge: expected a judge that writes reasons, which critiques are made of, found local linear',
    )
  })
})

function pairsOf(project: Project): PreferencePair[] {
  const file = join(project.artifacts, 'small.rehearsal', 'pairs', 'train.jsonl')
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as PreferencePair)
}

/** The files below a folder that hold a text. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text))
}
