import { mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Example, LONG_LIST, LONG_TEXTS, lazyList, promptText } from '@judgelab/core'

/** Takes examples one by one, and gives them back as a list. */
export interface ExampleStore {
  readonly add: (example: Example) => void
  /** All that were added; nothing may be added after that. */
  readonly list: () => readonly Example[]
}

/** Written at a time, in bytes. */
const BLOCK = 1 << 20
/** Read at a time: little enough for who looks at one here and one there. */
const READ = 1 << 16

/**
 * Examples in memory, or, from `LONG_LIST` or `LONG_TEXTS` on, in a file that is gone when the process ends: a million of them
 * take some megabytes of memory, and a few microseconds each whenever they are looked at.
 *
 * @param long from how many on they lie in a file
 */
export function createExampleStore(long: number = LONG_LIST): ExampleStore {
  let held: Example[] = []
  let characters = 0
  let file: ExampleStore | undefined
  return {
    add: (example) => {
      if (file !== undefined) return file.add(example)
      held.push(example)
      characters += charactersOf(example)
      if (held.length < long && characters < LONG_TEXTS) return
      file = createExampleFile()
      for (const earlier of held) file.add(earlier)
      held = []
    },
    list: () => file?.list() ?? held,
  }
}

function charactersOf({ prompt, responses }: Example): number {
  return responses.reduce((sum, { text }) => sum + text.length, promptText(prompt).length)
}

function createExampleFile(): ExampleStore {
  const file = openNameless()
  const starts: number[] = [0]
  let waiting: Buffer[] = []
  let waitingBytes = 0
  const flush = (): void => {
    writeAll(file, Buffer.concat(waiting))
    waiting = []
    waitingBytes = 0
  }
  return {
    add: (example) => {
      const bytes = Buffer.from(JSON.stringify(example))
      waiting.push(bytes)
      waitingBytes += bytes.length
      starts.push((starts.at(-1) as number) + bytes.length)
      if (waitingBytes >= BLOCK) flush()
    },
    list: () => {
      flush()
      const read = createReader(file, starts.at(-1) as number)
      let last: { readonly index: number; readonly example: Example } | undefined
      return lazyList(starts.length - 1, (index) => {
        if (last?.index !== index) {
          const text = read(starts[index] as number, starts[index + 1] as number)
          last = { index, example: JSON.parse(text) as Example }
        }
        return last.example
      })
    },
  }
}

/** A file without a name: its space is free again when the process ends, however that happens. */
function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-examples-'))
  try {
    return openSync(join(folder, 'examples.jsonl'), 'wx+')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
}

/** Reads texts by the bytes where they begin and end; neighbours come from one block. */
function createReader(file: number, length: number): (start: number, end: number) => string {
  let block = Buffer.alloc(0)
  let blockStart = 0
  return (start, end) => {
    if (start < blockStart || end > blockStart + block.length) {
      block = Buffer.alloc(Math.max(end - start, Math.min(READ, length - start)))
      blockStart = start
      readAll(file, block, start)
    }
    return block.toString('utf8', start - blockStart, end - blockStart)
  }
}

function readAll(file: number, bytes: Buffer, start: number): void {
  for (let read = 0; read < bytes.length; ) {
    const more = readSync(file, bytes, read, bytes.length - read, start + read)
    if (more === 0) throw new Error(`the file of examples ends ${bytes.length - read} bytes too early`)
    read += more
  }
}
