import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
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
  const draft = draftOf(file)
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeThrough(draft, write)
    await rename(draft, file)
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw notWritten(file, cause)
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

/** A JSONL file that is written line by line, in bounded memory, and takes its name only when it is kept. */
export interface DraftLines {
  /** Adds the value of one line. @throws {Error} as `saveText` */
  add(value: unknown): void
  /** Flushes the draft to the disk and gives it its name. @throws {Error} as `saveText` */
  keep(): Promise<void>
  /** Ends the writing; a draft that was not kept is gone, and what stood there before still stands. */
  close(): Promise<void>
}

/** How much is gathered before it goes to the disk, in characters. */
const BLOCK = 1 << 16

/**
 * Begins a JSONL file, as `saveText` but line by line: `add` the lines, `keep` the whole, `close` in any case.
 *
 * @throws {Error} as `saveText`
 */
export async function draftLines(file: string): Promise<DraftLines> {
  const draft = draftOf(file)
  const handle = await mkdir(dirname(file), { recursive: true })
    .then(() => open(draft, 'wx'))
    .catch((cause: unknown) => {
      throw notWritten(file, cause)
    })
  let block = ''
  const flush = (): void => {
    let bytes: Uint8Array = Buffer.from(block)
    while (bytes.length > 0) bytes = bytes.subarray(writeSync(handle.fd, bytes))
    block = ''
  }
  return {
    add: (value) => {
      block += `${JSON.stringify(value)}\n`
      if (block.length < BLOCK) return
      try {
        flush()
      } catch (cause) {
        throw notWritten(file, cause)
      }
    },
    keep: async () => {
      try {
        flush()
        await handle.sync()
        await rename(draft, file)
      } catch (cause) {
        throw notWritten(file, cause)
      }
    },
    close: async () => {
      await handle.close()
      await rm(draft, { force: true })
    },
  }
}

function draftOf(file: string): string {
  return `${file}.${process.pid}-${randomUUID().slice(0, 8)}.draft`
}

function notWritten(file: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new Error(`${file} could not be written (${reason}); what stood there before is unchanged`, { cause })
}
