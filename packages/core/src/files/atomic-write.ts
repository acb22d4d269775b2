import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Writes a file whole or not at all: the text goes to a neighbour, is flushed to the disk, and takes the name in one
 * step. When writing fails (no space, no permission), what stood there before still stands.
 */
export async function saveText(file: string, text: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.draft`
  try {
    const handle = await open(draft, 'w')
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (cause) {
    await rm(draft, { force: true })
    throw new Error(`${file} could not be written; what stood there before is unchanged`, { cause })
  }
}

/** As `saveText`, for a value as indented JSON. */
export function saveJson(file: string, value: unknown): Promise<void> {
  return saveText(file, `${JSON.stringify(value, null, 2)}\n`)
}
