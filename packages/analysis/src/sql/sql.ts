import { join } from 'node:path'
import { DuckDBInstance, type JS } from '@duckdb/node-api'
import { cutTornLine, findProject, listRuns, type Project, runFolder, runOwner } from '@judgelab/core'
import { glob } from 'tinyglobby'
import { createView, SQL_VIEWS } from './views.js'

/** A value of a row: what JSON can hold. */
export type SqlValue = string | number | boolean | null | readonly SqlValue[] | { readonly [key: string]: SqlValue }

/** One row, by column name. */
export type SqlRow = Readonly<Record<string, SqlValue>>

/**
 * Runs SQL over a project's files: the views `splits`, `examples`, `pairs`, `runs`, `judgments` and `verdicts`, in DuckDB, in
 * memory; nothing of the project is changed, but for torn last lines of logs without an owner, which are cut off first.
 * Whole numbers beyond 2^53 come as text.
 *
 * @throws {Error} with DuckDB's own message for a statement that it cannot run
 * @example await sql('select judge, avg(credit) as accuracy from verdicts group by judge')
 */
export async function sql(statement: string, project: Project = findProject()): Promise<SqlRow[]> {
  await mendLogs(project)
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    for (const view of SQL_VIEWS) await connection.run(createView(view, await filesOf(project, view.files)))
    const reader = await connection.runAndReadAll(statement)
    return reader.getRowObjectsJS().map((row) => plainObject(row))
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

async function mendLogs({ runs }: Project): Promise<void> {
  for (const runId of await listRuns(runs)) {
    const run = runFolder(runs, runId)
    if ((await runOwner(run)) === undefined) await cutTornLine(run.log)
  }
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
  if (Array.isArray(value)) return value.map(plain)
  return plainObject(value as Readonly<Record<string, JS>>)
}
