import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Project } from '@judgelab/core'
import { type Emulator, type EmulatorOptions, startEmulator } from '@judgelab/emulator'
import { createTogetherClient, type TogetherClient } from '@judgelab/services'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadStudy, type RunStudyOptions, runStudy, type StudyOutcome, silentProgress } from '../src/index.js'
import { type Ended, runHere } from './command.js'
import { hostedProject, TOGETHER } from './hosted-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const KEY = 'sk-tune-command-0123456789'
const TRL = '{ name: oss+trl, base: oss, backend: trl, learningRate: 0.000005 }'

let emulator: Emulator | undefined
afterEach(async () => {
  vi.unstubAllEnvs()
  await emulator?.close()
  emulator = undefined
})

/** A study, a running service, and ways to ask both. */
interface Place {
  readonly emulator: Emulator
  readonly project: Project
  readonly client: TogetherClient
  /** Runs the study as `judgelab run` does, but looks at jobs without a pause. */
  readonly run: (options?: Partial<RunStudyOptions>) => Promise<StudyOutcome>
  readonly judgelab: (...argv: readonly string[]) => Promise<Ended>
}

async function placeWith(
  tunings: readonly string[] = [TOGETHER],
  { judge, ...emulated }: EmulatorOptions & { readonly judge?: string } = {},
): Promise<Place> {
  const server = await startEmulator({ apiKey: KEY, unseeded: 'repeat', ...emulated })
  emulator = server
  vi.stubEnv('TOGETHER_API_KEY', KEY)
  vi.stubEnv('TOGETHER_BASE_URL', server.togetherUrl) // judges, jobs and endpoints go there
  const project = hostedProject(newFolder(), { tunings, judge })
  return {
    emulator: server,
    project,
    client: createTogetherClient({ apiKey: KEY, baseUrl: server.togetherUrl }),
    run: async (options) =>
      runStudy(await loadStudy('small', project.root), {
        progress: silentProgress,
        signal: new AbortController().signal,
        withReport: false,
        firstPauseMs: 1,
        approve: async () => true,
        ...options,
      }),
    judgelab: (...argv) => runHere(project.root, ...argv),
  }
}

const jobsOf = async ({ client }: Place) => (await client.fineTuning.list()).data.map(({ status }) => status)
const endpointsOf = async ({ client }: Place) => (await client.endpoints.list({ mine: true })).data

/** What a promise was rejected with. */
async function refusal(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'it was done',
    (error: Error) => error.message,
  )
}

describe('judgelab tune', () => {
  it('shows and awaits a job that another process began, and takes back a model that was trained elsewhere', async () => {
    const place = await placeWith([TOGETHER, TRL])
    const { project, judgelab, run } = place
    expect((await judgelab('tune', 'status', 'small')).stdout).toBe('no job was begun\n')
    expect(await refusal(run())).toContain('tuning oss+trl is written out and not yet trained')
    const job = join(project.artifacts, 'small', 'tuning', 'oss+trl', 'job')
    for (const file of ['train.parquet', 'train.py', 'dpo.json', 'README.md'])
      expect(existsSync(join(job, file))).toBe(true)
    const status = await judgelab('tune', 'status', 'small', '--json')
    const jobs = JSON.parse(status.stdout) as { name: string; status: string; tunedModel?: string }[]
    expect(jobs.map(({ name, status: at }) => [name, at])).toEqual([
      ['oss+dpo', 'completed'],
      ['oss+trl', 'exported'],
    ])
    const metrics = join(project.root, 'metrics.jsonl')
    appendFileSync(
      metrics,
      '{"step":1,"loss":0.69}\n{"step":2,"loss":0.5,"eval_loss":0.6,"eval_rewards/accuracies":0.8}\n',
    )
    const model = ['--model', jobs[0]?.tunedModel as string, '--base-url', place.emulator.bothUrl, '--key-env', 'MINE']
    vi.stubEnv('MINE', KEY)
    const imported = await judgelab('tune', 'import', 'small', 'oss+trl', ...model, '--metrics', metrics)
    expect(imported.stdout).toContain('oss+trl: completed')
    const { results } = await run()
    const trl = results.tuning.find(({ name }) => name === 'oss+trl')
    expect(trl?.steps).toHaveLength(2)
    expect(trl?.validation).toEqual([{ step: 2, epoch: 0, loss: 0.6, rewardAccuracy: 0.8, margin: null }])
    expect((await judgelab('tune', 'watch', 'small', 'oss+dpo')).stdout).toContain('oss+dpo: completed')
    const gone = await judgelab('tune', 'cancel', 'small')
    expect(gone.stderr).toContain('expected one of the hosted tunings (oss+dpo, oss+trl), found no name')
    expect(await jobsOf(place)).toEqual(['completed'])
  })
})

describe('the key of the judge that is tuned', () => {
  it('begins its job and its endpoint, and shows the job, whatever TOGETHER_API_KEY is', async () => {
    const place = await placeWith([TOGETHER], { judge: ', keyEnv: TEAM_KEY' })
    vi.stubEnv('TOGETHER_API_KEY', 'sk-of-another-account-0123456789')
    expect(await refusal(place.run())).toContain('TEAM_KEY: expected the key of')
    vi.stubEnv('TEAM_KEY', KEY)
    const { results } = await place.run()
    expect(results.judges.some(({ name }) => name === 'oss+dpo')).toBe(true)
    expect([await jobsOf(place), await endpointsOf(place)]).toMatchObject([['completed'], [{ type: 'dedicated' }]])
    expect((await place.judgelab('tune', 'watch', 'small')).stdout).toContain('oss+dpo: completed')
  })
})

describe('what costs money', () => {
  it('is not begun in a pipe without --yes: neither a job, nor an endpoint', async () => {
    const place = await placeWith()
    const job = await place.judgelab('run', 'small', '--no-report')
    expect(job.stderr).toMatch(
      /Start tuning oss\+dpo\? openai\/gpt-oss-120b: about 0\.\d+ USD for \d+ training tokens: expected --yes to start what costs money without a terminal to ask on/,
    )
    expect(job.code).toBe(2)
    expect(await jobsOf(place)).toEqual([])

    const asked: string[] = []
    const approve = async (question: string): Promise<boolean> => {
      asked.push(question)
      return question.startsWith('Start tuning')
    }
    expect(await refusal(place.run({ approve }))).toContain(
      'tuning.oss+dpo.hosted.endpoint: expected leave to start an endpoint that costs money, found none',
    )
    expect(asked).toHaveLength(2)
    expect(asked[1]).toBe(
      'Start a dedicated endpoint for oss+dpo? 1 x 1x_nvidia_h100_80gb_sxm: 0.067 USD a minute, 3.99 USD an hour, until the judging ends, and at most 10 minutes after its last call',
    )
    const endpoint = await place.judgelab('run', 'small', '--no-report')
    expect(endpoint.stderr).toContain('Start a dedicated endpoint for oss+dpo?')
    expect(endpoint.stderr).toContain('expected --yes to start what costs money without a terminal to ask on')
    expect(endpoint.code).toBe(2)
    expect([await jobsOf(place), await endpointsOf(place)]).toEqual([['completed'], []])

    await place.run()
    expect([await jobsOf(place), await endpointsOf(place)]).toMatchObject([['completed'], [{ type: 'dedicated' }]])
  })

  it('is begun by nobody’s word where a program says nothing of it', async () => {
    const place = await placeWith()
    expect(await refusal(place.run({ approve: undefined as never }))).toContain('expected `approve` to be asked')
    expect(await jobsOf(place)).toEqual([])
  })
})

describe('a job that ends without a model', () => {
  it('stops the study as error, again and again, until `tune retry` starts another', async () => {
    const place = await placeWith([TOGETHER], { faults: { jobs: { 'tuning-error': 1 } } })
    const { judgelab, run, emulator: service, project } = place
    expect((await judgelab('tune', 'retry', 'small')).stderr).toContain(
      'expected a job that ended as error or cancelled, found none',
    )
    const first = await refusal(run())
    expect(first).toMatch(
      /^tuning oss\+dpo \(job ft-[\w-]+\) ended as error \(Training failed on a node\); its events are in .*events\.jsonl\. judgelab tune retry starts another job$/,
    )
    expect(await refusal(run())).toBe(first)
    expect((await judgelab('tune', 'status', 'small')).stdout).toMatch(
      /^oss\+dpo: error, together, job [\w-]+, 0\.\d+ USD$/m,
    )
    const events = readFileSync(join(project.artifacts, 'small/tuning/oss+dpo/job/events.jsonl'), 'utf8')
    expect(events).toContain('"job_error"')
    service.setFaults({})
    const unasked = await judgelab('tune', 'retry', 'small')
    expect(unasked.stderr).toMatch(/Start tuning oss\+dpo\? .* USD for \d+ training tokens: expected --yes/)
    expect(unasked.code).toBe(2)
    expect(await jobsOf(place)).toEqual(['error'])
    const retried = await judgelab('tune', 'retry', 'small', '--yes')
    expect(retried.stdout).toMatch(/^oss\+dpo: pending, together, job ft-/)
    expect(await jobsOf(place)).toEqual(['error', 'pending'])
    const kept = join(project.artifacts, 'small/tuning/oss+dpo/job/earlier/1')
    expect(readFileSync(join(kept, 'events.jsonl'), 'utf8')).toBe(events)
    await run()
    expect(await jobsOf(place)).toEqual(['error', 'completed'])
    expect((await judgelab('tune', 'retry', 'small', '--yes')).stderr).toContain('found one that is completed')
    expect((await place.client.files.list()).data).toHaveLength(2)
  })

  it('stops the study when its time is over, goes on at the service, and is cancelled there', async () => {
    const limited = TOGETHER.replace('hosted: {', 'hosted: { timeLimitHours: 0.00001,') // 36 ms
    const place = await placeWith([limited], { faults: { jobs: { 'tuning-stuck': 1 } } })
    const { judgelab, run, emulator: service } = place
    const late =
      /^tuning job ft-[\w-]+ is not done after 0\.036 s; what was submitted goes on, and a later start looks again$/
    expect(await refusal(run())).toMatch(late)
    expect(await refusal(run())).toMatch(late)
    expect((await judgelab('tune', 'watch', 'small')).stderr).toContain('is not done after 0.036 s')
    expect((await judgelab('tune', 'cancel', 'small')).stdout).toMatch(/^oss\+dpo: cancel_requested/)
    expect((await judgelab('tune', 'status', 'small')).stdout).toMatch(/^oss\+dpo: cancelled/)
    const twice = await judgelab('tune', 'cancel', 'small')
    expect(twice.stderr).toContain('job.json: expected a job that has not ended, found one that is cancelled')
    expect(await refusal(run())).toMatch(/ended as cancelled; .* judgelab tune retry starts another job$/)
    expect(await jobsOf(place)).toEqual(['cancelled'])
    service.setFaults({})
    const patient = place.project.studies.concat('/small.yaml')
    writeFileSync(patient, readFileSync(patient, 'utf8').replace('timeLimitHours: 0.00001, ', ''))
    expect((await judgelab('tune', 'retry', 'small', '--yes')).code).toBe(0)
    await run()
    expect(await jobsOf(place)).toEqual(['cancelled', 'completed'])
  })

  it('is not even created where the service refuses a file, and says why', async () => {
    const place = await placeWith([TOGETHER], { faults: { jobs: { 'file-invalid': 1 } } })
    expect(await refusal(place.run())).toMatch(
      /-training\.jsonl \(file-\w+\) was refused by the service: A fault says that the format is invalid\.$/,
    )
    expect(await jobsOf(place)).toEqual([])
    place.emulator.setFaults({})
    await place.run()
    expect(await jobsOf(place)).toEqual(['completed'])
  })
})

describe('a parameter that cannot be', () => {
  it.each([
    ['hosted: { endpoint', 'hosted: { loraRank: 65, endpoint', /small\.yaml:\d+:\d+.*hosted\.loraRank/s],
    ['hosted: { endpoint', 'hosted: { simpoGama: 1, endpoint', /small\.yaml:\d+:\d+.*simpoGama/s],
    [
      'hosted: { endpoint',
      'hosted: { simpoGamma: 1, referenceFree: false, endpoint',
      /small\.yaml:\d+:\d+.*referenceFree: expected true or nothing beside simpoGamma 1/s,
    ],
    [
      'hosted: { endpoint',
      'hosted: { loraModules: [q_proj, up_proj], endpoint',
      /small\.yaml:\d+:\d+.*hosted\.loraModules: expected some of k_proj, .* found "up_proj"/s,
    ],
    [
      'hosted: { endpoint',
      'hosted: { maxSequenceLength: 99999, endpoint',
      /small\.yaml:\d+:\d+.*hosted\.maxSequenceLength: expected 1024 to 16384/s,
    ],
    [
      'hosted: { endpoint',
      'hosted: { weightsAndBiases: { project: p }, endpoint',
      /small\.yaml:\d+:\d+.*hosted\.weightsAndBiases: expected a key of Weights & Biases in WANDB_API_KEY/s,
    ],
  ])('is named with its place: %s -> %s', async (from, to, message) => {
    const place = await placeWith([TOGETHER.replace(from, to)])
    vi.stubEnv('WANDB_API_KEY', undefined)
    expect(await refusal(place.run())).toMatch(message)
    expect(await jobsOf(place)).toEqual([])
  })
})
