import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Writes a file whole or not at all: the text goes to a neighbour, is flushed to the disk, and takes the name in one
 * step. When writing fails (no space, no permission), what stood there before still stands.
 *
 * @throws {Error} naming the file and the reason, with the system's error as its cause
 */
export function saveText(file: string, text: string | Uint8Array): Promise<void> {
  return saveWhole(file, (handle) => handle.writeFile(text))
}

/** As `saveText`, for values as lines of JSON, however many: a text of all of them might be longer than a text can be. */
export function saveLines(file: string, values: Iterable<unknown>): Promise<void> {
  return saveWhole(file, async (handle) => {
    let block = ''
    for (const value of values) {
      block += `${JSON.stringify(value)}\n`
      if (block.length < BLOCK) continue
      await handle.appendFile(block)
      block = ''
    }
    await handle.appendFile(block)
  })
}

/** Written at a time, in characters. */
const BLOCK = 1 << 20

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

/** As `saveText`, for a value as indented JSON. */
export function saveJson(file: string, value: unknown): Promise<void> {
  return saveText(file, `${JSON.stringify(value, null, 2)}\n`)
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
