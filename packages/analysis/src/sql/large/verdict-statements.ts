import type { Consistency, FailurePolicy, Mode, Orders, Rule, TiePolicy } from '@judgelab/core'
import { logRelation } from './log-columns.js'

/** How the judgments of a run were asked, and how they combine: as of `verdictsOf`. */
export interface LargeAsked {
  readonly orders: Orders
  readonly orderSeed: number
  readonly repeats: number
  readonly firstRepeat: number
  readonly consistency: Consistency
}

/** Results as numbers, which take less room than words. */
export const RESULTS = ['chosen', 'rejected', 'tie', 'failed'] as const

/** An answer that is no slot. */
const TIE = -1
const FAILED = -2

/**
 * Reads what verdicts need of a log into the table `lines`, with the number of the row: of a presentation that was answered
 * twice, the last answer counts.
 */
export function readLines(path: string): string {
  const columns = ['exampleId', 'comparisonId', 'mode', 'slots', 'repeat', 'outcome']
  return `CREATE OR REPLACE TEMP TABLE lines AS
    SELECT row_number() OVER () AS row, exampleId AS example_id, comparisonId AS comparison_id, mode, slots, repeat,
      CASE WHEN outcome.kind <> 'choice' THEN ${FAILED}
        WHEN (outcome.slot->>'$') = 'tie' THEN ${TIE} ELSE (outcome.slot->>'$')::INTEGER END AS code,
      coalesce(outcome.strength = 'strong', false) AS strong, outcome.probabilities AS probabilities, outcome."value" AS rating, outcome."label" AS label, outcome.labels AS labels
    FROM ${logRelation(path, columns)}`
}

/** Adds the comparisons that the lines name and the table `comparisons` lacks; an id says which responses they are of. */
export const ADD_COMPARISONS = `
  INSERT INTO comparisons
  SELECT (SELECT count(*) FROM comparisons) + row_number() OVER () - 1, id, parts.example, parts.chosen::INTEGER, parts.rejected::INTEGER
  FROM (
    SELECT id, regexp_extract(id, '(?s)^(.*):(\\d+)>(\\d+)$', ['example', 'chosen', 'rejected']) AS parts
    FROM (SELECT DISTINCT comparison_id AS id FROM lines WHERE comparison_id IS NOT NULL) AS named
    WHERE id NOT IN (SELECT id FROM comparisons)
  )`

/** Statements that make the table `passes (cid, pass, result, strong)` of the lines: pass 1 and 2 in the order of asking. */
export function passStatements(mode: Mode, asked: LargeAsked): string[] {
  switch (mode) {
    case 'rating':
      return [ratedPasses()]
    case 'classify':
      return [classedPasses()]
    case 'pairwise':
    case 'best-of-n':
      return [
        mode === 'pairwise' ? pairwiseAnswers(asked) : bestOfAnswers(asked),
        asked.repeats === 1 ? singleAnswers(asked) : combinedAnswers(asked),
        answeredPasses(mode, asked),
      ]
  }
}

/** The last answer to each order and repeat of a comparison; `dir` is true where the response of lower index stood first. */
function pairwiseAnswers(asked: LargeAsked): string {
  return `CREATE OR REPLACE TEMP TABLE answers AS
    SELECT cid, dir, repeat, last.code AS code, last.strong AS strong, last.probabilities AS probabilities, slots
    FROM (
      SELECT c.cid, l.slots[1] < l.slots[2] AS dir, l.repeat, any_value(l.slots) AS slots,
        arg_max({ code: l.code, strong: l.strong, probabilities: l.probabilities }, l.row) AS last
      FROM lines AS l JOIN comparisons AS c ON c.id = l.comparison_id
      WHERE len(l.slots) = 2 AND least(l.slots[1], l.slots[2]) = least(c.chosen, c.rejected)
        AND greatest(l.slots[1], l.slots[2]) = greatest(c.chosen, c.rejected) AND ${isAskedRepeat(asked, 'l.repeat')}
      GROUP BY ALL
    )`
}

/** The same among n: of a direction, the slots that were asked first are the ones that count. */
function bestOfAnswers(asked: LargeAsked): string {
  const dir = asked.orders === 'both' ? 'l.slots[1] < l.slots[2]' : 'true'
  return `CREATE OR REPLACE TEMP TABLE answers AS
    WITH held AS (
      SELECT c.cid, ${dir} AS dir, l.slots, l.repeat, min(l.row) AS first_row,
        arg_max({ code: l.code, strong: l.strong, probabilities: l.probabilities }, l.row) AS last
      FROM lines AS l JOIN comparisons AS c ON c.id = l.comparison_id
      GROUP BY ALL
    ), counting AS (SELECT cid, dir, arg_min(slots, first_row) AS slots FROM held GROUP BY cid, dir)
    SELECT cid, dir, repeat, last.code AS code, last.strong AS strong, last.probabilities AS probabilities, slots
    FROM held JOIN counting USING (cid, dir, slots) WHERE ${isAskedRepeat(asked, 'repeat')}`
}

function isAskedRepeat({ firstRepeat, repeats }: LargeAsked, repeat: string): string {
  return `${repeat} BETWEEN ${firstRepeat} AND ${firstRepeat + repeats - 1}`
}

function singleAnswers(_: LargeAsked): string {
  return 'CREATE OR REPLACE TEMP VIEW answered AS SELECT cid, dir, slots, code AS answer, strong FROM answers'
}

/** Repeats combined: by votes, or by the highest mean probability; a single answer stands as it is. */
function combinedAnswers({ consistency }: LargeAsked): string {
  const scores =
    consistency === 'majority'
      ? 'SELECT cid, dir, code AS candidate, count(*)::DOUBLE AS score FROM answers WHERE code >= -1 GROUP BY ALL'
      : `SELECT cid, dir, candidate, least(1, list_sum(list_sort(list(share))) / count(*)) AS score
         FROM (
           SELECT cid, dir, unnest(range(len(slots))) AS candidate, code, probabilities, len(slots) AS n,
             CASE WHEN probabilities IS NOT NULL THEN probabilities[candidate + 1]
               WHEN code = ${TIE} THEN 1 / n WHEN code = candidate THEN 1 ELSE 0 END::DOUBLE AS share
           FROM answers WHERE code >= -1
         ) GROUP BY ALL`
  return `CREATE OR REPLACE TEMP VIEW answered AS
    WITH counted AS (SELECT cid, dir, any_value(slots) AS slots, count(*) AS n, max(code) AS only_code, bool_or(strong) AS only_strong
      FROM answers GROUP BY ALL),
    scores AS (${scores}),
    tops AS (SELECT *, max(score) OVER (PARTITION BY cid, dir) AS top FROM scores),
    leaders AS (
      SELECT cid, dir, CASE WHEN count(*) = 1 THEN min(candidate) ELSE ${TIE} END AS leader
      FROM tops WHERE top - score < 1e-12 GROUP BY ALL
    ),
    strengths AS (
      SELECT cid, dir, code AS leader, 2 * count(*) FILTER (strong) > count(*) AS strong FROM answers GROUP BY ALL
    )
    SELECT cid, dir, slots, CASE WHEN n = 1 THEN only_code ELSE coalesce(leader, ${FAILED}) END AS answer,
      CASE WHEN n = 1 THEN only_strong ELSE strong END AS strong
    FROM counted LEFT JOIN leaders USING (cid, dir) LEFT JOIN strengths USING (cid, dir, leader)`
}

function answeredPasses(mode: 'pairwise' | 'best-of-n', { orders, orderSeed }: LargeAsked): string {
  const preferred = 'a.slots[a.answer + 1]'
  const rejected = mode === 'pairwise' ? `WHEN ${preferred} = c.rejected THEN 1 ELSE 3` : 'ELSE 1'
  const dirs =
    orders === 'both' || mode === 'best-of-n'
      ? `(SELECT cid, true AS dir, 1 AS pass FROM comparisons${orders === 'both' ? ' UNION ALL SELECT cid, false, 2 FROM comparisons' : ''})`
      : `(SELECT cid, ${orders === 'first' ? 'true' : isLowFirst(orderSeed)} AS dir, 1 AS pass FROM comparisons)`
  return `CREATE OR REPLACE TEMP TABLE passes AS
    SELECT d.cid, d.pass, (CASE WHEN a.answer IS NULL OR a.answer = ${FAILED} THEN 3 WHEN a.answer = ${TIE} THEN 2
      WHEN ${preferred} = c.chosen THEN 0 ${rejected} END)::UTINYINT AS result, coalesce(a.strong, false) AS strong
    FROM ${dirs} AS d JOIN comparisons AS c USING (cid) LEFT JOIN answered AS a ON a.cid = d.cid AND a.dir = d.dir`
}

/** The draw of `slotsByOrder`: by the digest of seed and comparison. */
function isLowFirst(seed: number): string {
  return `('0x' || substr(sha256('[${seed},' || to_json(id)::VARCHAR || ']'), 1, 8))::BIGINT % 2 = 0`
}

/** A response's mean rating: the last of each repeat, summed in ascending order, as `ratedResult` does. */
function ratedPasses(): string {
  return alonePasses(
    `SELECT example_id, slot AS response, list_sum(list_sort(list(rating))) / count(*) AS score
     FROM last WHERE rating IS NOT NULL GROUP BY ALL`,
    { rating: 'l.rating' },
  )
}

/** A response's most frequent class, the better one among equals; a lower place is better. */
function classedPasses(): string {
  return alonePasses(
    `SELECT example_id, response, -arg_max(place, votes * 1000 - place)::DOUBLE AS score
     FROM (SELECT example_id, slot AS response, place, count(*) AS votes FROM last WHERE place IS NOT NULL GROUP BY ALL)
     GROUP BY ALL`,
    { place: `list_position(l.labels, l.label) - 1` },
  )
}

/** The higher score wins. */
function alonePasses(scores: string, fields: Readonly<Record<string, string>>): string {
  const struct = Object.entries(fields).map(([name, sql]) => `${name}: ${sql}`)
  const unpacked = Object.keys(fields).map((name) => `last.${name} AS ${name}`)
  return `CREATE OR REPLACE TEMP TABLE passes AS
    WITH held AS (
      SELECT l.example_id, l.slots[1] AS slot, l.repeat, arg_max({ ${struct.join(', ')} }, l.row) AS last
      FROM lines AS l GROUP BY ALL
    ), last AS (SELECT example_id, slot, ${unpacked.join(', ')} FROM held),
    scores AS (${scores})
    SELECT c.cid, 1 AS pass, (CASE WHEN a.score IS NULL OR b.score IS NULL THEN 3 WHEN a.score = b.score THEN 2
      WHEN a.score > b.score THEN 0 ELSE 1 END)::UTINYINT AS result, false AS strong
    FROM comparisons AS c
    LEFT JOIN scores AS a ON a.example_id = c.example_id AND a.response = c.chosen
    LEFT JOIN scores AS b ON b.example_id = c.example_id AND b.response = c.rejected`
}

/** The table of a run's verdicts, from its passes: rules as `combinePasses`, credits as `creditOf`. */
export function verdictStatement(
  table: string,
  rule: Rule,
  policies: { readonly ties: TiePolicy; readonly failures: FailurePolicy },
): string {
  return `CREATE OR REPLACE TEMP TABLE ${table} AS
    WITH counted AS (
      SELECT cid, max(result) FILTER (pass = 1) AS first, max(result) FILTER (pass = 2) AS second, count(*) AS n,
        count(*) FILTER (result = 0) AS chosen, count(*) FILTER (result = 1) AS rejected,
        count(*) FILTER (result = 2) AS ties, count(*) FILTER (result = 3) AS failed,
        ${weighed(0)} AS won, ${weighed(1)} AS lost
      FROM passes GROUP BY cid
    ), ruled AS (SELECT *, (${ruleSql(rule)})::UTINYINT AS result FROM counted)
    SELECT cid, first, second, result, (${creditSql(rule, policies)})::DOUBLE AS credit FROM ruled`
}

/** How often the passes with a result count under the rule `strength`: strong ones three times. */
function weighed(result: number): string {
  return `coalesce(sum(CASE WHEN strong THEN 3 ELSE 1 END) FILTER (result = ${result}), 0)`
}

/** A comparison that only another run was asked for is failed here: it is counted, never dropped. */
export function addUnjudged(
  table: string,
  { orders }: Pick<LargeAsked, 'orders'>,
  { failures }: { readonly failures: FailurePolicy },
): string {
  return `INSERT INTO ${table}
    SELECT cid, 3, ${orders === 'both' ? '3' : 'NULL'}, 3, ${failures === 'excluded' ? 'NULL' : '0'}
    FROM comparisons ANTI JOIN ${table} USING (cid)`
}

function ruleSql(rule: Rule): string {
  const unanimous = (of: string): string =>
    `CASE WHEN ${of} = 0 THEN 3 WHEN chosen = ${of} THEN 0 WHEN rejected = ${of} THEN 1 ELSE 2 END`
  switch (rule) {
    case 'consistent':
      return `CASE WHEN failed > 0 THEN 3 ELSE ${unanimous('n')} END`
    case 'together':
      return unanimous('(n - failed)')
    case 'net':
    case 'average':
      return 'CASE WHEN n = failed THEN 3 WHEN chosen = rejected THEN 2 WHEN chosen > rejected THEN 0 ELSE 1 END'
    case 'strength':
      return 'CASE WHEN failed > 0 OR n = 0 THEN 3 WHEN won = lost THEN 2 WHEN won > lost THEN 0 ELSE 1 END'
    case 'first-order':
      return 'coalesce(first, 3)'
  }
}

/** NULL where the comparison does not count. */
function creditSql(
  rule: Rule,
  { ties, failures }: { readonly ties: TiePolicy; readonly failures: FailurePolicy },
): string {
  const tie = ties === 'excluded' ? 'NULL' : ties === 'half' ? '0.5' : '0'
  const failed = failures === 'excluded' ? 'NULL' : '0'
  const halves = ties === 'half' ? ' + 0.5 * ties' : ''
  const countingTies = ties === 'excluded' ? '' : ' + ties'
  const countingFailed = failures === 'excluded' ? '' : ' + failed'
  switch (rule) {
    case 'average':
      return `(chosen${halves})::DOUBLE / nullif(chosen + rejected${countingTies}${countingFailed}, 0)`
    case 'strength':
      return `CASE WHEN result = 3 THEN ${failed} ELSE (won${halves})::DOUBLE / nullif(won + lost${countingTies}, 0) END`
    default:
      return `CASE result WHEN 0 THEN 1 WHEN 1 THEN 0 WHEN 2 THEN ${tie} ELSE ${failed} END`
  }
}
