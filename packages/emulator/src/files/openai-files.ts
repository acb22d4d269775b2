import { Hono } from 'hono'
import type { ApiContext } from '../http/api.js'
import { pageOf } from '../http/page.js'
import { refuse } from '../http/reply.js'
import type { Services } from '../services.js'
import type { StoredFile } from './file-store.js'
import { jsonLines } from './json-lines.js'

const PURPOSES = ['assistants', 'batch', 'fine-tune', 'vision', 'user_data', 'evals'] as const
/** Purposes whose files are JSONL, and are looked at when they come. */
const JSONL_PURPOSES: readonly string[] = ['batch', 'fine-tune', 'evals']
const MOST_BATCH_BYTES = 200e6
const MOST_BYTES = 512 * 2 ** 20

/** OpenAI's /files. */
export function openAiFiles(): Hono<ApiContext> {
  const routes = new Hono<ApiContext>()
  routes.post('/', async ({ req, env: { services }, json }) => {
    const form = await req.parseBody()
    const { file, purpose } = form
    if (!(file instanceof File)) return refuse(400, "'file' is a required property", { param: 'file' })
    if (typeof purpose !== 'string' || !(PURPOSES as readonly string[]).includes(purpose))
      return refuse(400, `'${String(purpose)}' is not one of ${JSON.stringify(PURPOSES)} - 'purpose'`, {
        param: 'purpose',
      })
    const content = new Uint8Array(await file.arrayBuffer())
    checkUpload(file.name, purpose, content)
    const stored = services.files.add({ vendor: 'openai', filename: file.name, purpose, content })
    return json(shapeOf(stored, services))
  })
  routes.get('/', ({ req, env: { services }, json }) => {
    const { purpose, order = 'desc' } = req.query()
    const files = services.files.list('openai').filter((file) => purpose === undefined || file.purpose === purpose)
    const ordered = order === 'asc' ? files : files.toReversed()
    return json(
      pageOf(
        ordered.map((file) => shapeOf(file, services)),
        req.query(),
        10_000,
      ),
    )
  })
  routes.get('/:id', ({ req, env: { services }, json }) =>
    json(shapeOf(found(req.param('id'), services, true), services)),
  )
  routes.get('/:id/content', ({ req, env: { services }, body }) => {
    const { content } = found(req.param('id'), services, false)
    return body(content as Uint8Array<ArrayBuffer>, 200, { 'content-type': 'application/octet-stream' })
  })
  routes.delete('/:id', ({ req, env: { services }, json }) => {
    const { id } = found(req.param('id'), services, false)
    services.files.remove(id, 'openai')
    return json({ id, object: 'file', deleted: true })
  })
  return routes
}

function checkUpload(name: string, purpose: string, content: Uint8Array): void {
  const most = purpose === 'batch' ? MOST_BATCH_BYTES : MOST_BYTES
  if (content.length > most)
    refuse(413, `The file is larger than the ${most} bytes that are allowed for purpose ${purpose}.`)
  if (content.length === 0) refuse(400, 'File is empty.', { param: 'file' })
  if (!JSONL_PURPOSES.includes(purpose)) return
  if (!name.endsWith('.jsonl')) refuse(400, `Invalid file format for ${purpose}. Must be .jsonl`, { param: 'file' })
  for (const line of jsonLines(content))
    if ('problem' in line)
      refuse(400, `Invalid file format. Line ${line.number} ${line.problem}.`, {
        param: 'file',
        code: 'invalid_file_format',
      })
}

function found(id: string, { files }: Services, isLook: boolean): StoredFile {
  const file = isLook ? files.look(id, 'openai') : files.find(id, 'openai')
  return file ?? refuse(404, `No such File object: ${id}`, { param: 'id' })
}

/** Processed at its first look; it is uploaded before that. */
function shapeOf(file: StoredFile, { progress }: Services): { readonly id: string } {
  return {
    id: file.id,
    object: 'file',
    bytes: file.content?.length ?? 0,
    created_at: Math.floor(file.begunMs / 1000),
    expires_at: null,
    filename: file.filename,
    purpose: file.purpose,
    status: progress.steps(file) > 0 || file.looks > 0 ? 'processed' : 'uploaded',
    status_details: null,
  } as { readonly id: string }
}
