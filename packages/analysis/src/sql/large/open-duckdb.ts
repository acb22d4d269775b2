import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { quoted } from './log-columns.js'

/** What DuckDB may take of the machine. */
export interface DuckDbLimits {
  /** Megabytes (10^6 bytes) of memory; what does not fit goes to a temporary folder. Defaults to `DUCKDB_MEMORY_MB`. */
  readonly memoryMb?: number | undefined
  /** Defaults to what the machine has, but not more than one for each 250 MB of memory. */
  readonly threads?: number | undefined
}

/** The process itself, and what the allocator has not given back, come to some 300 MB more. */
export const DUCKDB_MEMORY_MB = 500

/** A thread that reads JSONL holds 128 MB of it, twice the longest line, and its part of what it makes of them. */
const MB_A_THREAD = 250

/**
 * Lends a DuckDB, in memory, that keeps to limits; its temporary folder is gone afterwards.
 *
 * @throws {Error} what DuckDB says, without the SQL that it quotes; and what the work throws
 */
export async function withDuckDb<T>(
  { memoryMb = DUCKDB_MEMORY_MB, threads = threadsFor(memoryMb) }: DuckDbLimits,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'judgelab-duckdb-'))
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    await connection.run(`SET memory_limit = '${memoryMb}MB'`)
    await connection.run(`SET temp_directory = ${quoted(folder)}`)
    await connection.run(`SET threads = ${threads}`)
    // What is freed goes back to the machine in small portions, so that the process does not outgrow the limit.
    for (const setting of ['allocator_flush_threshold', 'allocator_bulk_deallocation_flush_threshold'])
      await connection.run(`SET ${setting} = '16MB'`)
    return await work(connection)
  } catch (error) {
    throw inPlainWords(error, memoryMb)
  } finally {
    connection.closeSync()
    instance.closeSync()
    await rm(folder, { recursive: true, force: true })
  }
}

function threadsFor(memoryMb: number): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(memoryMb / MB_A_THREAD)))
}

function inPlainWords(error: unknown, memoryMb: number): unknown {
  if (!(error instanceof Error) || !/^[A-Z][A-Za-z ]* Error: /.test(error.message)) return error
  const [said] = error.message.split('\n\n')
  const isTooLittle = error.message.startsWith('Out of Memory Error: ')
  const message = isTooLittle ? `DuckDB needs more memory for this, got ${memoryMb} MB` : said
  return Object.assign(error, { message })
}
