import { Hono } from 'hono'
import { z } from 'zod'
import type { ApiContext } from '../http/api.js'
import { refuse } from '../http/reply.js'
import { findModel, parseBody, parseRequest } from '../inference/check-request.js'
import { createJobBook, type Job } from '../jobs/job-book.js'
import type { ModelProfile } from '../models/model-profile.js'
import type { Services } from '../services.js'

/** Machines and their prices: names as Together's documents have them, prices made up. */
const HARDWARE = [
  { id: '1x_nvidia_h100_80gb_sxm', gpu_count: 1, cents_per_minute: 6.65 },
  { id: '2x_nvidia_h100_80gb_sxm', gpu_count: 2, cents_per_minute: 13.3 },
  { id: '8x_nvidia_h100_80gb_sxm', gpu_count: 8, cents_per_minute: 53.2 },
] as const

const ZONES = ['us-central-4b'] as const

const autoscaling = z
  .strictObject({ min_replicas: z.int().min(0), max_replicas: z.int().min(1) })
  .refine(
    ({ min_replicas, max_replicas }) => min_replicas <= max_replicas,
    'min_replicas must not be above max_replicas',
  )
const wantedState = z.enum(['STARTED', 'STOPPED'])
const creation = z.strictObject({
  model: z.string(),
  hardware: z.string(),
  autoscaling,
  availability_zone: z.enum(ZONES).optional(),
  disable_prompt_cache: z.boolean().optional(),
  disable_speculative_decoding: z.boolean().optional(),
  display_name: z.string().optional(),
  inactive_timeout: z.int().min(0).nullish(),
  state: wantedState.default('STARTED'),
})
const change = z.strictObject({
  autoscaling: autoscaling.optional(),
  display_name: z.string().optional(),
  inactive_timeout: z.int().min(0).nullish(),
  state: wantedState.optional(),
})

/** A dedicated endpoint. `looks` count since its state was last asked to change. */
interface Endpoint extends Job {
  readonly model: string
  readonly name: string
  readonly displayName: string
  readonly hardware: string
  readonly autoscaling: z.infer<typeof autoscaling>
  readonly wanted: z.infer<typeof wantedState>
  readonly profile: ModelProfile
}

const COMING = ['PENDING', 'STARTING', 'STARTED'] as const
const GOING = ['STOPPING', 'STOPPED'] as const

/** Together's /endpoints. A started endpoint serves its model under the endpoint's name; a stopped one does not. */
export function endpointRoutes(): Hono<ApiContext> {
  const routes = new Hono<ApiContext>()
  const book = createJobBook<Endpoint>('endpoint-')
  const found = (id: string): Endpoint =>
    book.find(id) ?? refuse(404, `Endpoint ${id} not found`, { code: 'not_found' })
  routes.post('/', async ({ req, env: { services }, json }) => {
    const asked = parseRequest(creation, parseBody(new Uint8Array(await req.arrayBuffer())))
    const profile = findModel(asked.model, 'together', services)
    if (!HARDWARE.some(({ id }) => id === asked.hardware))
      refuse(400, `Hardware ${asked.hardware} is not available`, { param: 'hardware' })
    const endpoint = book.add((id) => ({
      id,
      begunMs: services.now(),
      looks: 0,
      model: asked.model,
      name: `emulator/${asked.model}-${id.slice(-8)}`,
      displayName: asked.display_name ?? asked.model,
      hardware: asked.hardware,
      autoscaling: asked.autoscaling,
      wanted: asked.state,
      profile: { ...profile, needsEndpoint: false },
    }))
    services.models.add(endpoint.name, null)
    return json(shapeOf(endpoint, services))
  })
  routes.get('/', ({ req, env: { services }, json }) => {
    const isWanted = req.query('type') !== 'serverless'
    return json({ object: 'list', data: isWanted ? book.list().map((endpoint) => shapeOf(endpoint, services)) : [] })
  })
  routes.get('/:id', ({ req, env: { services }, json }) => {
    const endpoint = book.look(req.param('id')) ?? found(req.param('id'))
    const shape = shapeOf(endpoint, services)
    services.models.add(endpoint.name, shape.state === 'STARTED' ? endpoint.profile : null)
    return json(shape)
  })
  routes.patch('/:id', async ({ req, env: { services }, json }) => {
    const endpoint = found(req.param('id'))
    const asked = parseRequest(change, parseBody(new Uint8Array(await req.arrayBuffer())))
    const turned = asked.state !== undefined && asked.state !== endpoint.wanted
    if (turned && asked.state === 'STOPPED') services.models.add(endpoint.name, null)
    const changed = book.update(endpoint.id, {
      ...(asked.autoscaling === undefined ? {} : { autoscaling: asked.autoscaling }),
      ...(asked.display_name === undefined ? {} : { displayName: asked.display_name }),
      ...(turned ? { wanted: asked.state as Endpoint['wanted'], begunMs: services.now(), looks: 0 } : {}),
    })
    return json(shapeOf(changed ?? endpoint, services))
  })
  routes.delete('/:id', ({ req, env: { services }, body }) => {
    const endpoint = found(req.param('id'))
    services.models.remove(endpoint.name)
    book.remove(endpoint.id)
    return body(null, 204)
  })
  return routes
}

/** Together's /clusters, of which only the zones are there. */
export function clusterRoutes(): Hono<ApiContext> {
  return new Hono<ApiContext>().get('/availability-zones', ({ json }) => json({ avzones: ZONES }))
}

/** Together's /hardware. */
export function hardwareRoutes(): Hono<ApiContext> {
  const routes = new Hono<ApiContext>()
  routes.get('/', ({ req, env: { services }, json }) => {
    const model = req.query('model')
    if (model !== undefined) findModel(model, 'together', services)
    const updated_at = new Date(services.now()).toISOString()
    return json({
      object: 'list',
      data: HARDWARE.map(({ id, gpu_count, cents_per_minute }) => ({
        object: 'hardware',
        id,
        pricing: { cents_per_minute },
        specs: { gpu_type: 'h100', gpu_link: 'sxm', gpu_memory: 80, gpu_count },
        updated_at,
        ...(model === undefined ? {} : { availability: { status: 'available' } }),
      })),
    })
  })
  return routes
}

interface EndpointShape {
  readonly state: string
}

function shapeOf(endpoint: Endpoint, { progress }: Services): EndpointShape {
  const states = endpoint.wanted === 'STARTED' ? COMING : GOING
  return {
    object: 'endpoint',
    id: endpoint.id,
    name: endpoint.name,
    display_name: endpoint.displayName,
    model: endpoint.model,
    hardware: endpoint.hardware,
    type: 'dedicated',
    owner: 'emulator',
    state: states[Math.min(progress.steps(endpoint), states.length - 1)],
    autoscaling: endpoint.autoscaling,
    created_at: new Date(endpoint.begunMs).toISOString(),
  } as unknown as EndpointShape
}
