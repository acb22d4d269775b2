import { toFile } from 'openai'
import { describe, expect, it } from 'vitest'
import { judgingPrompt, PAIRWISE } from './judging-prompt.js'
import { jsonl } from './preference-rows.js'
import { type Running, rejection, running } from './running.js'
import { putToTogether } from './uploads.js'

const GPT_41 = 'gpt-4.1-2025-04-14'
const LLAMA = 'meta-llama/Llama-4-Maverick-17B-128E-Instruct'

interface OutputLine {
  readonly custom_id: string
  readonly response?: {
    readonly status_code: number
    readonly body: { readonly choices?: readonly { readonly message: { readonly content: string } }[] }
  } | null
  readonly error?: { readonly code?: string } | null
}

const bodyOf = (model: string, at: number) => ({
  model,
  temperature: 0,
  messages: [{ role: 'user', content: judgingPrompt(`Question ${at}?`, [`Answer ${at}.`, 'Dunno??? lol'], PAIRWISE) }],
})
const openAiLines = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    custom_id: `request-${at}`,
    method: 'POST',
    url: '/v1/chat/completions',
    body: bodyOf(GPT_41, at),
  }))
const togetherLines = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ custom_id: `request-${at}`, body: bodyOf(LLAMA, at) }))

async function createAtOpenAi({ openai }: Running, rows: readonly object[]) {
  const file = await openai.files.create({
    file: await toFile(Buffer.from(jsonl(rows)), 'requests.jsonl'),
    purpose: 'batch',
  })
  return openai.batches.create({
    input_file_id: file.id,
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
    metadata: { run: 'x' },
  })
}

async function doneAtOpenAi(place: Running, rows: readonly object[]) {
  const { openai } = place
  const { id, status } = await createAtOpenAi(place, rows)
  const statuses: string[] = [status]
  for (;;) {
    const batch = await openai.batches.retrieve(id)
    if (statuses.at(-1) !== batch.status) statuses.push(batch.status)
    if (!['completed', 'failed', 'expired', 'cancelled'].includes(batch.status)) continue
    const read = (file: string | null | undefined) =>
      linesOf(async (name) => (await openai.files.content(name)).text(), file)
    return { batch, statuses, output: await read(batch.output_file_id), errors: await read(batch.error_file_id) }
  }
}

async function doneAtTogether({ together }: Running, rows: readonly object[]) {
  const input_file_id = await putToTogether(together, 'requests.jsonl', 'batch-api', jsonl(rows))
  const { job, warning } = await together.batches.create({ input_file_id, endpoint: '/v1/chat/completions' })
  const statuses: (string | undefined)[] = [job?.status]
  for (;;) {
    const batch = await together.batches.retrieve(job?.id ?? '')
    if (statuses.at(-1) !== batch.status) statuses.push(batch.status)
    if (!['COMPLETED', 'FAILED', 'EXPIRED', 'CANCELLED'].includes(batch.status ?? '')) continue
    const read = (file: string | undefined) =>
      linesOf(async (name) => (await together.files.content(name)).text(), file)
    return {
      batch,
      statuses,
      warning,
      output: await read(batch.output_file_id),
      errors: await read(batch.error_file_id),
    }
  }
}

async function linesOf(
  read: (file: string) => Promise<string>,
  file: string | null | undefined,
): Promise<OutputLine[]> {
  if (file === null || file === undefined) return []
  return (await read(file))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as OutputLine)
}

const ids = (lines: readonly OutputLine[]) => lines.map(({ custom_id }) => custom_id)
const wanted = (count: number) => Array.from({ length: count }, (_, at) => `request-${at}`)

describe('a batch of OpenAI', () => {
  it('goes through the documented statuses and comes back in another order', async () => {
    const place = await running()
    const { batch, statuses, output, errors } = await doneAtOpenAi(place, openAiLines(30))
    expect(statuses).toEqual(['validating', 'in_progress', 'finalizing', 'completed'])
    expect(batch).toMatchObject({
      object: 'batch',
      completion_window: '24h',
      errors: null,
      metadata: { run: 'x' },
      request_counts: { total: 30, completed: 30, failed: 0 },
    })
    expect(batch.usage?.total_tokens).toBe((batch.usage?.input_tokens ?? 0) + (batch.usage?.output_tokens ?? 0))
    expect(errors).toEqual([])
    expect(ids(output)).not.toEqual(wanted(30))
    expect(ids(output).toSorted()).toEqual(wanted(30).toSorted())
    expect(output[0]).toMatchObject({ error: null, response: { status_code: 200, request_id: expect.any(String) } })
    const online = await place.openai.chat.completions.create(bodyOf(GPT_41, 3) as never)
    const line = output.find(({ custom_id }) => custom_id === 'request-3')
    expect(line?.response?.body.choices?.[0]?.message.content).toBe(online.choices[0]?.message.content)
    expect(place.emulator.stats()).toMatchObject({ contents: 30, answered: 31, answeredAgain: { contents: 1 } })
    expect((await place.openai.batches.list()).data).toHaveLength(1)
  })

  it('takes the responses API too', async () => {
    const { openai } = await running()
    const rows = [{ custom_id: 'a', method: 'POST', url: '/v1/responses', body: { model: GPT_41, input: 'Hello?' } }]
    const file = await openai.files.create({
      file: await toFile(Buffer.from(jsonl(rows)), 'a.jsonl'),
      purpose: 'batch',
    })
    const { id } = await openai.batches.create({
      input_file_id: file.id,
      endpoint: '/v1/responses',
      completion_window: '24h',
    })
    for (let look = 0; look < 4; look++) await openai.batches.retrieve(id)
    const batch = await openai.batches.retrieve(id)
    expect(batch).toMatchObject({ status: 'completed', request_counts: { completed: 1 } })
    expect(batch.usage?.output_tokens).toBeGreaterThan(0)
  })

  it.each<[string, object[], string]>([
    ['an id that is there twice', [...openAiLines(2), ...openAiLines(1)], 'duplicate_custom_id'],
    [
      'two models',
      [...openAiLines(1), { ...openAiLines(2)[1], body: bodyOf('gpt-4.1-mini-2025-04-14', 1) }],
      'mismatched_model',
    ],
    ['another endpoint’s url', [{ ...openAiLines(1)[0], url: '/v1/responses' }], 'invalid_url'],
    ['a GET', [{ ...openAiLines(1)[0], method: 'GET' }], 'invalid_method'],
    ['no body', [{ custom_id: 'a', method: 'POST', url: '/v1/chat/completions' }], 'missing_required_parameter'],
  ])('fails for a file with %s', async (_, rows, code) => {
    const { batch, statuses } = await doneAtOpenAi(await running(), rows)
    expect(statuses).toEqual(['validating', 'failed'])
    expect(batch.errors?.data?.[0]).toMatchObject({ code, line: rows.length })
  })

  it('gives half of its lines when it expires or is cancelled', async () => {
    const place = await running({ faults: { jobs: { 'batch-expired': 1 } } })
    const expired = await doneAtOpenAi(place, openAiLines(20))
    expect(expired.statuses).toEqual(['validating', 'in_progress', 'expired'])
    expect(expired.output.length).toBeGreaterThan(2)
    expect(ids(expired.output)).not.toEqual(wanted(20).filter((id) => ids(expired.output).includes(id)))
    expect([...ids(expired.output), ...ids(expired.errors)].toSorted()).toEqual(wanted(20).toSorted())
    expect(expired.errors[0]).toMatchObject({ response: null, error: { code: 'batch_expired' } })
    place.emulator.setFaults({ jobs: { 'batch-stuck': 1 } })
    const { id } = await createAtOpenAi(place, openAiLines(20))
    for (let look = 0; look < 8; look++)
      expect(await place.openai.batches.retrieve(id)).toMatchObject({ status: 'in_progress' })
    expect(await place.openai.batches.cancel(id)).toMatchObject({ status: 'cancelling' })
    const cancelled = await place.openai.batches.retrieve(id)
    expect(cancelled).toMatchObject({ status: 'cancelled', request_counts: { total: 20 } })
    expect(cancelled.output_file_id).toMatch(/^file-/)
    expect(await rejection(place.openai.batches.cancel(id))).toMatchObject({ status: 409 })
    place.emulator.setFaults({ jobs: { 'batch-failed': 1 } })
    expect((await doneAtOpenAi(place, openAiLines(1))).statuses).toEqual(['validating', 'failed'])
  })

  it('loses, doubles, breaks and makes up lines by seed, and spares others when they are sent again', async () => {
    const jobs = { 'lines-failed': 0.1, 'lines-missing': 0.1, 'lines-duplicate': 0.1, 'lines-foreign': 0.1 }
    const place = await running({ faults: { seed: 5, jobs } })
    const rows = openAiLines(60)
    const { batch, output, errors } = await doneAtOpenAi(place, rows)
    const got = ids(output)
    expect(errors.length).toBe(batch.request_counts?.failed)
    expect(errors[0]?.response).toMatchObject({ status_code: 500 })
    expect(got.filter((id) => id.startsWith('foreign-')).length).toBeGreaterThan(0)
    expect(got.length).toBeGreaterThan(new Set(got).size)
    const lost = wanted(60).filter((id) => !got.includes(id) && !ids(errors).includes(id))
    expect(lost.length).toBeGreaterThan(0)
    const again = await doneAtOpenAi(
      place,
      rows.filter(({ custom_id }) => !got.includes(custom_id)),
    )
    expect(again.output.length).toBeGreaterThan(again.errors.length)
    const { answeredAgain, contents } = place.emulator.stats()
    expect({ answeredAgain: answeredAgain.contents, contents }).toEqual({ answeredAgain: 0, contents: 60 })
  })

  it('keeps to the limit of enqueued tokens', async () => {
    const size = jsonl(openAiLines(10)).length / 4
    const place = await running({ enqueuedTokenLimit: 1.5 * size })
    await createAtOpenAi(place, openAiLines(10))
    const second = await createAtOpenAi(place, openAiLines(10))
    const failed = await place.openai.batches.retrieve(second.id)
    expect(failed).toMatchObject({ status: 'failed', errors: { data: [{ code: 'token_limit_exceeded' }] } })
  })

  it('is refused for another file, endpoint or window', async () => {
    const { openai } = await running()
    const file = await openai.files.create({
      file: await toFile(Buffer.from(jsonl(openAiLines(1))), 'a.jsonl'),
      purpose: 'fine-tune',
    })
    const asked = {
      input_file_id: file.id,
      endpoint: '/v1/chat/completions' as const,
      completion_window: '24h' as const,
    }
    expect(await rejection(openai.batches.create(asked))).toMatchObject({ status: 400, param: 'input_file_id' })
    expect(await rejection(openai.batches.create({ ...asked, completion_window: '1h' as never }))).toMatchObject({
      status: 400,
      param: 'completion_window',
    })
    expect(await rejection(openai.batches.retrieve('batch_none'))).toMatchObject({ status: 404 })
  })
})

describe('a batch of Together', () => {
  it('is created with a warning beside it, and goes through statuses in capitals', async () => {
    const place = await running()
    const { batch, statuses, warning, output } = await doneAtTogether(place, togetherLines(25))
    expect(statuses).toEqual(['VALIDATING', 'IN_PROGRESS', 'COMPLETED'])
    expect(batch).toMatchObject({ progress: 100, model_id: LLAMA, endpoint: '/v1/chat/completions' })
    expect(warning).toBeUndefined()
    expect(ids(output).toSorted()).toEqual(wanted(25).toSorted())
    expect(output[0]).toMatchObject({ response: { status_code: 200, body: { object: 'chat.completion' } } })
    const other = await doneAtTogether(place, [{ custom_id: 'a', body: bodyOf('my-own/judge', 0) }])
    expect(other.warning).toContain('discounts do not apply')
    expect(await place.together.batches.list()).toHaveLength(2)
  })

  it('fails for an id of 65 characters, saying where', async () => {
    const { batch, statuses } = await doneAtTogether(await running(), [
      { ...togetherLines(1)[0], custom_id: 'x'.repeat(65) },
    ])
    expect(statuses).toEqual(['VALIDATING', 'FAILED'])
    expect(batch.error).toBe('line 1: custom_id is longer than 64 characters.')
  })

  it('expires with half, and is cancelled at once', async () => {
    const place = await running({ faults: { jobs: { 'batch-expired': 1, 'lines-failed': 0.2 } } })
    const { statuses, output, errors } = await doneAtTogether(place, togetherLines(20))
    expect(statuses).toEqual(['VALIDATING', 'IN_PROGRESS', 'EXPIRED'])
    expect([...ids(output), ...ids(errors)].toSorted()).toEqual(wanted(20).toSorted())
    expect(new Set(errors.map(({ error }) => error?.code))).toEqual(new Set(['expired', undefined]))
    const input_file_id = await putToTogether(place.together, 'a.jsonl', 'batch-api', jsonl(togetherLines(4)))
    const { job } = await place.together.batches.create({ input_file_id, endpoint: '/v1/chat/completions' })
    expect(await place.together.batches.cancel(job?.id ?? '')).toMatchObject({ status: 'CANCELLED' })
    expect(await rejection(place.together.batches.cancel(job?.id ?? ''))).toMatchObject({ status: 409 })
  })
})
