import { createReadStream } from 'node:fs'
import { DatasetFormatError, type PreferencePair, readJsonl } from '@judgelab/core'
import type { ExportFormat } from './export-format.js'
import { fromExportRow, type PairTexts, type PlainRow } from './export-rows.js'
import { rowProblem } from './row-problem.js'

/**
 * The pairs of an exported file, one at a time: whole ones of `parquet` and `csv`, input and outputs of the others.
 *
 * @throws {DatasetFormatError} with file and line for a row that the format's reader would refuse
 */
export async function* readExported(file: string, format: ExportFormat): AsyncGenerator<PairTexts | PreferencePair> {
  let line = 0
  for await (const row of rowsOf(file)) {
    line++
    const problem = rowProblem(row, format)
    if (problem !== undefined) throw new DatasetFormatError(problem, { file, line })
    yield fromExportRow(row, format)
  }
}

/** What a service would refuse in a preference file: every row with its line, the first ten. */
export async function preferenceFileProblems(
  file: string,
  service: 'together' | 'openai',
): Promise<{
  readonly rows: number
  readonly problems: readonly { readonly line: number; readonly reason: string }[]
}> {
  const problems: { line: number; reason: string }[] = []
  let rows = 0
  for await (const { value, where } of readJsonl(file)) {
    rows++
    const reason = rowProblem(value, service)
    if (reason !== undefined && problems.length < SHOWN_PROBLEMS) problems.push({ line: where.line, reason })
  }
  return { rows, problems }
}

const SHOWN_PROBLEMS = 10

async function* rowsOf(file: string): AsyncGenerator<unknown> {
  if (file.endsWith('.parquet')) yield* parquetRows(file)
  else if (file.endsWith('.csv')) yield* csvRows(file)
  else for await (const { value } of readJsonl(file)) yield value
}

/** One row group at a time. The reader's own decoder would take a byte order mark at the start of a text away. */
async function* parquetRows(file: string): AsyncGenerator<unknown> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import('hyparquet')
  const buffer = await asyncBufferFromFile(file)
  const metadata = await parquetMetadataAsync(buffer)
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const parsers = { stringFromBytes: (bytes: Uint8Array | undefined) => bytes && decoder.decode(bytes) }
  let rowStart = 0
  for (const { num_rows } of metadata.row_groups) {
    const rowEnd = rowStart + Number(num_rows)
    yield* await parquetReadObjects({ file: buffer, metadata, rowStart, rowEnd, parsers })
    rowStart = rowEnd
  }
}

const NUMBERS = ['right_repeat', 'wrong_repeat', 'weight']

async function* csvRows(file: string): AsyncGenerator<PlainRow> {
  const { parse } = await import('csv-parse')
  const rows = createReadStream(file).pipe(
    parse({
      columns: true,
      record_delimiter: '\n',
      cast: (text, { quoting, column }) =>
        quoting ? text : text === '' ? null : NUMBERS.includes(String(column)) ? Number(text) : text,
    }),
  )
  for await (const row of rows) yield row as PlainRow
}
