import type { BenchmarkFormat, Where } from '@judgelab/core'

/** How rows stand in a file: as a study can say it, or as one JSON list, which only a published layout has. */
export type RowFormat = BenchmarkFormat | 'json-list'

/** One row of a file: its value, or why it cannot be read. */
export interface Row {
  /** In JSONL and CSV the line where it begins, from 1; in Parquet and in a JSON list its place, from 0. */
  readonly at: number
  readonly value?: unknown
  readonly problem?: string | undefined
}

/** Rows as they were read together: what is worth one step of an async loop. */
export type RowBatch = readonly Row[]

/** Where a row stands, for errors. Rows of Parquet and of a JSON list have no lines: there it is `file#row`, from 0. */
export function whereOf(file: string, format: RowFormat, at: number): Where {
  return format === 'parquet' || format === 'json-list' ? { file: `${file}#${at}` } : { file, line: at }
}
