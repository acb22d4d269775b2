import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { digest } from '@judgelab/core'
import { onTestFinished } from 'vitest'

/** What the small service does with a request: answer it, or misbehave. */
export type Reaction =
  | { readonly kind: 'answer'; readonly slot: number | 'unreadable'; readonly outputTokens?: number }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  | { readonly kind: 'reset' }
  | { readonly kind: 'stall' }

/** The body of a request to the small service. */
export interface SmallBody {
  readonly prompt: string
  readonly slots: readonly string[]
}

/** A service on this machine, with what it was asked. */
export interface SmallService {
  readonly url: string
  /** How often each body was asked, by digest. */
  readonly asked: ReadonlyMap<string, number>
  readonly requests: () => number
  /** The most requests that were under way at once. */
  readonly most: () => number
}

/** Reacts to the `nth` time that a body is asked, from 1; `request` counts all. */
export type React = (body: SmallBody, nth: number, request: number) => Reaction | Promise<Reaction>

/** Prefers the longer text. */
export const longer: React = ({ slots: [first = '', second = ''] }) => ({
  kind: 'answer',
  slot: first.length > second.length ? 0 : 1,
})

/** Starts a small HTTP service, which ends with the test. */
export async function startSmallService(react: React = longer): Promise<SmallService> {
  const asked = new Map<string, number>()
  let requests = 0
  let underWay = 0
  let most = 0
  const server = createServer(async (request, response) => {
    const count = ++requests
    most = Math.max(most, ++underWay)
    response.once('close', () => underWay--)
    const body = JSON.parse(await text(request)) as SmallBody
    const key = digest(body)
    const nth = (asked.get(key) ?? 0) + 1
    asked.set(key, nth)
    carryOut(await react(body, nth, count), response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked, requests: () => requests, most: () => most }
}

function carryOut(reaction: Reaction, response: ServerResponse): void {
  switch (reaction.kind) {
    case 'answer': {
      const usage = { inputTokens: 100, outputTokens: reaction.outputTokens ?? 10 }
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ slot: reaction.slot, usage }))
      return
    }
    case 'status':
      response.statusCode = reaction.status
      if (reaction.retryAfter !== undefined) response.setHeader('retry-after', reaction.retryAfter)
      response.end('no')
      return
    case 'reset':
      response.destroy()
      return
    case 'stall':
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"slot":')
  }
}
