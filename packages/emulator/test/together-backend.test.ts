import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PreferencePair, parseStudy, type StudyTuning } from '@judgelab/core'
import {
  createTogetherBackend,
  downloadTogetherWeights,
  loadJob,
  saveJob,
  setAsideJob,
  type TuningBackend,
  type TuningRequest,
  withTogetherEndpoint,
} from '@judgelab/dpo'
import { parsePolicy, policyDigest, priorPolicy } from '@judgelab/policy'
import { createTogetherClient, type TogetherClient } from '@judgelab/services'
import { describe, expect, it, onTestFinished } from 'vitest'
import { EMULATOR_KEY, type Emulator, type EmulatorOptions, startEmulator } from '../src/index.js'

const MODEL = 'openai/gpt-oss-120b'
const QUICK = { firstPauseMs: 1 }

async function started(options: EmulatorOptions = {}): Promise<{
  readonly emulator: Emulator
  readonly client: TogetherClient
  readonly backend: TuningBackend
  readonly request: TuningRequest
}> {
  const emulator = await startEmulator(options)
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-tuning-'))
  onTestFinished(async () => {
    await emulator.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const client = createTogetherClient({ apiKey: EMULATOR_KEY, baseUrl: emulator.togetherUrl })
  const request = {
    parameters: tuningOf(''),
    model: MODEL,
    pairs: { train: sums(0, 40), validation: sums(40, 48) },
    folder: join(folder, 'job'),
  }
  return { emulator, client, backend: createTogetherBackend(client), request }
}

/** One pair a sum: the sum is preferred to an excuse. */
function sums(from: number, to: number): PreferencePair[] {
  return Array.from({ length: to - from }, (_, at) => {
    const n = from + at
    return {
      v: 1,
      id: `p${n}`,
      input: [{ role: 'user', content: `What is ${n} + ${n}?` }],
      preferred: `${n} + ${n} = ${2 * n}.`,
      nonPreferred: `I am sorry, I cannot add ${n} and ${n} today.`,
      origin: { strategy: 'responses', exampleId: `e${n}`, comparisonId: `e${n}:0>1`, subset: 'Math' },
    }
  })
}

function tuningOf(hosted: string, more = ''): StudyTuning {
  const study = parseStudy(
    `version: 1
name: s
title: T
question: Q
benchmark: { source: builtin }
split: { method: together-2026 }
judges: [{ name: base, provider: together, model: ${MODEL} }]
pairs: {}
tuning: [{ name: base+dpo, base: base, backend: together, learningRate: 0.000005, ${more}hosted: { ${hosted} } }]
`,
    's.yaml',
  )
  return study.tuning[0] as StudyTuning
}

describe('tuning by Together’s service', () => {
  it('uploads, prices, starts once, keeps events and metrics, and leaves a really tuned model', async () => {
    const { client, backend, request } = await started()
    await backend.validate(request)
    const estimate = await backend.estimate(request, QUICK)
    expect(estimate.priceUsd).toBeGreaterThan(0)
    const job = await backend.start(request, QUICK)
    expect(await loadJob(request.folder)).toEqual(job)
    const statuses: string[] = []
    const onStatus = (line: string): void => void statuses.push(line.split(': ')[1] as string)
    const done = await backend.watch(request.folder, { ...QUICK, onStatus, timeLimitMs: 60_000 })
    expect(done).toMatchObject({ status: 'completed', jobId: job.jobId, trainingFileId: job.trainingFileId })
    expect(new Set(statuses)).toEqual(
      new Set(['queued', 'running', 'compressing', 'uploading', 'completed'].filter((s) => statuses.includes(s))),
    )
    expect(statuses.at(-1)).toBe('completed')
    const kept = readdirSync(request.folder).sort()
    expect(kept).toEqual([
      'checkpoints.jsonl',
      'events.jsonl',
      'job.json',
      'metrics.jsonl',
      'train.jsonl',
      'validation.jsonl',
    ])
    const metrics = linesOf(request.folder, 'metrics')
    expect(metrics.at(-1)).toMatchObject({ 'train/loss': expect.any(Number) })
    expect(new Set(metrics.map((row) => row.global_step)).size).toBe(metrics.length)
    const weights = join(request.folder, 'weights')
    await downloadTogetherWeights(client, job.jobId as string, weights)
    const tuned = parsePolicy(readFileSync(weights, 'utf8'), weights)
    expect(policyDigest(tuned)).not.toBe(policyDigest(priorPolicy()))
    const result = await backend.result(request.folder)
    expect(result).toMatchObject({ weights: done.tunedModel, model: done.tunedModel })
    expect(result.steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6])
    expect(result.validation).toHaveLength(5)
  })

  it('goes on with the job that was begun, from another process, and never starts it twice', async () => {
    const { client, backend, request } = await started()
    const job = await backend.start(request, QUICK)
    const another = createTogetherBackend(client)
    expect((await another.start(request, QUICK)).jobId).toBe(job.jobId)
    expect((await another.watch(request.folder, { ...QUICK, timeLimitMs: 60_000 })).status).toBe('completed')
    expect((await client.fineTuning.list()).data).toHaveLength(1)
    expect((await client.files.list()).data).toHaveLength(2)
  })

  it('is started once by two that begin it at the same moment: the slower one is told who is at it', async () => {
    const { client, backend, request } = await started({ faults: { latencyMs: 30 } })
    const both = await Promise.allSettled([
      backend.start(request, QUICK),
      createTogetherBackend(client).start(request, QUICK),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = both.find((ended) => ended.status === 'rejected')
    expect(String(refused?.reason)).toContain(`the tuning job is being written by process ${process.pid}; wait for it`)
    expect((await client.fineTuning.list()).data).toHaveLength(1)
    expect(readdirSync(request.folder)).not.toContain('lock')
    expect((await backend.start(request, QUICK)).jobId).toBe((await loadJob(request.folder)).jobId)
    expect((await client.fineTuning.list()).data).toHaveLength(1)
  })

  it.each([
    ['after the training file went up', ['validationFileId', 'jobId', 'startedAt'], 'uploading-files'],
    ['after the files went up', ['jobId', 'startedAt'], 'uploading-files'],
    ['while the job was being started', ['jobId', 'startedAt'], 'creating'],
  ] as const)('takes up what a crash %s left unwritten', async (_, lost, status) => {
    const { client, backend, request } = await started()
    const job = await backend.start(request, QUICK)
    const left = Object.fromEntries(Object.entries(job).filter(([key]) => !(lost as readonly string[]).includes(key)))
    await saveJob(request.folder, { ...(left as unknown as typeof job), status })
    if (status === 'uploading-files') await client.fineTuning.delete(job.jobId as string)
    const again = await backend.start(request, QUICK)
    if (status === 'creating') expect(again.jobId).toBe(job.jobId)
    expect(again.trainingFileId).toBe(job.trainingFileId)
    expect((await client.fineTuning.list()).data).toHaveLength(1)
    expect((await client.files.list()).data).toHaveLength(2)
  })

  it('takes other parameters or other pairs for another job', async () => {
    const { client, backend, request } = await started()
    const job = await backend.start(request, QUICK)
    const other = { ...request, parameters: tuningOf('', 'beta: 0.3, ') }
    const second = await backend.start(other, QUICK)
    const third = await backend.start({ ...other, pairs: { ...other.pairs, train: sums(1, 41) } }, QUICK)
    expect(new Set([job.jobId, second.jobId, third.jobId]).size).toBe(3)
    expect((await client.fineTuning.list()).data).toHaveLength(3)
    expect((await backend.start(other, QUICK)).jobId).toBe(second.jobId)
    for (const place of readdirSync(join(request.folder, 'earlier')))
      expect(readdirSync(join(request.folder, 'earlier', place))).not.toContain('lock')
    expect((await backend.start(request, QUICK)).jobId).toBe(job.jobId)
    expect((await client.fineTuning.list()).data).toHaveLength(3)
  })

  it('tells a job that failed by its status, which is error', async () => {
    const { backend, request } = await started({ faults: { jobs: { 'tuning-error': 1 } } })
    await backend.start(request, QUICK)
    const done = await backend.watch(request.folder, { ...QUICK, timeLimitMs: 60_000 })
    expect(done).toMatchObject({ status: 'error' })
    expect(done.endedAt).toBeDefined()
    expect(linesOf(request.folder, 'events').some(({ type }) => type === 'job_error')).toBe(true)
  })

  it('gives a job that never ends up after its time, and cancels it when asked', async () => {
    const { backend, request } = await started({ faults: { jobs: { 'tuning-stuck': 1 } } })
    const job = await backend.start(request, QUICK)
    await expect(backend.watch(request.folder, { ...QUICK, timeLimitMs: 30 })).rejects.toThrow(
      `tuning job ${job.jobId} is not done after 0.03 s; what was submitted goes on`,
    )
    expect(['cancel_requested', 'cancelled']).toContain((await backend.cancel(request.folder)).status)
    const ended = await backend.watch(request.folder, { ...QUICK, timeLimitMs: 60_000 })
    expect(ended.status).toBe('cancelled')
    expect((await backend.start(request, QUICK)).jobId).toBe(job.jobId)
    await setAsideJob(request.folder)
    const next = await backend.start(request, QUICK)
    expect(next.jobId).not.toBe(job.jobId)
    expect(await loadJob(join(request.folder, 'earlier', '1'))).toMatchObject({ jobId: job.jobId, status: 'cancelled' })
  })

  it('cancels at the service a job whose id a crash left unwritten', async () => {
    const { client, backend, request } = await started({ faults: { jobs: { 'tuning-stuck': 1 } } })
    const { jobId, startedAt: _, ...left } = await backend.start(request, QUICK)
    await saveJob(request.folder, { ...left, status: 'creating' })
    expect(await backend.cancel(request.folder)).toMatchObject({ jobId, status: expect.stringMatching(/^cancel/) })
    const ended = await backend.watch(request.folder, { ...QUICK, timeLimitMs: 60_000 })
    expect(ended.status).toBe('cancelled')
    expect((await client.fineTuning.retrieve(jobId as string)).status).toBe('cancelled')
  })

  it('marks a job cancelled that the service never heard of', async () => {
    const { client, backend, request } = await started()
    const { jobId, startedAt: _, ...left } = await backend.start(request, QUICK)
    await client.fineTuning.delete(jobId as string)
    await saveJob(request.folder, { ...left, status: 'creating' })
    expect(await backend.cancel(request.folder)).toEqual({ ...left, status: 'cancelled' })
  })

  it.each([
    ['file-invalid', 'A fault says that the format is invalid.'],
    ['file-failed', 'FAILED'],
  ] as const)(
    'says what the service says of a file that it refuses (%s), and uploads it again later',
    async (fault, said) => {
      const { client, emulator, backend, request } = await started({ faults: { jobs: { [fault]: 1 } } })
      await expect(backend.start(request, QUICK)).rejects.toThrow(
        new RegExp(`-training\\.jsonl \\(file-[\\w-]+\\) was refused by the service: ${said}`),
      )
      expect(await loadJob(request.folder)).not.toHaveProperty('trainingFileId')
      emulator.setFaults({})
      expect((await backend.start(request, QUICK)).status).toBe('pending')
      expect((await client.files.list()).data).toHaveLength(4) // both were refused and came again
      expect((await client.fineTuning.list()).data).toHaveLength(1)
    },
  )

  it('refuses a job that is too dear, before it begins', async () => {
    const { client, backend, request } = await started()
    const dear = { ...request, parameters: tuningOf('maxPrice: 0.0000001') }
    await expect(backend.start(dear, QUICK)).rejects.toThrow(
      /^tuning\.base\+dpo\.hosted\.maxPrice: expected a job of at most 1e-7 USD, found [\d.e-]+ USD/,
    )
    expect((await client.fineTuning.list()).data).toHaveLength(0)
  })

  it('refuses what goes beyond the limits of the service and of the model', async () => {
    const { backend, request } = await started()
    const refused = async (parameters: StudyTuning): Promise<string> =>
      backend.validate({ ...request, parameters }).then(
        () => 'accepted',
        (error: Error) => error.message,
      )
    expect(await refused(tuningOf('', 'epochs: 1000, '))).toMatch(
      /^tuning\.base\+dpo\.epochs: expected 1 to \d+ for openai\/gpt-oss-120b, found 1000/,
    )
    expect(await refused(tuningOf('earlyStopping: { patience: 5, warmup: 3 }'))).toBe(
      'tuning.base+dpo.evaluations: expected at least 9 (patience + warmup + 1), found 5',
    )
    expect(await refused({ ...tuningOf(''), learningRate: 3 })).toBe(
      'tuning.base+dpo.learningRate: expected at most 0.001 for a hosted model, found 3',
    )
  })

  it('stops a dedicated endpoint however the work with it ends', async () => {
    const { client, backend, request } = await started()
    await backend.start(request, QUICK)
    const { tunedModel } = await backend.watch(request.folder, { ...QUICK, timeLimitMs: 60_000 })
    const hardware = (await client.endpoints.listHardware({ model: tunedModel as string })).data[0]?.id as string
    const asked = { hardware, replicas: 1, inactiveMinutes: 10 }
    const states: string[] = []
    const work = withTogetherEndpoint(
      client,
      tunedModel as string,
      asked,
      async ({ id, model, usdPerMinute }) => {
        states.push((await client.endpoints.retrieve(id)).state)
        expect(usdPerMinute).toBeGreaterThan(0)
        await client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Hello' }] })
        throw new Error('the judging broke')
      },
      QUICK,
    )
    await expect(work).rejects.toThrow('the judging broke')
    expect(states).toEqual(['STARTED'])
    const [endpoint] = (await client.endpoints.list({ mine: true, type: 'dedicated' })).data
    expect(['STOPPING', 'STOPPED']).toContain(endpoint?.state)
  })

  it('tells an endpoint’s price before it is started, and takes one again only on the same machine', async () => {
    const { client } = await started()
    const [small, large] = (await client.endpoints.listHardware({ model: MODEL })).data.map(({ id }) => id)
    const asked = { hardware: small as string, replicas: 2, inactiveMinutes: 10 }
    const told: string[] = []
    const options = { ...QUICK, onStopped: () => void told.push('stopped') }
    const idOn = (hardware: string): Promise<string> =>
      withTogetherEndpoint(client, MODEL, { ...asked, hardware }, async ({ id }) => id, options)
    const refusing = (hardware: string): Promise<string> =>
      withTogetherEndpoint(client, MODEL, { ...asked, hardware }, async ({ id }) => id, {
        ...options,
        mayStart: (usdPerMinute) => {
          throw new Error(`${usdPerMinute} USD`)
        },
      })
    await expect(refusing(small as string)).rejects.toThrow('0.133 USD') // 2 · 6.65 cents
    await expect(refusing('none')).rejects.toThrow('null USD')
    expect([(await client.endpoints.list()).data, told]).toEqual([[], []])
    const first = await idOn(small as string)
    expect(await idOn(small as string)).toBe(first)
    expect(await idOn(large as string)).not.toBe(first)
    expect(told).toEqual(['stopped', 'stopped', 'stopped'])
  })
})

function linesOf(folder: string, name: string): Record<string, unknown>[] {
  return readFileSync(join(folder, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
