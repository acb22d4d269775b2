import type { ServerResponse } from 'node:http'
import { errorReply, type Reply } from '../http/reply.js'
import type { FaultOptions } from './fault-options.js'
import type { Fate } from './fault-plan.js'

/** What a fault does before a request is answered: sends an error of the service, or breaks the line. */
export function breakOff(
  response: ServerResponse,
  { fault, variant }: Fate,
  options: FaultOptions,
  nowMs: number,
): Reply | 'broken' | undefined {
  switch (fault) {
    case 'rate-limited':
      return errorReply(
        { status: 429, message: 'Rate limit reached for requests.', type: 'requests', code: 'rate_limit_exceeded' },
        retryAfter(options, variant, nowMs),
      )
    case 'server-error':
      return errorReply({
        status: 500,
        message: 'The server had an error while processing your request.',
        type: 'server_error',
      })
    case 'bad-gateway':
      return {
        status: 502,
        headers: { 'content-type': 'text/html' },
        body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
      }
    case 'unavailable':
      return errorReply(
        {
          status: 503,
          message: 'The engine is currently overloaded, please try again later.',
          type: 'service_unavailable_error',
        },
        variant < 0.5 ? retryAfter(options, variant * 2, nowMs) : {},
      )
    case 'overloaded':
      return errorReply({ status: 529, message: 'The site is overloaded.', type: 'overloaded_error' })
    case 'reset':
      response.socket?.resetAndDestroy()
      return 'broken'
    case 'half-closed':
      response.socket?.end()
      return 'broken'
    case 'stalled':
      if (variant >= 0.5) {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
        response.write('{"id":')
      }
      return 'broken'
    default:
      return undefined
  }
}

function retryAfter(
  { retryAfterMs = 1000, retryAfter = 'mixed' }: FaultOptions,
  variant: number,
  nowMs: number,
): Record<string, string> {
  const ways = ['seconds', 'date', 'ms'] as const
  const way = retryAfter === 'mixed' ? ways[Math.min(2, Math.floor(variant * 3))] : retryAfter
  if (way === 'ms') return { 'retry-after-ms': String(retryAfterMs) }
  if (way === 'date') return { 'retry-after': new Date(nowMs + Math.ceil(retryAfterMs / 1000) * 1000).toUTCString() }
  return way === 'seconds' ? { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) } : {}
}

/** What a fault makes of a good answer on its way out. */
export function spoil(reply: Reply, { fault, variant }: Fate): Reply {
  if (reply.status !== 200) return reply
  const text = (): string => (typeof reply.body === 'string' ? reply.body : Buffer.from(reply.body).toString('utf8'))
  switch (fault) {
    case 'truncated-json':
      return { ...reply, body: text().slice(0, Math.max(1, Math.floor(text().length * (0.1 + 0.8 * variant)))) }
    case 'malformed-json':
      return { ...reply, body: variant < 0.5 ? text().replaceAll('"', "'") : `data: ${text()}` }
    case 'wrong-content-type':
      return variant < 0.5
        ? { ...reply, headers: { ...reply.headers, 'content-type': 'text/plain; charset=utf-8' } }
        : {
            ...reply,
            headers: { 'content-type': 'text/html' },
            body: '<html><body>Please log in to the network.</body></html>',
          }
    default:
      return reply
  }
}
