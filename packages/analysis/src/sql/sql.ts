import { join } from 'node:path'
import { DuckDBInstance, type JS } from '@duckdb/node-api'
import { findProject, type Project } from '@judgelab/core'
import { glob } from 'tinyglobby'
import { readableLogs } from './readable-logs.js'
import { createView, SQL_VIEWS, type SqlView } from './views.js'

/** A value of a row: what JSON can hold. */
export type SqlValue = string | number | boolean | null | readonly SqlValue[] | { readonly [key: string]: SqlValue }

/** One row, by column name. */
export type SqlRow = Readonly<Record<string, SqlValue>>

/**
 * Runs SQL over a project's files: the views `splits`, `examples`, `pairs`, `runs`, `judgments` and `verdicts`, in DuckDB, in
 * memory. Reading changes nothing of the project, but for torn last lines of logs without an owner, which are cut off first;
 * of a run that somebody is writing, or that can't be mended, the whole lines are read. The statement itself may do
 * what DuckDB lets it, `COPY … TO` a file included. Whole numbers beyond 2^53 come as text, and so do bytes.
 *
 * @throws {Error} with DuckDB's own message for a statement that it cannot run
 * @example await sql('select judge, avg(credit) as accuracy from verdicts group by judge')
 */
export async function sql(statement: string, project: Project = findProject()): Promise<SqlRow[]> {
  const logs = await readableLogs(project)
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    for (const view of SQL_VIEWS) {
      const files = await filesOfView(project, view)
      await connection.run(
        createView(
          view,
          files.map((file) => logs.copies.get(file) ?? file),
        ),
      )
    }
    const reader = await connection.runAndReadAll(statement)
    return reader.getRowObjectsJS().map((row) => plainObject(row))
  } finally {
    connection.closeSync()
    instance.closeSync()
    await logs.remove()
  }
}

/** The files of a view; of what is there only as Parquet, that. */
async function filesOfView(project: Project, { files: pattern, packed }: SqlView): Promise<string[]> {
  const files = await filesOf(project, pattern)
  const plain = new Set(files.map(withoutEnd))
  const others = packed === undefined ? [] : await filesOf(project, packed)
  return [...files, ...others.filter((file) => !plain.has(withoutEnd(file)))]
}

function withoutEnd(file: string): string {
  return file.replace(/\.\w+$/, '')
}

async function filesOf({ root }: Project, pattern: string): Promise<string[]> {
  const found = await glob(pattern, { cwd: root, expandDirectories: false })
  return found.sort().map((file) => join(root, file))
}

function plainObject(row: Readonly<Record<string, JS>>): Record<string, SqlValue> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]))
}

/** A DuckDB value as JSON holds it: times as ISO 8601, whole numbers as numbers while they are exact, no NaN. */
function plain(value: JS): SqlValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return bytesText(value)
  if (Array.isArray(value)) return value.map(plain)
  return plainObject(value as Readonly<Record<string, JS>>)
}

/** Bytes as DuckDB shows them: printable ASCII as it is, any other byte as `\\xNN`. */
function bytesText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('')
}
