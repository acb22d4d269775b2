import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { quoted } from './log-columns.js'

/** What DuckDB may take of the machine. */
export interface DuckDbLimits {
  /** Megabytes of memory; what does not fit goes to a temporary folder. Defaults to 600. */
  readonly memoryMb?: number | undefined
  /** Defaults to what the machine has. */
  readonly threads?: number | undefined
}

/** Lends a DuckDB, in memory, that keeps to limits; its temporary folder is gone afterwards. */
export async function withDuckDb<T>(
  { memoryMb = 600, threads }: DuckDbLimits,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'judgelab-duckdb-'))
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    await connection.run(`SET memory_limit = '${memoryMb}MB'`)
    await connection.run(`SET temp_directory = ${quoted(folder)}`)
    if (threads !== undefined) await connection.run(`SET threads = ${threads}`)
    return await work(connection)
  } finally {
    connection.closeSync()
    instance.closeSync()
    await rm(folder, { recursive: true, force: true })
  }
}
