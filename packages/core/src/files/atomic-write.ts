import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { jsonlPieces } from './jsonl.js'

/**
 * Writes a file whole or not at all: the text goes to a neighbour, is flushed to the disk, and takes the name in one
 * step. When writing fails (no space, no permission), what stood there before still stands.
 *
 * @throws {Error} naming the file and the reason, with the system's error as its cause
 */
export function saveText(file: string, text: string | Uint8Array): Promise<void> {
  return saveWhole(file, (handle) => handle.writeFile(text))
}

/** As `saveText`, for a value as indented JSON. */
export function saveJson(file: string, value: unknown): Promise<void> {
  return saveText(file, `${JSON.stringify(value, null, 2)}\n`)
}

/**
 * As `saveText`, for values one a line, a megabyte at a time: all lines together may be longer than a text can be.
 *
 * @param onLines told how many values are written, after each piece of them; what it throws ends the writing
 */
export function saveJsonl(file: string, values: Iterable<unknown>, onLines?: (written: number) => void): Promise<void> {
  return saveWhole(file, async (handle) => {
    let written = 0
    for (const { text, lines } of jsonlPieces(values)) {
      await handle.appendFile(text)
      written += lines
      onLines?.(written)
    }
  })
}

async function saveWhole(file: string, write: (handle: FileHandle) => Promise<void>): Promise<void> {
  const draft = `${file}.${process.pid}-${randomUUID().slice(0, 8)}.draft`
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeThrough(draft, write)
    await rename(draft, file)
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined)
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`${file} could not be written (${reason}); what stood there before is unchanged`, { cause })
  }
}

async function writeThrough(file: string, write: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(file, 'wx')
  try {
    await write(handle)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
