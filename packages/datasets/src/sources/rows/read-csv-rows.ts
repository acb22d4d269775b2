import { pipeline, Readable } from 'node:stream'
import { DatasetFormatError } from '@judgelab/core'
import { parse } from 'csv-parse'
import { fileChunks, type OnBytes } from './file-chunks.js'
import type { Row, RowBatch } from './row.js'

const BATCH_ROWS = 256

/** A record as the parser gives it: `error` where it has too few or too many fields. */
interface ParsedRecord {
  readonly record: unknown
  readonly raw: string
  readonly info: { readonly error?: Error | undefined }
}

/**
 * The rows of a CSV file (RFC 4180; tabs between the fields where the name ends in `.tsv`) as objects of texts by the
 * names in the first line. Quoted fields may hold newlines, `\r`, quotes and delimiters. A row with too few or too many
 * fields is a row with a problem; after a stray quote nobody can say where rows begin, so that one ends the reading.
 *
 * @throws {DatasetFormatError} if the file cannot be read or is not UTF-8, names a column twice, or has a stray quote
 */
export async function* readCsvRows(file: string, onBytes?: OnBytes): AsyncGenerator<RowBatch> {
  let line = 1
  const parser = parse({
    bom: true,
    info: true,
    raw: true,
    relax_column_count: true,
    columns: (header: string[]) => {
      line += linesIn(header.join(''))
      return checkedHeader(header, file)
    },
    delimiter: /\.tsv(?:\.gz)?$/.test(file) ? '\t' : ',',
  })
  pipeline(Readable.from(texts(file, onBytes)), parser, () => undefined)
  let batch: Row[] = []
  try {
    for await (const { record, raw, info } of parser as AsyncIterable<ParsedRecord>) {
      const at = line
      line += linesIn(raw.replace(/\r?\n?$/, ''))
      if (raw.trim() === '') continue
      batch.push(
        info.error === undefined
          ? { at, value: record }
          : { at, problem: `expected a row with a field for each column, found ${shown(raw)}` },
      )
      if (batch.length < BATCH_ROWS) continue
      yield batch
      batch = []
    }
  } catch (cause) {
    if (cause instanceof DatasetFormatError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    const where = { file, line: lineOf(cause) ?? line }
    throw new DatasetFormatError(`expected CSV, found something else (${reason})`, where, { cause })
  }
  if (batch.length > 0) yield batch
}

/** Where the parser was, which is ahead of the rows that came out of it. */
function lineOf(cause: unknown): number | undefined {
  const { lines } = (cause ?? {}) as { lines?: unknown }
  return typeof lines === 'number' ? lines : undefined
}

/** How many lines a record without its last line break takes. */
function linesIn(raw: string): number {
  let lines = 1
  for (let at = raw.indexOf('\n'); at >= 0; at = raw.indexOf('\n', at + 1)) lines++
  return lines
}

function shown(raw: string): string {
  const text = JSON.stringify(raw.trim())
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
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
async function* texts(file: string, onBytes: OnBytes | undefined): AsyncGenerator<string> {
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
  for await (const chunk of fileChunks(file, onBytes)) {
    const text = decoded(chunk)
    yield text
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  }
  const last = decoded()
  if (last !== '') yield last
}
