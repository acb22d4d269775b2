import type { z } from 'zod'
import { refuse } from '../http/reply.js'
import type { ModelProfile, Vendor } from '../models/model-profile.js'
import type { Services } from '../services.js'

/** A JSON object, before anything is known of it. */
export type Json = Readonly<Record<string, unknown>>

/** Reads a request's body. @throws {RefusedRequest} if it is not a JSON object */
export function parseBody(body: Uint8Array): Json {
  try {
    const held: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    if (held !== null && typeof held === 'object' && !Array.isArray(held)) return held as Json
  } catch {
    // Said below, with everything else that is no object.
  }
  return refuse(400, 'We could not parse the JSON body of your request. It must be a JSON object.')
}

/** Reads a request by its schema. @throws {RefusedRequest} naming the first parameter that is wrong, as OpenAI does */
export function parseRequest<T>(schema: z.ZodType<T>, body: Json): T {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  if (issue?.code === 'unrecognized_keys')
    return refuse(400, `Unknown parameter: '${[...issue.path, issue.keys[0]].join('.')}'.`, {
      param: [...issue.path, issue.keys[0]].join('.'),
      code: 'unknown_parameter',
    })
  const param = (issue?.path ?? [])
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .slice(1)
  const isMissing = issue?.code === 'invalid_type' && valueAt(body, issue.path) === undefined
  if (isMissing)
    return refuse(400, `Missing required parameter: '${param}'.`, { param, code: 'missing_required_parameter' })
  return refuse(400, `Invalid value for '${param}': ${issue?.message ?? 'not understood'}.`, {
    param,
    code: 'invalid_value',
  })
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((held, key) => (held as Record<PropertyKey, unknown> | null | undefined)?.[key], body)
}

/** The model that a request names. @throws {RefusedRequest} 404, if this service has no such model */
export function findModel(name: string, vendor: Vendor | undefined, { models }: Services): ModelProfile {
  const profile = models.find(name, vendor)
  if (profile !== undefined) return profile
  return vendor === 'together'
    ? refuse(
        404,
        `Unable to access model ${name}. Please visit https://api.together.ai/models to view the list of supported models.`,
        {
          code: 'model_not_available',
        },
      )
    : refuse(404, `The model \`${name}\` does not exist or you do not have access to it.`, { code: 'model_not_found' })
}

/** The model that a request asks to answer. @throws {RefusedRequest} as `findModel`; 400, if this service has it on dedicated endpoints alone */
export function findServed(name: string, vendor: Vendor | undefined, services: Services): ModelProfile {
  const profile = findModel(name, vendor, services)
  if (vendor !== 'together' || profile.needsEndpoint !== true) return profile
  return refuse(
    400,
    `Unable to access non-serverless model ${name}. Please visit https://api.together.ai/models/${name} to create and start a new dedicated endpoint for the model.`,
    { code: 'model_not_available' },
  )
}

/** Refuses what a thinking model will not be told. `effort` is what it will think with; `none` lifts the refusals. */
export function checkRefused(body: Json, { refuses }: ModelProfile, thinks: boolean): void {
  if (!thinks) return
  for (const param of refuses) {
    const value = body[param]
    if (value === undefined || value === null) continue
    if (param === 'temperature' || param === 'top_p') {
      if (value === 1) continue
      refuse(
        400,
        `Unsupported value: '${param}' does not support ${JSON.stringify(value)} with this model. Only the default (1) value is supported.`,
        {
          param,
          code: 'unsupported_value',
        },
      )
    }
    const instead = param === 'max_tokens' ? " Use 'max_completion_tokens' instead." : ''
    refuse(400, `Unsupported parameter: '${param}' is not supported with this model.${instead}`, {
      param,
      code: 'unsupported_parameter',
    })
  }
}

/** Refuses a prompt that leaves no room in the model's context. */
export function checkContext(
  prompt: number,
  maxTokens: number | undefined,
  { contextTokens, vendor }: ModelProfile,
): void {
  const asked = prompt + (maxTokens ?? 1)
  if (asked <= contextTokens) return
  if (vendor === 'together')
    refuse(
      422,
      `Input validation error: \`inputs\` tokens + \`max_new_tokens\` must be <= ${contextTokens}. Given: ${prompt} \`inputs\` tokens and ${maxTokens ?? 1} \`max_new_tokens\``,
    )
  if (prompt >= contextTokens)
    refuse(
      400,
      `This model's maximum context length is ${contextTokens} tokens. However, your messages resulted in ${prompt} tokens. Please reduce the length of the messages.`,
      {
        param: 'messages',
        code: 'context_length_exceeded',
      },
    )
}

interface Schema {
  readonly type?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly required?: unknown
  readonly additionalProperties?: unknown
}

/**
 * OpenAI's rules for strict schemas: every object forbids further properties and requires all that it has.
 *
 * @param where the parameter that the schema came in
 */
export function checkStrictSchema(name: string, schema: unknown, where: string, path: readonly string[] = []): void {
  const { type, properties, items, required, additionalProperties } = (schema ?? {}) as Schema
  const context = `In context=(${path.map((part) => `'${part}'`).join(', ')}${path.length === 1 ? ',' : ''})`
  const wrong = (what: string): never =>
    refuse(400, `Invalid schema for response_format '${name}': ${context}, ${what}`, {
      param: where,
      code: 'invalid_json_schema',
    })
  if (path.length === 0 && type !== 'object') wrong(`schema must be of type "object", got ${JSON.stringify(type)}.`)
  if (type === 'object') {
    if (additionalProperties !== false) wrong("'additionalProperties' is required to be supplied and to be false.")
    const missing = Object.keys(properties ?? {}).find((key) => !Array.isArray(required) || !required.includes(key))
    if (missing !== undefined)
      wrong(
        `'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`,
      )
  }
  for (const [key, part] of Object.entries(properties ?? {}))
    checkStrictSchema(name, part, where, [...path, 'properties', key])
  if (items !== undefined) checkStrictSchema(name, items, where, [...path, 'items'])
}
