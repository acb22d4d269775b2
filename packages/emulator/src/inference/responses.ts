import { z } from 'zod'
import { jsonReply, type Reply, refuse } from '../http/reply.js'
import type { AnswerSchema } from '../judging/write-answer.js'
import type { Services } from '../services.js'
import type { InferenceRequest } from './chat-completions.js'
import { checkContext, checkRefused, checkStrictSchema, findModel, parseBody, parseRequest } from './check-request.js'
import { type Generated, generate, promptTokens, type Turn } from './generate.js'
import { tokenProbabilities, toOpenAiLogprobs } from './logprobs.js'

const inputPart = z.looseObject({ type: z.enum(['input_text', 'output_text']), text: z.string() })
const inputItem = z.looseObject({
  type: z.literal('message').optional(),
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: z.union([z.string(), z.array(inputPart)]),
})
const textFormat = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text') }),
  z.looseObject({ type: z.literal('json_object') }),
  z.looseObject({
    type: z.literal('json_schema'),
    name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
    schema: z.record(z.string(), z.unknown()),
    strict: z.boolean().nullish(),
  }),
])
const responseRequest = z.strictObject({
  model: z.string(),
  input: z.union([z.string(), z.array(inputItem).min(1)]),
  instructions: z.string().nullish(),
  max_output_tokens: z.int().min(16).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  include: z.array(z.string()).nullish(),
  text: z.looseObject({ format: textFormat.optional(), verbosity: z.unknown().optional() }).nullish(),
  reasoning: z
    .looseObject({
      effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).nullish(),
      summary: z.unknown().optional(),
    })
    .nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  store: z.boolean().nullish(),
  stream: z.boolean().nullish(),
  background: z.boolean().nullish(),
  service_tier: z.unknown().optional(),
  truncation: z.enum(['auto', 'disabled']).nullish(),
  user: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  prompt_cache_key: z.string().nullish(),
  prompt_cache_retention: z.unknown().optional(),
  parallel_tool_calls: z.boolean().nullish(),
  tools: z.unknown().optional(),
  tool_choice: z.unknown().optional(),
})

/** Answers POST /v1/responses in OpenAI's shape. @throws {RefusedRequest} */
export function respond(request: InferenceRequest, services: Services): Reply {
  const body = parseBody(request.body)
  const read = parseRequest(responseRequest, body)
  const profile = findModel(read.model, request.vendor, services)
  if (read.stream === true || read.background === true)
    refuse(400, 'The emulator neither streams nor answers in the background.', {
      param: 'stream',
      code: 'unsupported_value',
    })
  const effort = read.reasoning?.effort ?? 'medium'
  if (profile.thinking === undefined && read.reasoning?.effort != null)
    refuse(400, "Unsupported parameter: 'reasoning.effort' is not supported with this model.", {
      param: 'reasoning.effort',
      code: 'unsupported_parameter',
    })
  const thinks = profile.thinking !== undefined && effort !== 'none'
  checkRefused(body, profile, thinks)
  const format = read.text?.format
  if (format?.type === 'json_schema' && format.strict !== false)
    checkStrictSchema(format.name, format.schema, 'text.format.schema')
  const items = typeof read.input === 'string' ? [{ role: 'user', content: read.input }] : read.input
  const turns: Turn[] = [
    ...(read.instructions == null ? [] : [{ role: 'system', text: read.instructions }]),
    ...items.map(({ role, content }) => ({
      role,
      text: typeof content === 'string' ? content : content.map(({ text }) => text).join('\n'),
    })),
  ]
  const maxTokens = read.max_output_tokens ?? undefined
  checkContext(promptTokens(turns, services), maxTokens, profile)
  const temperature = read.temperature ?? 1
  const answer = generate(
    {
      model: read.model,
      profile,
      turns,
      format:
        format === undefined || format.type === 'text'
          ? 'text'
          : { schema: format.type === 'json_schema' ? (format.schema as AnswerSchema) : undefined },
      maxTokens,
      temperature,
      effort,
      variation: temperature > 0 && services.unseeded === 'vary' ? `answer ${request.answers}` : '',
      fault: request.fault,
    },
    services,
  )
  const wantsLogprobs = !thinks && (read.include ?? []).includes('message.output_text.logprobs')
  const reason = {
    length: 'max_output_tokens',
    'content-filter': 'content_filter',
    stop: undefined,
    refusal: undefined,
  }[answer.ending]
  const id = `${request.hash.slice(0, 32)}${request.answers}`
  const seconds = Math.floor(services.now() / 1000)
  return jsonReply({
    id: `resp_${id}`,
    object: 'response',
    created_at: seconds,
    status: reason === undefined ? 'completed' : 'incomplete',
    background: false,
    completed_at: reason === undefined ? seconds : null,
    error: null,
    incomplete_details: reason === undefined ? null : { reason },
    instructions: read.instructions ?? null,
    max_output_tokens: maxTokens ?? null,
    metadata: read.metadata ?? {},
    model: read.model,
    output:
      request.fault === 'empty-choices'
        ? []
        : outputOf(answer, id, wantsLogprobs ? (read.top_logprobs ?? 0) : undefined, services),
    parallel_tool_calls: read.parallel_tool_calls ?? true,
    previous_response_id: null,
    reasoning: { effort: profile.thinking === undefined ? null : effort, summary: null },
    service_tier: 'default',
    store: read.store ?? true,
    temperature,
    text: { format: format ?? { type: 'text' }, verbosity: read.text?.verbosity ?? 'medium' },
    tool_choice: 'auto',
    tools: [],
    top_logprobs: read.top_logprobs ?? 0,
    top_p: read.top_p ?? 1,
    truncation: read.truncation ?? 'disabled',
    usage: {
      input_tokens: answer.usage.prompt,
      input_tokens_details: { cached_tokens: answer.usage.cached, cache_write_tokens: 0 },
      output_tokens: answer.usage.completion,
      output_tokens_details: { reasoning_tokens: answer.usage.reasoning },
      total_tokens: answer.usage.prompt + answer.usage.completion,
    },
    user: null,
  })
}

/** The reasoning as an item of its own, then the message. A model that was cut while it thought has no message. */
function outputOf(answer: Generated, id: string, top: number | undefined, { tokens }: Services): object[] {
  const reasoning = answer.usage.reasoning === 0 ? [] : [{ id: `rs_${id}`, type: 'reasoning', summary: [] }]
  if (answer.ending === 'length' && answer.tokens.length === 0) return reasoning
  const logprobs = top === undefined ? [] : toOpenAiLogprobs(tokenProbabilities(answer, top, tokens))
  const content =
    answer.ending === 'refusal'
      ? { type: 'refusal', refusal: answer.text }
      : { type: 'output_text', text: answer.text, annotations: [], logprobs }
  const status = answer.ending === 'length' || answer.ending === 'content-filter' ? 'incomplete' : 'completed'
  return [...reasoning, { id: `msg_${id}`, type: 'message', role: 'assistant', status, content: [content] }]
}
