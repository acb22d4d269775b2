import { createRequire } from 'node:module'
import type { Dispatcher } from 'undici'
import type { CallSignal } from '../judge.js'

/** Where requests go, and how long they may take. */
export interface TransportOptions {
  /** Scheme, host and port. */
  readonly origin: string
  /** Longest wait for an answer to begin, and for each next part of it, in milliseconds. */
  readonly timeoutMs: number
  /** `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` are followed. */
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface TransportRequest {
  readonly method: Dispatcher.HttpMethod
  /** Path and query. */
  readonly path: string
  /** Name, value, name, value … */
  readonly headers: string[]
  readonly body: string | null
  readonly signal: CallSignal
}

/** An answer, read to its end. */
export interface TransportReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** From sending to the first and the last byte, in milliseconds. */
  readonly firstByteMs: number
  readonly totalMs: number
}

export interface Transport {
  /** @throws the signal's reason when it is aborted; undici's error when the line breaks or nobody answers in time */
  readonly request: (request: TransportRequest) => Promise<TransportReply>
}

/** Loads parts of undici when they are needed. */
const load = createRequire(import.meta.url)

/** An idle connection is kept this long; services close theirs after a minute or more. */
const KEEP_ALIVE_MS = 10_000
const CONNECT_TIMEOUT_MS = 10_000
/** Longest answer that is read, in bytes. */
const LONGEST_ANSWER = 64 << 20

/**
 * Requests over connections that are kept alive, one request at a time on each. A connection is opened when all others
 * are busy, so that there are as many as there were calls under way at once (undici's own pool opens about twice as many,
 * since a connection that has just answered counts as busy there). Nothing is sent twice, and no redirect is followed.
 */
export function createTransport(options: TransportOptions): Transport {
  const { origin, timeoutMs } = options
  const { take, giveBack } = connections(options)
  return {
    request: ({ method, path, headers, body, signal }) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const connection = take()
        const done = (settle: () => void): void => {
          setImmediate(() => {
            giveBack(connection)
            settle()
          })
        }
        connection.dispatch(
          { origin, method, path, headers, body, headersTimeout: timeoutMs, bodyTimeout: timeoutMs },
          receiver(
            signal,
            (reply) => done(() => resolve(reply)),
            (reason) => done(() => reject(reason)),
          ),
        )
      }),
  }
}

interface Connections {
  readonly take: () => Dispatcher
  readonly giveBack: (connection: Dispatcher) => void
}

/** Free connections, the last used on top; behind a proxy, undici's own. */
function connections({ origin, env }: TransportOptions): Connections {
  const shared = {
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxResponseSize: LONGEST_ANSWER,
    connect: { timeout: CONNECT_TIMEOUT_MS },
  }
  const httpProxy = env.http_proxy ?? env.HTTP_PROXY
  const httpsProxy = env.https_proxy ?? env.HTTPS_PROXY
  if (httpProxy !== undefined || httpsProxy !== undefined) {
    const noProxy = env.no_proxy ?? env.NO_PROXY ?? ''
    // A tunnel hides what is said from the proxy, where it is encrypted; what is not is handed to the proxy as it is.
    const proxyTunnel = origin.startsWith('https:')
    const proxies = { httpProxy: httpProxy ?? '', httpsProxy: httpsProxy ?? '', noProxy }
    const { EnvHttpProxyAgent } = load('undici') as typeof import('undici')
    const agent = new EnvHttpProxyAgent({ ...shared, ...proxies, proxyTunnel })
    return { take: () => agent, giveBack: () => {} }
  }
  // By itself: the whole of undici takes 0.05 s longer to load.
  const Client = load('undici/lib/dispatcher/client.js') as typeof import('undici').Client
  const free: Dispatcher[] = []
  return {
    take: () => free.pop() ?? new Client(origin, shared),
    giveBack: (connection) => void free.push(connection),
  }
}

/** Gathers one answer. */
function receiver(
  signal: CallSignal,
  resolve: (reply: TransportReply) => void,
  reject: (reason: unknown) => void,
): Dispatcher.DispatchHandler {
  const started = performance.now()
  const chunks: Buffer[] = []
  let status = 0
  let headers: TransportReply['headers'] = {}
  let firstByteMs = 0
  let stop: (() => void) | undefined
  const settle = (): void => {
    if (stop !== undefined) signal.removeEventListener('abort', stop)
  }
  return {
    onRequestStart: (controller) => {
      stop = () => controller.abort(signal.reason as Error)
      signal.addEventListener('abort', stop)
      if (signal.aborted) stop()
    },
    onResponseStart: (_, statusCode, received) => {
      if (statusCode < 200) return
      status = statusCode
      headers = received
      firstByteMs = performance.now() - started
    },
    onResponseData: (_, chunk) => {
      chunks.push(chunk)
    },
    onResponseEnd: () => {
      settle()
      const [only, ...more] = chunks
      const bytes = more.length === 0 ? only : Buffer.concat(chunks)
      resolve({
        status,
        headers,
        text: bytes?.toString('utf8') ?? '',
        firstByteMs,
        totalMs: performance.now() - started,
      })
    },
    onResponseError: (_, error) => {
      settle()
      reject(signal.aborted ? signal.reason : error)
    },
  }
}
