import { createOpenAiClient, createTogetherClient } from '@judgelab/services'
import type { SendOptions, ServiceReply, ServiceRequest } from '../judge.js'
import { createTransport, type Transport, type TransportReply } from './transport.js'

/** How a service is reached. */
export interface Connection {
  readonly sdk: 'openai' | 'together'
  /** Without a slash at its end, without query or credentials. */
  readonly baseUrl: string
  /** Part of every address, like Azure's `api-version`. */
  readonly query?: Readonly<Record<string, string>> | undefined
  /** Absent where the server asks for none. */
  readonly key?: string | undefined
  /** The header with the key; `authorization` has `Bearer ` before it. */
  readonly keyHeader: 'authorization' | 'api-key'
  /** Of OpenAI's own service: which of an account's organisations and projects pays. */
  readonly organization?: string | undefined
  readonly project?: string | undefined
  readonly timeoutMs: number
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Posts JSON to a service. */
export interface SdkClient {
  /**
   * One attempt.
   *
   * @throws the signal's reason, an error of the SDK or of the line, or a SyntaxError for a body that is no JSON
   */
  readonly post: (
    request: Pick<ServiceRequest, 'path' | 'body' | 'json'>,
    options: SendOptions,
  ) => Promise<ServiceReply>
}

/**
 * A client over the service's own SDK, which is given a lean `fetch`: connections are ours, an answer is read to its end
 * and measured before the SDK sees it. The SDK's retries and timeout are off, since the run engine has its own, and the
 * headers that it composes for a first request serve for all.
 */
export function createSdkClient(connection: Connection): SdkClient {
  const { origin, pathname } = new URL(connection.baseUrl)
  const { timeoutMs, env, query = {} } = connection
  const transport = createTransport({ origin, timeoutMs, env })
  const search = new URLSearchParams(query).toString()
  const fetch = leanFetch(transport)
  const sdk = sdkOf(connection, fetch)
  const compose = sdk.buildRequest.bind(sdk)
  const before = pathname === '/' ? '' : pathname
  const after = search === '' ? '' : `?${search}`
  let headers: string[] | undefined

  sdk.buildRequest = async (options) => {
    headers ??= [...((await compose(options)).req.headers as Headers)].flat()
    const { exchange } = options.fetchOptions
    exchange.path = `${before}${options.path}${after}`
    exchange.headers = headers
    const req = { exchange, method: options.method, body: exchange.json, headers: NO_HEADERS }
    return { req, url: origin, timeout: LONGEST_TIMER_MS }
  }
  // Around the SDK's own timer and signal: a signal is only freed in a full collection, and what it holds with it.
  sdk.fetchWithTimeout = (url, init) => fetch(url as string, init as unknown as RequestInit)
  return {
    post: async ({ path, body, json }, { signal, turn }) => {
      const exchange: Exchange = { signal, turn, json, path: '', headers: [], key: connection.key }
      try {
        const answer = await sdk.post(path, { body, fetchOptions: { exchange } })
        const { firstByteMs, totalMs } = exchange.reply as TransportReply
        return { body: answer, firstByteMs, totalMs }
      } catch (error) {
        throw exchange.failure ?? error
      }
    },
  }
}

/** What the SDK need not know of a request: it goes around it to the transport and back. */
interface Exchange extends SendOptions {
  readonly key: string | undefined
  readonly json: string
  path: string
  headers: string[]
  reply?: TransportReply
  /** Why there is no reply, as the transport said it. */
  failure?: unknown
}

/** The `init` of our `fetch`. */
interface LeanInit {
  readonly exchange: Exchange
  readonly method: string
  readonly body: string
  readonly headers: object
}

/** What is used of either SDK. Composing a request may be replaced, as the openai SDK's own client for Azure does. */
interface Sdk {
  buildRequest: (options: {
    readonly method: string
    readonly path: string
    readonly body?: unknown
    readonly fetchOptions: { readonly exchange: Exchange }
  }) => Promise<{ readonly req: { readonly headers: object }; readonly url: string; readonly timeout: number }>
  fetchWithTimeout: (url: unknown, init: unknown) => Promise<unknown>
  readonly post: (path: string, options: { readonly body: object; readonly fetchOptions: object }) => Promise<unknown>
}

function sdkOf(connection: Connection, fetch: Fetch): Sdk {
  const { sdk, baseUrl, key: apiKey, keyHeader, organization, project } = connection
  const client =
    sdk === 'openai'
      ? createOpenAiClient({ apiKey, baseUrl, keyHeader, organization, project, fetch })
      : createTogetherClient({ apiKey, baseUrl, maxRetries: 0, fetch })
  return client as unknown as Sdk
}

type Fetch = typeof globalThis.fetch

/** The SDKs take the headers apart for their log, which is off. */
const NO_HEADERS = {}
/** About 24 days: never. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

function leanFetch({ request }: Transport): typeof globalThis.fetch {
  const fetch = async (_url: unknown, { exchange, method, body }: LeanInit): Promise<LeanResponse> => {
    const { path, headers, signal, turn, key } = exchange
    try {
      if (turn !== undefined && !(await turn())) throw new Error('the run was stopped before its turn came')
      exchange.reply = await request({ method: method.toUpperCase() as 'POST', path, headers, body, signal })
    } catch (error) {
      exchange.failure = error
      throw error
    }
    return leanResponse(exchange.reply, key)
  }
  return fetch as unknown as typeof globalThis.fetch
}

/** As much of a Response as the SDKs look at. */
type LeanResponse = Pick<Response, 'ok' | 'status' | 'url' | 'body' | 'json' | 'text'> & {
  readonly headers: Pick<Headers, 'get'> & { readonly entries: () => Iterable<[string, string]> }
}

/** A service that repeats the key that it was sent has it taken out, before anything can be kept. */
function leanResponse({ status, headers, text: received }: TransportReply, key: string | undefined): LeanResponse {
  const text = key === undefined || !received.includes(key) ? received : received.replaceAll(key, '[key]')
  return {
    ok: status >= 200 && status < 300,
    status,
    url: '',
    body: null,
    headers: {
      get: (name) => {
        const value = headers[name]
        return value === undefined ? null : String(value)
      },
      entries: () => [],
    },
    json: async () => JSON.parse(text),
    text: async () => text,
  }
}
