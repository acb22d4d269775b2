import { afterEach, describe, expect, it } from 'vitest'
import { type AnsweringServer, answeringServer, sendJson } from './answering-server.js'
import { KEY, SHOWN, serviceJudgeOf } from './service-judge-of.js'

const running: AnsweringServer[] = []
afterEach(async () => {
  for (const server of running.splice(0)) await server.close()
})

type Fields = Parameters<typeof serviceJudgeOf>[0]

const bodyOf = async (fields: Fields): Promise<Record<string, unknown>> => {
  const { body } = (await serviceJudgeOf(fields)).compose(SHOWN, 0)
  const { messages, input, ...rest } = body
  expect(messages ?? input).toEqual([{ role: 'user', content: expect.stringContaining('Four.') }])
  return rest
}

const SCHEMA = expect.objectContaining({ type: 'object', required: ['reasoning', 'verdict'] }) as object

describe('what is sent', () => {
  it('OpenAI, chat completions', async () => {
    expect(
      await bodyOf({
        ...{ model: 'o9', decision: 'structured' },
        settings: { temperature: false, topP: 0.9, maxTokens: 99, seed: 4, reasoningEffort: 'low', verbosity: 'low' },
      }),
    ).toEqual({
      ...{ model: 'o9', top_p: 0.9, max_completion_tokens: 99, seed: 4, reasoning_effort: 'low', verbosity: 'low' },
      response_format: { type: 'json_schema', json_schema: { name: 'judgment', strict: true, schema: SCHEMA } },
    })
    expect(await bodyOf({ decision: 'logprobs' })).toEqual({
      ...{ model: 'gpt-4.1', temperature: 0, max_completion_tokens: 16, logprobs: true, top_logprobs: 20 },
    })
  })

  it('OpenAI, responses: nothing is stored, and there is no seed', async () => {
    expect(
      await bodyOf({
        ...{ api: 'responses', model: 'o9', decision: 'structured' },
        settings: { temperature: false, reasoningEffort: 'low', reasoningSummary: 'auto', maxTokens: 99 },
      }),
    ).toEqual({
      ...{ model: 'o9', store: false, max_output_tokens: 99, reasoning: { effort: 'low', summary: 'auto' } },
      text: { format: { type: 'json_schema', name: 'judgment', strict: true, schema: SCHEMA } },
    })
    expect(await bodyOf({ api: 'responses', decision: 'logprobs' })).toEqual({
      ...{ model: 'gpt-4.1', store: false, temperature: 0, max_output_tokens: 16, top_logprobs: 20 },
      include: ['message.output_text.logprobs'],
    })
    await expect(bodyOf({ api: 'responses', settings: { seed: 1 } })).rejects.toThrow('expected a setting of openai')
  })

  it('Together', async () => {
    expect(
      await bodyOf({
        ...{ provider: 'together', model: 'a/b', decision: 'logprobs' },
        settings: { seed: 4, topK: 5, minP: 0.1, repetitionPenalty: 1.1, thinking: false },
      }),
    ).toEqual({
      ...{ model: 'a/b', temperature: 0, max_tokens: 16, seed: 4, top_k: 5, min_p: 0.1, repetition_penalty: 1.1 },
      ...{ reasoning: { enabled: false }, logprobs: 20 },
    })
  })

  it('a server that speaks OpenAI’s API', async () => {
    const mine: Fields = { provider: 'openai-compatible', model: 'mine', baseUrl: 'http://127.0.0.1:1/v1' }
    expect(await bodyOf({ ...mine, settings: { thinking: true } })).toEqual({
      ...{ model: 'mine', temperature: 0, max_tokens: 16_384, chat_template_kwargs: { enable_thinking: true } },
    })
    expect(await bodyOf({ ...mine, settings: { maxTokensField: 'max_completion_tokens' } })).toEqual({
      ...{ model: 'mine', temperature: 0, max_completion_tokens: 4096 },
    })
  })
})

describe('how a server is reached', () => {
  const sentTo = async (fields: Fields, env: Record<string, string> = {}) => {
    const server = await answeringServer((response) => sendJson(response, { choices: [] }))
    running.push(server)
    const baseUrl = `${server.url}${fields.baseUrl ?? '/v1'}`
    const judge = await serviceJudgeOf({ ...fields, baseUrl }, { env: env as NodeJS.ProcessEnv })
    for (let at = 0; at < 2; at++) await judge.send(judge.compose(SHOWN, at), { signal: new AbortController().signal })
    expect(server.received[1]).toEqual(server.received[0])
    return server.received[0]
  }

  it('with Together’s SDK and key', async () => {
    const seen = await sentTo({ provider: 'together', model: 'a/b' }, { TOGETHER_API_KEY: KEY })
    expect(seen?.headers).toMatchObject({ authorization: `Bearer ${KEY}` })
    expect(seen?.headers['user-agent']).toMatch(/^Together\/JS /)
  })

  it('without any key where none is named, whatever keys there are', async () => {
    const env = { OPENAI_API_KEY: KEY, OPENAI_ORG_ID: 'org-mine' }
    const seen = await sentTo({ provider: 'openai-compatible', model: 'mine' }, env)
    expect(JSON.stringify(seen?.headers)).not.toMatch(/sk-test|org-mine/)
    expect(seen?.headers).not.toHaveProperty('authorization')
  })

  it('as Azure wants it: api-version in the address, the key in a header of its own', async () => {
    const seen = await sentTo(
      {
        ...{ provider: 'openai-compatible', model: 'gpt', keyEnv: 'AZURE_KEY', baseUrl: '/openai/deployments/gpt/' },
        settings: { apiVersion: '2024-10-21', keyHeader: 'api-key' },
      },
      { AZURE_KEY: KEY },
    )
    expect(seen?.path).toBe('/openai/deployments/gpt/chat/completions?api-version=2024-10-21')
    expect(seen?.headers).toMatchObject({ 'api-key': KEY })
    expect(seen?.headers).not.toHaveProperty('authorization')
  })

  it('through the proxy that the environment names', async () => {
    const proxy = await answeringServer((response) => sendJson(response, { choices: [] }))
    running.push(proxy)
    const judge = await serviceJudgeOf(
      { provider: 'openai-compatible', model: 'mine', baseUrl: 'http://models.invalid/v1' },
      { env: { HTTP_PROXY: proxy.url } as unknown as NodeJS.ProcessEnv },
    )
    await judge.send(judge.compose(SHOWN, 0), { signal: AbortSignal.timeout(5000) })
    expect(proxy.received.map(({ path }) => path)).toEqual(['http://models.invalid/v1/chat/completions'])
  })
})

describe('what is read', () => {
  const message = (text: string, more: object = {}) => ({
    type: 'message',
    role: 'assistant',
    content: [{ type: 'output_text', text, annotations: [], ...more }],
  })
  const top = (token: string, share: number) => ({ token, logprob: Math.log(share) })

  it.each([
    [
      'a verdict and its reasoning',
      {
        output: [
          { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Four it is.' }] },
          message('Verdict: A'),
        ],
        usage: {
          input_tokens: 9,
          input_tokens_details: { cached_tokens: 4 },
          output_tokens: 7,
          output_tokens_details: { reasoning_tokens: 5 },
        },
      },
      {
        outcome: { kind: 'choice', slot: 0 },
        raw: 'Verdict: A',
        reasoning: 'Four it is.',
        usage: { inputTokens: 9, cachedInputTokens: 4, outputTokens: 7, reasoningTokens: 5 },
      },
    ],
    [
      'an answer that was cut',
      { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' }, output: [message('Verdict: A')] },
      { outcome: { kind: 'failed', reason: 'length' } },
    ],
    [
      'an answer that was cut while it thought',
      {
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
        output: [{ type: 'reasoning', summary: [] }],
      },
      { outcome: { kind: 'failed', reason: 'length' } },
    ],
    [
      'a filtered answer',
      { status: 'incomplete', incomplete_details: { reason: 'content_filter' }, output: [] },
      { outcome: { kind: 'failed', reason: 'content-filter' } },
    ],
    [
      'a refusal',
      { output: [{ type: 'message', content: [{ type: 'refusal', refusal: 'No.' }] }] },
      { outcome: { kind: 'failed', reason: 'refused', detail: 'No.' } },
    ],
    ['nothing', { output: [] }, { outcome: { kind: 'failed', reason: 'unparsed' } }],
  ] as const)('of the responses API: %s', async (_, body, answer) => {
    const judge = await serviceJudgeOf({ api: 'responses' })
    expect(judge.read(body, SHOWN)).toMatchObject(answer)
  })

  it.each([
    [
      'OpenAI’s chat completions',
      {},
      {
        choices: [
          {
            finish_reason: 'length',
            message: { content: 'A' },
            logprobs: { content: [{ ...top('A', 0.75), top_logprobs: [top('A', 0.75), top('B', 0.25)] }] },
          },
        ],
      },
    ],
    [
      'OpenAI’s responses',
      { api: 'responses' },
      { output: [message('A', { logprobs: [{ ...top('A', 0.75), top_logprobs: [top('A', 0.75), top('B', 0.25)] }] })] },
    ],
    [
      'Together',
      { provider: 'together', model: 'a/b' },
      {
        choices: [
          {
            finish_reason: 'length',
            message: { content: 'A' },
            logprobs: {
              tokens: ['A'],
              token_logprobs: [Math.log(0.75)],
              top_logprobs: { A: Math.log(0.75), B: Math.log(0.25) },
            },
          },
        ],
      },
    ],
    [
      'Together, a list',
      { provider: 'together', model: 'a/b' },
      {
        choices: [
          {
            finish_reason: 'eos',
            message: { content: 'A' },
            logprobs: {
              tokens: ['A', '.'],
              token_logprobs: [Math.log(0.75), 0],
              top_logprobs: [{ A: Math.log(0.75), B: Math.log(0.25) }, { '.': 0 }],
            },
          },
        ],
      },
    ],
  ] as const)('first-token probabilities of %s, be the answer cut or not', async (_, fields, body) => {
    const judge = await serviceJudgeOf({ ...fields, decision: 'logprobs' })
    const { outcome } = judge.read(body, SHOWN)
    expect(outcome).toMatchObject({ kind: 'choice', slot: 0 })
    expect(outcome.kind === 'choice' && outcome.probabilities?.[0]).toBeCloseTo(0.75, 10)
  })

  it('no first token, no verdict', async () => {
    const judge = await serviceJudgeOf({ decision: 'logprobs' })
    const body = { choices: [{ finish_reason: 'stop', message: { content: 'A' }, logprobs: null }] }
    expect(judge.read(body, SHOWN)).toMatchObject({ outcome: { kind: 'failed', reason: 'unparsed' } })
  })
})
