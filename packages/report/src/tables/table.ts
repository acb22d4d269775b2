import {
  formatInteger,
  formatInterval,
  formatNumber,
  formatP,
  formatPercent,
  formatPoints,
  formatPointsInterval,
  type IntervalValue,
  MISSING,
} from '../format/numbers.js'

/** A table to be read: what its columns mean, and its rows as plain data. */
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

/** A value; what is null, undefined, NaN or an interval around NaN is missing. */
export type TableValue = string | number | boolean | IntervalValue | null | undefined

/** A cell's text by its column's kind; `MISSING` when there is no value. */
export function cellText(column: Column, row: TableRow): string {
  const value = row[column.key]
  if (value === null || value === undefined || value === '') return MISSING
  if (column.kind === 'text') return String(value)
  const n = typeof row.n === 'number' ? row.n : undefined
  if (typeof value === 'object') {
    const interval = { ...value, n: value.n ?? n }
    return column.kind.startsWith('points') ? formatPointsInterval(interval) : formatInterval(interval)
  }
  if (typeof value !== 'number')
    throw new TypeError(`cellText needs a number for ${column.key}, got ${JSON.stringify(value)}`)
  return numberText(column, value, n)
}

function numberText(column: Column, value: number, n: number | undefined): string {
  switch (column.kind) {
    case 'integer':
      return formatInteger(value)
    case 'percent':
    case 'interval':
      return formatPercent(value, n)
    case 'points':
    case 'points-interval':
      return formatPoints(value, n)
    case 'p':
      return formatP(value)
    default:
      return formatNumber(value, column.digits ?? 2)
  }
}

/** The number to sort a cell by, or nothing for words and missing values. */
export function sortValue(column: Column, row: TableRow): number | undefined {
  const value = row[column.key]
  const number = typeof value === 'object' && value !== null ? value.value : value
  return column.kind !== 'text' && typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** Left for words, right for numbers, unless the column says otherwise. */
export function alignOf(column: Column): 'left' | 'right' | 'center' {
  return column.align ?? (column.kind === 'text' ? 'left' : 'right')
}

/** The head of a column with its unit. */
export function headText(column: Column): string {
  return column.unit === undefined ? column.label : `${column.label}, ${column.unit}`
}

const FIGURE_SPACE = '\u2007'

/**
 * The texts of a column, padded with figure spaces so that, right-aligned, their decimal points (and the brackets of
 * intervals) stand under each other.
 */
export function columnTexts(column: Column, rows: readonly TableRow[]): string[] {
  const texts = rows.map((row) => cellText(column, row))
  if (column.kind === 'text') return texts
  const brackets = texts.map((text) => bracketOf(text).length)
  const decimals = texts.map((text) => decimalsOf(text).length)
  return texts.map((text, i) => {
    if (text === MISSING) return text
    const bracket = bracketOf(text)
    const head = text.slice(0, text.length - bracket.length)
    const gap = Math.max(...decimals) - decimals[i]! + Math.max(...brackets) - bracket.length
    return `${head}${FIGURE_SPACE.repeat(gap)}${bracket}`
  })
}

function bracketOf(text: string): string {
  return / \[.*\]$/.exec(text)?.[0] ?? ''
}

/** The decimal point and what follows it, before any bracket. */
function decimalsOf(text: string): string {
  return /\.\d+/.exec(text.split(' [')[0]!)?.[0] ?? ''
}
