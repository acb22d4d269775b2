import { Hono } from 'hono'
import type { ModelProfile } from '../models/model-profile.js'
import type { ApiContext } from './api.js'
import { refuse } from './reply.js'

/** When the models of an emulator say that they were made: 2026-01-01. */
const CREATED_SECONDS = 1_767_225_600

/** GET /models and GET /models/:name: a list object at OpenAI, a bare list at Together. */
export function modelRoutes(): Hono<ApiContext> {
  const routes = new Hono<ApiContext>()
  routes.get('/', ({ env: { vendor, services }, json }) => {
    const models = services.models.list(vendor)
    return vendor === 'together'
      ? json(models.map(togetherModel))
      : json({ object: 'list', data: models.map(([name]) => openAiModel(name)) })
  })
  routes.get('/:name{.+}', ({ env: { vendor, services }, req, json }) => {
    const name = decodeURIComponent(req.param('name'))
    const found = services.models.list(vendor).find(([known]) => known === name)
    if (found === undefined)
      return refuse(404, `The model '${name}' does not exist`, { param: 'model', code: 'model_not_found' })
    return json(vendor === 'together' ? togetherModel(found) : openAiModel(name))
  })
  return routes
}

function openAiModel(name: string): object {
  return { id: name, object: 'model', created: CREATED_SECONDS, owned_by: 'emulator' }
}

function togetherModel([name, { contextTokens }]: readonly [string, ModelProfile]): object {
  return {
    id: name,
    object: 'model',
    created: CREATED_SECONDS,
    type: 'chat',
    running: false,
    display_name: name,
    organization: name.split('/')[0],
    context_length: contextTokens,
    pricing: { hourly: 0, input: 0, output: 0, base: 0, finetune: 0 },
  }
}
