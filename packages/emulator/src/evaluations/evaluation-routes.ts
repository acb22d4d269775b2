import { Hono } from 'hono'
import type { ApiContext } from '../http/api.js'
import { refuse } from '../http/reply.js'
import { parseBody } from '../inference/check-request.js'
import { createJobBook, type Job } from '../jobs/job-book.js'
import type { Services } from '../services.js'
import { type EvaluationRequest, parseEvaluation } from './evaluation.js'
import { type EvaluationOutcome, runEvaluation } from './run-evaluation.js'

/** What a job goes through before it ends. */
const STATUSES = ['pending', 'queued', 'running'] as const

interface Evaluation extends Job {
  readonly request: EvaluationRequest
  readonly outcome: EvaluationOutcome | undefined
}

/** Together's /evaluation. */
export function evaluationRoutes(): Hono<ApiContext> {
  const routes = new Hono<ApiContext>()
  const book = createJobBook<Evaluation>('eval-')
  const look = (id: string): Evaluation => book.look(id) ?? refuse(404, `Evaluation job ${id} not found`)
  routes.post('/', async ({ req, env: { services }, json }) => {
    const request = parseEvaluation(parseBody(new Uint8Array(await req.arrayBuffer())))
    const fileId = request.parameters.input_data_file_path
    const file = services.files.find(fileId, 'together') ?? refuse(400, `File ${fileId} not found`)
    if (file.purpose !== 'eval') refuse(400, `File ${fileId} has purpose ${file.purpose}, expected eval`)
    const job = book.add((id) => ({ id, begunMs: services.now(), looks: 0, request, outcome: undefined }))
    void runEvaluation(request, file, services)
      .catch(
        (error: unknown): EvaluationOutcome => ({
          status: 'error',
          results: { error: `mistake in the emulator: ${String(error)}` },
        }),
      )
      .then((outcome) => book.update(job.id, { outcome }))
    return json({ workflow_id: job.id, status: 'pending' })
  })
  routes.get('/', ({ req, env: { services }, json }) => {
    const { limit = '10', status } = req.query()
    const jobs = book.list().map((job) => jobShape(job, services))
    return json(jobs.filter((job) => status === undefined || job.status === status).slice(0, Number(limit)))
  })
  routes.get('/:id', ({ req, env: { services }, json }) => json(jobShape(look(req.param('id')), services)))
  routes.get('/:id/status', ({ req, env: { services }, json }) => {
    const { status, results } = jobShape(look(req.param('id')), services)
    return json({ status, results })
  })
  return routes
}

interface JobShape {
  readonly status: string
  readonly results: object | null
}

function jobShape(job: Evaluation, { progress }: Services): JobShape {
  const steps = Math.min(progress.steps(job), STATUSES.length)
  const isOver = steps === STATUSES.length && job.outcome !== undefined
  const status = isOver ? (job.outcome as EvaluationOutcome).status : (STATUSES[Math.min(steps, 2)] as string)
  const timestamp = new Date(job.begunMs).toISOString()
  const passed = [...STATUSES.slice(0, steps + 1), ...(isOver ? [status] : [])]
  return {
    workflow_id: job.id,
    type: job.request.type,
    owner_id: 'emulator',
    status,
    status_updates: passed.map((name) => ({ status: name, message: '', timestamp })),
    parameters: withoutTokens(job.request.parameters),
    created_at: timestamp,
    updated_at: timestamp,
    results: isOver ? (job.outcome as EvaluationOutcome).results : null,
  } as JobShape
}

/** Parameters as they are shown again: keys of other services are not. */
function withoutTokens(parameters: object): object {
  return JSON.parse(
    JSON.stringify(parameters, (key, value: unknown) => (key === 'external_api_token' ? undefined : value)),
  ) as object
}
