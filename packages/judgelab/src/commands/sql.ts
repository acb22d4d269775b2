import { type Column, type SqlRow, type SqlValue, sql, type Table } from '@judgelab/analysis'
import { textTable } from '@judgelab/report'

/** Rows that a terminal gets; `--json` prints all. */
const MOST_ROWS = 200

/** `judgelab sql "<statement>"`: rows as a table, or as JSON. */
export async function sqlCommand(statement: string, { json }: { readonly json?: boolean | undefined }): Promise<void> {
  const rows = await sql(statement)
  process.stdout.write(json ? `${JSON.stringify(rows, null, 2)}\n` : textTable(rowsTable(rows)))
}

function rowsTable(rows: readonly SqlRow[]): Table {
  const shown = rows.slice(0, MOST_ROWS)
  const cut = rows.length > MOST_ROWS ? `, the first ${MOST_ROWS} of them; --json prints all` : ''
  return {
    columns: Object.keys(rows[0] ?? {}).map((key) => columnOf(key, shown)),
    rows: shown.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, cellValue(value)]))),
    caption: `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}${cut}`,
  }
}

/** Numbers stand right: whole ones plain, others with four decimals. */
function columnOf(key: string, rows: readonly SqlRow[]): Column {
  const values = rows.map((row) => row[key]).filter((value) => value !== null)
  const isNumeric = values.length > 0 && values.every((value) => typeof value === 'number')
  if (!isNumeric) return { key, label: key, kind: 'text' }
  return values.every(Number.isInteger)
    ? { key, label: key, kind: 'integer' }
    : { key, label: key, kind: 'number', digits: 4 }
}

function cellValue(value: SqlValue): string | number | null {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  return JSON.stringify(value)
}
