import { type BenchmarkFormat, ConfigError } from '@judgelab/core'
import { readCsvRows } from './read-csv-rows.js'
import { readJsonListRows } from './read-json-list-rows.js'
import { readJsonlRows } from './read-jsonl-rows.js'
import { readParquetRows } from './read-parquet-rows.js'
import type { RowBatch, RowFormat } from './row.js'

/** The rows of a file, in batches; in bounded memory but for a JSON list, which is read as a whole. */
export function readRows(file: string, format: RowFormat): AsyncGenerator<RowBatch> {
  switch (format) {
    case 'jsonl':
      return readJsonlRows(file)
    case 'csv':
      return readCsvRows(file)
    case 'parquet':
      return readParquetRows(file)
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
