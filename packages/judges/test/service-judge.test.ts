import type { ServerResponse } from 'node:http'
import { ConfigError, JudgeCallError } from '@judgelab/core'
import { afterEach, describe, expect, it } from 'vitest'
import type { ServiceJudge, ServiceReply } from '../src/index.js'
import { type AnsweringServer, answeringServer, type Received, sendJson } from './answering-server.js'
import { KEY, NO_MODELS, SHOWN, serviceJudgeOf } from './service-judge-of.js'

const VERDICT = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Right.\nVerdict: A' } }],
  usage: {
    prompt_tokens: 300,
    completion_tokens: 40,
    prompt_tokens_details: { cached_tokens: 256 },
    completion_tokens_details: { reasoning_tokens: 30 },
  },
}

const running: AnsweringServer[] = []
afterEach(async () => {
  for (const server of running.splice(0)) await server.close()
})

async function judgeAt(
  answer: (response: ServerResponse, request: Received) => void,
  fields: Parameters<typeof serviceJudgeOf>[0] = {},
): Promise<{ judge: ServiceJudge; server: AnsweringServer }> {
  const server = await answeringServer(answer)
  running.push(server)
  return { judge: await serviceJudgeOf({ baseUrl: `${server.url}/v1`, ...fields }), server }
}

const ask = (judge: ServiceJudge, signal = new AbortController().signal): Promise<ServiceReply> =>
  judge.send(judge.compose(SHOWN, 0), { signal })

const failure = (judge: ServiceJudge, signal?: AbortSignal): Promise<unknown> =>
  ask(judge, signal).then(
    () => 'answered',
    (error: unknown) => error,
  )

describe('a judge behind OpenAI’s chat completions', () => {
  it('sends what it composed, with the key, and reads the verdict and what was used', async () => {
    const { judge, server } = await judgeAt((response) => sendJson(response, VERDICT), { settings: { seed: 7 } })
    const request = judge.compose(SHOWN, 2)
    expect(request).toMatchObject({
      path: '/chat/completions',
      repeat: 2,
      body: { model: 'gpt-4.1', temperature: 0, max_completion_tokens: 4096, seed: 9 },
      atMost: { outputTokens: 4096 },
    })
    const reply = await judge.send(request, { signal: new AbortController().signal })
    const [seen] = server.received
    expect(seen).toMatchObject({ method: 'POST', path: '/v1/chat/completions' })
    expect(seen?.headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'content-type': 'application/json' })
    expect(seen?.headers['user-agent']).toMatch(/^OpenAI\/JS /)
    expect(JSON.parse(seen?.body as string)).toEqual(request.body)
    expect(reply.totalMs).toBeGreaterThanOrEqual(reply.firstByteMs)
    expect(judge.read(reply.body, SHOWN)).toEqual({
      outcome: { kind: 'choice', slot: 0 },
      raw: 'Right.\nVerdict: A',
      usage: { inputTokens: 300, outputTokens: 40, cachedInputTokens: 256, reasoningTokens: 30 },
    })
    const stored = JSON.parse(JSON.stringify(reply.body)) as unknown
    expect(judge.read(stored, SHOWN)).toEqual(judge.read(reply.body, SHOWN))
  })

  it('bounds the tokens of a prompt from above by its bytes', async () => {
    const { judge } = await judgeAt(() => {})
    const { body, atMost } = judge.compose({ ...SHOWN, slots: ['é'.repeat(1000), '答'.repeat(1000)] }, 0)
    expect(atMost.inputTokens).toBeGreaterThan(5000)
    expect(atMost.inputTokens).toBeLessThan(Buffer.byteLength(JSON.stringify(body)) + 300)
  })

  it('keeps connections, one for each call that is under way', async () => {
    const { judge, server } = await judgeAt((response) => setTimeout(() => sendJson(response, VERDICT), 5))
    for (let round = 0; round < 5; round++) await Promise.all(Array.from({ length: 4 }, () => ask(judge)))
    expect(server.received).toHaveLength(20)
    expect(server.connections()).toBe(4)
  })

  it('is another judge at another address, and with other settings', async () => {
    const own = await serviceJudgeOf({})
    expect(own.spec).not.toHaveProperty('baseUrl')
    expect(own.service).toBe('openai https://api.openai.com/v1')
    const elsewhere = await serviceJudgeOf({ baseUrl: 'http://127.0.0.1:9/v1/' })
    expect(elsewhere.spec.baseUrl).toBe('http://127.0.0.1:9/v1')
    const warmer = await serviceJudgeOf({ settings: { temperature: 1 } })
    expect(new Set([own.id, elsewhere.id, warmer.id]).size).toBe(3)
    const unset = await serviceJudgeOf({ settings: { temperature: false } })
    expect(unset.compose(SHOWN, 0).body).not.toHaveProperty('temperature')
  })

  const READ: readonly (readonly [string, object, object])[] = [
    ['no choices', { choices: [] }, { outcome: { kind: 'failed', reason: 'unparsed' } }],
    ['an empty text', choice({ content: '' }), { outcome: { kind: 'failed', reason: 'unparsed' } }],
    ['no text', choice({ content: null }), { outcome: { kind: 'failed', reason: 'unparsed' } }],
    [
      'a refusal',
      choice({ content: null, refusal: 'I will not.' }),
      { outcome: { kind: 'failed', reason: 'refused', detail: 'I will not.' } },
    ],
    [
      'a filtered answer',
      choice({ content: 'Verdict: A' }, 'content_filter'),
      { outcome: { kind: 'failed', reason: 'content-filter' }, raw: 'Verdict: A' },
    ],
    [
      'a cut answer, whatever it seems to say',
      choice({ content: 'Verdict: A' }, 'length'),
      { outcome: { kind: 'failed', reason: 'length' }, raw: 'Verdict: A' },
    ],
    [
      'reasoning in its own field',
      choice({ content: 'Verdict: B', reasoning: 'Hm.' }),
      { outcome: { kind: 'choice', slot: 1 }, raw: 'Verdict: B', reasoning: 'Hm.' },
    ],
    [
      'reasoning as vLLM and others call it',
      choice({ content: 'Verdict: B', reasoning_content: 'Hm.' }),
      { outcome: { kind: 'choice', slot: 1 }, reasoning: 'Hm.' },
    ],
    [
      'reasoning in the text',
      choice({ content: '<think>\nVerdict: A?\n</think>\n\nVerdict: B' }),
      { outcome: { kind: 'choice', slot: 1 }, raw: 'Verdict: B', reasoning: 'Verdict: A?' },
    ],
    [
      'reasoning that the chat template has opened',
      choice({ content: 'Verdict: A?\n</think>\nVerdict: B' }),
      { outcome: { kind: 'choice', slot: 1 }, raw: 'Verdict: B', reasoning: 'Verdict: A?' },
    ],
    [
      'a quoted end of reasoning as a part of the text',
      choice({ content: 'It says </think> twice.\nVerdict: B' }),
      { outcome: { kind: 'choice', slot: 1 }, raw: 'It says </think> twice.\nVerdict: B' },
    ],
    [
      'reasoning that never ends',
      choice({ content: '<think>Verdict: A' }),
      { outcome: { kind: 'failed', reason: 'unparsed' }, reasoning: 'Verdict: A' },
    ],
    ['a tie', choice({ content: 'Verdict: tie' }), { outcome: { kind: 'choice', slot: 'tie' } }],
  ]

  it.each(READ)('reads %s', async (_, body, answer) => {
    const judge = await serviceJudgeOf({})
    expect(judge.read(body, SHOWN)).toMatchObject(answer)
  })
})

function choice(message: object, finish = 'stop'): object {
  return { choices: [{ index: 0, finish_reason: finish, message: { role: 'assistant', ...message } }] }
}

describe('what goes wrong with a call', () => {
  const refusing = (status: number, headers: object = {}, error: object = { message: 'No.' }) =>
    judgeAt((response) => sendJson(response, { error }, status, headers))

  it.each([
    [400, false],
    [401, false],
    [402, false],
    [403, false],
    [404, false],
    [408, true],
    [409, true],
    [422, false],
    [429, true],
    [500, true],
    [502, true],
    [503, true],
    [504, true],
    [529, true],
  ])('takes status %i as worth another attempt: %s, and asks once', async (status, isRetryable) => {
    const { judge, server } = await refusing(status)
    const error = await failure(judge)
    expect(error).toBeInstanceOf(JudgeCallError)
    expect(error).toMatchObject({ status, isRetryable, isTimeout: false, judgeId: judge.id })
    expect((error as Error).message).toBe(`openai answered ${status}: No.`)
    expect(server.received).toHaveLength(1)
  })

  it('does not ask again where the quota is used up', async () => {
    const { judge } = await refusing(429, {}, { message: 'You exceeded your quota.', code: 'insufficient_quota' })
    expect(await failure(judge)).toMatchObject({ status: 429, isRetryable: false })
  })

  it('hears how long to wait, in milliseconds, in seconds and as a date', async () => {
    expect(await failure((await refusing(429, { 'retry-after-ms': '1500' })).judge)).toMatchObject({
      retryAfterMs: 1500,
    })
    expect(await failure((await refusing(503, { 'retry-after': '2' })).judge)).toMatchObject({ retryAfterMs: 2000 })
    const past = await refusing(429, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' })
    expect(await failure(past.judge)).toMatchObject({ retryAfterMs: 0 })
    expect(await failure((await refusing(429, { 'retry-after': 'soon' })).judge)).toMatchObject({
      retryAfterMs: undefined,
    })
  })

  it('takes what the content filter refused as an answer', async () => {
    const { judge } = await refusing(400, {}, { message: 'Filtered.', code: 'content_filter' })
    const { body } = await ask(judge)
    expect(judge.read(body, SHOWN)).toEqual({
      outcome: { kind: 'failed', reason: 'content-filter', detail: 'Filtered.' },
    })
  })

  it('takes what OpenRouter’s moderation flagged as an answer, and no other 403', async () => {
    const flagged = { message: 'Flagged.', code: 403, metadata: { reasons: ['violence'], flagged_input: 'a bomb' } }
    const { judge } = await refusing(403, {}, flagged)
    expect(judge.read((await ask(judge)).body, SHOWN).outcome).toMatchObject({ reason: 'content-filter' })
  })

  const broken: readonly (readonly [string, (response: ServerResponse) => void])[] = [
    ['truncated JSON', (response) => sendJson(response, '{"choices":[{"mess')],
    ['no JSON', (response) => sendJson(response, 'data: {}')],
    ['a JSON list', (response) => sendJson(response, '[]')],
    ['another JSON object', (response) => sendJson(response, '{"object":"list"}')],
    ['an empty body', (response) => sendJson(response, '')],
    ['a page', (response) => sendJson(response, '<html></html>', 200, { 'content-type': 'text/html' })],
    ['a body that calls itself text', (response) => sendJson(response, VERDICT, 200, { 'content-type': 'text/plain' })],
    ['an error with status 200', (response) => sendJson(response, { error: { message: 'Busy.', code: 503 } })],
    [
      'an error within a choice',
      (response) =>
        sendJson(response, { choices: [{ finish_reason: 'error', error: { message: 'Lost.', code: 502 } }] }),
    ],
    ['a reset', (response) => response.socket?.resetAndDestroy()],
    ['a closed line', (response) => response.socket?.end()],
    [
      'a line that closes within the body',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
        response.write('{"choices":')
        setTimeout(() => response.socket?.end(), 5)
      },
    ],
  ]

  it.each(broken)('asks again after %s', async (_, answer) => {
    const { judge, server } = await judgeAt((response) => answer(response))
    expect(await failure(judge)).toMatchObject({ name: 'JudgeCallError', isRetryable: true, isTimeout: false })
    expect(server.received).toHaveLength(1)
  })

  it('does not ask again where the model behind a router says no with status 200', async () => {
    const { judge } = await judgeAt((response) => sendJson(response, { error: { message: 'No credit.', code: 402 } }))
    expect(await failure(judge)).toMatchObject({ isRetryable: false, status: 402 })
  })

  it('asks again where nobody listens', async () => {
    const { judge, server } = await judgeAt(() => {})
    await server.close()
    expect(await failure(judge)).toMatchObject({ name: 'JudgeCallError', isRetryable: true })
  })

  it.each([
    ['silence', (): void => {}],
    [
      'a stalled body',
      (response: ServerResponse): void => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
        response.write('{"id":')
      },
    ],
  ])('calls %s a timeout', async (_, answer) => {
    const { judge } = await judgeAt(answer, { limits: { timeoutSeconds: 0.05 } })
    expect(await failure(judge)).toMatchObject({ isRetryable: true, isTimeout: true })
    const patient = await judgeAt(answer)
    expect(await failure(patient.judge, AbortSignal.timeout(30))).toMatchObject({ isRetryable: true, isTimeout: true })
  })

  it('gives back the reason of a signal that stopped it, before and while it waits', async () => {
    const { judge, server } = await judgeAt(() => controller.abort(reason))
    const controller = new AbortController()
    const reason = new Error('enough')
    expect(await failure(judge, controller.signal)).toBe(reason)
    expect(server.received).toHaveLength(1)
    expect(await failure(judge, controller.signal)).toBe(reason)
    expect(server.received).toHaveLength(1)
  })

  it('does not call a mistake of this program a failed call', async () => {
    const { judge } = await judgeAt((response) => sendJson(response, VERDICT))
    const request = {
      ...judge.compose(SHOWN, 0),
      get json(): string {
        throw new TypeError('a mistake')
      },
    }
    const sent = judge.send(request, { signal: new AbortController().signal })
    await expect(sent).rejects.toBeInstanceOf(TypeError)
  })

  it('gives the service’s own words, however deep its SDK puts them', async () => {
    const body = { error: { message: 'Invalid API key provided.', code: 'invalid_api_key' } }
    for (const provider of ['openai', 'together'] as const) {
      const { judge } = await judgeAt((response) => sendJson(response, body, 401), { provider })
      expect(((await failure(judge)) as JudgeCallError).message).toBe(
        `${provider} answered 401: Invalid API key provided.`,
      )
    }
  })

  it('never says the key', async () => {
    const echo = `Incorrect API key provided: ${KEY}.`
    const echoing = await judgeAt((response) => sendJson(response, { error: { message: echo } }, 401))
    const error = (await failure(echoing.judge)) as JudgeCallError
    expect(error.message).toBe('openai answered 401: Incorrect API key provided: [key].')
    expect(JSON.stringify([error, error.cause, String(error.cause), error.stack])).not.toContain(KEY)
    const answering = await judgeAt((response) => sendJson(response, choice({ content: `${KEY}\nVerdict: A` })))
    const { body } = await ask(answering.judge)
    expect(JSON.stringify([body, answering.judge])).not.toContain(KEY)
  })
})

describe('createServiceJudge', () => {
  it('names the variable of a missing key before anything is asked', async () => {
    const env = {} as NodeJS.ProcessEnv
    await expect(serviceJudgeOf({}, { env })).rejects.toThrow(ConfigError)
    await expect(serviceJudgeOf({}, { env })).rejects.toThrow('OPENAI_API_KEY')
    await expect(serviceJudgeOf({ provider: 'together' }, { env })).rejects.toThrow('TOGETHER_API_KEY')
    await expect(serviceJudgeOf({ keyEnv: 'MY_KEY' }, { env })).rejects.toThrow('MY_KEY')
    const pasted = { OPENAI_API_KEY: 'sk one\ntwo' } as unknown as NodeJS.ProcessEnv
    await expect(serviceJudgeOf({}, { env: pasted })).rejects.not.toThrow('sk one')
  })

  it.each([
    [{ temprature: 0 }, 'judges.judge.settings.temprature', '(did you mean "temperature"?)'],
    [{ topK: 3 }, 'judges.judge.settings.topK', 'expected a setting of openai'],
    [{ temperature: 3 }, 'judges.judge.settings.temperature', 'expected a number from 0 to 2'],
    [{ maxTokens: 0.5 }, 'judges.judge.settings.maxTokens', 'expected an integer of at least 1'],
    [{ reasoningEffort: 'hihg' }, 'judges.judge.settings.reasoningEffort', 'expected one of none, minimal'],
  ] as const)('refuses the settings %j', async (settings, path, message) => {
    const refused = serviceJudgeOf({ settings })
    await expect(refused).rejects.toMatchObject({ name: 'ConfigError', path })
    await expect(refused).rejects.toThrow(message)
  })

  it.each([
    ['http://user:secret@localhost/v1', 'without credentials'],
    ['https://localhost/v1?api-key=secret', 'without ? and #'],
    ['ftp://localhost/v1', 'expected an http or https address'],
  ])('refuses the address %s', async (baseUrl, message) => {
    const refused = serviceJudgeOf({ baseUrl })
    await expect(refused).rejects.toThrow(message)
    await expect(refused).rejects.not.toThrow('secret')
  })

  it('is where the environment says that all of Together is, unless the study says where; its id differs', async () => {
    const env = { TOGETHER_API_KEY: KEY, OPENAI_API_KEY: KEY, TOGETHER_BASE_URL: 'http://localhost:9/together/v1/' }
    const addressOf = async (asked: Parameters<typeof serviceJudgeOf>[0], given: NodeJS.ProcessEnv = env) =>
      (await serviceJudgeOf(asked, { env: given })).spec.baseUrl
    expect(await addressOf({ provider: 'together' })).toBe('http://localhost:9/together/v1')
    expect(await addressOf({ provider: 'together', baseUrl: 'http://localhost:8/v1' })).toBe('http://localhost:8/v1')
    expect(await addressOf({ provider: 'together' }, { ...env, TOGETHER_BASE_URL: '' })).toBeUndefined()
    expect(await addressOf({ provider: 'openai' })).toBeUndefined()
    await expect(addressOf({ provider: 'together' }, { ...env, TOGETHER_BASE_URL: 'localhost' })).rejects.toMatchObject(
      {
        path: 'TOGETHER_BASE_URL',
      },
    )
  })

  it('leaves out what a thinking model’s service refuses, and gives it room to think', async () => {
    const stated = { source: 'a test', date: '2026-02-02' }
    const known = {
      ...NO_MODELS,
      models: [
        {
          name: 'thinker',
          label: 'Thinker',
          provider: 'openai' as const,
          open: false,
          prices: {},
          thinking: { value: true, ...stated },
          efforts: { value: ['medium', 'none', 'high'], ...stated },
          refuses: { value: ['temperature', 'logprobs'], ...stated },
        },
      ],
    }
    const thinking = await serviceJudgeOf({ model: 'thinker' }, { registry: known })
    expect(thinking.spec.settings).toEqual({ maxTokens: 16_384, reasoningEffort: 'medium' })
    expect(thinking.compose(SHOWN, 0).body).not.toHaveProperty('temperature')
    const plain = await serviceJudgeOf({ model: 'thinker', settings: { reasoningEffort: 'none' } }, { registry: known })
    expect(plain.spec.settings).toEqual({ temperature: 0, maxTokens: 2048, reasoningEffort: 'none' })
    await expect(
      serviceJudgeOf({ model: 'thinker', settings: { reasoningEffort: 'hihg' } }, { registry: known }),
    ).rejects.toThrow('expected one of')
    await expect(
      serviceJudgeOf({ model: 'thinker', settings: { reasoningEffort: 'xhigh' } }, { registry: known }),
    ).rejects.toThrow('expected a reasoning effort that Thinker takes (medium, none, high), found "xhigh"')
  })
})
