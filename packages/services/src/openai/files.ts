import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { toFile } from 'openai'
import { saveContent } from '../save-content.js'
import type { OpenAiClient } from './client.js'

/** What a file is for. */
export type OpenAiPurpose = 'batch' | 'fine-tune'

/** Uploads a file under its own name and returns its id. */
export async function uploadToOpenAi(
  client: OpenAiClient,
  file: string,
  purpose: OpenAiPurpose,
  signal?: AbortSignal,
): Promise<string> {
  const upload = await toFile(createReadStream(file), basename(file))
  const { id } = await client.files.create({ file: upload, purpose }, signal === undefined ? {} : { signal })
  if (typeof id !== 'string') throw new SyntaxError(`${file} was uploaded, and the service gave it no id`)
  return id
}

/** The id of the newest file of that name and purpose; undefined where there is none. */
export async function findOpenAiFile(
  client: OpenAiClient,
  name: string,
  purpose: OpenAiPurpose,
): Promise<string | undefined> {
  let page = await client.files.list({ purpose, order: 'desc' })
  for (;;) {
    if (!Array.isArray(page.data)) throw new SyntaxError('a list of files came without files')
    const found = page.data.find(({ filename }) => filename === name)
    if (found !== undefined || !page.hasNextPage()) return found?.id
    page = await page.getNextPage()
  }
}

/** Downloads a file; false where the service has it no more. It stands under its name only when it is whole. */
export function downloadFromOpenAi(
  client: OpenAiClient,
  id: string,
  file: string,
  signal?: AbortSignal,
): Promise<boolean> {
  return saveContent(() => client.files.content(id, signal === undefined ? {} : { signal }), file)
}
