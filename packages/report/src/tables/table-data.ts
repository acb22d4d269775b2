import type { Column, ColumnKind, Table, TableRow, TableValue } from '@judgelab/analysis'

/** A table as one line of JSON. An interval's limits that are not there become null. */
export function tableData(table: Table): string {
  return JSON.stringify(table)
}

/** The table that `tableData` wrote; nothing where the text is anything else. */
export function tryParseTable(text: string): Table | undefined {
  try {
    const { columns, rows, caption, boldRow, missing } = JSON.parse(text) as Partial<Record<keyof Table, unknown>>
    if (!Array.isArray(columns) || !Array.isArray(rows) || typeof caption !== 'string') return undefined
    const kept = columns.map(columnOf)
    return {
      columns: kept,
      rows: rows.map((row) => rowOf(kept, row)),
      caption,
      ...(typeof boldRow === 'number' ? { boldRow } : {}),
      ...(typeof missing === 'string' ? { missing } : {}),
    }
  } catch {
    return undefined
  }
}

const KINDS: readonly ColumnKind[] = [
  ...(['text', 'integer', 'number', 'percent', 'points', 'p'] as const),
  ...(['interval', 'points-interval'] as const),
]

function columnOf(value: unknown): Column {
  const { key, label, unit, align, kind, digits } = value as Column
  if (typeof key !== 'string' || typeof label !== 'string' || !KINDS.includes(kind)) throw new TypeError('no column')
  return {
    key,
    label,
    kind,
    ...(typeof unit === 'string' ? { unit } : {}),
    ...(align === 'left' || align === 'right' || align === 'center' ? { align } : {}),
    ...(typeof digits === 'number' && digits >= 0 && digits <= 20 ? { digits } : {}),
  }
}

function rowOf(columns: readonly Column[], row: unknown): TableRow {
  const held = row as Readonly<Record<string, unknown>>
  const n = typeof held.n === 'number' ? { n: held.n } : {}
  return { ...n, ...Object.fromEntries(columns.map(({ key, kind }) => [key, tableValue(kind, held[key])])) }
}

function tableValue(kind: ColumnKind, value: unknown): TableValue {
  if (kind === 'text') return typeof value === 'object' ? null : (value as TableValue)
  if (typeof value === 'number') return value
  if (typeof value !== 'object' || value === null) return null
  const { value: estimate, low, high, n } = value as Readonly<Record<string, unknown>>
  const number = (held: unknown): number => (typeof held === 'number' ? held : Number.NaN)
  return { value: number(estimate), low: number(low), high: number(high), ...(typeof n === 'number' ? { n } : {}) }
}
