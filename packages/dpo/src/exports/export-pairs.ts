import { stat } from 'node:fs/promises'
import type { PreferencePair } from '@judgelab/core'
import { stringify } from 'csv-stringify/sync'
import { type ExportFileType, type ExportFormat, FILE_TYPES } from './export-format.js'
import { PLAIN_COLUMNS, type PlainRow, toExportRow } from './export-rows.js'
import { pairProblem } from './pair-problem.js'
import { writeParquet } from './parquet-file.js'
import { rowProblem } from './row-problem.js'
import { type WrittenFile, writeTexts, writeWhole } from './write-file.js'

/** A pair that a format's reader would refuse. */
export interface RefusedPair {
  /** Which of the pairs, counting from 1: its line in a JSONL file of pairs. */
  readonly line: number
  readonly id: string
  readonly reason: string
}

/** How pairs are exported. */
export interface ExportOptions {
  readonly format: ExportFormat
  /** Where to; its ending says which of the format's file types it is. */
  readonly file: string
  /** Pairs that are refused end the export (`stop`, the default), or are left out and counted. */
  readonly refused?: 'stop' | 'leave-out' | undefined
  /** Weights go where a format has none; without it, weighted pairs are refused there. */
  readonly dropWeights?: boolean | undefined
  /** Ends the export before its next row, and leaves no file. */
  readonly signal?: AbortSignal | undefined
}

/** An exported file. */
export interface ExportedFile extends WrittenFile {
  readonly file: string
  readonly format: ExportFormat
  readonly rows: number
  readonly refused: { readonly count: number; readonly cases: readonly RefusedPair[] }
}

const SHOWN_CASES = 10

/** Rows that a service takes at least, and bytes that a file may have. */
const LIMITS: Readonly<Partial<Record<ExportFormat, { readonly rows: number; readonly bytes: number }>>> = {
  together: { rows: 1, bytes: 50e9 },
  openai: { rows: 10, bytes: 512e6 },
}

/**
 * Writes pairs, one at a time, as a reader of the format takes them; every row is checked by what that reader documents
 * (`rowProblem`) before it is written. Weights of 1 are left out where a format has none.
 *
 * @throws {Error} with line, id and reason of up to ten refused pairs, unless they are to be left out; when there are too
 *   few rows or too many bytes for the service
 * @throws the signal's reason when it is stopped
 */
export async function exportPairs(
  pairs: Iterable<PreferencePair> | AsyncIterable<PreferencePair>,
  options: ExportOptions,
): Promise<ExportedFile> {
  const { format, file, refused: policy = 'stop' } = options
  const type = fileTypeOf(file, format)
  const refused: RefusedPair[] = []
  let [rows, count] = [0, 0]
  const rowsOf = async function* (): AsyncGenerator<object> {
    let line = 0
    for await (const pair of pairs) {
      options.signal?.throwIfAborted()
      line++
      const checked = checkedRow(pair, options)
      if (typeof checked !== 'string') {
        rows++
        yield checked
        continue
      }
      count++
      if (refused.length < SHOWN_CASES) refused.push({ line, id: pair.id, reason: checked })
    }
    if (count > 0 && policy === 'stop') throw new Error(refusal(format, count, refused))
  }
  const written = await writeWhole(file, async (path) => {
    if (type === 'parquet') await writeParquet(path, rowsOf(), format)
    else await writeTexts(path, type === 'csv' ? csvLines(rowsOf()) : jsonLines(rowsOf()))
    checkSize(rows, (await stat(path)).size, format)
  })
  return { file, format, rows, ...written, refused: { count, cases: refused } }
}

function fileTypeOf(file: string, format: ExportFormat): ExportFileType {
  const type = FILE_TYPES[format].find((ending) => file.endsWith(`.${ending}`))
  if (type === undefined)
    throw new RangeError(`exportPairs needs a file that ends in ${FILE_TYPES[format].join(' or ')}, got ${file}`)
  return type
}

/** The row, or why there is none. */
function checkedRow(pair: PreferencePair, { format, dropWeights }: ExportOptions): object | string {
  const { weight, ...unweighted } = pair
  const isPlain = format === 'parquet' || format === 'csv'
  const held = dropWeights === true || (weight === 1 && !isPlain) ? unweighted : pair
  const problem = pairProblem(held, format)
  if (problem !== undefined) return problem
  const row = toExportRow(held, format)
  return rowProblem(row, format) ?? row
}

function checkSize(rows: number, bytes: number, format: ExportFormat): void {
  const limit = LIMITS[format]
  if (limit === undefined) return
  if (rows < limit.rows) throw new Error(`expected at least ${limit.rows} rows for ${format}, found ${rows}`)
  if (bytes > limit.bytes) throw new Error(`expected at most ${limit.bytes} bytes for ${format}, found ${bytes}`)
}

function refusal(format: ExportFormat, count: number, cases: readonly RefusedPair[]): string {
  const listed = cases.map(({ line, id, reason }) => `\n  line ${line}, ${id}: ${reason}`).join('')
  const more = count > cases.length ? `\n  and ${count - cases.length} more` : ''
  return `expected pairs that ${format} takes, found ${count} that it refuses:${listed}${more}`
}

async function* jsonLines(rows: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`
}

/** Texts stand in quotes, what is absent is nothing at all; lines end in a newline. */
async function* csvLines(rows: AsyncIterable<object>): AsyncGenerator<string> {
  yield `${PLAIN_COLUMNS.join(',')}\n`
  for await (const row of rows)
    yield stringify([PLAIN_COLUMNS.map((column) => (row as PlainRow)[column])], { quoted_string: true })
}
