import { z } from 'zod'
import type { Fault } from '../faults/fault-options.js'
import { jsonReply, type Reply, refuse } from '../http/reply.js'
import type { AnswerSchema } from '../judging/write-answer.js'
import type { ModelProfile, Vendor } from '../models/model-profile.js'
import type { Services } from '../services.js'
import {
  checkContext,
  checkRefused,
  checkStrictSchema,
  findServed,
  type Json,
  parseBody,
  parseRequest,
} from './check-request.js'
import { type Effort, type Generated, generate, promptTokens, type Turn } from './generate.js'
import { tokenProbabilities, toOpenAiLogprobs, toTogetherLogprobs } from './logprobs.js'

/** A request to a model, as it came in. */
export interface InferenceRequest {
  /** Undefined when the address does not tell: the model's own vendor then. */
  readonly vendor: Vendor | undefined
  readonly body: Uint8Array
  /** Hash of the content; makes ids. */
  readonly hash: string
  /** How often the same content was answered before. */
  readonly answers: number
  readonly fault: Fault | undefined
}

const part = z.union([z.string(), z.array(z.looseObject({ type: z.literal('text'), text: z.string() }))])
const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: part.nullish(),
})
const tokenLimit = z.int().min(1).nullish()
const format = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text') }),
  z.looseObject({ type: z.literal('json_object') }),
  z.looseObject({
    type: z.literal('json_schema'),
    json_schema: z.looseObject({
      name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
      schema: z.record(z.string(), z.unknown()).optional(),
      strict: z.boolean().nullish(),
    }),
  }),
])
const shared = {
  model: z.string(),
  messages: z.array(message).min(1),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  n: z.int().min(1).max(128).nullish(),
  seed: z.int().nullish(),
  max_tokens: tokenLimit,
  response_format: format.nullish(),
  stream: z.boolean().nullish(),
  stop: z.unknown().optional(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  logit_bias: z.unknown().optional(),
  tools: z.unknown().optional(),
  tool_choice: z.unknown().optional(),
}
/** OpenAI refuses what it does not know. */
const openAiRequest = z.strictObject({
  ...shared,
  max_completion_tokens: tokenLimit,
  logprobs: z.boolean().nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).nullish(),
  user: z.string().nullish(),
  store: z.boolean().nullish(),
  metadata: z.unknown().optional(),
  service_tier: z.unknown().optional(),
  safety_identifier: z.string().nullish(),
  prompt_cache_key: z.string().nullish(),
  prompt_cache_retention: z.unknown().optional(),
  verbosity: z.enum(['low', 'medium', 'high']).nullish(),
  stream_options: z.unknown().optional(),
  parallel_tool_calls: z.boolean().nullish(),
})
/** Together passes over what it does not know. */
const togetherRequest = z.looseObject({
  ...shared,
  logprobs: z.union([z.int().min(0).max(20), z.boolean()]).nullish(),
  reasoning_effort: z.enum(['low', 'medium', 'high']).nullish(),
  reasoning: z.looseObject({ enabled: z.boolean().optional() }).nullish(),
  echo: z.boolean().nullish(),
})

interface ChatRequest {
  readonly model: string
  readonly turns: readonly Turn[]
  readonly format: { readonly schema: AnswerSchema | undefined } | 'text'
  readonly temperature: number
  readonly choices: number
  readonly seed: number | undefined
  readonly maxTokens: number | undefined
  readonly effort: Effort
  /** Alternatives a token, or undefined when probabilities are not asked for. */
  readonly logprobs: number | undefined
}

/** Answers POST /v1/chat/completions in the shape of the model's vendor. @throws {RefusedRequest} */
export function chatCompletion(request: InferenceRequest, services: Services): Reply {
  const body = parseBody(request.body)
  const name = typeof body.model === 'string' ? body.model : refuse(400, 'you must provide a model parameter')
  const profile = findServed(name, request.vendor, services)
  const chat = profile.vendor === 'openai' ? readOpenAi(body, profile) : readTogether(body)
  checkContext(promptTokens(chat.turns, services), chat.maxTokens, profile)
  const generated = Array.from({ length: chat.choices }, (_, choice) =>
    generate(
      { ...chat, profile, variation: variationOf(chat, request, choice, services), fault: request.fault },
      services,
    ),
  )
  return jsonReply(
    profile.vendor === 'openai'
      ? openAiShape(chat, profile, generated, request, services)
      : togetherShape(chat, profile, generated, request, services),
  )
}

function readOpenAi(body: Json, profile: ModelProfile): ChatRequest {
  const read = parseRequest(openAiRequest, body)
  if (read.stream === true) noStreams()
  const effort = read.reasoning_effort ?? 'medium'
  checkRefused(body, profile, profile.thinking !== undefined && effort !== 'none')
  if (profile.thinking === undefined && read.reasoning_effort != null)
    refuse(400, 'Unrecognized request argument supplied: reasoning_effort')
  if (read.max_tokens != null && read.max_completion_tokens != null)
    refuse(400, "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.", {
      code: 'invalid_parameter_combination',
    })
  if (read.top_logprobs != null && read.logprobs !== true)
    refuse(400, "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.", { param: 'top_logprobs' })
  const asked = read.response_format
  if (asked?.type === 'json_schema' && asked.json_schema.strict === true)
    checkStrictSchema(asked.json_schema.name, asked.json_schema.schema, 'response_format')
  const turns = turnsOf(read.messages)
  if (asked?.type === 'json_object' && !turns.some(({ text }) => /json/i.test(text)))
    refuse(
      400,
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
      { param: 'messages' },
    )
  return {
    model: read.model,
    turns,
    format: formatOf(asked),
    temperature: read.temperature ?? 1,
    choices: read.n ?? 1,
    seed: read.seed ?? undefined,
    maxTokens: read.max_completion_tokens ?? read.max_tokens ?? undefined,
    effort,
    logprobs: read.logprobs === true ? (read.top_logprobs ?? 0) : undefined,
  }
}

function readTogether(body: Json): ChatRequest {
  const read = parseRequest(togetherRequest, body)
  if (read.stream === true) noStreams()
  const { logprobs } = read
  return {
    model: read.model,
    turns: turnsOf(read.messages),
    format: formatOf(read.response_format),
    temperature: read.temperature ?? 1,
    choices: read.n ?? 1,
    seed: read.seed ?? undefined,
    maxTokens: read.max_tokens ?? undefined,
    effort: read.reasoning?.enabled === false ? 'none' : (read.reasoning_effort ?? 'medium'),
    logprobs: logprobs === true ? 1 : typeof logprobs === 'number' && logprobs > 0 ? logprobs : undefined,
  }
}

function noStreams(): never {
  return refuse(400, 'The emulator does not stream: send the request without stream.', {
    param: 'stream',
    code: 'unsupported_value',
  })
}

function turnsOf(messages: readonly z.infer<typeof message>[]): Turn[] {
  return messages.map(({ role, content }) => ({
    role,
    text: typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join('\n'),
  }))
}

function formatOf(asked: z.infer<typeof format> | null | undefined): ChatRequest['format'] {
  if (asked == null || asked.type === 'text') return 'text'
  return { schema: asked.type === 'json_schema' ? (asked.json_schema.schema as AnswerSchema | undefined) : undefined }
}

function variationOf(chat: ChatRequest, { answers }: InferenceRequest, choice: number, { unseeded }: Services): string {
  if (chat.seed !== undefined) return `seed ${chat.seed} choice ${choice}`
  return chat.temperature > 0 && unseeded === 'vary' ? `answer ${answers} choice ${choice}` : `choice ${choice}`
}

function openAiShape(
  chat: ChatRequest,
  profile: ModelProfile,
  generated: readonly Generated[],
  request: InferenceRequest,
  services: Services,
): object {
  const first = generated[0] as Generated
  return {
    id: `chatcmpl-${idOf(request)}`,
    object: 'chat.completion',
    created: Math.floor(services.now() / 1000),
    model: chat.model,
    choices:
      request.fault === 'empty-choices'
        ? []
        : generated.map((answer, index) => ({
            index,
            message: {
              role: 'assistant',
              content: answer.ending === 'refusal' ? null : answer.text,
              refusal: answer.ending === 'refusal' ? answer.text : null,
              annotations: [],
            },
            logprobs:
              chat.logprobs === undefined || profile.thinking !== undefined
                ? null
                : {
                    content: toOpenAiLogprobs(tokenProbabilities(answer, chat.logprobs, services.tokens)),
                    refusal: null,
                  },
            finish_reason: { stop: 'stop', refusal: 'stop', length: 'length', 'content-filter': 'content_filter' }[
              answer.ending
            ],
          })),
    usage: {
      ...usageOf(generated),
      prompt_tokens_details: { cached_tokens: first.usage.cached, audio_tokens: 0 },
      completion_tokens_details: {
        reasoning_tokens: sum(generated, ({ usage }) => usage.reasoning),
        audio_tokens: 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
    },
    service_tier: 'default',
    system_fingerprint: 'fp_emulated',
  }
}

function togetherShape(
  chat: ChatRequest,
  profile: ModelProfile,
  generated: readonly Generated[],
  request: InferenceRequest,
  services: Services,
): object {
  return {
    id: idOf(request),
    object: 'chat.completion',
    created: Math.floor(services.now() / 1000),
    model: chat.model,
    prompt: [],
    choices:
      request.fault === 'empty-choices'
        ? []
        : generated.map((answer, index) => ({
            index,
            finish_reason: { stop: 'stop', refusal: 'stop', length: 'length', 'content-filter': 'content_filter' }[
              answer.ending
            ],
            seed: chat.seed ?? null,
            logprobs:
              chat.logprobs === undefined || profile.thinking !== undefined
                ? null
                : toTogetherLogprobs(tokenProbabilities(answer, chat.logprobs, services.tokens), services.tokens),
            message: {
              role: 'assistant',
              content: answer.text,
              tool_calls: [],
              ...(profile.thinking === undefined ? {} : { reasoning: answer.reasoning }),
            },
          })),
    usage: usageOf(generated),
  }
}

function usageOf(generated: readonly Generated[]): {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
} {
  const prompt = generated[0]?.usage.prompt ?? 0
  const completion = sum(generated, ({ usage }) => usage.completion)
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
}

function sum(generated: readonly Generated[], of: (answer: Generated) => number): number {
  return generated.reduce((total, answer) => total + of(answer), 0)
}

function idOf({ hash, answers }: InferenceRequest): string {
  return `${hash.slice(0, 24)}${answers}`
}
