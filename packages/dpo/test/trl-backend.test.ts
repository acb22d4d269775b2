import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseStudy, type StudyTuning } from '@judgelab/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createTrlBackend, importTunedModel, type TuningRequest } from '../src/index.js'

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

function exported(): TuningRequest {
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-trl-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const trainingFile = join(folder, 'train.jsonl')
  const validationFile = join(folder, 'validation.jsonl')
  writeFileSync(trainingFile, '{"prompt":"a"}\n')
  writeFileSync(validationFile, '{"prompt":"b"}\n')
  return { parameters, model: MODEL, trainingPairs: 1, trainingFile, validationFile, folder: join(folder, 'job') }
}

describe('tuning by TRL on machines of one’s own', () => {
  it('gives the imported model back for the same data and parameters', async () => {
    const request = exported()
    const backend = createTrlBackend()
    expect((await backend.start(request, {})).status).toBe('exported')
    await importTunedModel(request.folder, { model: 'tuned' })
    expect(await backend.start(request, {})).toMatchObject({ status: 'completed', tunedModel: 'tuned' })
  })

  it.each(['trainingFile', 'validationFile'] as const)('takes another %s for another job', async (side) => {
    const request = exported()
    const backend = createTrlBackend()
    await backend.start(request, {})
    await importTunedModel(request.folder, { model: 'tuned' })
    writeFileSync(request[side] as string, '{"prompt":"other"}\n')
    const job = await backend.start(request, {})
    expect(job.status).toBe('exported')
    expect(job.tunedModel).toBeUndefined()
  })
})
