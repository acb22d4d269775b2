import { pipeline, Readable } from 'node:stream'
import { DatasetFormatError } from '@judgelab/core'
import { type CsvError, parse } from 'csv-parse'
import { fileChunks } from './file-chunks.js'
import type { Row, RowBatch } from './row.js'

const BATCH_ROWS = 256

/**
 * The rows of a CSV file (RFC 4180; tabs between the fields where the name ends in `.tsv`) as objects of texts by the
 * names in the first line. Quoted fields may hold newlines, `\r`, quotes and delimiters. A row with too few or too many
 * fields, or with a stray quote, is a row with a problem.
 *
 * @throws {DatasetFormatError} if the file cannot be read or is not UTF-8, has no header, or names a column twice
 */
export async function* readCsvRows(file: string): AsyncGenerator<RowBatch> {
  const skipped: Row[] = []
  let lineBefore = 1
  const parser = parse({
    bom: true,
    info: true,
    columns: (header: string[]) => checkedHeader(header, file),
    delimiter: /\.tsv(?:\.gz)?$/.test(file) ? '\t' : ',',
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      const line = typeof error?.lines === 'number' ? error.lines : lineBefore
      skipped.push({ at: line, problem: `expected a row of CSV, found ${error?.message ?? 'something else'}` })
    },
  })
  pipeline(Readable.from(texts(file)), parser, () => undefined)
  let batch: Row[] = []
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: unknown; info: { lines: number } }>) {
      batch.push(...skipped.splice(0), { at: lineBefore + 1, value: record })
      lineBefore = info.lines
      if (batch.length < BATCH_ROWS) continue
      yield batch
      batch = []
    }
  } catch (cause) {
    if (cause instanceof DatasetFormatError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DatasetFormatError(
      `expected CSV, found something else (${reason})`,
      { file, line: lineBefore },
      { cause },
    )
  }
  batch.push(...skipped)
  if (batch.length > 0) yield batch
}

function checkedHeader(header: readonly string[], file: string): string[] {
  const twice = header.find((name, at) => header.indexOf(name) !== at)
  if (twice === undefined) return [...header]
  throw new DatasetFormatError(`expected columns with names of their own, found ${JSON.stringify(twice)} twice`, {
    file,
    line: 1,
  })
}

/** Damaged bytes must not turn into replacement characters, which nobody would notice. */
async function* texts(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let lines = 1
  const decoded = (chunk?: Buffer): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch (cause) {
      throw new DatasetFormatError(
        `expected UTF-8 text, found bytes that are not, on or after this line`,
        { file, line: lines },
        { cause },
      )
    }
  }
  for await (const chunk of fileChunks(file)) {
    const text = decoded(chunk)
    yield text
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  }
  const last = decoded()
  if (last !== '') yield last
}
