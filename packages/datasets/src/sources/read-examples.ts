import { stat } from 'node:fs/promises'
import { DatasetFormatError, type Example, type Where } from '@judgelab/core'
import { createExampleInspector } from '../validation/example-inspector.js'
import type { Ownership, SkipKind } from '../validation/problem.js'
import type { ProblemLog } from '../validation/problem-log.js'
import { readRows } from './rows/read-rows.js'
import { type RowFormat, whereOf } from './rows/row.js'

/** A row that is left out because it says so itself: a tie has no better response. */
export interface LeftOut {
  readonly leftOut: SkipKind
}

/** Which row it is: its number among all rows that are read, from 0, and where it stands in its own file. */
export interface RowPlace {
  readonly row: number
  readonly file: string
  /** As of `Row`. */
  readonly at: number
}

/** A row as an example. @throws {DatasetFormatError} naming file, line and field */
export type RowReader = (value: unknown, where: Where, place: RowPlace) => Example | LeftOut

/** How a reader of many rows tells how far it is, and is stopped. */
export interface Watched {
  /** Told as the files are read: bytes as they lie on the disk, of all files together. */
  readonly onRead?: ((readBytes: number, totalBytes: number) => void) | undefined
  /** Stops the reading. */
  readonly signal?: AbortSignal | undefined
}

/** What to read and how. */
export interface ReadExamples extends Watched {
  /** Read one after the other, as one source. */
  readonly files: readonly string[]
  readonly format: RowFormat
  readonly fromRow: RowReader
  readonly ownership: Ownership
  /** Filled while reading. */
  readonly log: ProblemLog
}

/**
 * The examples of files of rows, one at a time, in bounded memory: a million pairs need about 12 bytes each for every
 * id, content and label that has to be remembered. Rows that cannot be used go to the log. Once something is wrong under
 * the policy `strict`, no more examples come; the rest is still read, so that the error can list it.
 *
 * @throws {DatasetFormatError} at the end, under the policy `strict`, if anything was wrong; the signal's reason when stopped
 */
export async function* readExamples(asked: ReadExamples): AsyncGenerator<Example> {
  const { files, format, fromRow, ownership, log, signal } = asked
  const inspect = createExampleInspector(log, ownership)
  const onBytes = await bytesTeller(asked)
  let count = 0
  for (const file of files)
    for await (const batch of readRows(file, format, onBytes)) {
      signal?.throwIfAborted()
      for (const { at, value, problem } of batch) {
        const row = count++
        const where = whereOf(file, format, at)
        log.row()
        if (problem !== undefined) {
          log.skip({ kind: 'unreadable', where, message: problem })
          continue
        }
        const read = tryRow(() => fromRow(value, where, { row, file, at }), where, log)
        if (read === undefined) continue
        if ('leftOut' in read) {
          log.leaveOut(read.leftOut)
          continue
        }
        const example = inspect(read, where, row)
        if (example !== undefined && !log.isBroken()) yield example
      }
    }
  log.check()
}

/** Adds up the bytes that were read. A file that is not there has none: reading it says so. */
async function bytesTeller({ files, onRead }: ReadExamples): Promise<((bytes: number) => void) | undefined> {
  if (onRead === undefined) return undefined
  const sizes = await Promise.all(files.map(async (file) => (await stat(file).catch(() => undefined))?.size ?? 0))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  let read = 0
  return (bytes) => {
    read += bytes
    onRead(Math.round(read), total)
  }
}

/** What reading a row gives; undefined where it is malformed, which the log is told. */
export function tryRow<Read>(readRow: () => Read, where: Where, log: ProblemLog): Read | undefined {
  try {
    return readRow()
  } catch (error) {
    if (!(error instanceof DatasetFormatError)) throw error
    log.skip({ kind: 'malformed', where, field: error.field, message: messageOf(error) })
  }
  return undefined
}

/** An error's message without the place that it begins with. */
function messageOf(error: DatasetFormatError): string {
  const line = error.line === undefined ? '' : `:${error.line}`
  const place = `${error.file}${line}:${error.field === undefined ? '' : ` ${error.field}:`} `
  return error.message.startsWith(place) ? error.message.slice(place.length) : error.message
}
