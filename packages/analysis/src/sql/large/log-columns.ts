/** Columns of a judgment log with their DuckDB types, as they stand in its lines: nothing of a line is left out. */
export const LOG_COLUMNS: Readonly<Record<string, string>> = {
  v: 'INTEGER',
  presentationId: 'VARCHAR',
  exampleId: 'VARCHAR',
  comparisonId: 'VARCHAR',
  mode: 'VARCHAR',
  slots: 'INTEGER[]',
  repeat: 'INTEGER',
  outcome:
    'STRUCT(kind VARCHAR, slot JSON, strength VARCHAR, probabilities DOUBLE[], "value" DOUBLE, "scale" STRUCT("min" DOUBLE, "max" DOUBLE), "label" VARCHAR, labels VARCHAR[], reason VARCHAR, detail VARCHAR)',
  raw: 'VARCHAR',
  reasoning: 'VARCHAR',
  usage: 'STRUCT(inputTokens BIGINT, outputTokens BIGINT, cachedInputTokens BIGINT, reasoningTokens BIGINT)',
  latencyMs: 'DOUBLE',
  firstByteMs: 'DOUBLE',
  attempts: 'INTEGER',
  cached: 'BOOLEAN',
  at: 'TIMESTAMP',
}

/**
 * A log as a relation: JSONL (also as .gz or .zst), or Parquet as `packLog` writes it, by the end of its name.
 *
 * @param path any path or pattern that DuckDB reads: local, `s3://…`, `https://…`
 * @param columns which of `LOG_COLUMNS`; the others are not read
 */
export function logRelation(path: string, columns: readonly string[]): string {
  if (/\.parquet(?:\?.*)?$/i.test(path))
    return `(SELECT ${columns.map((name) => `"${name}"`).join(', ')} FROM read_parquet(${quoted(path)}))`
  const types = columns.map((name) => `"${name}": ${quoted(LOG_COLUMNS[name] as string)}`)
  return `read_json(${quoted(path)}, columns = {${types.join(', ')}}, format = 'newline_delimited', maximum_object_size = 67108864)`
}

/** A text as SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
