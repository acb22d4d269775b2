import { DatasetFormatError } from '@judgelab/core'
import type { RowGroup } from 'hyparquet'
import type { OnBytes } from './file-chunks.js'
import type { RowBatch } from './row.js'

/**
 * The rows of a Parquet file as plain JSON values, read a row group at a time, given a few thousand at a time: 64-bit integers become numbers (texts where
 * a number would lose digits), times ISO 8601 in UTC, NaN and infinities null, bytes base64.
 *
 * @throws {DatasetFormatError} if the file cannot be read or is no Parquet
 */
export async function* readParquetRows(file: string, onBytes?: OnBytes): AsyncGenerator<RowBatch> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import('hyparquet')
  const { compressors } = await import('hyparquet-compressors')
  try {
    const buffer = await asyncBufferFromFile(file)
    const metadata = await parquetMetadataAsync(buffer)
    let start = 0
    for (const group of metadata.row_groups) {
      const rowStart = start
      const rowEnd = rowStart + Number(group.num_rows)
      const told = groupTeller(group, onBytes)
      const rows: readonly unknown[] = await parquetReadObjects({
        file: buffer,
        metadata,
        compressors,
        rowStart,
        rowEnd,
        onPage: ({ pathInSchema, columnData }) => told.page(pathInSchema.join('.'), columnData.length),
      })
      told.allPages()
      for (let from = 0; from < rows.length; from += BATCH_ROWS) {
        const batch = rows.slice(from, from + BATCH_ROWS)
        yield batch.map((row, at) => ({ at: rowStart + from + at, value: jsonValue(row) }))
        told.rows(batch.length)
      }
      start = rowEnd
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DatasetFormatError(`expected a Parquet file, found something else (${reason})`, { file }, { cause })
  }
}

const BATCH_ROWS = 4096

/** Tells the bytes of a row group, one half as its pages are decoded and the other as its rows are given on: both take time. */
function groupTeller(
  { columns, num_rows }: RowGroup,
  onBytes: OnBytes = () => undefined,
): {
  readonly page: (column: string, values: number) => void
  readonly allPages: () => void
  readonly rows: (count: number) => void
} {
  const half = new Map(
    columns.flatMap(({ meta_data: column }) =>
      column === undefined
        ? []
        : [
            [
              column.path_in_schema.join('.'),
              { bytes: Number(column.total_compressed_size) / 2, values: Number(column.num_values) },
            ] as const,
          ],
    ),
  )
  const all = [...half.values()].reduce((sum, { bytes }) => sum + bytes, 0)
  let ofPages = 0
  const tell = (bytes: number): void => {
    const now = Math.min(all, ofPages + bytes)
    onBytes(now - ofPages)
    ofPages = now
  }
  return {
    page: (column, values) => {
      const held = half.get(column)
      if (held !== undefined && held.values > 0) tell((held.bytes * values) / held.values)
    },
    allPages: () => tell(all),
    rows: (count) => onBytes((all * count) / Number(num_rows)),
  }
}

/** What a Parquet reader gives, as JSON has it. */
function jsonValue(value: unknown): unknown {
  switch (typeof value) {
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
    case 'number':
      return Number.isFinite(value) ? value : null
    case 'undefined':
      return null
    case 'object':
      if (value === null) return null
      if (Array.isArray(value)) return value.map(jsonValue)
      if (value instanceof Date) return value.toISOString()
      if (ArrayBuffer.isView(value))
        return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
      return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, jsonValue(held)]))
    default:
      return value
  }
}
