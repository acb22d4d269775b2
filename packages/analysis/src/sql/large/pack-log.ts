import { rename, rm, stat } from 'node:fs/promises'
import { LOG_COLUMNS, logRelation, quoted } from './log-columns.js'
import { type DuckDbLimits, withDuckDb } from './open-duckdb.js'

/** What packing came to. */
export interface PackedLog {
  readonly judgments: number
  readonly bytesBefore: number
  readonly bytes: number
}

/**
 * Writes a judgment log as Parquet (Zstandard), every field of every line, in their order. The file stands under its name only
 * when it is whole and has as many rows as the log has lines.
 *
 * @param log JSONL, of whole lines
 */
export async function packLog(log: string, parquet: string, limits: DuckDbLimits = {}): Promise<PackedLog> {
  const draft = `${parquet}.draft`
  const columns = Object.keys(LOG_COLUMNS)
  try {
    const judgments = await withDuckDb(limits, async (connection) => {
      await connection.run(
        `COPY (SELECT * FROM ${logRelation(log, columns)}) TO ${quoted(draft)} (FORMAT parquet, COMPRESSION zstd)`,
      )
      const count = async (relation: string): Promise<number> => {
        const reader = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM ${relation}`)
        return Number(reader.getRows()[0]?.[0])
      }
      const [before, after] = [await count(logRelation(log, ['v'])), await count(`read_parquet(${quoted(draft)})`)]
      if (before !== after) throw new Error(`${parquet} would have ${after} rows of ${before} judgments`)
      return after
    })
    await rename(draft, parquet)
    return { judgments, bytesBefore: (await stat(log)).size, bytes: (await stat(parquet)).size }
  } finally {
    await rm(draft, { force: true })
  }
}
