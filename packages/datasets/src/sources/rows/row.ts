import type { BenchmarkFormat, Where } from '@judgelab/core'

/** One row of a file: its value, or why it cannot be read. */
export interface Row {
  /** In JSONL and CSV the line where it begins, from 1; in Parquet its place, from 0. */
  readonly at: number
  readonly value?: unknown
  readonly problem?: string | undefined
}

/** Rows as they were read together: what is worth one step of an async loop. */
export type RowBatch = readonly Row[]

/** Where a row stands, for errors. A Parquet file has no lines: there it is `file#row`, from 0. */
export function whereOf(file: string, format: BenchmarkFormat, at: number): Where {
  return format === 'parquet' ? { file: `${file}#${at}` } : { file, line: at }
}
