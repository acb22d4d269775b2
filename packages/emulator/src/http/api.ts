import { Hono } from 'hono'
import type { Vendor } from '../models/model-profile.js'
import type { Services } from '../services.js'
import { modelRoutes } from './model-routes.js'
import type { ApiRequest } from './receive.js'
import { errorReply, RefusedRequest, type Reply } from './reply.js'

/** What the routes know of a request beside the request. */
export interface ApiContext {
  readonly Bindings: { readonly vendor: Vendor; readonly services: Services; readonly origin: string }
}

/** Answers all paths that do not go to a model. */
export function createApi(services: Services): (request: ApiRequest) => Promise<Reply> {
  const app = new Hono<ApiContext>()
  app.route('/models', modelRoutes())
  app.notFound((context) =>
    toResponse(errorReply({ status: 404, message: `Invalid URL (${context.req.method} ${context.req.path})` })),
  )
  app.onError((error) => {
    if (error instanceof RefusedRequest) return toResponse(errorReply(error.refusal))
    throw error
  })
  return async ({ method, vendor = 'openai', path, query, headers, body }) => {
    const origin = `http://${headers.host}`
    const hasBody = method !== 'GET' && method !== 'HEAD'
    const request = new Request(`${origin}${path}${query}`, {
      method,
      headers: { ...headers },
      ...(hasBody ? { body: body as Uint8Array<ArrayBuffer> } : {}),
    })
    return toReply(await app.fetch(request, { vendor, services, origin }))
  }
}

function toResponse({ status, headers, body }: Reply): Response {
  return new Response(body as string, { status, headers: { ...headers } })
}

async function toReply(response: Response): Promise<Reply> {
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  }
}
