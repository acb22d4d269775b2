import {
  type Api,
  type Asking,
  ConfigError,
  digest,
  JudgeCallError,
  type JudgeSpec,
  judgeId,
  type ModelRegistry,
  type Outcome,
  type ShownPresentation,
  type StudyJudge,
} from '@judgelab/core'
import type { Answer, ServiceJudge, ServiceReply, ServiceRequest } from '../judge.js'
import { answerSchema } from '../modes/answer-schema.js'
import { messageComposer, type Shot } from '../modes/compose-messages.js'
import type { Question } from '../modes/question.js'
import { readAnswer } from '../modes/read-answer.js'
import type { JudgingPrompt } from '../prompts/load-prompt.js'
import { atMost } from './at-most.js'
import { bodyProblem } from './body-problem.js'
import { toCallError } from './call-error.js'
import { chatParts } from './chat-reply.js'
import { type AnswerForm, chatBody, responsesBody } from './chat-request.js'
import { baseUrlOf, type Environment, keyOf, ownBaseUrl } from './connection.js'
import { modelFacts, pricesOf } from './model-facts.js'
import { at, filteredParts, type ReplyParts } from './reply.js'
import { responsesParts } from './responses-reply.js'
import { createSdkClient } from './sdk-client.js'
import { type ServiceSettings, serviceSettings } from './service-settings.js'
import { refusedParameters } from './thinking.js'

/** What a judge behind a service is made of. */
export interface ServiceJudgeOptions {
  /** A judge of a study, of provider openai, together or openai-compatible. */
  readonly asked: StudyJudge
  readonly prompt: JudgingPrompt
  readonly asking: Asking
  /** Solved examples to show first. */
  readonly shots?: readonly Shot[] | undefined
  readonly registry: ModelRegistry
  /** Where keys and proxies come from: `process.env`. */
  readonly env: Environment
  /**
   * Another server in place of the real one, for a rehearsal. `name` stands for its address in the judge's spec and in the
   * cache, so that what it answers is never taken for the real model's.
   */
  readonly standIn?: { readonly baseUrl: string; readonly key: string; readonly name: string } | undefined
}

/** Time for one answer where the study says nothing, in milliseconds: that of a model that thinks for long. */
const TIMEOUT_MS = 600_000

/**
 * A judge behind OpenAI, Together or any server that speaks OpenAI's chat completions or responses. Nothing is sent and
 * no connection opened before `send`.
 *
 * @throws {ConfigError} for a missing key (naming the variable), a setting or value that the provider does not know, or a
 *   decision that the model's service rejects
 */
export function createServiceJudge(options: ServiceJudgeOptions): ServiceJudge {
  const { asked, prompt, asking, shots, registry, env, standIn } = options
  const { name, provider, model, mode } = asked
  const api: Api = asked.api ?? 'chat'
  const facts = modelFacts(registry, provider, model)
  const settings = serviceSettings(asked, { provider, api }, facts, asking.decision)
  checkDecision(asked, asking, refusedParameters(facts, asked.settings, provider))
  const baseUrl = standIn?.baseUrl ?? baseUrlOf(asked, env)
  const key = standIn?.key ?? keyOf(asked, env)
  const address = standIn?.name ?? baseUrl
  const spec: JudgeSpec = {
    provider,
    model,
    mode,
    ...(address === ownBaseUrl(provider) ? {} : { baseUrl: address }),
    ...(api === 'chat' ? {} : { api }),
    asking,
    prompt: prompt.text,
    ...(shots === undefined || shots.length === 0 ? {} : { shots: digest(shots) }),
    settings: { ...settings },
  }
  const id = judgeId(spec)
  const client = createSdkClient({
    sdk: provider === 'together' ? 'together' : 'openai',
    baseUrl,
    query: settings.apiVersion === undefined ? {} : { 'api-version': settings.apiVersion },
    key,
    keyHeader: settings.keyHeader === 'api-key' ? 'api-key' : 'authorization',
    ...(provider === 'openai' ? { organization: env.OPENAI_ORG_ID, project: env.OPENAI_PROJECT_ID } : {}),
    timeoutMs: asked.limits.timeoutSeconds === undefined ? TIMEOUT_MS : asked.limits.timeoutSeconds * 1000,
    env,
  })
  return {
    name,
    id,
    spec,
    service: `${provider} ${address}`,
    limits: asked.limits,
    prices: pricesOf(registry, provider, model, asked.prices),
    compose: composer(options, settings, api),
    send: async (request, { signal, turn }) => {
      let started = performance.now()
      const ownTurn = async (): Promise<boolean> => {
        const has = (await turn?.()) ?? true
        started = performance.now()
        return has
      }
      const reply = await client.post(request, { signal, turn: ownTurn }).catch((error: unknown): ServiceReply => {
        const filtered = filteredBody(error)
        if (filtered === undefined)
          throw toCallError(error, { judgeId: id, service: provider, key, signal, now: Date.now() })
        const ms = performance.now() - started
        return { body: filtered, firstByteMs: ms, totalMs: ms }
      })
      const problem = bodyProblem(reply.body, api)
      if (problem === undefined) return reply
      throw new JudgeCallError(`${provider} ${problem.text}`, { judgeId: id, ...problem })
    },
    read: (reply, shown) => readReply(reply, shown, options, api),
  }
}

/** @throws {ConfigError} for a decision that needs what the model's service rejects */
function checkDecision({ name, model }: StudyJudge, { decision }: Asking, refused: readonly string[]): void {
  const needed = { label: undefined, structured: 'response_format', logprobs: 'logprobs' }[decision]
  if (needed === undefined || !refused.includes(needed)) return
  throw new ConfigError(
    `expected a decision that ${model} can give (its service refuses ${needed} as it is set up), found "${decision}"`,
    `judges.${name}.decision`,
  )
}

/** The same request for the same; a seed is moved on by the repeat, so that repeats differ, and always the same way. */
function composer(
  { asked, prompt, asking, shots }: ServiceJudgeOptions,
  settings: ServiceSettings,
  api: Api,
): ServiceJudge['compose'] {
  const { provider, model, mode } = asked
  const compose = messageComposer(prompt, asking, shots)
  const formOf = (shown: ShownPresentation): AnswerForm => ({
    name: FORM_NAME,
    schema: { ...answerSchema(mode, asking, shown.slots.length) },
  })
  const { path, body: bodyOf, messages: field } = APIS[api]
  const frames = new Map<number, Frame>()
  const frameFor = (shown: ShownPresentation): Frame => {
    const known = frames.get(shown.slots.length)
    if (known !== undefined) return known
    const form = asking.decision === 'structured' ? formOf(shown) : undefined
    const withLogprobs = asking.decision === 'logprobs'
    const body = bodyOf({ provider, model, messages: [], settings, seed: settings.seed, form, withLogprobs })
    const frame = { body, formBytes: form === undefined ? 0 : Buffer.byteLength(JSON.stringify(form.schema)) }
    frames.set(shown.slots.length, frame)
    return frame
  }
  return (shown, repeat): ServiceRequest => {
    const messages = compose(shown)
    const { body: frame, formBytes } = frameFor(shown)
    const seed = frame.seed === undefined ? {} : { seed: (frame.seed as number) + repeat }
    const body = { ...frame, [field]: messages, ...seed }
    return { path, body, json: JSON.stringify(body), repeat, atMost: atMost(messages, formBytes, settings.maxTokens) }
  }
}

/** What the requests for as many responses have in common: the body without what is shown, and the bytes of its schema. */
interface Frame {
  readonly body: Readonly<Record<string, unknown>>
  readonly formBytes: number
}

const FORM_NAME = 'judgment'
const APIS = {
  chat: { path: '/chat/completions', body: chatBody, messages: 'messages' },
  responses: { path: '/responses', body: responsesBody, messages: 'input' },
} as const

/** What the service's filter refused, as a body that `read` understands. */
function filteredBody(error: unknown): unknown {
  const body = { error: at(error, 'error') }
  const status = at(error, 'status')
  return (status === 400 || status === 403) && filteredParts(body) !== undefined ? body : undefined
}

function readReply(
  reply: unknown,
  shown: ShownPresentation,
  { asking, prompt }: ServiceJudgeOptions,
  api: Api,
): Answer {
  const parts = filteredParts(reply) ?? (api === 'chat' ? chatParts(reply) : responsesParts(reply))
  const { text, reasoning, usage } = parts
  return {
    outcome: outcomeOf(parts, { mode: shown.mode, asking, slotCount: shown.slots.length }, prompt),
    ...(text === '' ? {} : { raw: text }),
    ...(reasoning === undefined ? {} : { reasoning }),
    ...(usage === undefined ? {} : { usage }),
  }
}

/** With logprobs the first token decides, wherever the answer was cut. */
function outcomeOf(parts: ReplyParts, question: Question, prompt: JudgingPrompt): Outcome {
  const { text, failure, firstTokenTop } = parts
  const isFirstTokenThere = question.asking.decision === 'logprobs' && failure?.reason === 'length'
  if (failure !== undefined && !isFirstTokenThere)
    return { kind: 'failed', reason: failure.reason, detail: failure.detail }
  return readAnswer({ text, firstTokenTop }, question, prompt)
}
