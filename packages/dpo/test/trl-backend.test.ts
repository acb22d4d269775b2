import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type HostedTuning, type PreferencePair, parseStudy, type StudyTuning } from '@judgelab/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createTrlBackend, importTunedModel, pairsFromResponses, type TuningRequest } from '../src/index.js'
import { madeExample } from './made-examples.js'

const MODEL = 'openai/gpt-oss-120b'
const [parameters] = parseStudy(
  `version: 1
name: s
title: T
question: Q
benchmark: { source: builtin }
split: { method: together-2026 }
judges: [{ name: base, provider: openai-compatible, model: ${MODEL}, baseUrl: http://localhost:8000/v1 }]
pairs: {}
tuning: [{ name: base+dpo, base: base, backend: trl, learningRate: 5.0e-6 }]
`,
  's.yaml',
).tuning as [StudyTuning]

function requested(): TuningRequest {
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-trl-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const pairs = { train: madePairs(0, 4), validation: madePairs(4, 6) }
  return { parameters, model: MODEL, pairs, folder: join(folder, 'job') }
}

function madePairs(from: number, to: number): PreferencePair[] {
  return pairsFromResponses(
    Array.from({ length: to - from }, (_, at) => madeExample(`e${from + at}`, 'Math', [20, 30])),
  )
}

describe('tuning by TRL on machines of one’s own', () => {
  it('gives the imported model back for the same data and parameters', async () => {
    const request = requested()
    const backend = createTrlBackend()
    expect((await backend.start(request, {})).status).toBe('exported')
    await importTunedModel(request.folder, { model: 'tuned' })
    expect(await backend.start(request, {})).toMatchObject({ status: 'completed', tunedModel: 'tuned' })
  })

  it.each(['train', 'validation'] as const)(
    'takes other %s pairs for another job, and comes back to the first',
    async (side) => {
      const request = requested()
      const backend = createTrlBackend()
      await backend.start(request, {})
      await importTunedModel(request.folder, { model: 'tuned' })
      const other = { ...request, pairs: { ...request.pairs, [side]: madePairs(6, 9) } }
      const job = await backend.start(other, {})
      expect(job.status).toBe('exported')
      expect(job.tunedModel).toBeUndefined()
      expect(await backend.start(request, {})).toMatchObject({ status: 'completed', tunedModel: 'tuned' })
      expect(await backend.start(other, {})).toEqual(job)
    },
  )

  it('has a result once a model was imported, with the curves of its metrics, and says before what is to be done', async () => {
    const request = requested()
    const backend = createTrlBackend()
    expect(await backend.estimate(request, {})).toMatchObject({ priceUsd: 0 })
    await backend.start(request, {})
    await expect(backend.result(request.folder)).rejects.toThrow(
      /^tuning base\+dpo is written out and not yet trained: .*; then judgelab tune import$/,
    )
    const metricsFile = join(request.folder, '..', 'history.jsonl')
    writeFileSync(metricsFile, '{"step":1,"loss":0.69}\n{"step":2,"eval_loss":0.6}\n')
    for (const model of ['first', 'tuned']) await importTunedModel(request.folder, { model, metricsFile })
    expect(await backend.result(request.folder)).toMatchObject({
      weights: 'tuned',
      model: 'tuned',
      steps: [{ step: 1, loss: 0.69 }],
      validation: [{ step: 2, loss: 0.6 }],
    })
    expect((await backend.cancel(request.folder)).status).toBe('cancelled')
    await expect(backend.result(request.folder)).rejects.toThrow(/ended as cancelled; .*judgelab tune retry/)
  })

  it('refuses what the files would not hold, by its name', async () => {
    const request = requested()
    const hosted = { ...(parameters.hosted as HostedTuning), simpoGamma: 0.5 }
    await expect(createTrlBackend().validate({ ...request, parameters: { ...parameters, hosted } })).rejects.toThrow(
      'tuning.base+dpo.hosted.simpoGamma: expected backend together, which alone knows it, found trl',
    )
  })
})
