import type { Column, Table, TableRow, TableValue } from '@judgelab/analysis'
import { csvText } from '../format/escape-csv.js'

/**
 * A table as CSV for other programs: column keys in the head, numbers as they are (rates in [0, 1], nothing rounded). An
 * interval takes three columns, `key`, `key_low` and `key_high`. What is missing is an empty field.
 */
export function csvTable(table: Table): string {
  const head = table.columns.flatMap((column) => columnKeys(column))
  const rows = table.rows.map((row) => table.columns.flatMap((column) => fields(column, row)))
  return [head.map(csvText), ...rows].map((row) => `${row.join(',')}\n`).join('')
}

function columnKeys({ key, kind }: Column): string[] {
  return isInterval(kind) ? [key, `${key}_low`, `${key}_high`] : [key]
}

function isInterval(kind: Column['kind']): boolean {
  return kind === 'interval' || kind === 'points-interval'
}

function fields({ key, kind }: Column, row: TableRow): string[] {
  const value = row[key]
  if (!isInterval(kind)) return [field(value)]
  if (typeof value !== 'object' || value === null) return [field(value), '', '']
  return [value.value, value.low, value.high].map(field)
}

function field(value: TableValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'object') return field(value.value)
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  return csvText(String(value))
}
