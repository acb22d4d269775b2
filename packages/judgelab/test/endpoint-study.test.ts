import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { costTable } from '@judgelab/analysis'
import {
  type Judgment,
  loadJudgments,
  loadRunManifest,
  type Project,
  type RunFolder,
  type RunManifest,
  saveJson,
} from '@judgelab/core'
import { EMULATOR_KEY, type Emulator, type EmulatorOptions, startEmulator } from '@judgelab/emulator'
import { createTogetherClient } from '@judgelab/services'
import { afterEach, describe, expect, it } from 'vitest'
import { loadStudy, type Progress, runStudy, type StudyOutcome, silentProgress } from '../src/index.js'
import { spentBefore } from '../src/study/spent-before.js'
import { runHere } from './command.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const HARDWARE = '1x_nvidia_h100_80gb_sxm'
/** The emulator's price of it. */
const USD_PER_MINUTE = 0.0665
const ENDPOINT = `endpoint: { hardware: ${HARDWARE}, replicas: 1, inactiveMinutes: 3 }`
/** Calls of the tuned judge, and of its base: 12 comparisons in both orders. */
const CALLS = 24

let emulator: Emulator | undefined
afterEach(async () => {
  await emulator?.close()
  emulator = undefined
})

/** What a test may say of the study with a judge `oss` and what Together tunes of it. */
interface Said {
  readonly hosted?: string
  readonly backend?: string
  readonly judge?: string
  readonly more?: string
}

/** The small study with a hosted tuning, in a project that has the real prompts and registry. */
function projectWith(said: Said): Project {
  const project = smallProject(newFolder())
  cpSync(join(ROOT, 'prompts'), project.prompts, { recursive: true })
  cpSync(join(ROOT, 'data', 'models.json'), join(project.data, 'models.json'))
  return tell(project, said)
}

const studyFile = (project: Project): string => join(project.studies, 'small.yaml')
const plain = new Map<string, string>()

/** Writes the study anew, with other words. */
function tell(project: Project, { hosted = ENDPOINT, backend = 'together', judge = '', more = '' }: Said): Project {
  const file = studyFile(project)
  const text = plain.get(file) ?? readFileSync(file, 'utf8')
  plain.set(file, text)
  const oss = `  - { name: oss, provider: together, model: openai/gpt-oss-120b${judge} }\n`
  const tuning = `  - { name: oss+dpo, base: oss, backend: ${backend}, learningRate: 0.000005, hosted: { ${hosted} } }\n`
  const told = text
    .replace('judges:\n', `judges:\n${oss}`)
    .replace('contrasts:\n', `${tuning}contrasts:\n  - { judge: oss+dpo, against: oss }\n`)
  writeFileSync(file, `${told}${more}`)
  return project
}

interface Start {
  readonly progress?: Progress
  readonly signal?: AbortSignal
  readonly emulated?: EmulatorOptions
}

/** Starts a study as a rehearsal does, with an emulator that stays until the next start: it has forgotten what it tuned. */
async function start(project: Project, { progress, signal, emulated }: Start = {}): Promise<StudyOutcome> {
  await emulator?.close()
  const server = await startEmulator({ unseeded: 'repeat', ...emulated })
  emulator = server
  return runStudy(await loadStudy('small', project.root), {
    progress: progress ?? silentProgress,
    signal: signal ?? new AbortController().signal,
    withReport: false,
    env: {},
    firstPauseMs: 1,
    standIn: (provider) => ({ baseUrl: server.togetherUrl, key: EMULATOR_KEY, name: `emulator/${provider}` }),
  })
}

/** The endpoints that the emulator knows, as it lists them. */
async function endpoints(): Promise<readonly { readonly state: string; readonly model: string }[]> {
  const client = createTogetherClient({ apiKey: EMULATOR_KEY, baseUrl: (emulator as Emulator).togetherUrl })
  return (await client.endpoints.list({ mine: true, type: 'dedicated' })).data
}

interface Found {
  readonly folder: RunFolder
  readonly manifest: RunManifest
  readonly judgments: readonly Judgment[]
}

/** The run of the tuned judge, from a start that came to an end. */
async function tunedRun({ runs }: StudyOutcome): Promise<Found> {
  const { run } = runs.find(({ contender }) => contender.name === 'oss+dpo') as StudyOutcome['runs'][number]
  return found(run.folder)
}

async function found(folder: RunFolder): Promise<Found> {
  return { folder, manifest: await loadRunManifest(folder), judgments: await loadJudgments(folder) }
}

/** The run of the tuned judge, wherever the start ended: the one with an endpoint. */
async function rentedRun(project: Project): Promise<Found> {
  const { stdout } = await runHere(project.root, 'runs', '--json')
  for (const { runId } of JSON.parse(stdout) as { readonly runId: string }[]) {
    const folder = join(project.runs, runId)
    const run = { folder, manifest: join(folder, 'manifest.json'), log: join(folder, 'judgments.jsonl') }
    if ((await loadRunManifest(run)).endpoint !== undefined) return found(run)
  }
  throw new Error('no run has an endpoint')
}

/** Digest of what the tuning depended on. */
function tunedOn(project: Project): string | undefined {
  const file = join(project.artifacts, 'small', 'steps.json')
  const { steps } = JSON.parse(readFileSync(file, 'utf8')) as { readonly steps: Record<string, { inputs: string }> }
  return steps['tune:oss+dpo']?.inputs
}

/** How many replies in the cache are of models whose name begins so: an endpoint's name is its model's, and more. */
function repliesOf(project: Project, name: string): number {
  const folder = join(project.cache, 'answers-v1', 'replies')
  const replies = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
  return replies.join('').split(`"model":"${name}`).length - 1
}

/** A session with an end. */
const CLOSED = { startedAt: expect.any(String), stoppedAt: expect.any(String) }

/** Tells a test of every word on the judging of the tuned judge. */
function watching(onJudged: (done: number) => void): Progress {
  let title = ''
  return {
    ...silentProgress,
    start: (begun) => {
      title = begun
    },
    advance: (done) => {
      if (title === 'Judging with oss+dpo') onJudged(done)
    },
  }
}

describe('a tuned judge with a dedicated endpoint', () => {
  it('is judged through it, in the run that it would have without one; the endpoint is stopped, and not started again', async () => {
    const project = projectWith({})
    const first = await start(project)
    const { manifest, judgments, folder } = await tunedRun(first)
    expect(judgments).toHaveLength(CALLS)
    expect(judgments.every(({ outcome }) => outcome.kind === 'choice')).toBe(true)
    expect(repliesOf(project, `emulator/${manifest.judge.model}-`)).toBe(CALLS)
    expect(manifest).not.toHaveProperty('prices')
    expect(manifest.completedAt).not.toBeNull()
    expect(manifest.endpoint).toEqual({
      hardware: HARDWARE,
      replicas: 1,
      inactiveMinutes: 3,
      usdPerMinute: USD_PER_MINUTE,
      sessions: [CLOSED],
    })
    expect((await endpoints()).map(({ model }) => model)).toEqual([manifest.judge.model])
    expect(['STOPPING', 'STOPPED']).toContain((await endpoints())[0]?.state)

    const [session] = manifest.endpoint?.sessions ?? []
    const minutes = (Date.parse(session?.stoppedAt ?? '') - Date.parse(session?.startedAt ?? '')) / 60_000
    const cost = first.results.judges.find(({ name }) => name === 'oss+dpo')?.cost
    expect(cost).toMatchObject({ status: 'paid by the minute', list: null })
    expect(costTable(first.results).caption).toMatch(
      /A judge that is paid by the minute was asked through a dedicated endpoint: .* the price of a minute are an emulator’s/,
    )
    expect(cost?.usdPerThousand).toBeCloseTo((1000 * minutes * USD_PER_MINUTE) / CALLS, 12)
    const shown = (await runHere(project.root, 'show', manifest.runId)).stdout
    expect(shown).toMatch(/^endpoint +1x_nvidia_h100_80gb_sxm at 0.0665 USD a minute, 1 session$/m)
    expect(shown).toMatch(/^paid +0\.\d{4} USD, by the minute$/m)

    const again = await tunedRun(await start(project))
    expect(again).toEqual({ manifest, judgments, folder })
    expect(await endpoints()).toEqual([])

    const other = projectWith({ hosted: '' })
    await expect(start(other)).rejects.toThrow(
      'tuning.oss+dpo.hosted.endpoint: expected a dedicated endpoint, through which alone Together serves a tuned model, or the address of a server',
    )
    expect(tunedOn(other)).toBe(tunedOn(project))
  })

  it('starts none where the cache answers everything', async () => {
    const project = projectWith({})
    const { folder, judgments } = await tunedRun(await start(project))
    rmSync(folder.folder, { recursive: true })
    const again = await tunedRun(await start(project))
    expect(again.judgments.filter(({ cached }) => cached)).toHaveLength(judgments.length)
    expect(again.manifest).not.toHaveProperty('endpoint')
    expect(await endpoints()).toEqual([])
  })

  it('stops it when the judging breaks off, and goes on with another one later', async () => {
    const project = projectWith({ more: 'budget: { maxRequests: 30 }\n' })
    await expect(start(project)).rejects.toThrow(/30 of 30 requests were made.*\(6 of 24 judgments are kept/)
    expect(['STOPPING', 'STOPPED']).toContain((await endpoints())[0]?.state)
    expect((await rentedRun(project)).manifest).toMatchObject({ completedAt: null, endpoint: { sessions: [CLOSED] } })

    tell(project, { hosted: ENDPOINT.replace('1x_', '2x_') })
    const { manifest, judgments } = await tunedRun(await start(project))
    expect(judgments).toHaveLength(CALLS)
    expect(judgments.filter(({ cached }) => cached)).toEqual([])
    const endpoint = { hardware: '2x_nvidia_h100_80gb_sxm', replicas: 1, inactiveMinutes: 3, usdPerMinute: 0.133 }
    expect(manifest.endpoint).toMatchObject({ hardware: HARDWARE, sessions: [CLOSED, { ...CLOSED, endpoint }] })
    expect(manifest.resumed).toHaveLength(1)
  })

  it('stops it on Ctrl-C, whether it is up or coming up', async () => {
    const project = projectWith({ judge: ', limits: { concurrency: 1 }' })
    const judging = new AbortController()
    const onJudged = (done: number): void => {
      if (done >= 3) judging.abort(new Error('enough'))
    }
    await expect(start(project, { progress: watching(onJudged), signal: judging.signal })).rejects.toThrow('enough')
    expect(['STOPPING', 'STOPPED']).toContain((await endpoints())[0]?.state)
    const { manifest, judgments } = await rentedRun(project)
    expect(manifest).toMatchObject({ completedAt: null, endpoint: { sessions: [CLOSED] } })
    expect(judgments.length).toBeLessThan(CALLS)

    const coming = new AbortController()
    const say = (line: string): void => {
      if (line.includes('STARTING')) coming.abort(new Error('not now'))
    }
    const impatient = start(project, { progress: { ...silentProgress, say }, signal: coming.signal })
    await expect(impatient).rejects.toThrow('not now')
    expect(['STOPPING', 'STOPPED']).toContain((await endpoints())[0]?.state)
    expect((await rentedRun(project)).manifest.endpoint?.sessions).toHaveLength(1)
  })

  it('is asked through it after others were stopped early, and is, as any tuned judge, none of those', async () => {
    const more = (judge: string): string => `stopping: { judge: ${judge}, against: longer, atLeast: 2 }\n`
    const project = projectWith({ more: more('oss') })
    const outcome = await start(project)
    const { manifest, judgments } = await tunedRun(outcome)
    expect(judgments).toHaveLength(2 * outcome.results.evaluation.n)
    expect(manifest.endpoint?.sessions).toEqual([CLOSED])
    await expect(start(tell(project, { more: more('oss+dpo') }))).rejects.toThrow(
      'stopping.judge: expected the name of a judge of this study, found "oss+dpo"',
    )
  })
})

describe('a budget for a dedicated endpoint', () => {
  /** Of a base that costs nothing, so that all that is spent is rent. */
  const judge = ', limits: { concurrency: 1 }, prices: { input: 0, output: 0 }'

  it('lets it be judged without token prices, and counts its minutes in the next start', async () => {
    const project = projectWith({ more: 'budget: { maxCost: 1 }\n' }) // the registry has prices of the base alone
    const { manifest, folder } = await tunedRun(await start(project))
    expect(manifest.completedAt).not.toBeNull()
    const loaded = await loadStudy('small', project.root)
    const spent = await spentBefore(loaded)
    expect(spent.requests).toBe(2 * CALLS)
    expect(spent.costUsd).toBeGreaterThan(0)
    expect(spent.costUsd).toBeLessThan(USD_PER_MINUTE)

    // Nobody saw it stop: the last answer came in the first minute, and 3 minutes later it was over.
    const { sessions = [], ...endpoint } = manifest.endpoint ?? {}
    const open = sessions.map(({ startedAt }) => ({ startedAt }))
    await saveJson(folder.manifest, { ...manifest, endpoint: { ...endpoint, sessions: open } })
    const { results } = await start(project)
    expect(results.judges.find(({ name }) => name === 'oss+dpo')?.cost.status).toBe('minutes not known')
    const most = await spentBefore(loaded)
    expect(most.costUsd).toBeGreaterThan(3 * USD_PER_MINUTE)
    expect(most.costUsd).toBeLessThan(4 * USD_PER_MINUTE)
    expect((await runHere(project.root, 'show', manifest.runId)).stdout).toMatch(
      /^paid +unknown: a session has no end/m,
    )
  })

  it('stops the run when the minutes have used up what is left, and keeps what was judged', async () => {
    // 6 s for stopping, and half a second for 24 calls of 50 ms, one after the other
    const maxCost = (6.5 / 60) * USD_PER_MINUTE
    const project = projectWith({ judge, more: `budget: { maxCost: ${maxCost} }\n` })
    const stopped = start(project, { emulated: { faults: { latencyMs: 50 } } })
    await expect(stopped).rejects.toThrow(
      /^out of budget: 0\.\d+ USD of 0.0072 USD were spent, .* a minute of this one costs 0\.067 USD \(\d+ of 24 judgments are kept/,
    )
    const { manifest, judgments } = await rentedRun(project)
    expect(judgments.length).toBeLessThan(CALLS)
    expect(manifest).toMatchObject({ completedAt: null, endpoint: { sessions: [CLOSED] } })
    expect(['STOPPING', 'STOPPED']).toContain((await endpoints())[0]?.state)
    expect((await spentBefore(await loadStudy('small', project.root))).costUsd).toBeLessThan(maxCost)
  })

  it('refuses a machine without a price, and one that there is no money for, before anything is started', async () => {
    const without = projectWith({ judge, hosted: 'endpoint: { hardware: tin }', more: 'budget: { maxCost: 1 }\n' })
    await expect(start(without)).rejects.toThrow(
      'tuning.oss+dpo.hosted.endpoint.hardware: expected hardware of which Together says what a minute costs, under a cost limit of 1 USD, found "tin"',
    )
    expect(await endpoints()).toEqual([])
    const poor = projectWith({ judge, more: 'budget: { maxCost: 0.001 }\n' })
    await expect(start(poor)).rejects.toThrow(/^out of budget: 0.00 USD of 0.0010 USD were spent/)
    expect(await endpoints()).toEqual([])
  })
})

describe('a dedicated endpoint that nothing could be asked through', () => {
  it.each([
    [
      { judge: ', engine: batch' },
      'judges.oss.engine: expected engine online of a judge whose tuned model is asked through a dedicated endpoint (tuning.oss+dpo.hosted.endpoint), found "batch"',
    ],
    [
      { backend: 'trl' },
      'tuning.oss+dpo.hosted.endpoint: expected backend together, which a dedicated endpoint is of, found trl',
    ],
  ])('is refused at once: %j', async (said, message) => {
    await expect(start(projectWith(said))).rejects.toThrow(message)
    expect(emulator?.stats().requests).toBe(0)
  })
})
