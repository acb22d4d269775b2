import { Hono } from 'hono'
import { openAiBatches } from '../batches/openai-batches.js'
import { togetherBatches } from '../batches/together-batches.js'
import { clusterRoutes, endpointRoutes, hardwareRoutes } from '../endpoints/endpoint-routes.js'
import { evaluationRoutes } from '../evaluations/evaluation-routes.js'
import { openAiFiles } from '../files/openai-files.js'
import { togetherFiles, togetherUploads } from '../files/together-files.js'
import { createJobBook } from '../jobs/job-book.js'
import type { Vendor } from '../models/model-profile.js'
import type { Services } from '../services.js'
import { openAiTuning } from '../tuning/openai-jobs.js'
import { togetherDownload, togetherTuning } from '../tuning/together-jobs.js'
import type { TogetherJob } from '../tuning/together-status.js'
import { modelRoutes } from './model-routes.js'
import type { ApiRequest } from './receive.js'
import { errorReply, RefusedRequest, type Reply } from './reply.js'

/** What the routes know of a request beside the request. */
export interface ApiContext {
  readonly Bindings: { readonly vendor: Vendor; readonly services: Services; readonly origin: string }
}

/** Answers all paths that do not go to a model. */
export function createApi(services: Services): (request: ApiRequest) => Promise<Reply> {
  const apps = { openai: openAiApp(), together: togetherApp() }
  return async ({ method, vendor = 'openai', path, query, headers, body }) => {
    const origin = `http://${headers.host}`
    const hasBody = method !== 'GET' && method !== 'HEAD'
    const request = new Request(`${origin}${path}${query}`, {
      method,
      headers: { ...headers },
      ...(hasBody ? { body: body as Uint8Array<ArrayBuffer> } : {}),
    })
    return toReply(await apps[vendor].fetch(request, { vendor, services, origin }))
  }
}

function openAiApp(): Hono<ApiContext> {
  return bareApp()
    .route('/models', modelRoutes())
    .route('/files', openAiFiles())
    .route('/fine_tuning/jobs', openAiTuning())
    .route('/batches', openAiBatches())
}

function togetherApp(): Hono<ApiContext> {
  const jobs = createJobBook<TogetherJob>('ft-')
  return bareApp()
    .route('/models', modelRoutes())
    .route('/files', togetherFiles())
    .route('/uploads', togetherUploads())
    .route('/batches', togetherBatches())
    .route('/evaluation', evaluationRoutes())
    .route('/fine-tunes', togetherTuning(jobs))
    .route('/finetune', togetherDownload(jobs))
    .route('/endpoints', endpointRoutes())
    .route('/hardware', hardwareRoutes())
    .route('/clusters', clusterRoutes())
}

function bareApp(): Hono<ApiContext> {
  const app = new Hono<ApiContext>()
  app.notFound(({ req }) => toResponse(errorReply({ status: 404, message: `Invalid URL (${req.method} ${req.path})` })))
  app.onError((error) => {
    if (error instanceof RefusedRequest) return toResponse(errorReply(error.refusal))
    throw error
  })
  return app
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
