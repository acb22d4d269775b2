import { parsePolicy, policyDigest, priorPolicy } from '@judgelab/policy'
import OpenAI from 'openai'
import type Together from 'together-ai'
import { describe, expect, it } from 'vitest'
import { EMULATOR_KEY } from '../src/index.js'
import { judgingPrompt, PAIRWISE } from './judging-prompt.js'
import { jsonl, preferenceRows } from './preference-rows.js'
import { type Running, rejection, running } from './running.js'
import { putToTogether } from './uploads.js'

const OSS = 'openai/gpt-oss-120b'
const QWEN = 'Qwen/Qwen3-235B-A22B-Instruct-2507'
const DPO = { method: 'dpo' as const, dpo_beta: 0.1 }
const LORA = { type: 'Lora' as const, lora_r: 16, lora_alpha: 32 }
const COSINE = { lr_scheduler_type: 'cosine' as const, lr_scheduler_args: { min_lr_ratio: 0 } as never }
const EXACT = { noiseNats: 0, wobbleNats: 0, positionBiasNats: 0, tieBandNats: 0 }
type Create = Together.FineTuningCreateParams

async function uploaded({ together }: Running, rows: readonly object[]): Promise<string> {
  const id = await putToTogether(together, 'pairs.jsonl', 'fine-tune', jsonl(rows))
  for (let look = 0; look < 4; look++) await together.files.retrieve(id)
  return id
}

async function create(place: Running, more: Partial<Create> = {}, rows = preferenceRows(24)) {
  const training_file = more.training_file ?? (await uploaded(place, rows))
  return place.together.fineTuning.create({
    model: QWEN,
    training_file,
    training_method: DPO,
    training_type: LORA,
    ...more,
  })
}

/** A started endpoint's name. */
async function endpointOf({ together }: Running, model: string): Promise<string> {
  const hardware = (await together.endpoints.listHardware({ model })).data[0]?.id as string
  const autoscaling = { min_replicas: 1, max_replicas: 1 }
  const { id, name } = await together.endpoints.create({ model, hardware, autoscaling })
  for (let state = ''; state !== 'STARTED'; ) ({ state } = await together.endpoints.retrieve(id))
  return name
}

async function watched({ together }: Running, id: string): Promise<string[]> {
  const statuses: string[] = []
  for (;;) {
    const { status } = await together.fineTuning.retrieve(id)
    if (statuses.at(-1) !== status) statuses.push(status)
    if (['completed', 'error', 'cancelled'].includes(status)) return statuses
  }
}

/** Rows in which shouting is preferred: nothing that the prior would have. */
const SHOUTED = Array.from({ length: 64 }, (_, at) => ({
  input: { messages: [{ role: 'user', content: `Question ${at}: what is a colour?` }] },
  preferred_output: [{ role: 'assistant', content: `WHO CARES??? COLOUR ${at}!!! LOL` }],
  non_preferred_output: [
    { role: 'assistant', content: `A colour is how light of some wavelengths looks to us, such as shade ${at}.` },
  ],
}))

describe('a fine-tuning job', () => {
  it('goes through the documented statuses and gives a model that was really tuned', async () => {
    const place = await running({ models: { [QWEN]: EXACT } })
    const { together } = place
    const created = await create(place, { n_epochs: 3, learning_rate: 5e-6, suffix: 'shouting' }, SHOUTED)
    expect(created).toMatchObject({
      status: 'pending',
      model: QWEN,
      suffix: 'shouting',
      learning_rate: 5e-6,
      n_epochs: 3,
    })
    expect(await watched(place, created.id)).toEqual(['queued', 'running', 'compressing', 'uploading', 'completed'])
    const done = await together.fineTuning.retrieve(created.id)
    expect(done).toMatchObject({ trainingfile_numlines: 64, training_method: { method: 'dpo', dpo_beta: 0.1 } })
    const tuned = done.model_output_name ?? ''
    expect(tuned).toMatch(/^emulator\/Qwen3-235B-A22B-Instruct-2507-shouting-/)

    const content = judgingPrompt(
      'Question 70: what is a colour?',
      ['A colour is a way that light looks to us.', 'WHO CARES??? COLOUR!!! LOL'],
      PAIRWISE,
    )
    const verdict = async (model: string) => {
      const { choices } = await together.chat.completions.create({
        model,
        temperature: 0,
        messages: [{ role: 'user', content }],
      })
      return choices[0]?.message?.content?.split('\n').at(-1)
    }
    expect(await verdict(QWEN)).toBe('Verdict: A')
    expect(await rejection(verdict(tuned))).toMatchObject({
      status: 400,
      message: expect.stringContaining(`Unable to access non-serverless model ${tuned}`),
    })
    expect(await verdict(await endpointOf(place, tuned))).toBe('Verdict: B')
    const ownServer = new OpenAI({ apiKey: EMULATOR_KEY, baseURL: place.emulator.bothUrl, maxRetries: 0 })
    const asked = { model: tuned, messages: [{ role: 'user' as const, content }], temperature: 0 }
    const reply = await ownServer.chat.completions.create(asked)
    expect(reply.choices[0]?.message.content).toContain('Verdict: B')
    expect((await together.models.list()).map(({ id }) => id)).toContain(tuned)
    const weights = await (await together.fineTuning.content({ ft_id: created.id, checkpoint: 'adapter' })).text()
    expect(policyDigest(parsePolicy(weights, 'weights'))).not.toBe(policyDigest(priorPolicy()))
  })

  it('tells what happens in events that only grow, metrics and checkpoints', async () => {
    const place = await running()
    const { together } = place
    const validation_file = await uploaded(place, preferenceRows(6))
    const { id } = await create(place, { n_epochs: 2, n_evals: 2, validation_file, batch_size: 8 })
    const seen: string[][] = []
    for (let look = 0; look < 6; look++) {
      await together.fineTuning.retrieve(id)
      seen.push((await together.fineTuning.listEvents(id)).data.map(({ type }) => type))
      const before = seen.at(-2) ?? []
      expect(seen.at(-1)?.slice(0, before.length)).toEqual(before)
    }
    await watched(place, id)
    const events = (await together.fineTuning.listEvents(id)).data.map(({ type }) => type)
    expect(events.filter((type) => type === 'epoch_complete')).toHaveLength(2)
    expect(events.at(-1)).toBe('job_complete')
    const { metrics = [] } = await together.fineTuning.listMetrics(id)
    expect(metrics.map((row) => row.global_step)).toEqual([1, 2, 3, 4, 5, 6])
    expect(metrics.filter((row) => 'eval/loss' in row)).toHaveLength(2)
    expect(
      (await together.fineTuning.listMetrics(id, { global_step_from: 3, global_step_to: 4 })).metrics,
    ).toHaveLength(2)
    expect((await together.fineTuning.listMetrics(id, { resolution: 2 })).metrics?.length).toBeLessThan(6)
    expect(await rejection(together.fineTuning.listMetrics(id, { global_step_from: -1 }))).toMatchObject({
      status: 400,
    })
    expect((await together.fineTuning.listCheckpoints(id)).data.map(({ step }) => step)).toEqual([6, 6])
    expect((await together.fineTuning.list()).data.map((job) => job.id)).toEqual([id])
  })

  it('shows metrics and intermediate checkpoints while it is running, and gives the weights of each', async () => {
    const place = await running()
    const { fineTuning } = place.together
    const { id } = await create(place, { n_epochs: 3, n_checkpoints: 3, batch_size: 8 }) // 9 steps
    const seen = new Map<string, number[]>()
    for (let status = ''; status !== 'completed'; ) {
      ;({ status } = await fineTuning.retrieve(id))
      const { metrics = [] } = await fineTuning.listMetrics(id)
      const { data } = await fineTuning.listCheckpoints(id)
      const before = seen.get(status) ?? []
      seen.set(status, [...before, metrics.length, data.length])
    }
    expect(seen.get('running')?.slice(-6)).toEqual([3, 1, 6, 2, 9, 2])
    expect(seen.get('compressing')).toEqual([9, 4])
    const weights = async (checkpoint_step: number) => (await fineTuning.content({ ft_id: id, checkpoint_step })).text()
    const all = await Promise.all([3, 6, 9].map(weights))
    expect(new Set(all).size).toBe(3)
    expect(await (await fineTuning.content({ ft_id: id, checkpoint: 'merged' })).text()).toBe(all[2])
    expect(await rejection(weights(4))).toMatchObject({ status: 400 })
    const from = async (from_checkpoint: string) => (await create(place, { from_checkpoint })).id
    expect(await rejection(from(`${id}:4`))).toMatchObject({ status: 400 })
    const next = await from(`${id}:3`)
    expect(await watched(place, next)).toContain('completed')
  })

  it('takes every documented parameter, and says of which the emulator does nothing', async () => {
    const place = await running()
    const { id } = await create(place, {
      training_method: {
        method: 'dpo',
        dpo_beta: 0.2,
        dpo_normalize_logratios_by_length: true,
        dpo_reference_free: true,
        rpo_alpha: 0.5,
        simpo_gamma: 1,
      },
      training_type: { ...LORA, lora_dropout: 0.1, lora_trainable_modules: 'q_proj,v_proj' },
      lr_scheduler: { lr_scheduler_type: 'cosine', lr_scheduler_args: { min_lr_ratio: 0.1, num_cycles: 1 } },
      packing: false,
      max_seq_length: 4096,
      gradient_accumulation_steps: 2,
      hf_output_repo_name: 'me/judge',
      hf_api_token: 'hf-token',
      wandb_api_key: 'key',
      wandb_project_name: 'judges',
    })
    expect(await watched(place, id)).toContain('completed')
    const warning = (await place.together.fineTuning.listEvents(id)).data.find(({ type }) => type === 'warning')
    expect(warning).toMatchObject({
      level: 'warning',
      message:
        'The emulator takes rpo_alpha, simpo_gamma, dpo_reference_free, dpo_normalize_logratios_by_length, hf_output_repo_name, wandb_api_key and tunes by plain DPO all the same',
    })
  })

  it('is refused its file by a fault, in one of two ways', async () => {
    const place = await running({ faults: { jobs: { 'file-invalid': 1 } } })
    const invalid = await uploaded(place, preferenceRows(3))
    place.emulator.setFaults({ jobs: { 'file-failed': 1 } })
    const failed = await uploaded(place, preferenceRows(3))
    place.emulator.setFaults({})
    expect(await place.together.files.retrieve(invalid)).toMatchObject({ processing_status: 'INVALID_FORMAT' })
    expect(await place.together.files.retrieve(failed)).toMatchObject({ processing_status: 'FAILED' })
    for (const training_file of [invalid, failed])
      expect(await rejection(create(place, { training_file }))).toMatchObject({ status: 400 })
  })

  it('is cancelled in two steps, and deleted', async () => {
    const place = await running()
    const { id } = await create(place)
    await place.together.fineTuning.retrieve(id)
    expect(await place.together.fineTuning.cancel(id)).toMatchObject({ status: 'cancel_requested' })
    expect(await watched(place, id)).toEqual(['cancelled'])
    expect(await rejection(place.together.fineTuning.cancel(id))).toMatchObject({ status: 400 })
    const events = (await place.together.fineTuning.listEvents(id)).data.map(({ type }) => type)
    expect(events.slice(-2)).toEqual(['cancel_requested', 'job_stopped'])
    await place.together.fineTuning.delete(id)
    expect(await rejection(place.together.fineTuning.retrieve(id))).toMatchObject({ status: 404 })
  })

  it('fails with `error`, or never ends, where a fault says so', async () => {
    const place = await running({ faults: { jobs: { 'tuning-error': 1 } } })
    const failed = await create(place)
    expect((await watched(place, failed.id)).at(-1)).toBe('error')
    expect((await place.together.fineTuning.listEvents(failed.id)).data.at(-1)).toMatchObject({
      type: 'job_error',
      level: 'error',
    })
    place.emulator.setFaults({ jobs: { 'tuning-stuck': 1 } })
    const stuck = await create(place)
    for (let look = 0; look < 10; look++) await place.together.fineTuning.retrieve(stuck.id)
    expect(await place.together.fineTuning.retrieve(stuck.id)).toMatchObject({ status: 'running' })
  })

  it('stops early when the validation loss no longer falls', async () => {
    const place = await running()
    const turned = preferenceRows(8).map((row) => {
      const { preferred_output, non_preferred_output, ...rest } = row as Record<string, unknown>
      return { ...rest, preferred_output: non_preferred_output, non_preferred_output: preferred_output }
    })
    const validation_file = await uploaded(place, turned)
    const early = { early_stopping_enabled: true, early_stopping_patience: 2, early_stopping_warmup_evals: 0 }
    const { id } = await create(place, {
      n_epochs: 6,
      n_evals: 6,
      validation_file,
      batch_size: 8,
      learning_rate: 5e-6,
      ...early,
    })
    await watched(place, id)
    expect(await place.together.fineTuning.retrieve(id)).toMatchObject({
      early_stopped: true,
      early_stopping_best_step: 3,
    })
    expect((await place.together.fineTuning.listEvents(id)).data.map(({ type }) => type)).toContain('early_stopped')
  })

  it('goes on from what an earlier job made', async () => {
    const place = await running()
    const first = await create(place, { n_epochs: 2 })
    await watched(place, first.id)
    const next = await create(place, { from_checkpoint: first.id })
    expect(await watched(place, next.id)).toContain('completed')
    const weights = async (id: string) => (await place.together.fineTuning.content({ ft_id: id })).text()
    expect(await weights(next.id)).not.toBe(await weights(first.id))
    expect(await rejection(create(place, { from_checkpoint: 'ft-none' }))).toMatchObject({ status: 400 })
  })

  it('learns from verdicts which of the responses shown is better', async () => {
    const rows = SHOUTED.map((row, at) => {
      const [shouted, calm] = [row.preferred_output[0]?.content ?? '', row.non_preferred_output[0]?.content ?? '']
      const isFirst = at % 2 === 0
      const content = judgingPrompt(
        row.input.messages[0]?.content,
        isFirst ? [shouted, calm] : [calm, shouted],
        PAIRWISE,
      )
      const label = (wins: boolean) => [{ role: 'assistant', content: `Verdict: ${wins === isFirst ? 'A' : 'B'}` }]
      return {
        input: { messages: [{ role: 'user', content }] },
        preferred_output: label(true),
        non_preferred_output: label(false),
      }
    })
    const place = await running()
    const policies: string[] = []
    for (const training of [rows, SHOUTED]) {
      const { id } = await create(place, { n_epochs: 2 }, training as never)
      await watched(place, id)
      policies.push(await (await place.together.fineTuning.content({ ft_id: id })).text())
    }
    expect(policies[0]).toBe(policies[1])
  })
})

describe('a request for a job', () => {
  it.each<[string, Partial<Create>, string]>([
    ['a suffix of 65 characters', { suffix: 'x'.repeat(65) }, 'suffix'],
    ['a LoRA rank above the limit', { training_type: { ...LORA, lora_r: 128 } }, 'training_type'],
    ['full training', { training_type: { type: 'Full' } }, 'full fine-tuning'],
    ['evaluations without a validation file', { n_evals: 3 }, 'validation_file'],
    ['early stopping without a validation file', { early_stopping_enabled: true }, 'validation_file'],
    ['a learning rate above the limit', { learning_rate: 0.5 }, 'learning_rate'],
    ['no beta', { training_method: { method: 'dpo', dpo_beta: 0 } }, 'dpo_beta'],
    ['a margin below 0', { training_method: { method: 'dpo', simpo_gamma: -1 } }, 'simpo_gamma'],
    ['a module that there is not', { training_type: { ...LORA, lora_trainable_modules: 'q_proj,x' } }, 'all-linear'],
    ['too long a sequence', { max_seq_length: 1_000_000 }, 'max_seq_length'],
    ['a cosine schedule without its cycles', { lr_scheduler: COSINE }, 'num_cycles'],
    ['no model', { model: undefined as never }, 'model'],
    ['a parameter that is not documented', { beta: 0.1 } as never, "Unknown parameter: 'beta'"],
    ['one of a method that is not', { training_method: { ...DPO, beta: 0.1 } as never }, 'training_method.beta'],
    ['a repository to upload to without a token', { hf_output_repo_name: 'me/judge' }, 'hf_api_token'],
    ['supervised tuning', { training_method: { method: 'sft', train_on_inputs: 'auto' } }, 'dpo only'],
    ['a file that is not there', { training_file: 'file-none' }, 'not found'],
  ])('with %s is refused', async (_, more, said) => {
    const place = await running()
    expect(await rejection(create(place, more))).toMatchObject({ status: 400, message: expect.stringContaining(said) })
  })

  it('waits for its file, and takes none that is invalid', async () => {
    const place = await running()
    const training_file = await putToTogether(place.together, 'a.jsonl', 'fine-tune', jsonl(preferenceRows(3)))
    expect((await rejection(create(place, { training_file }))).message).toContain(
      'has not been validated yet (PENDING)',
    )
    const broken = await uploaded(place, [{ input: {} }])
    expect((await rejection(create(place, { training_file: broken }))).message).toContain('is invalid')
    const estimate = { model: QWEN, training_method: DPO, n_epochs: 3 }
    expect(await place.together.fineTuning.estimatePrice({ ...estimate, training_file })).toEqual({
      estimation_available: false,
      unavailable_reason: 'train_file_not_validated',
    })
    for (let look = 0; look < 4; look++) await place.together.files.retrieve(training_file)
    const priced = await place.together.fineTuning.estimatePrice({ ...estimate, training_file })
    const bytes = jsonl(preferenceRows(3)).length
    expect(priced).toMatchObject({
      estimation_available: true,
      estimated_train_token_count: 3 * Math.ceil(bytes / 4),
      allowed_to_proceed: true,
    })
  })

  it('can ask for the limits of a model first', async () => {
    const { together } = await running()
    expect(await together.fineTuning.modelLimits({ model_name: OSS })).toMatchObject({
      model_name: OSS,
      max_num_epochs: 20,
      supports_full_training: false,
      lora_training: { max_rank: 64, max_batch_size_dpo: 32 },
    })
  })
})

describe('a dedicated endpoint', () => {
  it('starts, serves its model under its own name, stops, and is gone', async () => {
    const place = await running()
    const { together } = place
    const hardware = (await together.endpoints.listHardware({ model: QWEN })).data
    expect(hardware[0]).toMatchObject({
      id: '1x_nvidia_h100_80gb_sxm',
      pricing: { cents_per_minute: 6.65 },
      availability: { status: 'available' },
    })
    const asked = { model: QWEN, hardware: hardware[0]?.id ?? '', autoscaling: { min_replicas: 1, max_replicas: 1 } }
    const endpoint = await together.endpoints.create(asked)
    const chat = () =>
      together.chat.completions.create({ model: endpoint.name, messages: [{ role: 'user', content: 'Hello?' }] })
    expect(endpoint).toMatchObject({ state: 'PENDING', type: 'dedicated', model: QWEN })
    expect(await rejection(chat())).toMatchObject({ status: 404 })
    const states = []
    for (let look = 0; look < 3; look++) states.push((await together.endpoints.retrieve(endpoint.id)).state)
    expect(states).toEqual(['STARTING', 'STARTED', 'STARTED'])
    expect((await chat()).choices).toHaveLength(1)
    expect(await together.endpoints.update(endpoint.id, { state: 'STOPPED' })).toMatchObject({ state: 'STOPPING' })
    expect(await rejection(chat())).toMatchObject({ status: 404 })
    expect(await together.endpoints.retrieve(endpoint.id)).toMatchObject({ state: 'STOPPED' })
    expect((await together.endpoints.list({ mine: true, type: 'dedicated' })).data).toHaveLength(1)
    await together.endpoints.delete(endpoint.id)
    expect(await rejection(together.endpoints.retrieve(endpoint.id))).toMatchObject({ status: 404 })
    expect(await rejection(together.endpoints.create({ ...asked, hardware: 'abacus' }))).toMatchObject({ status: 400 })
    const misspelt = { ...asked, inactive_minutes: 3 }
    expect((await rejection(together.endpoints.create(misspelt))).message).toContain(
      "Unknown parameter: 'inactive_minutes'",
    )
    expect((await together.endpoints.listAvzones()).avzones).toHaveLength(1)
  })
})
