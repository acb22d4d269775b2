import type { ColumnKind } from '../table.js'

/** What a tidy table holds: one row a what, and what each of its columns means. */
export interface TableSchema {
  /** The function that makes it. */
  readonly name: string
  /** What a row is, after “one row”. */
  readonly row: string
  readonly columns: readonly ColumnSchema[]
}

/** One column of a tidy table. */
export interface ColumnSchema {
  /** As in the rows and in the head of the CSV; `judge:<name>` stands for one column a judge, and so on. */
  readonly key: string
  readonly kind: ColumnKind
  /** As it stands in the head of the table; absent where values have none. */
  readonly unit?: string | undefined
  /** What a value is. */
  readonly about: string
  /** When the column is there; absent where it always is. */
  readonly when?: string | undefined
}

/** A column of words. */
export function text(key: string, about: string, when?: string): ColumnSchema {
  return { key, kind: 'text', about, when }
}

/** A column of counts. */
export function count(key: string, about: string, when?: string): ColumnSchema {
  return { key, kind: 'integer', about, when }
}

/** A column of plain numbers. */
export function number(key: string, about: string, unit?: string, when?: string): ColumnSchema {
  return { key, kind: 'number', unit, about, when }
}

/** A column of proportions in [0, 1], shown in percent. */
export function share(key: string, about: string, when?: string): ColumnSchema {
  return { key, kind: 'percent', unit: '%', about, when }
}

/** A column of proportions with their intervals. */
export function interval(key: string, about: string, when?: string): ColumnSchema {
  return { key, kind: 'interval', unit: '%', about, when }
}

/** A column of differences of proportions in [−1, 1]. */
export function points(key: string, about: string, when?: string): ColumnSchema {
  return { key, kind: 'points', unit: 'points', about, when }
}

/** The same with their intervals. */
export function pointsInterval(key: string, about: string, when?: string): ColumnSchema {
  return { key, kind: 'points-interval', unit: 'points', about, when }
}

/** A column of sizes of differences in [0, 1], without a sign. */
export function size(key: string, about: string, when?: string): ColumnSchema {
  return { key, kind: 'percent', unit: 'points', about, when }
}

/** A column of p-values. */
export function p(key: string, about: string, when?: string): ColumnSchema {
  return { key, kind: 'p', about, when }
}

/** Which test is behind the p of a row. */
export const TEST: ColumnSchema = text('test', 'The test behind p.', 'not every row has the same test')

/** In which family the p of a row is corrected. */
export const FAMILY: ColumnSchema = text(
  'family',
  'The letter of its family in the caption.',
  'there are several families',
)
