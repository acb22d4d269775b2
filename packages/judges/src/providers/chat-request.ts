import type { Message, Provider } from '@judgelab/core'
import type { ServiceSettings } from './service-settings.js'

/** A JSON schema that an answer is held to. */
export interface AnswerForm {
  readonly name: string
  readonly schema: Readonly<Record<string, unknown>>
}

/** What is asked of a model, whatever the way in. */
export interface Asked {
  readonly provider: Provider
  readonly model: string
  readonly messages: readonly Message[]
  readonly settings: ServiceSettings
  /** The seed, where there is one, for this repeat. */
  readonly seed?: number | undefined
  /** With decision structured. */
  readonly form?: AnswerForm | undefined
  /** With decision logprobs. */
  readonly withLogprobs: boolean
}

/** The body of a chat completion. */
export function chatBody({
  provider,
  model,
  messages,
  settings,
  seed,
  form,
  withLogprobs,
}: Asked): Record<string, unknown> {
  const limit = settings.maxTokensField ?? (provider === 'openai' ? 'max_completion_tokens' : 'max_tokens')
  return withoutUndefined({
    model,
    messages,
    temperature: settings.temperature,
    top_p: settings.topP,
    [limit]: settings.maxTokens,
    seed,
    frequency_penalty: settings.frequencyPenalty,
    presence_penalty: settings.presencePenalty,
    reasoning_effort: settings.reasoningEffort,
    verbosity: settings.verbosity,
    top_k: settings.topK,
    min_p: settings.minP,
    repetition_penalty: settings.repetitionPenalty,
    ...thinkingSwitch(provider, settings.thinking),
    ...(withLogprobs ? logprobsAsked(provider, settings.topLogprobs) : {}),
    ...(form === undefined
      ? {}
      : {
          response_format: { type: 'json_schema', json_schema: { name: form.name, strict: true, schema: form.schema } },
        }),
  })
}

/** Together has a switch of its own; other servers hand it to the model's chat template, as vLLM documents it. */
function thinkingSwitch(provider: Provider, thinking: boolean | undefined): Record<string, unknown> {
  if (thinking === undefined) return {}
  return provider === 'together'
    ? { reasoning: { enabled: thinking } }
    : { chat_template_kwargs: { enable_thinking: thinking } }
}

/** Together takes the number of alternatives where OpenAI takes a yes. */
function logprobsAsked(provider: Provider, top: number | undefined): Record<string, unknown> {
  return provider === 'together' ? { logprobs: top } : { logprobs: true, top_logprobs: top }
}

/** The body of a request to the responses API. It keeps nothing of it (`store: false`); it has no seed. */
export function responsesBody({ model, messages, settings, form, withLogprobs }: Asked): Record<string, unknown> {
  const reasoning = withoutUndefined({ effort: settings.reasoningEffort, summary: settings.reasoningSummary })
  const text = withoutUndefined({
    verbosity: settings.verbosity,
    format:
      form === undefined ? undefined : { type: 'json_schema', name: form.name, strict: true, schema: form.schema },
  })
  return withoutUndefined({
    model,
    input: messages,
    store: false,
    temperature: settings.temperature,
    top_p: settings.topP,
    max_output_tokens: settings.maxTokens,
    reasoning: Object.keys(reasoning).length === 0 ? undefined : reasoning,
    text: Object.keys(text).length === 0 ? undefined : text,
    ...(withLogprobs ? { include: ['message.output_text.logprobs'], top_logprobs: settings.topLogprobs } : {}),
  })
}

function withoutUndefined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
