import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where a client is to crash on its way to a service. */
export interface CrashPoint {
  /** Method and path, as `POST /together/v1/fine-tunes`. */
  readonly at: RegExp
  /** Before the service hears of the request, or after it has answered and before the client hears of that. */
  readonly when: 'before' | 'after'
  /** Which answer it is, of those to such requests; any, where nothing is said. */
  readonly answer?: RegExp
  /** Which of such requests it is, counting from 1. */
  readonly nth?: number
}

/** A way to a service on which a client can crash. */
export interface Crossing {
  readonly url: string
  /** Resolves when the next client has come to this point. Its request is never answered. */
  readonly crashAt: (point: CrashPoint) => Promise<void>
  readonly close: () => Promise<void>
}

/** Opens a way to a service: what goes through it is passed on as it is, to where `target` then says. */
export async function openCrossing(target: () => string): Promise<Crossing> {
  let awaited: { readonly point: CrashPoint; left: number; readonly reached: () => void } | undefined
  const reaches = (text: string, when: CrashPoint['when'], answer = ''): boolean => {
    if (awaited === undefined || awaited.point.when !== when || !awaited.point.at.test(text)) return false
    if (awaited.point.answer?.test(answer) === false || --awaited.left > 0) return false
    awaited.reached()
    awaited = undefined
    return true
  }
  const server = createServer((incoming, outgoing) => {
    void bodyOf(incoming).then((body) => {
      const text = `${incoming.method} ${incoming.url}`
      if (reaches(text, 'before')) return
      const { host: _, ...rest } = incoming.headers
      // The name of this way stays in `host`: by it the service tells where files go.
      const onward = request(new URL(incoming.url ?? '/', target()), {
        method: incoming.method,
        headers: { ...rest, host: incoming.headers.host },
      })
      onward.on('error', () => outgoing.destroy())
      onward.on('response', (answer) => {
        void bodyOf(answer).then((answered) => {
          if (reaches(text, 'after', answered.toString())) return
          send(outgoing, answer, answered)
        })
      })
      onward.end(body)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    crashAt: (point) =>
      new Promise((reached) => {
        awaited = { point, left: point.nth ?? 1, reached }
      }),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of message) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function send(outgoing: ServerResponse, { statusCode = 500, headers }: IncomingMessage, body: Buffer): void {
  const { 'transfer-encoding': _, ...rest } = headers
  outgoing.writeHead(statusCode, rest)
  outgoing.end(body)
}
