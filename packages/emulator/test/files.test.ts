import { toFile } from 'openai'
import type Together from 'together-ai'
import { describe, expect, it } from 'vitest'
import { jsonl, preferenceRows } from './preference-rows.js'
import { rejection, running } from './running.js'
import { putToTogether } from './uploads.js'

const row = preferenceRows(1)[0] as Record<string, unknown>
const assistant = [{ role: 'assistant', content: 'x' }]

describe('OpenAI files', () => {
  it('come in a form, are read back, listed in pages and deleted', async () => {
    const { openai } = await running()
    const text = jsonl(preferenceRows(3))
    const upload = async (name: string) =>
      openai.files.create({ file: await toFile(Buffer.from(text), name), purpose: 'fine-tune' })
    const file = await upload('pairs.jsonl')
    expect(file).toMatchObject({
      object: 'file',
      bytes: text.length,
      filename: 'pairs.jsonl',
      purpose: 'fine-tune',
      status: 'uploaded',
    })
    expect(await openai.files.waitForProcessing(file.id, { pollInterval: 1 })).toMatchObject({ status: 'processed' })
    expect(await (await openai.files.content(file.id)).text()).toBe(text)
    const more = [await upload('b.jsonl'), await upload('c.jsonl')]
    const listed: string[] = []
    for await (const { id } of openai.files.list({ limit: 1, order: 'asc' })) listed.push(id)
    expect(listed).toEqual([file.id, ...more.map(({ id }) => id)])
    expect(await openai.files.delete(file.id)).toEqual({ id: file.id, object: 'file', deleted: true })
    expect(await rejection(openai.files.retrieve(file.id))).toMatchObject({ status: 404 })
  })

  it.each([
    ['pairs.txt', 'fine-tune', '{}\n', 'Must be .jsonl'],
    ['pairs.jsonl', 'fine-tune', '{}\n{broken\n', 'Line 2 is not valid JSON'],
    ['pairs.jsonl', 'batch', '[]\n', 'Line 1 is not a JSON object'],
    ['pairs.jsonl', 'batch-api', '{}\n', "'batch-api' is not one of"],
    ['pairs.jsonl', 'batch', '', 'empty'],
  ])('%s for %s is refused: %#', async (name, purpose, text, said) => {
    const { openai } = await running()
    const file = await toFile(Buffer.from(text), name)
    const refused = await rejection(openai.files.create({ file, purpose: purpose as 'batch' }))
    expect(refused).toMatchObject({ status: 400, message: expect.stringContaining(said) })
  })
})

describe('Together files', () => {
  it('come in two steps and are looked through before they can be used', async () => {
    const { together } = await running()
    const text = jsonl(preferenceRows(3))
    const id = await putToTogether(together, 'folder/pairs.jsonl', 'fine-tune', text)
    const seen: unknown[] = []
    for (let look = 0; look < 4; look++) seen.push(await together.files.retrieve(id))
    expect(seen.map((file) => (file as Together.FileResponse).processing_status)).toEqual([
      'PENDING',
      'QUEUED',
      'RUNNING',
      'COMPLETED',
    ])
    expect(seen[3]).toMatchObject({
      id,
      object: 'file',
      bytes: text.length,
      filename: 'pairs.jsonl',
      FileType: 'jsonl',
      purpose: 'fine-tune',
      Processed: true,
      validation_report: { valid: true, nlines: 3, dataset_format: 'PREFERENCE_OPENAI' },
    })
    expect(await (await together.files.content(id)).text()).toBe(text)
    expect((await together.files.list()).data).toMatchObject([{ id }])
    expect(await together.files.delete(id)).toMatchObject({ id, deleted: true })
    expect(await rejection(together.files.retrieve(id))).toMatchObject({ status: 404 })
  })

  it('for other purposes are ready at once, and nobody sees a file whose bytes never came', async () => {
    const { together, emulator } = await running()
    const id = await putToTogether(together, 'rows.csv', 'eval', 'prompt,a\nx,y\n')
    expect(await together.files.retrieve(id)).toMatchObject({ Processed: true, FileType: 'csv' })
    expect(await together.files.retrieve(id)).not.toHaveProperty('processing_status')
    const begun = await rejection(
      together.post('/files', {
        query: { file_name: 'a.jsonl', file_type: 'jsonl', purpose: 'eval' },
        fetchOptions: { redirect: 'manual' },
      }),
    )
    const place = begun.headers?.get('location') ?? ''
    expect((await together.files.list()).data).toHaveLength(1)
    expect((await fetch(place.replace('signature=', 'signature=0'), { method: 'PUT', body: '{}' })).status).toBe(403)
    expect(emulator.stats().unauthorized).toBe(0)
  })

  it('may come in one step too', async () => {
    const { together } = await running()
    const form = new FormData()
    form.set('file', new File([jsonl(preferenceRows(1))], 'pairs.jsonl'))
    form.set('purpose', 'fine-tune')
    form.set('file_name', 'pairs.jsonl')
    form.set('file_type', 'jsonl')
    const file = (await together.post('/files/upload', { body: form })) as Together.FileResponse
    expect(file).toMatchObject({ filename: 'pairs.jsonl', processing_status: 'PENDING' })
  })

  it.each<[string, object[] | string, string]>([
    ['no JSON', '{"input":', 'not valid JSON'],
    ['no rows', '\n', 'no examples'],
    [
      'an assistant last',
      [{ ...row, input: { messages: [{ role: 'user', content: 'x' }, ...assistant] } }],
      'must not be from the assistant',
    ],
    [
      'two users in a row',
      [
        {
          ...row,
          input: {
            messages: [
              { role: 'user', content: 'x' },
              { role: 'user', content: 'y' },
            ],
          },
        },
      ],
      'must alternate',
    ],
    ['no messages', [{ ...row, input: { messages: [] } }], 'must not be empty'],
    ['two preferred outputs', [{ ...row, preferred_output: [...assistant, ...assistant] }], 'exactly one message'],
    ['a side by the user', [{ ...row, non_preferred_output: [{ role: 'user', content: 'x' }] }], "'assistant' role"],
    [
      'content that is no text',
      [{ ...row, preferred_output: [{ role: 'assistant', content: null }] }],
      'must be a string',
    ],
    ['a negative weight', [{ ...row, weight: -1 }], 'at least 0'],
    ['a column too many', [{ ...row, id: 7 }], 'extra column "id"'],
    ['another format on line 2', [row, { text: 'x' }], 'extra column "text"'],
  ])('with %s is INVALID_FORMAT', async (_, rows, said) => {
    const { together } = await running()
    const text = typeof rows === 'string' ? rows : jsonl(rows)
    const id = await putToTogether(together, 'pairs.jsonl', 'fine-tune', text)
    for (let look = 0; look < 3; look++) await together.files.retrieve(id)
    const file = await together.files.retrieve(id)
    expect(file).toMatchObject({
      processing_status: 'INVALID_FORMAT',
      validation_report: { valid: false, error_type: 'INVALID_FORMAT' },
    })
    expect(file.validation_report?.error).toContain(said)
  })

  it('takes weights of at least 0, and tools', async () => {
    const { together } = await running()
    const weighted = { ...row, weight: 0.5, input: { ...(row.input as object), tools: [] } }
    const id = await putToTogether(together, 'pairs.jsonl', 'fine-tune', jsonl([weighted]))
    for (let look = 0; look < 3; look++) await together.files.retrieve(id)
    expect(await together.files.retrieve(id)).toMatchObject({
      validation_report: { valid: true, dataset_has_sample_weights: true, dataset_has_tools: true },
    })
  })
})
