import { JudgeCallError } from '@judgelab/core'
import type { CallSignal } from '../judge.js'

/** Whose call went wrong, and what must not be said about it. */
export interface FailedCall {
  readonly judgeId: string
  /** How messages call the service. */
  readonly service: string
  readonly key?: string | undefined
  readonly signal: CallSignal
  /** Milliseconds since 1970, for a `Retry-After` that is a date. */
  readonly now: number
}

/**
 * What went wrong with a call, as the run engine takes it: whether to ask again, when, and the status. The key is in
 * neither message nor cause.
 *
 * Asked again: 408, 409, 429, 5xx, timeouts, broken lines, and bodies that are no answer. Not asked again: other
 * statuses, a quota that is used up (429 `insufficient_quota`), and what an aborted signal ended, whose reason is given
 * back as it is, but for its timeout. What is no failure of a call, such as a mistake in this program, is given back, too.
 */
export function toCallError(error: unknown, call: FailedCall): unknown {
  const { judgeId, service, signal } = call
  const said = (text: string): string => `${service} ${redacted(text, call.key)}`
  const failed = (text: string, fields: Omit<ConstructorParameters<typeof JudgeCallError>[1], 'judgeId'>) =>
    new JudgeCallError(said(text), { judgeId, ...fields }, causeOf(error, call.key))

  if (signal.aborted && error === signal.reason)
    return isNamed(error, 'TimeoutError')
      ? failed('gave no answer in time', { isRetryable: true, isTimeout: true })
      : error
  if (isNamed(error, 'AbortError')) return error
  const status = statusOf(error)
  if (status !== undefined) {
    const isRetryable = isRetryableStatus(status) && !isQuotaUsedUp(error)
    const retryAfterMs = isRetryable ? retryAfterMsOf(headersOf(error), call.now) : undefined
    return failed(`answered ${status}: ${messageOf(error)}`, { status, isRetryable, retryAfterMs })
  }
  if (error instanceof SyntaxError) return failed('answered with a body that is no JSON', { isRetryable: true })
  if (TIMEOUT_CODES.has(codeOf(error))) return failed('gave no answer in time', { isRetryable: true, isTimeout: true })
  if (!isOfTheLine(error)) return error
  return failed(`could not be reached: ${messageOf(error)}`, { isRetryable: !isHopeless(error) })
}

/** Statuses after which the same request may be answered: a conflict, a limit, or the service's own trouble. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 409 || status === 425 || status === 429 || status >= 500
}

/**
 * How long a service asks to be left alone, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a date.
 *
 * @param now milliseconds since 1970
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterMsOf(headers: HeaderReader | undefined, now: number): number | undefined {
  const milliseconds = Number(headers?.get('retry-after-ms') ?? Number.NaN)
  if (milliseconds >= 0) return milliseconds
  const value = headers?.get('retry-after') ?? ''
  if (value.trim() === '') return undefined
  const seconds = Number(value)
  if (seconds >= 0) return seconds * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

interface HeaderReader {
  readonly get: (name: string) => string | null
}

const TIMEOUT_CODES: ReadonlySet<unknown> = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
])

/** Whether an error, or what caused it, is of the connection. */
function isOfTheLine(error: unknown): boolean {
  const code = codeOf(error)
  if (typeof code === 'string' && (LINE_CODES.has(code) || LINE_CODE.test(code))) return true
  const cause = field(error, 'cause')
  return cause !== undefined && cause !== error && isOfTheLine(cause)
}

const LINE_CODE = /^(?:UND_ERR_|HPE_|CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/
const LINE_CODES: ReadonlySet<string> = new Set([
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'EPROTO',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EMFILE',
])

/** What no second attempt mends: a certificate that is not believed, a header or address that cannot be sent. */
function isHopeless(error: unknown): boolean {
  const code = codeOf(error)
  return (
    typeof code === 'string' && /^(?:CERT_|ERR_TLS_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|UND_ERR_INVALID_ARG)/.test(code)
  )
}

function isQuotaUsedUp(error: unknown): boolean {
  return codeOf(error) === 'insufficient_quota'
}

function isNamed(error: unknown, name: string): boolean {
  return field(error, 'name') === name
}

function statusOf(error: unknown): number | undefined {
  const status = field(error, 'status')
  return typeof status === 'number' ? status : undefined
}

function codeOf(error: unknown): unknown {
  return field(error, 'code')
}

function headersOf(error: unknown): HeaderReader | undefined {
  return field(error, 'headers') as HeaderReader | undefined
}

/** Longest message of a service that is kept, in characters. */
const LONGEST_MESSAGE = 300

/** The service's own words where its body has some, without the status that the SDK puts before them. */
function messageOf(error: unknown): string {
  const body = field(error, 'error')
  const own = field(body, 'message') ?? field(field(body, 'error'), 'message') ?? field(error, 'message')
  const text = typeof own === 'string' ? own : JSON.stringify(own ?? null)
  const plain = text
    .replace(/^\d{3} /, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  if (plain === '') return String(codeOf(error) ?? 'no reason given')
  return plain.length > LONGEST_MESSAGE ? `${plain.slice(0, LONGEST_MESSAGE - 1)}…` : plain
}

function field(held: unknown, name: string): unknown {
  return held !== null && typeof held === 'object' ? (held as Record<string, unknown>)[name] : undefined
}

/** A text without the key, nor the parts of it that OpenAI shows when it is wrong. */
function redacted(text: string, key: string | undefined): string {
  const without = key === undefined ? text : text.replaceAll(key, '[key]')
  return without.replaceAll(/\b(?:sk|tgp)[-_][\w*.-]{4,}/gi, '[key]')
}

/** The cause in a form that holds its name, message and code only: SDK errors hold whole answers. */
function causeOf(error: unknown, key: string | undefined): ErrorOptions | undefined {
  if (!(error instanceof Error)) return undefined
  const cause = new Error(redacted(error.message, key))
  cause.name = error.name
  delete cause.stack
  const code = codeOf(error)
  return { cause: typeof code === 'string' ? Object.assign(cause, { code }) : cause }
}
