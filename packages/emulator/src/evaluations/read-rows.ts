import { parse } from 'csv-parse/sync'
import type { StoredFile } from '../files/file-store.js'
import { jsonLines } from '../files/json-lines.js'

/** A row of an evaluation's dataset. */
export type Row = Readonly<Record<string, unknown>>

/** The rows of a dataset, or what is wrong with it. */
export type Rows = { readonly rows: readonly Row[]; readonly columns: readonly string[] } | { readonly problem: string }

/** Reads JSONL or CSV in which every row has the same fields. */
export function readRows({ filename, content = new Uint8Array() }: StoredFile): Rows {
  const read = filename.endsWith('.csv') ? readCsv(content) : readJsonl(content)
  if ('problem' in read) return read
  const first = read.rows[0]
  if (first === undefined) return { problem: 'The dataset has no rows.' }
  const columns = Object.keys(first)
  const wanted = columns.toSorted().join()
  const other = read.rows.findIndex((row) => Object.keys(row).toSorted().join() !== wanted)
  if (other > 0) return { problem: `Row ${other + 1} does not have the same fields as the first.` }
  return { rows: read.rows, columns }
}

type Found = { readonly rows: readonly Row[] } | { readonly problem: string }

function readJsonl(content: Uint8Array): Found {
  const rows: Row[] = []
  for (const line of jsonLines(content)) {
    if ('problem' in line) return { problem: `Line ${line.number} ${line.problem}.` }
    rows.push(line.value)
  }
  return { rows }
}

function readCsv(content: Uint8Array): Found {
  try {
    return { rows: parse(Buffer.from(content), { columns: true, bom: true, skip_empty_lines: true }) as Row[] }
  } catch (error) {
    return { problem: `The CSV could not be read: ${(error as Error).message}` }
  }
}
