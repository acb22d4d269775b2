import type { Column, Table, TableRow } from '@judgelab/analysis'
import {
  formatInteger,
  formatInterval,
  formatNumber,
  formatP,
  formatPercent,
  formatPoints,
  formatPointsInterval,
  MISSING,
} from '../format/numbers.js'

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

/** What the dashes of a table mean, behind a dash; nothing where there is none. */
export function missingNote({ columns, rows, missing }: Table): string | undefined {
  const hasMissing = rows.some((row) => columns.some((column) => cellText(column, row) === MISSING))
  return hasMissing ? `${MISSING} ${missing ?? 'no value'}` : undefined
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
