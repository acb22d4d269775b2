import type OpenAI from 'openai'
import { toFile } from 'openai'
import { describe, expect, it } from 'vitest'
import { judgingPrompt, PAIRWISE } from './judging-prompt.js'
import { jsonl, preferenceRows } from './preference-rows.js'
import { type Running, rejection, running } from './running.js'

const MINI = 'gpt-4.1-mini-2025-04-14'
type Create = OpenAI.FineTuning.JobCreateParams

async function create({ openai }: Running, more: Partial<Create> = {}, rows: readonly object[] = preferenceRows(16)) {
  const file = await openai.files.create({
    file: await toFile(Buffer.from(jsonl(rows)), 'pairs.jsonl'),
    purpose: 'fine-tune',
  })
  const method = { type: 'dpo' as const, dpo: { hyperparameters: { beta: 0.2, n_epochs: 2 } } }
  return openai.fineTuning.jobs.create({ model: MINI, training_file: file.id, method, seed: 7, ...more })
}

async function watched({ openai }: Running, id: string): Promise<string[]> {
  const statuses: string[] = []
  for (;;) {
    const { status } = await openai.fineTuning.jobs.retrieve(id)
    if (statuses.at(-1) !== status) statuses.push(status)
    if (['succeeded', 'failed', 'cancelled'].includes(status)) return statuses
  }
}

describe('a fine-tuning job of OpenAI', () => {
  it('goes through the documented statuses and gives a model', async () => {
    const place = await running()
    const { openai } = place
    const job = await create(place, { suffix: 'judge', metadata: { study: 'x' } })
    expect(job).toMatchObject({
      object: 'fine_tuning.job',
      status: 'validating_files',
      fine_tuned_model: null,
      seed: 7,
      metadata: { study: 'x' },
    })
    expect(await watched(place, job.id)).toEqual(['queued', 'running', 'succeeded'])
    const done = await openai.fineTuning.jobs.retrieve(job.id)
    expect(done).toMatchObject({
      error: null,
      method: {
        type: 'dpo',
        dpo: { hyperparameters: { beta: 0.2, n_epochs: 2, batch_size: 32, learning_rate_multiplier: 1 } },
      },
    })
    expect(done.trained_tokens).toBeGreaterThan(0)
    const model = done.fine_tuned_model ?? ''
    expect(model).toMatch(/^ft:gpt-4\.1-mini-2025-04-14:emulator:judge:/)
    const content = judgingPrompt(
      'What is 90 plus 90?',
      ['90 plus 90 is 180.', 'I would guess 181, but who knows!!!'],
      PAIRWISE,
    )
    const { choices } = await openai.chat.completions.create({
      model,
      temperature: 0,
      messages: [{ role: 'user', content }],
    })
    expect(choices[0]?.message.content).toMatch(/Verdict: A$/)
    const checkpoints = await openai.fineTuning.jobs.checkpoints.list(job.id)
    expect(checkpoints.data).toMatchObject([
      { step_number: 2, fine_tuned_model_checkpoint: model, fine_tuning_job_id: job.id },
    ])
    const messages: string[] = []
    for await (const event of openai.fineTuning.jobs.listEvents(job.id, { limit: 2 })) messages.push(event.message)
    expect(messages[0]).toBe('The job has successfully completed')
    expect(messages.at(-1)).toBe('Created fine-tuning job')
    expect((await openai.fineTuning.jobs.list()).data).toHaveLength(1)
  })

  it.each<[string, object[], string]>([
    ['nine examples', preferenceRows(9), 'at least 10 examples'],
    [
      'a weight',
      [...preferenceRows(12), { ...preferenceRows(1)[0], weight: 1 }],
      'Line 13: Found extra column "weight"',
    ],
    [
      'several turns',
      preferenceRows(12).map((row) => ({
        ...row,
        input: { messages: ['user', 'assistant', 'user'].map((role) => ({ role, content: 'x' })) },
      })),
      'Only one-turn',
    ],
  ])('fails for a file with %s', async (_, rows, said) => {
    const place = await running()
    const { id } = await create(place, {}, rows)
    expect(await watched(place, id)).toEqual(['failed'])
    const { error } = await place.openai.fineTuning.jobs.retrieve(id)
    expect(error).toMatchObject({
      code: 'invalid_training_file',
      param: 'training_file',
      message: expect.stringContaining(said),
    })
  })

  it('is cancelled, fails by a fault, or never ends', async () => {
    const place = await running()
    const first = await create(place)
    expect(await place.openai.fineTuning.jobs.cancel(first.id)).toMatchObject({ status: 'cancelled' })
    expect(await rejection(place.openai.fineTuning.jobs.cancel(first.id))).toMatchObject({ status: 400 })
    place.emulator.setFaults({ jobs: { 'tuning-error': 1 } })
    expect(await watched(place, (await create(place)).id)).toEqual(['queued', 'running', 'failed'])
    place.emulator.setFaults({ jobs: { 'tuning-stuck': 1 } })
    const stuck = await create(place)
    for (let look = 0; look < 8; look++) await place.openai.fineTuning.jobs.retrieve(stuck.id)
    expect(await place.openai.fineTuning.jobs.retrieve(stuck.id)).toMatchObject({ status: 'running' })
  })

  it.each<[string, Partial<Create>, string | undefined]>([
    ['a thinking model', { model: 'gpt-5.2' }, 'model_not_available'],
    ['a beta above 2', { method: { type: 'dpo', dpo: { hyperparameters: { beta: 3 } } } }, 'invalid_value'],
    ['a suffix of 65 characters', { suffix: 'x'.repeat(65) }, 'invalid_value'],
    ['no such file', { training_file: 'file-none' }, 'invalid_file'],
    ['an unknown parameter', { colour: 'red' } as never, 'unknown_parameter'],
  ])('is refused for %s', async (_, more, code) => {
    expect(await rejection(create(await running(), more))).toMatchObject({ status: 400, code })
  })
})
