import type { Vendor } from '../models/model-profile.js'

/** What goes back to a client, before any fault spoils it. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

const JSON_HEADERS = { 'content-type': 'application/json' } as const

/** A reply with a JSON body. */
export function jsonReply(value: unknown, status: number = 200, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { ...JSON_HEADERS, ...headers }, body: JSON.stringify(value) }
}

/** What a service says when it refuses a request. */
export interface Refusal {
  readonly status: number
  readonly message: string
  /** Defaults to `invalid_request_error`. */
  readonly type?: string | undefined
  /** The parameter at fault. */
  readonly param?: string | undefined
  readonly code?: string | undefined
}

/** A refusal in the shape that both services document: `{error: {message, type, param, code}}`. */
export function errorReply(
  { status, message, type = 'invalid_request_error', param, code }: Refusal,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return jsonReply({ error: { message, type, param: param ?? null, code: code ?? null } }, status, headers)
}

/** Thrown where a request is read, caught where it is answered. */
export class RefusedRequest extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.message)
    this.name = 'RefusedRequest'
    this.refusal = refusal
  }
}

/** Refuses a request as the caller's mistake. @throws {RefusedRequest} */
export function refuse(status: number, message: string, more: Omit<Refusal, 'status' | 'message'> = {}): never {
  throw new RefusedRequest({ status, message, ...more })
}

/** What each service says of a wrong key. The key itself is named as the service names it: nearly all of it hidden. */
export function unauthorized(vendor: Vendor, key: string | undefined): Reply {
  if (vendor === 'together')
    return errorReply({
      status: 401,
      message:
        'Invalid API key provided. You can find your API key at https://api.together.ai/settings/projects/~first/api-keys.',
      code: 'invalid_api_key',
    })
  const message =
    key === undefined
      ? "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."
      : `Incorrect API key provided: ${masked(key)}. You can find your API key at https://platform.openai.com/account/api-keys.`
  return errorReply({ status: 401, message, ...(key === undefined ? {} : { code: 'invalid_api_key' }) })
}

function masked(key: string): string {
  return key.length < 12 ? '*'.repeat(key.length) : `${key.slice(0, 3)}${'*'.repeat(key.length - 7)}${key.slice(-4)}`
}
