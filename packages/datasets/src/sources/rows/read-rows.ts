import { type BenchmarkFormat, ConfigError } from '@judgelab/core'
import type { OnBytes } from './file-chunks.js'
import { readCsvRows } from './read-csv-rows.js'
import { readJsonListRows } from './read-json-list-rows.js'
import { readJsonlRows } from './read-jsonl-rows.js'
import { readParquetRows } from './read-parquet-rows.js'
import type { RowBatch, RowFormat } from './row.js'

/**
 * The rows of a file, in batches; in bounded memory but for a JSON list, which is read as a whole.
 *
 * @param onBytes told how many bytes of the file each piece of the reading took
 */
export function readRows(file: string, format: RowFormat, onBytes?: OnBytes): AsyncGenerator<RowBatch> {
  switch (format) {
    case 'jsonl':
      return readJsonlRows(file, onBytes)
    case 'csv':
      return readCsvRows(file, onBytes)
    case 'parquet':
      return readParquetRows(file, onBytes)
    case 'json-list':
      return readJsonListRows(file)
  }
}

/** The format that a file's name says. @throws {ConfigError} if it says none */
export function formatOf(file: string): BenchmarkFormat {
  const name = file.toLowerCase().replace(/\.gz$/, '')
  if (/\.(?:jsonl|ndjson|json)$/.test(name)) return 'jsonl'
  if (/\.[ct]sv$/.test(name)) return 'csv'
  if (/\.parquet$/.test(name)) return 'parquet'
  throw new ConfigError(
    `expected \`format:\` jsonl, csv or parquet for a file whose name does not say it, found ${file}`,
    'benchmark.format',
  )
}
