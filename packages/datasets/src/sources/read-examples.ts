import { type BenchmarkFormat, DatasetFormatError, type Example, type Where } from '@judgelab/core'
import { createExampleInspector } from '../validation/example-inspector.js'
import type { Ownership, SkipKind } from '../validation/problem.js'
import type { ProblemLog } from '../validation/problem-log.js'
import { readRows } from './rows/read-rows.js'
import { whereOf } from './rows/row.js'

/** A row that is left out because it says so itself: a tie has no better response. */
export interface LeftOut {
  readonly leftOut: SkipKind
}

/** A row as an example. @throws {DatasetFormatError} naming file, line and field */
export type RowReader = (value: unknown, where: Where, row: number) => Example | LeftOut

/** What to read and how. */
export interface ReadExamples {
  /** Read one after the other, as one source. */
  readonly files: readonly string[]
  readonly format: BenchmarkFormat
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
 * @throws {DatasetFormatError} at the end, under the policy `strict`, if anything was wrong
 */
export async function* readExamples({ files, format, fromRow, ownership, log }: ReadExamples): AsyncGenerator<Example> {
  const inspect = createExampleInspector(log, ownership)
  let count = 0
  for (const file of files)
    for await (const batch of readRows(file, format))
      for (const { at, value, problem } of batch) {
        const row = count++
        const where = whereOf(file, format, at)
        log.row()
        if (problem !== undefined) {
          log.skip({ kind: 'unreadable', where, message: problem })
          continue
        }
        const read = tryRow(fromRow, value, where, row, log)
        if (read === undefined) continue
        const example = inspect(read, where, row)
        if (example !== undefined && !log.isBroken()) yield example
      }
  log.check()
}

function tryRow(fromRow: RowReader, value: unknown, where: Where, row: number, log: ProblemLog): Example | undefined {
  try {
    const read = fromRow(value, where, row)
    if (!('leftOut' in read)) return read
    log.leaveOut(read.leftOut)
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
