import { mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LONG_LIST, LONG_TEXTS, type PreferencePair, promptText } from '@judgelab/core'
import { createColumns, createGrowing, type PairColumns, type PairSelection, selection } from './pair-selection.js'

/** Where built pairs wait until it is known which of them are taken. */
export interface PairStore {
  readonly add: (pair: PreferencePair) => void
  /** All that were added; nothing may be added after that. */
  readonly pairs: () => PairSelection
}

/**
 * Pairs in memory, or, from `LONG_LIST` or `LONG_TEXTS` on, in a file that is gone when the process ends: then there are some 30
 * bytes of each in memory, and looking at one takes some microseconds.
 *
 * @param long from how many on they lie in a file
 */
export function createPairStore(long: number = LONG_LIST): PairStore {
  const columns = createColumns()
  let held: PreferencePair[] = []
  let characters = 0
  let file: PairFile | undefined
  return {
    add: (pair) => {
      columns.add(pair)
      if (file !== undefined) return file.add(pair)
      held.push(pair)
      characters += promptText(pair.input).length + pair.preferred.length + pair.nonPreferred.length
      if (held.length < long && characters < LONG_TEXTS) return
      file = createPairFile()
      for (const earlier of held) file.add(earlier)
      held = []
    },
    pairs: () => file?.pairs(columns) ?? inMemory(held, columns),
  }
}

function inMemory(held: readonly PreferencePair[], columns: PairColumns): PairSelection {
  return selection({ length: held.length, at: (place) => held[place] as PreferencePair, columns })
}

interface PairFile {
  readonly add: (pair: PreferencePair) => void
  readonly pairs: (columns: PairColumns) => PairSelection
}

/** Bytes that are written, and read ahead, at once. */
const BLOCK = 1 << 16

function createPairFile(): PairFile {
  const handle = openNameless()
  const starts = createGrowing(Float64Array)
  let waiting: Buffer[] = []
  let [waitingBytes, written] = [0, 0]
  const flush = (): void => {
    const bytes = Buffer.concat(waiting)
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
    written += bytes.length
    waiting = []
    waitingBytes = 0
  }
  starts.push(0)
  return {
    add: (pair) => {
      const bytes = Buffer.from(JSON.stringify(pair))
      waiting.push(bytes)
      waitingBytes += bytes.length
      starts.push(written + waitingBytes)
      if (waitingBytes >= BLOCK) flush()
    },
    pairs: (columns) => {
      flush()
      const read = createReader(handle)
      const at = (place: number): PreferencePair =>
        JSON.parse(read(starts.at(place), starts.at(place + 1))) as PreferencePair
      return selection({ length: starts.length() - 1, at, columns })
    },
  }
}

/** A file without a name: its space is free again when the process ends, however that happens. */
function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-pairs-'))
  try {
    return openSync(join(folder, 'pairs.jsonl'), 'wx+')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

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
      if (end > to) throw new Error(`the file of pairs ends ${end - to} bytes too early`)
    }
    return block.toString('utf8', start - from, end - from)
  }
}
