import { existsSync } from 'node:fs'
import type { DuckDBConnection } from '@duckdb/node-api'
import { DatasetFormatError, MODES, type Mode, parseJudgment, type Rule, readJsonl } from '@judgelab/core'
import type { Policies } from '@judgelab/scoring'
import { adjustPValues, clusteredMeanFromSums, type McnemarTest, mcnemar } from '@judgelab/stats'
import { withoutFixedN } from '../../stopped-early.js'
import { quoted } from './log-columns.js'
import { type DuckDbLimits, withDuckDb } from './open-duckdb.js'
import {
  ADD_COMPARISONS,
  addUnjudged,
  type LargeAsked,
  passStatements,
  RESULTS,
  readLines,
  verdictStatement,
} from './verdict-statements.js'

/** A run by its log. */
export interface LargeRun {
  readonly name: string
  /** JSONL or Parquet: a path or pattern that DuckDB reads, local or not. */
  readonly log: string
  /** True where what was seen decided how much was judged: then no interval and no p for a fixed n is given. */
  readonly isStoppedEarly?: boolean | undefined
}

/** What is to be scored, and how. */
export interface LargeRequest {
  readonly runs: readonly LargeRun[]
  /** JSONL or Parquet with `id` and `subset` of every example, such as `artifacts/<study>/examples.jsonl`. */
  readonly examples: string
  /**
   * JSONL or Parquet with `id`, `exampleId`, `chosen` and `rejected` of every comparison. Absent, they are those that any of
   * the logs names; ratings and classes name none, and need it.
   */
  readonly comparisons?: string | undefined
  readonly rule: Rule
  readonly policies: Policies
  readonly asked?: Partial<LargeAsked> | undefined
  /** Coverage of intervals; defaults to 0.95. */
  readonly level?: number | undefined
  readonly limits?: DuckDbLimits | undefined
}

/** A score of one run: over all comparisons, or those of one subset. Rates in [0, 1]. */
export interface LargeScore {
  /** Null over all. */
  readonly subset: string | null
  readonly comparisons: number
  /** Comparisons that count under the policies, and what they earned. */
  readonly n: number
  readonly credit: number
  readonly counts: Readonly<Record<(typeof RESULTS)[number], number>>
  /** Accuracy with an interval within [0, 1] that is robust to comparisons of one example; null bounds where judging was stopped early. */
  readonly value: number
  readonly low: number | null
  readonly high: number | null
}

/** Two runs on the comparisons that count for both: the second less the first. */
export interface LargeContrast {
  readonly a: string
  readonly b: string
  readonly subset: string | null
  readonly n: number
  /** Mean difference of credits, b − a, robust as above; and its two-sided p. Bounds and p are null where judging was stopped early. */
  readonly value: number
  readonly low: number | null
  readonly high: number | null
  readonly p: number | null
  /** Holm over the contrasts over all comparisons that have a p; null for those of a subset. */
  readonly adjustedP: number | null
  /** Comparisons where only one of them earned all. */
  readonly onlyA: number
  readonly onlyB: number
  /** Where every credit is 0 or 1, no example has two comparisons, and nothing was stopped early. */
  readonly mcnemar: McnemarTest | null
  /** Verdicts of B that differ from A's, towards the label and away from it. */
  readonly flips: { readonly fixed: number; readonly broken: number }
}

/** What millions of judgments come to. */
export interface LargeScores {
  readonly rule: Rule
  readonly policies: Policies
  readonly level: number
  readonly runs: readonly {
    readonly name: string
    readonly log: string
    readonly isStoppedEarly?: boolean | undefined
    readonly mode: Mode
    readonly judgments: number
    readonly scores: readonly LargeScore[]
  }[]
  readonly contrasts: readonly LargeContrast[]
}

const ASKED: LargeAsked = { orders: 'both', orderSeed: 0, repeats: 1, firstRepeat: 0, consistency: 'majority' }

/**
 * Scores runs of any size in SQL: each log is read once, and the verdicts are those that `verdictsOf` and `creditOf` come to on
 * the same judgments. Memory is that of DuckDB's limit and some hundred megabytes, whatever the size of the logs.
 *
 * @throws {RangeError} if there is no run; {DatasetFormatError} for a log of several modes, or without judgments of any of
 *   the comparisons, and for comparisons of examples that are not there
 */
export async function scoreLargeRuns(request: LargeRequest): Promise<LargeScores> {
  const { runs, rule, policies, level = 0.95 } = request
  if (runs.length === 0) throw new RangeError('scoreLargeRuns needs at least 1 run, got 0')
  return withDuckDb(request.limits ?? {}, async (connection) => {
    const read = await judgeLarge(connection, request)
    const scores = await Promise.all(
      runs.map(async (run, at) => withSureness(run.isStoppedEarly, await scoresOf(connection, at, level))),
    )
    return {
      rule,
      policies,
      level,
      runs: runs.map((run, at) => ({ ...run, ...(read[at] as (typeof read)[0]), scores: scores[at] as LargeScore[] })),
      contrasts: await contrastsOf(connection, runs, level),
    }
  })
}

/** What was measured, less what supposes a fixed n where there was none. */
function withSureness<T>(isStoppedEarly = false, measured: T): T {
  return isStoppedEarly ? withoutFixedN(measured) : measured
}

/** Makes the tables `comparisons` and `verdicts_0`, `verdicts_1` …, one a run. */
export async function judgeLarge(
  connection: DuckDBConnection,
  { runs, examples, comparisons, rule, policies, asked }: LargeRequest,
): Promise<{ readonly mode: Mode; readonly judgments: number }[]> {
  const read: { readonly mode: Mode; readonly judgments: number }[] = []
  const how = { ...ASKED, ...asked }
  await connection.run(
    'CREATE TEMP TABLE comparisons (cid INTEGER, id VARCHAR, example_id VARCHAR, chosen INTEGER, rejected INTEGER)',
  )
  if (comparisons !== undefined) await connection.run(insertComparisons(comparisons))
  for (const [at, { log }] of runs.entries()) {
    await connection.run(readLines(log)).catch(async (error: unknown) => {
      throw await inOurWords(error, log)
    })
    const { mode, judgments } = await modeOf(connection, log)
    if (comparisons === undefined) await connection.run(ADD_COMPARISONS)
    for (const statement of passStatements(mode, how)) await connection.run(statement)
    await requireEvidence(connection, log)
    await connection.run(verdictStatement(`verdicts_${at}`, rule, policies))
    for (const name of ['lines', 'answers', 'passes']) await connection.run(`DROP TABLE IF EXISTS ${name}`)
    read.push({ mode, judgments })
  }
  for (const at of runs.keys()) await connection.run(addUnjudged(`verdicts_${at}`, how, policies))
  await connection.run(labelStatement(examples))
  await requireSubsets(connection, examples)
  return read
}

/** What keeps a log from being read: of one on this machine the first line that is malformed, with field and value. */
async function inOurWords(error: unknown, log: string): Promise<unknown> {
  if (!(error instanceof Error) || error.message.startsWith('Out of Memory')) return error
  try {
    if (/\.jsonl$/i.test(log) && existsSync(log))
      for await (const { value, where } of readJsonl(log)) parseJudgment(value, where)
  } catch (found) {
    return found
  }
  if (error.message.includes(log)) return error
  const [said = ''] = error.message.split('\n\n')
  return new DatasetFormatError(said, { file: log }, { cause: error })
}

function insertComparisons(path: string): string {
  const columns = { id: 'VARCHAR', exampleId: 'VARCHAR', chosen: 'INTEGER', rejected: 'INTEGER' }
  return `INSERT INTO comparisons SELECT row_number() OVER () - 1, id, exampleId, chosen, rejected FROM ${relation(path, columns)}`
}

/** The subset of each comparison, and a number for its example. */
function labelStatement(examples: string): string {
  return `CREATE TEMP TABLE labelled AS
    SELECT c.cid, e.subset, hash(c.example_id) AS example
    FROM comparisons AS c LEFT JOIN ${relation(examples, { id: 'VARCHAR', subset: 'VARCHAR' })} AS e ON e.id = c.example_id`
}

function relation(path: string, columns: Readonly<Record<string, string>>): string {
  if (/\.parquet$/i.test(path)) return `read_parquet(${quoted(path)})`
  const types = Object.entries(columns).map(([name, type]) => `"${name}": '${type}'`)
  return `read_json(${quoted(path)}, columns = {${types.join(', ')}}, format = 'newline_delimited', maximum_object_size = 67108864)`
}

async function modeOf(
  connection: DuckDBConnection,
  file: string,
): Promise<{ readonly mode: Mode; readonly judgments: number }> {
  const rows = await rowsOf(connection, 'SELECT mode, count(*)::DOUBLE AS n FROM lines GROUP BY mode ORDER BY mode')
  const modes = rows.map(({ mode }) => String(mode))
  const mode = MODES.find((known) => known === modes[0])
  if (modes.length === 1 && mode !== undefined) return { mode, judgments: Number(rows[0]?.n) }
  throw new DatasetFormatError(`expected judgments of one mode, found ${modes.join(' and ') || 'no judgments'}`, {
    file,
  })
}

async function requireEvidence(connection: DuckDBConnection, file: string): Promise<void> {
  const [row] = await rowsOf(
    connection,
    'SELECT count(*)::DOUBLE AS n, count(*) FILTER (result <> 3)::DOUBLE AS judged FROM passes',
  )
  const [evidence] = await rowsOf(
    connection,
    `SELECT count(*)::DOUBLE AS n FROM lines WHERE comparison_id IN (SELECT id FROM comparisons)
     OR example_id IN (SELECT example_id FROM comparisons)`,
  )
  if (Number(row?.n) > 0 && Number(row?.judged) === 0 && Number(evidence?.n) === 0)
    throw new DatasetFormatError(`expected judgments of the comparisons, found none`, { file })
}

async function requireSubsets(connection: DuckDBConnection, file: string): Promise<void> {
  const [row] = await rowsOf(
    connection,
    'SELECT count(*)::DOUBLE AS n, min(cid) AS cid FROM labelled WHERE subset IS NULL',
  )
  if (Number(row?.n) === 0) return
  const [first] = await rowsOf(connection, `SELECT example_id AS id FROM comparisons WHERE cid = ${Number(row?.cid)}`)
  throw new DatasetFormatError(
    `expected the examples of all comparisons, found none for ${Number(row?.n)} of them ("${String(first?.id)}")`,
    { file },
  )
}

/** Sums over examples, as a mean that is robust to comparisons of one example needs them. */
const SUMS = `sum(n)::DOUBLE AS n, sum(s)::DOUBLE AS total, count(*)::DOUBLE AS clusters, sum(s * s)::DOUBLE AS squares,
  sum(s * n)::DOUBLE AS products, sum(n * n)::DOUBLE AS sizes`

async function scoresOf(connection: DuckDBConnection, at: number, level: number): Promise<LargeScore[]> {
  const counts = await rowsOf(
    connection,
    `SELECT subset, grouping(subset) AS is_all, count(*)::DOUBLE AS comparisons,
       ${RESULTS.map((name, code) => `count(*) FILTER (result = ${code})::DOUBLE AS "${name}"`).join(', ')}
     FROM verdicts_${at} JOIN labelled USING (cid) GROUP BY GROUPING SETS ((), (subset)) ORDER BY is_all DESC, subset`,
  )
  const sums = await sumsBySubset(
    connection,
    `SELECT subset, example, credit AS value FROM verdicts_${at} JOIN labelled USING (cid) WHERE credit IS NOT NULL`,
  )
  return counts.map(({ subset, is_all, comparisons, ...row }) => {
    const key = Number(is_all) === 1 ? null : String(subset)
    const of = sums.get(key)
    const mean = clusteredMeanFromSums(of ?? NO_SUMS, { level })
    return {
      subset: key,
      comparisons: Number(comparisons),
      n: of?.observations ?? 0,
      credit: of?.total ?? 0,
      counts: Object.fromEntries(RESULTS.map((name) => [name, Number(row[name])])) as LargeScore['counts'],
      value: mean.value,
      // No accuracy lies beyond 0 and 1: what an interval leaves out there it cannot miss.
      low: Math.max(0, mean.low),
      high: Math.min(1, mean.high),
    }
  })
}

type Sums = Parameters<typeof clusteredMeanFromSums>[0]

const NO_SUMS: Sums = { observations: 0, total: 0, clusters: 0, squares: 0, products: 0, sizes: 0 }

async function sumsBySubset(connection: DuckDBConnection, values: string): Promise<Map<string | null, Sums>> {
  const rows = await rowsOf(
    connection,
    `WITH chosen AS (${values}),
       by_subset AS (SELECT subset, example, sum(value) AS s, count(*)::DOUBLE AS n FROM chosen GROUP BY ALL),
       by_example AS (SELECT example, sum(s) AS s, sum(n) AS n FROM by_subset GROUP BY ALL)
     SELECT false AS is_all, subset, ${SUMS} FROM by_subset GROUP BY subset
     UNION ALL SELECT true, NULL, ${SUMS} FROM by_example HAVING count(*) > 0`,
  )
  return new Map(
    rows.map(({ is_all, subset, n, total, clusters, squares, products, sizes }): [string | null, Sums] => [
      is_all === true ? null : String(subset),
      {
        observations: Number(n),
        total: Number(total),
        clusters: Number(clusters),
        squares: Number(squares),
        products: Number(products),
        sizes: Number(sizes),
      },
    ]),
  )
}

async function contrastsOf(
  connection: DuckDBConnection,
  runs: readonly LargeRun[],
  level: number,
): Promise<LargeContrast[]> {
  const contrasts: LargeContrast[] = []
  for (let b = 1; b < runs.length; b++)
    for (let a = 0; a < b; a++)
      contrasts.push(
        ...(await contrastOf(connection, { a, b, pair: [runs[a] as LargeRun, runs[b] as LargeRun], level })),
      )
  const overall = contrasts.filter(({ subset }) => subset === null)
  const known = overall.filter(({ p }) => Number.isFinite(p))
  const adjusted = adjustPValues(
    known.map(({ p }) => p as number),
    'holm',
    'pairs of runs',
  )
  return contrasts.map((contrast) => {
    const at = known.indexOf(contrast)
    return at < 0 ? contrast : { ...contrast, adjustedP: adjusted[at]?.adjusted ?? null }
  })
}

async function contrastOf(
  connection: DuckDBConnection,
  {
    a,
    b,
    pair,
    level,
  }: { readonly a: number; readonly b: number; readonly pair: readonly [LargeRun, LargeRun]; readonly level: number },
): Promise<LargeContrast[]> {
  const pairs = `SELECT l.subset, l.example, x.credit AS ca, y.credit AS cb, x.result AS ra, y.result AS rb
    FROM verdicts_${a} AS x JOIN verdicts_${b} AS y USING (cid) JOIN labelled AS l USING (cid)`
  const counted = await rowsOf(
    connection,
    `SELECT subset, grouping(subset) AS is_all, count(*) FILTER (counts AND ca = 1 AND cb = 0)::DOUBLE AS only_a,
       count(*) FILTER (counts AND ca = 0 AND cb = 1)::DOUBLE AS only_b, count(*) FILTER (counts AND ca NOT IN (0, 1) OR counts AND cb NOT IN (0, 1))::DOUBLE AS between,
       count(*) FILTER (ra <> 0 AND rb = 0)::DOUBLE AS fixed, count(*) FILTER (ra = 0 AND rb <> 0)::DOUBLE AS broken
     FROM (SELECT *, ca IS NOT NULL AND cb IS NOT NULL AS counts FROM (${pairs}))
     GROUP BY GROUPING SETS ((), (subset)) ORDER BY is_all DESC, subset`,
  )
  const sums = await sumsBySubset(
    connection,
    `SELECT subset, example, cb - ca AS value FROM (${pairs}) WHERE ca IS NOT NULL AND cb IS NOT NULL`,
  )
  const isStoppedEarly = pair.some((run) => run.isStoppedEarly === true)
  return counted.map((row) => {
    const key = Number(row.is_all) === 1 ? null : String(row.subset)
    const of = sums.get(key) ?? NO_SUMS
    const mean = clusteredMeanFromSums(of, { level })
    const [onlyA, onlyB] = [Number(row.only_a), Number(row.only_b)]
    const isSimple = Number(row.between) === 0 && of.clusters === of.observations && of.observations > 0
    return withSureness(isStoppedEarly, {
      a: pair[0].name,
      b: pair[1].name,
      subset: key,
      n: of.observations,
      value: mean.value,
      low: mean.low,
      high: mean.high,
      p: mean.p,
      adjustedP: null,
      onlyA,
      onlyB,
      mcnemar: isSimple && !isStoppedEarly ? mcnemar({ onlyA, onlyB }, { method: 'mid-p' }) : null,
      flips: { fixed: Number(row.fixed), broken: Number(row.broken) },
    })
  })
}

async function rowsOf(connection: DuckDBConnection, statement: string): Promise<Record<string, unknown>[]> {
  return (await connection.runAndReadAll(statement)).getRowObjectsJS()
}
