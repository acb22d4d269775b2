import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { breakOff, spoil } from '../faults/deliver.js'
import { ANSWERED_FAULTS, type Fault } from '../faults/fault-options.js'
import { fateOf } from '../faults/fault-plan.js'
import { chatCompletion } from '../inference/chat-completions.js'
import type { FixedReplies } from '../inference/fixed-answer.js'
import { respond } from '../inference/responses.js'
import type { Vendor } from '../models/model-profile.js'
import type { Services } from '../services.js'
import { type Address, readAddress } from './address.js'
import { errorReply, RefusedRequest, type Reply, unauthorized } from './reply.js'

/** A request that does not go to a model: files, jobs, batches, lists. */
export interface ApiRequest {
  readonly method: string
  readonly vendor: Vendor | undefined
  readonly path: string
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** What a server needs to answer. */
export interface Reception {
  readonly services: Services
  /** Undefined when any key will do. */
  readonly apiKey: string | undefined
  readonly fixed: FixedReplies | undefined
  /** Answers what does not go to a model. */
  readonly api: (request: ApiRequest) => Promise<Reply>
  /** Answers /_emulator: counts, and what a test may turn. */
  readonly control: (request: ApiRequest) => Reply
}

/** Answers one request. */
export async function receive(request: IncomingMessage, response: ServerResponse, reception: Reception): Promise<void> {
  const address = readAddress(request.url ?? '/', request.headers)
  const body = await readBody(request)
  if (body === undefined) return
  if (address === undefined)
    return send(response, errorReply({ status: 404, message: `Invalid URL (${request.method} ${request.url})` }))
  if (address.path.startsWith('/_emulator'))
    return send(response, reception.control(apiRequest(request, address, body)))
  const { tally } = reception.services
  const before = tally.visited(`${request.method} ${address.path}`)
  const key = bearerOf(request)
  const isUpload = address.path.startsWith('/uploads/')
  if (!isUpload && reception.apiKey !== undefined && key !== reception.apiKey) {
    tally.unauthorized()
    return send(response, unauthorized(address.vendor ?? 'openai', key))
  }
  const goesToModel =
    request.method === 'POST' && (address.path === '/chat/completions' || address.path === '/responses')
  return goesToModel
    ? answerModel(request, response, address, body, reception)
    : answerApi(response, apiRequest(request, address, body), before, reception)
}

async function answerModel(
  request: IncomingMessage,
  response: ServerResponse,
  { vendor, path }: Address,
  body: Uint8Array,
  { services, fixed }: Reception,
): Promise<void> {
  const { tally } = services
  const hash = createHash('sha256').update(path).update(body).digest('hex')
  const attempt = tally.began(hash)
  const options = services.faults()
  const fate = fateOf(options, hash, attempt, true)
  if (fate.delayMs > 0) await setTimeout(fate.delayMs)
  const broken = breakOff(response, fate, options, services.now())
  if (broken !== undefined) {
    if (broken !== 'broken') send(response, broken)
    return tally.ended(hash, 'faulted', fate.fault)
  }
  const { fault } = fate
  const answer = (): Reply =>
    fixed !== undefined && fault === undefined
      ? fixed(path, body)
      : path === '/responses'
        ? respond({ vendor, body, hash, answers: tally.answers(hash), fault }, services)
        : chatCompletion({ vendor, body, hash, answers: tally.answers(hash), fault }, services)
  const reply = spoil(refusing(answer), fate)
  if (request.socket.destroyed) return tally.ended(hash, 'abandoned', fault)
  send(response, reply)
  tally.ended(hash, endingOf(reply, fault), fault)
}

function endingOf(reply: Reply, fault: Fault | undefined): 'answered' | 'faulted' | 'refused' {
  if (reply.status !== 200) return 'refused'
  return fault === undefined || ANSWERED_FAULTS.has(fault) ? 'answered' : 'faulted'
}

async function answerApi(
  response: ServerResponse,
  request: ApiRequest,
  before: number,
  { services, api }: Reception,
): Promise<void> {
  const options = services.faults()
  const content = `${request.method} ${request.path}${request.query}`
  const fate = fateOf(options, content, before, false)
  if (fate.delayMs > 0) await setTimeout(fate.delayMs)
  const broken = breakOff(response, fate, options, services.now())
  if (broken === 'broken') return
  send(response, broken ?? spoil(await refusingLater(() => api(request)), fate))
}

function refusing(answer: () => Reply): Reply {
  try {
    return answer()
  } catch (error) {
    return refusalOf(error)
  }
}

async function refusingLater(answer: () => Promise<Reply>): Promise<Reply> {
  try {
    return await answer()
  } catch (error) {
    return refusalOf(error)
  }
}

function refusalOf(error: unknown): Reply {
  if (error instanceof RefusedRequest) return errorReply(error.refusal)
  throw error
}

/** The whole body, or undefined if the client went away while it was sending. */
function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    const parts: Uint8Array[] = []
    request.on('data', (part: Uint8Array) => parts.push(part))
    request.on('end', () => resolve(parts.length === 1 ? parts[0] : Buffer.concat(parts)))
    request.on('error', () => resolve(undefined))
  })
}

function bearerOf({ headers: { authorization } }: IncomingMessage): string | undefined {
  return authorization?.startsWith('Bearer ') ? authorization.slice('Bearer '.length) : undefined
}

function apiRequest({ method = 'GET', headers }: IncomingMessage, address: Address, body: Uint8Array): ApiRequest {
  const plain = Object.entries(headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ])
  return { method, ...address, headers: Object.fromEntries(plain) as Record<string, string>, body }
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  if (response.destroyed) return
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
