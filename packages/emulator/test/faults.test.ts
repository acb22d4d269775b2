import { describe, expect, it } from 'vitest'
import { EMULATOR_KEY, type Fault, type FaultOptions } from '../src/index.js'
import { judgingPrompt, PAIRWISE } from './judging-prompt.js'
import { rejection, running } from './running.js'

const MODEL = 'gpt-4.1-2025-04-14'
const asking = (question: string) => ({
  model: MODEL,
  temperature: 0,
  messages: [{ role: 'user' as const, content: judgingPrompt(question, ['One.', 'Two.'], PAIRWISE) }],
})
const always = (fault: Fault, more: FaultOptions = {}): FaultOptions => ({ rates: { [fault]: 1 }, ...more })

describe('a fault of the service', () => {
  it.each([
    ['rate-limited', 429, 'RateLimitError'],
    ['server-error', 500, 'InternalServerError'],
    ['bad-gateway', 502, 'InternalServerError'],
    ['unavailable', 503, 'InternalServerError'],
    ['overloaded', 529, 'InternalServerError'],
  ] as const)('%s is status %i', async (fault, status, name) => {
    const { openai, together, emulator } = await running({ faults: always(fault) })
    const failed = await rejection(openai.chat.completions.create(asking('a')))
    expect(failed).toMatchObject({ status })
    expect(failed.constructor.name).toBe(name)
    expect(await rejection(together.chat.completions.create({ ...asking('b'), model: 'a/b' }))).toMatchObject({
      status,
    })
    expect(emulator.stats()).toMatchObject({
      requests: 2,
      faulted: 2,
      answered: 0,
      unanswered: 2,
      faults: { [fault]: 2 },
    })
  })

  it.each([
    ['seconds', { 'retry-after': '3' }],
    ['date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:03 GMT' }],
    ['ms', { 'retry-after-ms': '2500' }],
  ] as const)('says when to come back, in %s', async (retryAfter, headers) => {
    const { openai } = await running({ faults: always('rate-limited', { retryAfter, retryAfterMs: 2500 }) })
    const failed = await rejection(openai.chat.completions.create(asking('a')))
    expect(Object.fromEntries(failed.headers ?? [])).toMatchObject(headers)
  })
})

describe('a fault of the line', () => {
  it.each(['reset', 'half-closed'] as const)('%s is a connection error', async (fault) => {
    const { openai } = await running({ faults: always(fault) })
    const failed = await rejection(openai.chat.completions.create(asking('a')))
    expect(failed.constructor.name).toBe('APIConnectionError')
  })

  it('stalled never ends, before the answer or in the middle of it: a client must stop waiting by itself', async () => {
    const { emulator } = await running({ faults: always('stalled') })
    const waiting = new AbortController()
    const headers = { authorization: `Bearer ${EMULATOR_KEY}` }
    const begun: Response[] = []
    const asked = Array.from({ length: 8 }, async (_, at) => {
      const init = { method: 'POST', headers, body: JSON.stringify(asking(`question ${at}`)), signal: waiting.signal }
      begun.push(await fetch(`${emulator.openAiUrl}/chat/completions`, init))
    })
    await Promise.any(asked)
    for (let trip = 0; trip < 20; trip++) await fetch(`${emulator.url}/_emulator/stats`)
    expect(begun.length).toBeLessThan(8)
    const rest = begun[0]?.text() ?? Promise.resolve('')
    waiting.abort()
    expect((await rejection(rest)).name).toBe('AbortError')
    await Promise.allSettled(asked)
    expect(emulator.stats()).toMatchObject({ faulted: 8, faults: { stalled: 8 } })
  })
})

describe('a spoiled answer', () => {
  it.each(['truncated-json', 'malformed-json'] as const)('%s is no JSON', async (fault) => {
    const { openai, emulator } = await running({ faults: always(fault) })
    expect((await rejection(openai.chat.completions.create(asking('a')))).constructor.name).toBe('SyntaxError')
    expect(emulator.stats()).toMatchObject({ faulted: 1, answered: 0 })
  })

  it('wrong-content-type is not read as JSON by the SDK, be it JSON or a page', async () => {
    const { openai } = await running({ faults: always('wrong-content-type') })
    const seen = new Set<string>()
    for (const question of 'abcdefgh') {
      const text = (await openai.chat.completions.create(asking(question))) as unknown
      expect(typeof text).toBe('string')
      seen.add((text as string).slice(0, 1))
    }
    expect(seen).toEqual(new Set(['{', '<']))
  })

  it('empty-choices has none', async () => {
    const { openai, together } = await running({ faults: always('empty-choices') })
    expect((await openai.chat.completions.create(asking('a'))).choices).toEqual([])
    expect((await together.chat.completions.create({ ...asking('a'), model: 'a/b' })).choices).toEqual([])
    expect((await openai.responses.create({ model: MODEL, input: 'a' })).output).toEqual([])
  })
})

describe('a model’s own no', () => {
  const responseTo = (fault: Fault) => running({ faults: always(fault) })

  it('refusal stands where the vendor puts it', async () => {
    const { openai, together, emulator } = await responseTo('refusal')
    const { message, finish_reason } = (await openai.chat.completions.create(asking('a'))).choices[0] ?? {}
    expect({ ...message, finish_reason }).toMatchObject({
      content: null,
      refusal: expect.stringContaining('sorry'),
      finish_reason: 'stop',
    })
    const from = await together.chat.completions.create({ ...asking('a'), model: 'a/b' })
    expect(from.choices[0]?.message?.content).toContain('sorry')
    const { output } = await openai.responses.create({ model: MODEL, input: 'a' })
    expect(output[0]).toMatchObject({ content: [{ type: 'refusal' }] })
    expect(emulator.stats()).toMatchObject({ answered: 3, faulted: 0, faults: { refusal: 3 } })
  })

  it('content-filter and length are reasons to finish', async () => {
    const filtered = await responseTo('content-filter')
    const { choices } = await filtered.openai.chat.completions.create(asking('a'))
    expect(choices[0]).toMatchObject({ finish_reason: 'content_filter', message: { content: '' } })
    const response = await filtered.openai.responses.create({ model: MODEL, input: 'a' })
    expect(response).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'content_filter' } })
    const cut = await responseTo('length')
    const [choice] = (await cut.openai.chat.completions.create(asking('a'))).choices
    expect(choice?.finish_reason).toBe('length')
    expect(choice?.message.content).not.toContain('Verdict')
  })

  it('wrong-label is a label that was not offered', async () => {
    const { openai } = await responseTo('wrong-label')
    const [choice] = (await openai.chat.completions.create(asking('a'))).choices
    expect(choice?.message.content).toMatch(/\nVerdict: undecided$/)
  })
})

describe('faults by seed', () => {
  const rates = { 'rate-limited': 0.2, 'server-error': 0.2, refusal: 0.2 }
  const fates = async (seed: number) => {
    const { openai } = await running({ faults: { seed, rates } })
    const asked = Array.from({ length: 24 }, (_, at) => openai.chat.completions.create(asking(`question ${at}`)))
    return Promise.all(
      asked.map((answer) =>
        answer.then(
          ({ choices }) => choices[0]?.message.refusal ?? 'ok',
          ({ status }) => status,
        ),
      ),
    )
  }

  it('are the same for the same seed, whatever the order, and others for another', async () => {
    const once = await fates(1)
    expect(new Set(once).size).toBe(4)
    expect(await fates(1)).toEqual(once)
    expect(await fates(2)).not.toEqual(once)
  })

  it('let a retry through, so that every content is answered once', async () => {
    const { openai, emulator } = await running({
      faults: { seed: 3, rates: { 'server-error': 0.3, reset: 0.1 }, retryAfterMs: 1 },
    })
    const patient = openai.withOptions({ maxRetries: 0 })
    const persist = async (question: string): Promise<void> => {
      for (let attempt = 0; attempt < 20; attempt++) {
        const answer = await patient.chat.completions.create(asking(question)).then(
          ({ id }) => id,
          () => undefined,
        )
        if (answer !== undefined) return
      }
    }
    await Promise.all(Array.from({ length: 30 }, (_, at) => persist(`question ${at}`)))
    const stats = emulator.stats()
    expect(stats).toMatchObject({
      contents: 30,
      answered: 30,
      unanswered: 0,
      answeredAgain: { contents: 0, answers: 0 },
      inFlight: 0,
    })
    expect(stats.faulted).toBeGreaterThan(5)
    expect(stats.requests).toBe(30 + stats.faulted)
  })

  it('count what is asked twice, by the content’s hash, over HTTP too', async () => {
    const { openai, emulator } = await running()
    for (const question of ['a', 'b', 'a']) await openai.chat.completions.create(asking(question))
    const stats = (await (await fetch(`${emulator.url}/_emulator/stats`)).json()) as object
    expect(stats).toMatchObject({ requests: 3, contents: 2, answeredAgain: { contents: 1, answers: 1 } })
    expect(emulator.contents().map(({ requests }) => requests)).toEqual([2, 1])
    await fetch(`${emulator.url}/_emulator/reset`, { method: 'POST' })
    expect(emulator.stats()).toMatchObject({ requests: 0, contents: 0 })
  })

  it('can be turned while it runs, and are checked', async () => {
    const { openai, emulator } = await running()
    const set = (faults: object) =>
      fetch(`${emulator.url}/_emulator/faults`, { method: 'POST', body: JSON.stringify(faults) })
    expect((await set(always('overloaded'))).status).toBe(200)
    expect(await rejection(openai.chat.completions.create(asking('a')))).toMatchObject({ status: 529 })
    expect((await set({ rates: { thunder: 1 } })).status).toBe(400)
    expect(() => emulator.setFaults({ rates: { reset: 0.6, stalled: 0.6 } })).toThrow('rates that add up to at most 1')
  })

  it('spare lists and files unless they are everywhere', async () => {
    const { openai, emulator } = await running({ faults: always('unavailable') })
    expect((await openai.models.list()).data).not.toHaveLength(0)
    emulator.setFaults(always('unavailable', { everywhere: true }))
    expect(await rejection(openai.models.list())).toMatchObject({ status: 503 })
  })
})
