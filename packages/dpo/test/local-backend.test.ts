import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseStudy, type StudyTuning } from '@judgelab/core'
import { policyDigest, priorPolicy, serializePolicy } from '@judgelab/policy'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLocalBackend, loadJob, pairsFromResponses, type TuningRequest, tuneLocally } from '../src/index.js'
import { madeExample } from './made-examples.js'

const [parameters] = parseStudy(
  `version: 1
name: s
title: T
question: Q
benchmark: { source: builtin }
split: { method: together-2026 }
judges: [{ name: linear, provider: local, model: linear }]
pairs: {}
tuning: [{ name: linear+dpo, base: linear, learningRate: 1, batchSize: 4 }]
`,
  's.yaml',
).tuning as [StudyTuning]

const BASE = { base: priorPolicy() }
const LONG = { timeLimitMs: 60_000 }
const madePairs = (from: number, to: number) =>
  pairsFromResponses(Array.from({ length: to - from }, (_, at) => madeExample(`e${from + at}`, 'Math', [20, 30])))

function requested(more: Partial<TuningRequest> = {}): TuningRequest {
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-local-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return {
    parameters,
    model: 'linear',
    pairs: { train: madePairs(0, 12), validation: madePairs(12, 16) },
    folder,
    ...more,
  }
}

describe('tuning in this process, behind the interface of all backends', () => {
  it('costs nothing, and comes to the weights and curves of the trainer', async () => {
    const request = requested()
    const backend = createLocalBackend(BASE)
    await backend.validate(request)
    expect(await backend.estimate(request, {})).toMatchObject({ priceUsd: 0 })
    expect((await backend.start(request, {})).status).toBe('running')
    const told: string[] = []
    const onProgress = (done: number, total: number, unit: string): void => void told.push(`${done}/${total} ${unit}`)
    const done = await backend.watch(request.folder, { ...LONG, onProgress })
    expect(done).toMatchObject({ backend: 'local', status: 'completed' })
    expect(told.at(-1)).toBe('9/9 steps')
    const { policy, steps, validation } = await tuneLocally({ ...BASE, pairs: request.pairs, parameters })
    const result = await backend.result(request.folder)
    expect(result.weights).toBe(policyDigest(policy))
    expect(result.policy).toEqual(policy)
    const point = ({ step, epoch, loss, rewardAccuracy, margin }: (typeof validation)[number]) => ({
      step,
      epoch,
      loss,
      rewardAccuracy,
      margin,
    })
    expect([result.steps, result.validation]).toEqual([steps.map(point), validation.map(point)])
    expect(readFileSync(join(request.folder, 'features.md'), 'utf8')).toMatch(/^# What moved in linear\+dpo\n/)
  })

  it('is not trained again in another process, unless the weights are not the ones that it left', async () => {
    const request = requested()
    const first = createLocalBackend(BASE)
    await first.start(request, {})
    const done = await first.watch(request.folder, LONG)
    const another = createLocalBackend(BASE)
    expect(await another.start(request, {})).toEqual(done)
    expect((await createLocalBackend({ ...BASE, code: 'changed' }).start(requested(), {})).key).not.toBe(done.key)
    const file = join(request.folder, 'weights.json')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, serializePolicy(priorPolicy()))
    expect((await another.start(request, {})).status).toBe('running')
    await another.watch(request.folder, LONG)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it('ends with its process: another one finds it interrupted, and begins it anew to the same end', async () => {
    const request = requested()
    const crashed = createLocalBackend(BASE)
    await crashed.start(request, {})
    const other = createLocalBackend(BASE)
    expect((await other.resume(request.folder)).status).toBe('interrupted')
    await expect(other.result(request.folder)).rejects.toThrow('tuning linear+dpo is not done')
    const weights = (await crashed.watch(request.folder, LONG)).tunedModel
    const again = { ...request, folder: requested().folder }
    await other.start(again, {})
    expect((await other.watch(again.folder, LONG)).tunedModel).toBe(weights)
  })

  it.each([
    ['a signal', {}, /^stopped by hand$/],
    ['its time limit', { timeLimitMs: 20 }, /^the training is not done after 0.02 s$/],
    ['its being cancelled', {}, /^the training was cancelled$/],
  ])('is stopped by %s, with nothing half-trained', async (by, limit, message) => {
    const request = requested({ parameters: { ...parameters, epochs: 1_000_000 } })
    const backend = createLocalBackend(BASE)
    await backend.start(request, {})
    const stop = new AbortController()
    const watched = expect(backend.watch(request.folder, { ...LONG, ...limit, signal: stop.signal })).rejects.toThrow(
      message,
    )
    if (by === 'a signal') stop.abort(new Error('stopped by hand'))
    if (by === 'its being cancelled') expect((await backend.cancel(request.folder)).status).toBe('cancelled')
    await watched
    expect((await loadJob(request.folder)).tunedModel).toBeUndefined()
  })
})
