import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * Writes what a service answers with into a file, which stands under its name only when all of it came. False where the
 * service answers that there is nothing (404, 410).
 *
 * @throws what the service's SDK throws for any other status, and what breaks the line
 */
export async function saveContent(fetchContent: () => Promise<Response>, file: string): Promise<boolean> {
  let response: Response
  try {
    response = await fetchContent()
  } catch (error) {
    const { status } = error as { readonly status?: unknown }
    if (status === 404 || status === 410) return false
    throw error
  }
  const partial = `${file}.partial`
  await mkdir(dirname(file), { recursive: true })
  try {
    if (response.body === null) throw new Error(`${file} came without a body`)
    await pipeline(Readable.fromWeb(response.body as never), createWriteStream(partial))
    await rename(partial, file)
  } finally {
    await rm(partial, { force: true })
  }
  return true
}
