import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listRuns, type Project } from '@judgelab/core'
import { EMULATOR_KEY, type Emulator, startEmulator } from '@judgelab/emulator'
import { createTogetherClient } from '@judgelab/services'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadStudy, rehearseStudy, runStudy } from '../src/index.js'
import type { TuningOutlook } from '../src/study/estimate-tuning.js'
import { runHere } from './command.js'
import { recordedProgress } from './recorded-progress.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

let emulator: Emulator | undefined
afterEach(async () => {
  vi.unstubAllEnvs()
  await emulator?.close()
  emulator = undefined
})

/** The small study with a judge at Together, its tuning, and a matrix over it. */
function projectWith(axes: string, { pairs = '', baseUrl = '', hosted = '' } = {}): Project {
  const project = smallProject(newFolder())
  cpSync(join(ROOT, 'prompts'), project.prompts, { recursive: true })
  cpSync(join(ROOT, 'data', 'models.json'), join(project.data, 'models.json'))
  const file = join(project.studies, 'small.yaml')
  const address = baseUrl === '' ? '' : `, baseUrl: "${baseUrl}"`
  const text = readFileSync(file, 'utf8')
    .replace(
      'judges:\n',
      `judges:\n  - { name: oss, provider: together, model: openai/gpt-oss-120b, decision: label${address} }\n`,
    )
    .replace('pairs: { split', `pairs: { ${pairs}split`)
    .replace(
      /^tuning:\n.*\n/m,
      `tuning:\n  - { name: oss+dpo, base: oss, backend: together, epochs: 1, learningRate: 0.000005, hosted: { ${hosted}endpoint: { hardware: 2x_nvidia_h100_80gb_sxm, inactiveMinutes: 15 } } }\n`,
    )
    .replace(/^ {2}- \{ judge: linear\+dpo.*$/m, '  - { judge: oss+dpo, against: oss }')
  writeFileSync(file, `${text}matrix: { tuning: oss+dpo, axes: ${axes} }\n`)
  return project
}

function options(project: Project) {
  const { progress, lines } = recordedProgress()
  const asked: string[] = []
  const approve = async (question: string): Promise<boolean> => asked.push(question) > 0
  const signal = new AbortController().signal
  const study = loadStudy('small', project.root)
  return { study, asked, lines, how: { progress, signal, approve, withReport: false, firstPauseMs: 1 } }
}

async function jobsAt({ togetherUrl }: Emulator): Promise<readonly unknown[]> {
  const client = createTogetherClient({ apiKey: EMULATOR_KEY, baseUrl: togetherUrl })
  return (await client.fineTuning.list()).data
}

describe('a matrix over a hosted tuning', () => {
  it('tunes and judges each cell once in a rehearsal, whatever its strategy; cells that agree share a run', async () => {
    const project = projectWith('{ count: [0, 20, all], seed: [42], pairs.strategy: [responses, verdicts] }', {
      pairs: 'judge: oss, ',
    })
    const { study, asked, how } = options(project)
    const estimate = await runHere(project.root, 'estimate', 'small', '--json')
    const { tuning: outlooks } = JSON.parse(estimate.stdout) as { tuning: readonly TuningOutlook[] }
    expect(outlooks.map(({ name, jobs }) => [name, jobs])).toEqual([
      ['oss+dpo', 1],
      ['matrix of oss+dpo', 3],
    ])
    const { results } = await rehearseStudy(await study, { ...how, env: {} })
    const arms = results.ablation?.arms ?? []
    expect(arms.map(({ at }) => at)).toEqual([{ 'pairs.strategy': 'responses' }, { 'pairs.strategy': 'verdicts' }])
    expect(arms.map(({ counts }) => counts.map(({ pairs }) => pairs).slice(0, 2))).toEqual([
      [0, 20],
      [0, 20],
    ])
    const runsOf = (arm: number): string[] => (arms[arm]?.counts ?? []).map(({ runs }) => runs[0]?.runId as string)
    const untuned = results.judges.find(({ name }) => name === 'oss')
    const tuned = results.judges.find(({ name }) => name === 'oss+dpo')
    expect([runsOf(0)[0], runsOf(1)[0]]).toEqual([untuned?.runId, untuned?.runId])
    expect(runsOf(0)[2]).toBe(tuned?.runId) // all pairs by the study's own parameters
    // the judges oss, longer, random and linear, and four different tuned models
    expect(await listRuns(project.runs)).toHaveLength(4 + 4)
    // the study's own job and endpoint, then three other jobs at once, and their endpoints
    expect(asked).toEqual([
      expect.stringMatching(/^Start tuning oss\+dpo\?/),
      expect.stringMatching(/^Start a dedicated endpoint for oss\+dpo\?/),
      expect.stringMatching(/^Start 3 tuning jobs of the matrix\? about .*USD for \d+ training tokens$/),
      expect.stringMatching(
        /^Start a dedicated endpoint for oss\+dpo\.\w+\? .*; and so for every other model of the matrix/,
      ),
    ])
  }, 60_000)

  it('is estimated with the sampling of critiques that one of its cells asks for', async () => {
    const project = projectWith('{ count: [10], pairs.strategy: [responses, critiques] }', { pairs: 'judge: oss, ' })
    const { stdout } = await runHere(project.root, 'estimate', 'small', '--json')
    const { judges, isWithoutCritiques } = JSON.parse(stdout) as {
      readonly judges: readonly { readonly judge: string }[]
      readonly isWithoutCritiques: boolean
    }
    expect(judges.map(({ judge }) => judge)).toEqual(['oss', 'oss+samples', 'oss+dpo'])
    expect(isWithoutCritiques).toBe(true)
  })

  it('is refused before anything is done or counted where a cell could not be tuned, or has not as many pairs', async () => {
    const ipo = options(projectWith('{ count: [10], tuning.loss: [dpo, ipo] }'))
    const env = { TOGETHER_API_KEY: EMULATOR_KEY }
    await expect(runStudy(await ipo.study, { ...ipo.how, env })).rejects.toThrow(
      /small\.yaml:\d+:\d+: .*loss: expected dpo, the loss that backend together trains by, found "ipo"/,
    )
    expect([ipo.lines, ipo.asked]).toEqual([[], []])
    const { root } = projectWith('{ count: [10, 5000] }')
    expect((await runHere(root, 'estimate', 'small')).stderr).toMatch(
      /small\.yaml: matrix\.axes\.count: expected at most \d+, the training pairs that there are, found 5000/,
    )
  })

  it('begins all jobs once, and goes on with them when it is run again', async () => {
    emulator = await startEmulator({ unseeded: 'repeat' })
    const project = projectWith('{ count: [10, 20], seed: [1, 2], tuning.hosted.rpoAlpha: [0.5] }', {
      baseUrl: emulator.togetherUrl,
    })
    const env = { TOGETHER_API_KEY: EMULATOR_KEY }
    const first = options(project)
    const finished: string[] = []
    const progress = { ...first.how.progress, finish: (line: string) => void finished.push(line) }
    const { results } = await runStudy(await first.study, { ...first.how, progress, env })
    expect(results.ablation?.arms[0]?.counts.map(({ pairs, runs }) => [pairs, runs.length])).toEqual([
      [10, 2],
      [20, 2],
    ])
    expect(first.asked).toHaveLength(4)
    const warned = finished.filter((line) => / warning: .* rpo_alpha and tunes by plain DPO all the same$/.test(line))
    expect(warned).toHaveLength(4)
    const again = options(project)
    const { results: same } = await runStudy(await again.study, { ...again.how, env })
    expect(again.asked).toEqual([])
    expect(again.lines.filter((line) => !line.endsWith(': unchanged'))).toEqual([])
    expect(same).toEqual(results)
    vi.stubEnv('TOGETHER_API_KEY', EMULATOR_KEY)
    const { stdout } = await runHere(project.root, 'tune', 'status', 'small')
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^oss\+dpo: completed, together, job ft-/),
      ...Array.from({ length: 4 }, () =>
        expect.stringMatching(/^oss\+dpo\.[0-9a-f]{12}: completed, together, job ft-/),
      ),
    ])
  }, 60_000)

  it('is written out for TRL cell by cell, and goes on when the models come back', async () => {
    emulator = await startEmulator({ unseeded: 'repeat' })
    const project = projectWith('{ count: [10, 20] }')
    const file = join(project.studies, 'small.yaml')
    const text = readFileSync(file, 'utf8')
      .replace(
        'provider: together, model',
        `provider: openai-compatible, baseUrl: "${emulator.bothUrl}", keyEnv: MY_KEY, model`,
      )
      .replace(/backend: together, (.*), hosted: .* \}$/m, 'backend: trl, $1 }')
    writeFileSync(file, text)
    vi.stubEnv('MY_KEY', EMULATOR_KEY)
    const asked: string[] = []
    const run = async () => {
      const { study, how } = options(project)
      const approve = async (question: string): Promise<boolean> => asked.push(question) > 0
      return runStudy(await study, { ...how, approve, env: { MY_KEY: EMULATOR_KEY } })
    }
    const bringBack = (name: string) =>
      runHere(
        project.root,
        'tune',
        'import',
        'small',
        name,
        '--model',
        `tuned-${name}`,
        '--base-url',
        emulator?.bothUrl as string,
      )
    await expect(run()).rejects.toThrow('oss+dpo is written out and not yet trained')
    expect((await bringBack('oss+dpo')).code).toBe(0)
    const missing = await run().catch((error: Error) => error.message)
    expect(missing).toMatch(/^2 of 2 cells of the matrix are not done:/)
    const cells = [...new Set(String(missing).match(/oss\+dpo\.[0-9a-f]{12}/g))]
    expect(cells).toHaveLength(2)
    for (const cell of cells) expect((await bringBack(cell)).code).toBe(0)
    const { results } = await run()
    expect(results.ablation?.arms[0]?.counts.map(({ pairs }) => pairs)).toEqual([10, 20])
    expect(asked).toEqual([]) // what costs nothing is not asked about
  }, 60_000)

  it('begins the other jobs where one cannot be begun, and names that one when they are done', async () => {
    emulator = await startEmulator({ unseeded: 'repeat' })
    const project = projectWith('{ tuning.epochs: [20, 1], count: [10] }', {
      baseUrl: emulator.togetherUrl,
      hosted: 'maxPrice: 0.06, ',
    })
    const { study, how } = options(project)
    const said = runStudy(await study, { ...how, env: { TOGETHER_API_KEY: EMULATOR_KEY } })
    await expect(said).rejects.toThrow(
      /^1 of 2 cells of the matrix are not done:\n.*oss\+dpo\.\w+\.hosted\.maxPrice: expected a job of at most 0\.06 USD, found 0\.\d+ USD$/,
    )
    expect(await jobsAt(emulator)).toHaveLength(2)
  }, 60_000)

  it('starts nothing where the answer is no', async () => {
    emulator = await startEmulator({ unseeded: 'repeat' })
    const project = projectWith('{ count: [10, 20] }', { baseUrl: emulator.togetherUrl })
    const env = { TOGETHER_API_KEY: EMULATOR_KEY }
    const { study, how } = options(project)
    const approve = async (question: string): Promise<boolean> => !question.includes('matrix')
    await expect(runStudy(await study, { ...how, env, approve })).rejects.toThrow(
      /small\.yaml:\d+:\d+: matrix: expected leave to start jobs that cost money, found none/,
    )
    expect(await jobsAt(emulator)).toHaveLength(1)
  }, 60_000)
})
