import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { Readable } from 'node:stream'
import Together from 'together-ai'
import { saveContent } from '../save-content.js'
import { pollUntil } from '../wait.js'
import type { TogetherClient } from './client.js'

/** What a file is for. */
export type TogetherPurpose = 'fine-tune' | 'eval' | 'batch-api'

/**
 * Uploads a file and returns its id: the service is asked where to put it (302 with the place and the id), and the bytes
 * are put there. The SDK's own `files.upload` does the same but fails on Node: its ES module build finds no file
 * functions, and its request body lacks the `duplex` that Node's fetch asks for.
 *
 * @param file `.jsonl`, `.parquet` or `.csv`; its name is the file's name at the service
 * @throws {Error} naming the file, when the service refuses it
 */
export async function uploadToTogether(
  client: TogetherClient,
  file: string,
  purpose: TogetherPurpose,
  signal?: AbortSignal,
): Promise<string> {
  const query = { file_name: basename(file), file_type: extname(file).slice(1), purpose }
  const { url, id } = await placeFor(client, query, file)
  const { size } = await stat(file)
  const put = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(size) },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream,
    duplex: 'half',
    ...(signal === undefined ? {} : { signal }),
  } as RequestInit)
  if (!put.ok) {
    const { status, statusText, headers } = put
    throw Object.assign(new Error(`${file} could not be uploaded: the store answered ${status} ${statusText}`), {
      status,
      headers,
    })
  }
  return id
}

async function placeFor(
  client: TogetherClient,
  query: Readonly<Record<string, string>>,
  file: string,
): Promise<{ readonly url: string; readonly id: string }> {
  const response = await client
    .post('/files', { query, fetchOptions: { redirect: 'manual' } })
    .asResponse()
    .catch((error: unknown) => {
      if (error instanceof Together.APIError && error.status === 302) return error
      throw error
    })
  const url = response.headers?.get('location')
  const id = response.headers?.get('x-together-file-id')
  if (response.status === 302 && url && id) return { url, id }
  throw new SyntaxError(`${file} could not be uploaded: expected a place for it (302), found status ${response.status}`)
}

/** The id of the newest whole file of that name and purpose that the service did not refuse; undefined where there is none. */
export async function findTogetherFile(
  client: TogetherClient,
  name: string,
  purpose: TogetherPurpose,
): Promise<string | undefined> {
  const { data } = await client.files.list()
  if (!Array.isArray(data)) throw new SyntaxError('expected a list of files from the service, found another body')
  return data
    .filter(({ filename, bytes }) => filename === name && bytes !== 0)
    .filter((file) => file.purpose === purpose && !REFUSED.has(file.processing_status))
    .sort((a, b) => b.created_at - a.created_at)[0]?.id
}

const REFUSED: ReadonlySet<string | undefined> = new Set(['FAILED', 'INVALID_FORMAT'])

/**
 * Waits until the service has looked through a file.
 *
 * @throws {Error} with what the service says, when it refuses the file
 */
export async function waitForTogetherFile(
  client: TogetherClient,
  id: string,
  options: { readonly signal?: AbortSignal | undefined; readonly firstMs?: number | undefined } = {},
): Promise<void> {
  const seen = await pollUntil({
    what: `file ${id}`,
    look: () => client.files.retrieve(id),
    isDone: (file) => file.Processed || file.processing_status === 'COMPLETED' || REFUSED.has(file.processing_status),
    firstMs: options.firstMs ?? 500,
    longestMs: 10_000,
    atMostLooks: 2000,
    signal: options.signal,
  })
  if (REFUSED.has(seen.processing_status) || seen.validation_report?.valid === false)
    throw new Error(
      `${seen.filename} (${id}) was refused by the service: ${seen.validation_report?.error ?? seen.processing_status}`,
    )
}

/** Downloads a file; false where the service has it no more. It stands under its name only when it is whole. */
export function downloadFromTogether(
  client: TogetherClient,
  id: string,
  file: string,
  signal?: AbortSignal,
): Promise<boolean> {
  return saveContent(() => client.files.content(id, signal === undefined ? {} : { signal }), file)
}
