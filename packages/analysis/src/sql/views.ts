import { LOG_COLUMNS } from './large/log-columns.js'

/** One view of a project's files: what it holds, and from where. */
export interface SqlView {
  readonly name: string
  readonly about: string
  /** Path pattern below the project's root. */
  readonly files: string
  readonly format: 'jsonl' | 'json'
  /** Path pattern of the same as Parquet, which is read where the file of that name is not there. */
  readonly packed?: string | undefined
  /** Column names with their DuckDB types, as they stand in the files. */
  readonly columns: Readonly<Record<string, string>>
  /** Columns of the view, as SQL over those of the files, which are called `held`. */
  readonly select: string
  /** What the files are joined with, where they do not say all. */
  readonly join?: string | undefined
  /** Column of which only the last row of a file counts, where an append-only file may have several of one value. */
  readonly lastOf?: string | undefined
}

/** Every view, in the order of the data flow; documented in docs/sql.md. */
export const SQL_VIEWS: readonly SqlView[] = [
  {
    name: 'splits',
    about: 'one row an example on one side of a study’s split',
    files: 'artifacts/*/split.json',
    format: 'json',
    columns: { method: 'VARCHAR', seed: 'BIGINT', train: 'VARCHAR[]', test: 'VARCHAR[]' },
    select: `${ownerOf('artifacts', 'split.json')} AS study, method, seed, drawn.side AS side, drawn.example_id AS example_id`,
    join: `CROSS JOIN LATERAL (SELECT 'train' AS side, unnest(held.train) AS example_id UNION ALL SELECT 'test', unnest(held.test)) AS drawn`,
  },
  {
    name: 'examples',
    about: 'one row a benchmark example of a study',
    files: 'artifacts/*/examples.jsonl',
    format: 'jsonl',
    columns: {
      id: 'VARCHAR',
      subset: 'VARCHAR',
      prompt: 'JSON',
      responses: 'STRUCT("text" VARCHAR, model VARCHAR)[]',
      chosen: 'INTEGER[]',
      metadata: 'JSON',
    },
    select: `${ownerOf('artifacts', 'examples.jsonl')} AS study, id, subset, splits.side AS side, CASE json_type(prompt) WHEN 'VARCHAR' THEN prompt->>'$' ELSE prompt::VARCHAR END AS prompt, responses, chosen, len(responses) AS response_count, metadata`,
    join: `LEFT JOIN splits ON splits.study = ${ownerOf('artifacts', 'examples.jsonl')} AND splits.example_id = held.id`,
  },
  {
    name: 'pairs',
    about: 'one row a preference pair of a study',
    files: 'artifacts/*/pairs/*.jsonl',
    format: 'jsonl',
    columns: {
      id: 'VARCHAR',
      input: 'STRUCT("role" VARCHAR, "content" VARCHAR)[]',
      preferred: 'VARCHAR',
      nonPreferred: 'VARCHAR',
      weight: 'DOUBLE',
      origin: 'STRUCT(strategy VARCHAR, exampleId VARCHAR, comparisonId VARCHAR, subset VARCHAR)',
    },
    select: `${ownerOf('artifacts', 'pairs/[^/]+.jsonl')} AS study, regexp_extract(held.filename, '([a-z]+)\\.jsonl$', 1) AS side, id, origin.subset AS subset, origin.exampleId AS example_id, origin.strategy AS strategy, input, preferred, nonPreferred AS non_preferred, coalesce(weight, 1) AS weight`,
  },
  {
    name: 'runs',
    about: 'one row a run: one judge over one list of presentations',
    files: 'runs/*/manifest.json',
    format: 'json',
    columns: {
      runId: 'VARCHAR',
      study: 'VARCHAR',
      judge: 'STRUCT(id VARCHAR, "name" VARCHAR, provider VARCHAR, model VARCHAR, "mode" VARCHAR)',
      dataset: 'STRUCT("name" VARCHAR, fingerprint VARCHAR, synthetic BOOLEAN, examples INTEGER)',
      presentations: 'STRUCT("count" INTEGER, sha256 VARCHAR)',
      rehearsed: 'BOOLEAN',
      startedAt: 'TIMESTAMP',
      completedAt: 'TIMESTAMP',
    },
    select:
      'runId AS run_id, study, judge.name AS judge, judge.provider AS provider, judge.model AS model, judge.mode AS mode, dataset.name AS dataset, dataset.fingerprint AS fingerprint, dataset.synthetic AS synthetic, presentations.count AS presentations, rehearsed, startedAt AS started_at, completedAt AS completed_at',
  },
  {
    name: 'judgments',
    about: 'one row a presentation that a judge was asked: its last judgment',
    files: 'runs/*/judgments.jsonl',
    format: 'jsonl',
    packed: 'runs/*/judgments.parquet',
    columns: LOG_COLUMNS,
    select: `${ownerOf('runs', 'judgments.(?:jsonl|parquet)')} AS run_id, presentationId AS presentation_id, exampleId AS example_id, comparisonId AS comparison_id, mode, slots, repeat, outcome.kind AS outcome, outcome.slot->>'$' AS slot, outcome.value AS rating, outcome.label AS class, outcome.reason AS failure, outcome.probabilities AS probabilities, raw, reasoning, usage.inputTokens AS input_tokens, usage.outputTokens AS output_tokens, usage.cachedInputTokens AS cached_input_tokens, usage.reasoningTokens AS reasoning_tokens, latencyMs AS latency_ms, firstByteMs AS first_byte_ms, coalesce(attempts, 1) AS attempts, coalesce(cached, false) AS cached, "at" AS answered_at`,
    lastOf: 'presentationId',
  },
  {
    name: 'verdicts',
    about: 'one row a comparison and judge of a study, under its rule and policies',
    files: 'artifacts/*/verdicts.jsonl',
    format: 'jsonl',
    columns: {
      judge: 'VARCHAR',
      runId: 'VARCHAR',
      comparisonId: 'VARCHAR',
      exampleId: 'VARCHAR',
      subset: 'VARCHAR',
      rule: 'VARCHAR',
      result: 'VARCHAR',
      passes: 'VARCHAR[]',
      credit: 'DOUBLE',
    },
    select: `${ownerOf('artifacts', 'verdicts.jsonl')} AS study, judge, runId AS run_id, comparisonId AS comparison_id, exampleId AS example_id, subset, rule, result, passes, credit`,
  },
]

/** The name of the study or run that a file belongs to, by its place: from the end, for any folder above may be called the same. */
function ownerOf(folder: 'artifacts' | 'runs', file: string): string {
  return `regexp_extract(held.filename, '${folder}/([^/]+)/${file.replaceAll('.', '\\.')}$', 1)`
}

/** The statement that makes a view over the files that exist; an empty one of the same columns when there are none. */
export function createView(view: SqlView, files: readonly string[]): string {
  const source = sourceOf(view, files)
  return `CREATE VIEW ${view.name} AS SELECT ${view.select} FROM ${lastRows(view, source)} AS held ${view.join ?? ''}`
}

/** DuckDB reads files in their order, and an empty window numbers rows in the order in which they are read. */
function lastRows({ lastOf }: SqlView, source: string): string {
  if (lastOf === undefined) return source
  const numbered = `(SELECT *, row_number() OVER () AS row FROM ${source} AS lines)`
  return `(SELECT * FROM ${numbered} AS numbered QUALIFY row = max(row) OVER (PARTITION BY filename, "${lastOf}"))`
}

function sourceOf(view: SqlView, files: readonly string[]): string {
  const packed = files.filter((file) => file.endsWith('.parquet'))
  const plain = files.filter((file) => !file.endsWith('.parquet'))
  const sources = [
    ...(plain.length === 0 ? [] : [fileSource(view, plain)]),
    ...(packed.length === 0 ? [] : [packedSource(view, packed)]),
  ]
  if (sources.length === 0) return emptySource(view)
  return sources.length === 1
    ? (sources[0] as string)
    : `(${sources.map((source) => `SELECT * FROM ${source}`).join(' UNION ALL BY NAME ')})`
}

function packedSource({ columns }: SqlView, files: readonly string[]): string {
  const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ')
  const names = Object.entries(columns).map(([name, type]) => `"${name}"::${type} AS "${name}"`)
  return `(SELECT ${names.join(', ')}, filename FROM read_parquet([${list}], filename = true))`
}

function fileSource({ columns, format }: SqlView, files: readonly string[]): string {
  const types = Object.entries(columns).map(([name, type]) => `"${name}": '${type.replaceAll("'", "''")}'`)
  const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ')
  const layout = format === 'jsonl' ? 'newline_delimited' : 'unstructured'
  return `read_json([${list}], columns = {${types.join(', ')}}, format = '${layout}', filename = true, maximum_object_size = 67108864)`
}

function emptySource({ columns }: SqlView): string {
  const nulls = Object.entries(columns).map(([name, type]) => `NULL::${type} AS "${name}"`)
  return `(SELECT ${nulls.join(', ')}, NULL::VARCHAR AS filename WHERE false)`
}
