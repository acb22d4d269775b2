/** A tidy table: what its columns mean, and its rows as plain data. Rendered by packages/report, or read as it is. */
export interface Table {
  readonly columns: readonly Column[]
  readonly rows: readonly TableRow[]
  /** What to see, and the policies that the numbers stand on. */
  readonly caption: string
  /** The row, counted from 0, that carries the claim. */
  readonly boldRow?: number | undefined
  /** What a dash means; shown when there is one. */
  readonly missing?: string | undefined
}

/** One column. `unit` stands in the head, never in the cells. */
export interface Column {
  readonly key: string
  readonly label: string
  readonly unit?: string | undefined
  /** Defaults to left for words and right for numbers. */
  readonly align?: 'left' | 'right' | 'center' | undefined
  readonly kind: ColumnKind
  /** Decimals of a `number`; defaults to 2. */
  readonly digits?: number | undefined
}

/**
 * What the values of a column are. `percent` and `interval` are proportions in [0, 1], `points` and `points-interval`
 * differences of proportions in [-1, 1]; the intervals are `{value, low, high}`.
 */
export type ColumnKind = 'text' | 'integer' | 'number' | 'percent' | 'points' | 'p' | 'interval' | 'points-interval'

/** A row: values by column key. If it has a numeric `n`, that decides the decimals of its percentages. */
export type TableRow = Readonly<Record<string, TableValue>>

/** An estimate with its limits, NaN where it has none (the value then stands alone), and how many stand behind it. */
export interface IntervalValue {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly n?: number | undefined
}

/** A value; what is null, undefined, NaN or an interval around NaN is missing. */
export type TableValue = string | number | boolean | IntervalValue | null | undefined
