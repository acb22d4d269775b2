import { DatasetFormatError } from '@judgelab/core'
import type { RowBatch } from './row.js'

/**
 * The rows of a Parquet file as plain JSON values, a row group at a time: 64-bit integers become numbers (texts where
 * a number would lose digits), times ISO 8601 in UTC, NaN and infinities null, bytes base64.
 *
 * @throws {DatasetFormatError} if the file cannot be read or is no Parquet
 */
export async function* readParquetRows(file: string): AsyncGenerator<RowBatch> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import('hyparquet')
  const { compressors } = await import('hyparquet-compressors')
  try {
    const buffer = await asyncBufferFromFile(file)
    const metadata = await parquetMetadataAsync(buffer)
    let start = 0
    for (const group of metadata.row_groups) {
      const rowStart = start
      const rowEnd = rowStart + Number(group.num_rows)
      const rows: readonly unknown[] = await parquetReadObjects({
        file: buffer,
        metadata,
        compressors,
        rowStart,
        rowEnd,
      })
      yield rows.map((row, at) => ({ at: rowStart + at, value: jsonValue(row) }))
      start = rowEnd
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DatasetFormatError(`expected a Parquet file, found something else (${reason})`, { file }, { cause })
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
