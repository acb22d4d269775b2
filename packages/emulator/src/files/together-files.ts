import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { jobFaultOf } from '../faults/fault-plan.js'
import type { ApiContext } from '../http/api.js'
import { refuse } from '../http/reply.js'
import type { Services } from '../services.js'
import type { StoredFile } from './file-store.js'

const PURPOSES = ['fine-tune', 'eval', 'batch-api'] as const
const TYPES = ['jsonl', 'parquet', 'csv'] as const
/** What a file for fine-tuning goes through; files for other purposes skip it. */
const STATUSES = ['PENDING', 'QUEUED', 'RUNNING'] as const

/**
 * Together's /files. A file comes in two steps, as the SDK sends it: POST /files answers 302 with the place in `location`
 * and the id in `x-together-file-id`, and PUT brings the bytes; or in one, POST /files/upload with a form.
 */
export function togetherFiles(): Hono<ApiContext> {
  const routes = new Hono<ApiContext>()
  routes.post('/', async ({ req, env: { services, origin }, body }) => {
    const asked = { ...(await req.parseBody()), ...req.query() }
    const named = checkNamed(asked)
    const { id } = services.files.add({ vendor: 'together', ...named, content: undefined })
    return body(null, 302, {
      location: `${origin}/together/v1/uploads/${id}?signature=${signatureOf(id)}`,
      'x-together-file-id': id,
    })
  })
  routes.post('/upload', async ({ req, env: { services }, json }) => {
    const form = await req.parseBody()
    const { file } = form
    if (!(file instanceof File)) return refuse(400, 'file is required', { param: 'file' })
    const named = checkNamed({ file_name: file.name, file_type: file.name.split('.').at(-1), ...form })
    const content = new Uint8Array(await file.arrayBuffer())
    const fault = faultOf(content, services)
    return json(togetherFile(services.files.add({ vendor: 'together', ...named, content, fault }), services))
  })
  routes.get('/', ({ env: { services }, json }) =>
    json({ data: services.files.list('together').map((file) => togetherFile(file, services)) }),
  )
  routes.get('/:id', ({ req, env: { services }, json }) =>
    json(togetherFile(found(req.param('id'), services, true), services)),
  )
  routes.get('/:id/content', ({ req, env: { services }, body }) => {
    const { content } = found(req.param('id'), services, false)
    return body(content as Uint8Array<ArrayBuffer>, 200, { 'content-type': 'binary/octet-stream' })
  })
  routes.delete('/:id', ({ req, env: { services }, json }) => {
    const { id } = found(req.param('id'), services, false)
    services.files.remove(id, 'together')
    return json({ id, deleted: true })
  })
  return routes
}

/** PUT /uploads/:id: where the bytes of a file go; the signature in the address is its only key. */
export function togetherUploads(): Hono<ApiContext> {
  const routes = new Hono<ApiContext>()
  routes.put('/:id', async ({ req, env: { services }, body }) => {
    const id = req.param('id')
    if (req.query('signature') !== signatureOf(id)) return refuse(403, 'SignatureDoesNotMatch')
    const content = new Uint8Array(await req.arrayBuffer())
    if (!services.files.fill(id, content, faultOf(content, services))) return refuse(404, 'NoSuchKey')
    return body(null, 200)
  })
  return routes
}

function faultOf(content: Uint8Array, { faults }: Services): StoredFile['fault'] {
  return jobFaultOf(faults(), createHash('sha256').update(content).digest('hex'), ['file-invalid', 'file-failed'])
}

function checkNamed(asked: Readonly<Record<string, unknown>>): Pick<StoredFile, 'filename' | 'purpose'> {
  const { file_name: name, purpose, file_type: type } = asked
  if (typeof name !== 'string' || name === '') return refuse(400, 'file_name is required', { param: 'file_name' })
  if (typeof purpose !== 'string' || !(PURPOSES as readonly string[]).includes(purpose))
    return refuse(400, `purpose must be one of ${PURPOSES.join(', ')}`, { param: 'purpose' })
  if (typeof type !== 'string' || !(TYPES as readonly string[]).includes(type))
    return refuse(400, `file_type must be one of ${TYPES.join(', ')}`, { param: 'file_type' })
  if (type === 'csv' && purpose !== 'eval')
    refuse(400, `CSV files are not supported for ${purpose}.`, { param: 'file_type' })
  if (type === 'parquet' && purpose === 'eval')
    refuse(400, 'Parquet files are not supported for eval.', { param: 'file_type' })
  return { filename: name, purpose }
}

function signatureOf(id: string): string {
  return createHash('sha256').update(`place of ${id}`).digest('hex').slice(0, 16)
}

function found(id: string, { files }: Services, isLook: boolean): StoredFile {
  const file = isLook ? files.look(id, 'together') : files.find(id, 'together')
  return file?.content === undefined ? refuse(404, `File with id ${id} not found`, { code: 'not_found' }) : file
}

/** What a look at a file shows: a file for fine-tuning is PENDING, QUEUED and RUNNING before it is judged. */
function togetherFile(file: StoredFile, services: Services): object {
  const common = {
    id: file.id,
    object: 'file',
    bytes: file.content?.length ?? 0,
    created_at: Math.floor(file.begunMs / 1000),
    filename: file.filename.split('/').at(-1),
    FileType: file.filename.split('.').at(-1),
    purpose: file.purpose,
  }
  if (file.purpose !== 'fine-tune') return { ...common, Processed: true, LineCount: 0 }
  const status = togetherFileStatus(file, services)
  if (status === 'FAILED') return { ...common, Processed: true, LineCount: 0, processing_status: status }
  if (status !== 'COMPLETED' && status !== 'INVALID_FORMAT')
    return { ...common, Processed: false, processing_status: status }
  const report = services.reportOn(file)
  return {
    ...common,
    Processed: true,
    LineCount: report.nlines ?? 0,
    processing_status: status,
    validation_report: report,
  }
}

/** Where the look through a file is. */
export function togetherFileStatus(
  file: StoredFile,
  { progress, reportOn }: Services,
): (typeof STATUSES)[number] | 'COMPLETED' | 'FAILED' | 'INVALID_FORMAT' {
  // A look shows the status that the look before has left: the first finds it PENDING.
  const before = progress.steps({ ...file, looks: Math.max(0, file.looks - 1) })
  if (STATUSES[before] !== undefined) return STATUSES[before]
  if (file.fault === 'file-failed') return 'FAILED'
  return reportOn(file).valid ? 'COMPLETED' : 'INVALID_FORMAT'
}
