import { mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGrowingNumbers } from './growing-numbers.js'
import { LONG_LIST, LONG_TEXTS } from './lazy-list.js'

/** Takes records one by one, and gives them back by their places. */
export interface RecordStore<T> {
  readonly add: (record: T) => void
  /** All that were added; nothing may be added after that. */
  readonly records: () => Records<T>
}

/** Records that can be looked at in any order, as often as one likes. */
export interface Records<T> {
  readonly length: number
  /** The record at a place, 0 ≤ place < length; one from a file is another object each time that it is looked at. */
  readonly at: (place: number) => T
  /** The records themselves where they are in memory. */
  readonly held?: readonly T[] | undefined
}

/**
 * Records in memory, or, from `LONG_LIST` or `LONG_TEXTS` on, as JSON in a file that is gone when the process ends: a million of
 * them take 4 bytes each, and a few microseconds whenever they are looked at.
 *
 * @param options.charactersOf the characters of text of a record, by which few long records are told
 * @param options.long from how many on they lie in a file
 */
export function createRecordStore<T>({
  charactersOf,
  long = LONG_LIST,
}: {
  readonly charactersOf: (record: T) => number
  readonly long?: number | undefined
}): RecordStore<T> {
  let held: T[] = []
  let characters = 0
  let file: RecordStore<T> | undefined
  return {
    add: (record) => {
      if (file !== undefined) return file.add(record)
      held.push(record)
      characters += charactersOf(record)
      if (held.length < long && characters < LONG_TEXTS) return
      file = createRecordFile()
      for (const earlier of held) file.add(earlier)
      held = []
    },
    records: () => file?.records() ?? { length: held.length, at: (place) => held[place] as T, held },
  }
}

/** Bytes that are written, and read ahead, at once: little enough for who looks at one here and one there. */
const BLOCK = 1 << 16

function createRecordFile<T>(): RecordStore<T> {
  const handle = openNameless()
  const starts = createStarts()
  let waiting: Buffer[] = []
  let waitingBytes = 0
  let written = 0
  const flush = (): void => {
    const bytes = Buffer.concat(waiting)
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at, bytes.length - at, written + at)
    written += bytes.length
    waiting = []
    waitingBytes = 0
  }
  return {
    add: (record) => {
      const bytes = Buffer.from(JSON.stringify(record))
      waiting.push(bytes)
      waitingBytes += bytes.length
      starts.add(bytes.length)
      if (waitingBytes >= BLOCK) flush()
    },
    records: () => {
      flush()
      const read = createReader(handle)
      return {
        length: starts.length(),
        at: (place) => JSON.parse(read(starts.at(place), starts.at(place + 1))) as T,
      }
    },
  }
}

/** A file without a name: its space is free again when the process ends, however that happens. */
function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-records-'))
  try {
    return openSync(join(folder, 'records.json'), 'wx+')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Where things of these lengths begin, one after another: 4 bytes each, and 8 for every so-manieth. */
function createStarts(): {
  readonly add: (length: number) => void
  readonly at: (place: number) => number
  readonly length: () => number
} {
  const lengths = createGrowingNumbers(Uint32Array)
  const known = createGrowingNumbers(Float64Array)
  let end = 0
  return {
    add: (length) => {
      if (lengths.length() % STRIDE === 0) known.push(end)
      lengths.push(length)
      end += length
    },
    at: (place) => {
      if (place === lengths.length()) return end
      const first = place - (place % STRIDE)
      let start = known.at(first / STRIDE)
      for (let before = first; before < place; before++) start += lengths.at(before)
      return start
    },
    length: lengths.length,
  }
}

const STRIDE = 32

/** A function that reads the text between two bytes of a file, a block at a time: neighbours are mostly read one after another. */
function createReader(handle: number): (start: number, end: number) => string {
  let block = Buffer.alloc(BLOCK)
  let [from, to] = [0, 0]
  return (start, end) => {
    if (start < from || end > to) {
      if (end - start > block.length) block = Buffer.alloc(2 * (end - start))
      let got = 0
      for (let more = -1; more !== 0 && got < block.length; got += more)
        more = readSync(handle, block, got, block.length - got, start + got)
      ;[from, to] = [start, start + got]
      if (end > to) throw new Error(`the file of records ends ${end - to} bytes too early`)
    }
    return block.toString('utf8', start - from, end - from)
  }
}
