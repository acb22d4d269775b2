import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

/** Writes rows as Parquet with the given column types (as DuckDB spells them), by way of JSON; gives the path. */
export async function writeParquet(
  rows: readonly object[],
  types: Readonly<Record<string, string>>,
  file: string,
  codec: 'snappy' | 'zstd' | 'uncompressed' | 'gzip' | 'lz4_raw' = 'snappy',
  rowGroupSize = 2048,
): Promise<string> {
  mkdirSync(dirname(file), { recursive: true })
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const columns = Object.entries(types).map(([name, type]) => `'${name}': '${type}'`)
    const names = Object.keys(types).map((name) => `r."${name}" AS "${name}"`)
    const shape = `{${columns.map((column) => column.replace(/'(\w+)': '(.*)'/s, '"$1": "$2"')).join(', ')}}`
    await connection.run('CREATE TABLE source (position INTEGER, line VARCHAR)')
    const appender = await connection.createAppender('source')
    rows.forEach((row, position) => {
      appender.appendInteger(position)
      appender.appendVarchar(JSON.stringify(row))
      appender.endRow()
    })
    appender.closeSync()
    const quoted = file.replaceAll("'", "''")
    await connection.run(
      `COPY (SELECT ${names.join(', ')} FROM (SELECT position, from_json(line, '${shape.replaceAll("'", "''")}') AS r FROM source) ORDER BY position)
       TO '${quoted}' (FORMAT parquet, COMPRESSION ${codec}, ROW_GROUP_SIZE ${rowGroupSize})`,
    )
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
  return join(file)
}
