import { rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import {
  allComparisons,
  CONSISTENCIES,
  type Comparison,
  createNumpyRandom,
  type Example,
  FAILURE_POLICIES,
  type Judgment,
  type Mode,
  ORDERS,
  type Outcome,
  presentationOf,
  RULES,
  rejectedOf,
  TIE_POLICIES,
  toJsonl,
} from '@judgelab/core'
import { creditOf, scoreOf, verdictsOf } from '@judgelab/scoring'
import { clusteredMean } from '@judgelab/stats'
import { describe, expect, it } from 'vitest'
import { type LargeRequest, packLog, scoreLargeRuns } from '../src/index.js'
import { DUCKDB_MEMORY_MB, type DuckDbLimits, withDuckDb } from '../src/sql/large/open-duckdb.js'
import { judgeLarge } from '../src/sql/large/score-large-runs.js'
import {
  ADD_COMPARISONS,
  type LargeAsked,
  passStatements,
  RESULTS,
  readLines,
  verdictStatement,
} from '../src/sql/large/verdict-statements.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

/** Integers below n, by seed. */
function dice(seed: number): (n: number) => number {
  const { randomSample } = createNumpyRandom(seed)
  return (n) => Math.floor(randomSample() * n)
}

const ODD = ["o'clock", 'a:0>1', 'two\nlines', '\u2028', 'quote"', 'back\\slash', 'Grüße', '😀', '%$1', 'tab\t']

function examplesOf(draw: (n: number) => number, count: number): Example[] {
  return Array.from({ length: count }, (_, at) => ({
    v: 1,
    metadata: {},
    id: `${ODD[at % ODD.length]} ${at}`,
    subset: ['Math', "O'Focus", 'Ties'][draw(3)] as string,
    prompt: '?',
    responses: Array.from({ length: 4 }, (_, of) => ({ text: `${of}` })),
    chosen: draw(3) === 0 ? [2, 0] : [draw(4)],
  }))
}

function outcomeFor(mode: Mode, slots: number, draw: (n: number) => number): Outcome {
  if (draw(8) === 0) return { kind: 'failed', reason: 'unparsed' }
  switch (mode) {
    case 'rating':
      return { kind: 'rating', value: 1 + draw(30) / 10, scale: { min: 1, max: 10 } }
    case 'classify': {
      const labels = ['good', 'fair', 'bad']
      return { kind: 'class', label: labels[draw(3)] as string, labels }
    }
    default: {
      const slot = draw(5) === 0 ? 'tie' : draw(slots)
      const strength = ([undefined, 'slight', 'strong'] as const)[draw(3)]
      const weights = Array.from({ length: slots }, () => 1 + draw(4))
      const sum = weights.reduce((a, b) => a + b, 0)
      return {
        kind: 'choice',
        slot,
        ...(strength === undefined ? {} : { strength }),
        ...(draw(2) === 0 ? {} : { probabilities: weights.map((weight) => weight / sum) }),
      }
    }
  }
}

/** Judgments as a run leaves them, some missing, some asked again, some in orders and repeats that nobody counts. */
function logOf(mode: Mode, examples: readonly Example[], draw: (n: number) => number, repeats: number): Judgment[] {
  const log: Judgment[] = []
  const add = (
    example: Example,
    comparison: Comparison | undefined,
    slots: readonly number[],
    repeat: number,
  ): void => {
    if (draw(10) === 0) return
    const evidenceFor = comparison === undefined ? {} : { comparisonId: comparison.id }
    const { id, ...shown } = presentationOf({ exampleId: example.id, ...evidenceFor, mode, slots, repeat })
    for (let times = draw(6) === 0 ? 2 : 1; times > 0; times--)
      log.push({
        ...{ v: 1, presentationId: id, ...shown, outcome: outcomeFor(mode, slots.length, draw) },
        ...{ latencyMs: 1, at: '2026-02-02T12:00:00.000Z' },
      } as Judgment)
  }
  for (const example of examples)
    for (let repeat = 0; repeat < repeats + 1; repeat++) {
      if (mode === 'rating' || mode === 'classify') for (const at of [0, 1, 2, 3]) add(example, undefined, [at], repeat)
      else
        for (const comparison of comparisonsIn(mode, example)) {
          const { chosen, rejected } = comparison
          const pair = [chosen, rejected].sort((a, b) => a - b)
          const all = [chosen, ...rejectedOf(example)].sort((a, b) => a - b)
          const shown = mode === 'pairwise' ? pair : all
          add(example, comparison, shown, repeat)
          add(example, comparison, shown.toReversed(), repeat)
        }
    }
  for (let at = log.length - 1; at > 0; at--) {
    const other = draw(at + 1)
    ;[log[at], log[other]] = [log[other] as Judgment, log[at] as Judgment]
  }
  return log
}

/** Among n there is one comparison an example: others would ask the same. */
function comparisonsIn(mode: Mode, example: Example): Comparison[] {
  const all = allComparisons(example)
  return mode === 'best-of-n' ? all.slice(0, 1) : all
}

const MODES = ['pairwise', 'best-of-n', 'rating', 'classify'] as const
/** Ratings and classes know no order. */
const ORDERS_OF: Readonly<Record<Mode, readonly string[]>> = {
  pairwise: ORDERS,
  'best-of-n': ['both', 'first'],
  rating: ['both'],
  classify: ['both'],
}
const CASES = MODES.flatMap((mode) =>
  [1, 3].flatMap((repeats) =>
    CONSISTENCIES.filter((consistency) => repeats > 1 || consistency === 'majority').flatMap((consistency) =>
      ORDERS.filter((orders) => ORDERS_OF[mode].includes(orders)).map((orders): [Mode, LargeAsked] => [
        mode,
        { orders, orderSeed: 7, repeats, firstRepeat: repeats === 1 ? 0 : 1, consistency },
      ]),
    ),
  ),
)

describe('verdicts by SQL', () => {
  it.each(CASES)('are those of verdictsOf for mode %s, asked %j, under every rule and policy', async (mode, asked) => {
    const draw = dice(MODES.indexOf(mode as 'rating') * 100 + asked.repeats)
    const examples = examplesOf(draw, 40)
    const comparisons = examples.flatMap((example) => comparisonsIn(mode, example))
    const judgments = logOf(mode, examples, draw, asked.repeats)
    const file = join(newFolder(), 'judgments.jsonl')
    writeFileSync(file, toJsonl(judgments))
    await withDuckDb({}, async (connection) => {
      await connection.run(
        'CREATE TEMP TABLE comparisons (cid INTEGER, id VARCHAR, example_id VARCHAR, chosen INTEGER, rejected INTEGER)',
      )
      for (const [at, { id, exampleId, chosen, rejected }] of comparisons.entries())
        await connection.run('INSERT INTO comparisons VALUES ($1, $2, $3, $4, $5)', [
          at,
          id,
          exampleId,
          chosen,
          rejected,
        ])
      await connection.run(readLines(file))
      await connection.run(ADD_COMPARISONS)
      for (const statement of passStatements(mode, asked)) await connection.run(statement)
      for (const rule of RULES) {
        const verdicts = verdictsOf(comparisons, judgments, rule, asked)
        for (const ties of TIE_POLICIES)
          for (const failures of FAILURE_POLICIES) {
            await connection.run(verdictStatement('verdicts', rule, { ties, failures }))
            const rows = (
              await connection.runAndReadAll('SELECT first, second, result, credit FROM verdicts ORDER BY cid')
            ).getRowObjectsJS()
            const found = rows.map(({ first, second, result, credit }) => [
              [first, second].filter((code) => code !== null).map((code) => RESULTS[Number(code)]),
              RESULTS[Number(result)],
              credit,
            ])
            expect(found).toEqual(
              verdicts.map((verdict) => [verdict.passes, verdict.result, creditOf(verdict, { ties, failures })]),
            )
          }
      }
    })
  })
})

describe('scoreLargeRuns', () => {
  const policies = { ties: 'half', failures: 'wrong' } as const
  const filesOf = (seed: number, count = 60) => {
    const draw = dice(seed)
    const examples = examplesOf(draw, count)
    const folder = newFolder()
    const logs = [logOf('pairwise', examples, draw, 1), logOf('pairwise', examples.slice(0, 50), draw, 1)]
    const paths = logs.map((log, at) => {
      const path = join(folder, `run-${at}.jsonl`)
      writeFileSync(path, toJsonl(log))
      return path
    })
    const examplesFile = join(folder, 'examples.jsonl')
    writeFileSync(examplesFile, toJsonl(examples))
    const request: LargeRequest = {
      runs: paths.map((log, at) => ({ name: `run-${at}`, log })),
      examples: examplesFile,
      rule: 'together',
      policies,
    }
    return { folder, examples, logs, request }
  }

  it('scores each subset as scoreOf does, and tells two runs apart by examples', async () => {
    const { examples, logs, request } = filesOf(3)
    const named = new Set(logs.flat().map(({ comparisonId }) => comparisonId))
    const comparisons = examples.flatMap(allComparisons).filter(({ id }) => named.has(id))
    const scores = await scoreLargeRuns(request)
    const verdicts = logs.map((log) => verdictsOf(comparisons, log, 'together'))
    for (const [at, run] of scores.runs.entries()) {
      expect(run).toMatchObject({ name: `run-${at}`, mode: 'pairwise', judgments: logs[at]?.length })
      expect(run.scores.map(({ subset }) => subset)).toEqual([null, 'Math', "O'Focus", 'Ties'])
      for (const { subset, n, credit, counts, value, low, high } of run.scores) {
        const of = (verdicts[at] ?? []).filter((verdict) => subset === null || verdict.subset === subset)
        const score = scoreOf(of, policies)
        expect({ subset, n, credit, counts }).toEqual({
          subset,
          n: score.n,
          credit: score.credit,
          counts: score.counts,
        })
        const credits = of.map((verdict) => creditOf(verdict, policies) as number)
        const mean = clusteredMean(
          credits,
          of.map(({ exampleId }) => exampleId),
        )
        const within = [mean.value, Math.max(0, mean.low), Math.min(1, mean.high)]
        expect([value, low, high]).toEqual(within.map((x) => expect.closeTo(x, 12)))
      }
    }
    const [overall] = scores.contrasts
    const [first, second] = verdicts.map((of) => of.map((verdict) => creditOf(verdict, policies) as number))
    const differences = (second as number[]).map((credit, at) => credit - (first?.[at] as number))
    const mean = clusteredMean(
      differences,
      comparisons.map(({ exampleId }) => exampleId),
    )
    expect(overall).toMatchObject({ a: 'run-0', b: 'run-1', subset: null, n: comparisons.length, mcnemar: null })
    expect([overall?.value, overall?.low]).toEqual([expect.closeTo(mean.value, 12), expect.closeTo(mean.low, 12)])
    const fixed = (verdicts[1] ?? []).filter(
      ({ result }, at) => result === 'chosen' && verdicts[0]?.[at]?.result !== 'chosen',
    )
    expect(overall?.flips.fixed).toBe(fixed.length)
    expect(overall?.adjustedP).toBe(overall?.p)
  })

  it('gives no accuracy an interval beyond 0 and 100 %, however few comparisons there are', async () => {
    const { runs } = await scoreLargeRuns(filesOf(5, 6).request)
    const limits = runs.flatMap(({ scores }) => scores.flatMap(({ low, high }) => [low as number, high as number]))
    expect(limits.filter((limit) => limit < 0 || limit > 1)).toEqual([])
    expect(limits.filter((limit) => limit === 0 || limit === 1).length).toBeGreaterThan(0)
  })

  it('comes to the same from packed logs', async () => {
    const { folder, request } = filesOf(4)
    const packed = await Promise.all(
      request.runs.map(async ({ name, log }, at) => {
        const parquet = join(folder, `packed-${at}.parquet`)
        await packLog(log, parquet)
        rmSync(log)
        return { name, log: parquet }
      }),
    )
    const again = filesOf(4)
    const { runs, contrasts } = await scoreLargeRuns({ ...again.request, limits: { memoryMb: 200, threads: 1 } })
    const fromParquet = await scoreLargeRuns({ ...request, runs: packed })
    expect(fromParquet.contrasts).toEqual(contrasts)
    expect(fromParquet.runs.map(({ scores }) => scores)).toEqual(runs.map(({ scores }) => scores))
  })

  it('keeps nothing of a log but its verdicts', async () => {
    const { request } = filesOf(6)
    const tables = await withDuckDb({}, async (connection) => {
      await judgeLarge(connection, request)
      const reader = await connection.runAndReadAll('SELECT table_name FROM duckdb_tables() ORDER BY table_name')
      return reader.getRows().flat()
    })
    expect(tables).toEqual(['comparisons', 'labelled', 'verdicts_0', 'verdicts_1'])
  })

  it('names file, line, field and value of what cannot be read', async () => {
    const { folder, examples, request } = filesOf(5)
    const odd = join(folder, 'odd.jsonl')
    const lines = logOf('pairwise', examples, dice(1), 1)
    const score = (text: string): Promise<unknown> => {
      writeFileSync(odd, text)
      return scoreLargeRuns({ ...request, runs: [{ name: 'odd', log: odd }] })
    }
    const first = { ...lines[3], outcome: { kind: 'choice', slot: 'first' } }
    await expect(score(toJsonl(lines.with(3, first as (typeof lines)[0])))).rejects.toThrow(
      `${odd}:4: outcome.slot: expected a number or "tie", found "first"`,
    )
    await expect(score(`${toJsonl(lines.slice(0, 2))}\n{"v":1,\n`)).rejects.toThrow(`${odd}:4: expected JSON`)
    const zipped = join(folder, 'odd.jsonl.gz')
    writeFileSync(zipped, gzipSync(toJsonl([first])))
    await expect(scoreLargeRuns({ ...request, runs: [{ name: 'odd', log: zipped }] })).rejects.toThrow(
      `${zipped}: Conversion Error: Could not convert string 'first' to INT32`,
    )
  })

  it('refuses logs of two modes, logs of nothing, and comparisons of unknown examples', async () => {
    const { folder, examples, request } = filesOf(5)
    const mixed = join(folder, 'mixed.jsonl')
    const draw = dice(1)
    writeFileSync(mixed, toJsonl([...logOf('pairwise', examples, draw, 1), ...logOf('rating', examples, draw, 1)]))
    const runs = [{ name: 'mixed', log: mixed }]
    await expect(scoreLargeRuns({ ...request, runs })).rejects.toThrow(/one mode, found pairwise and rating/)
    writeFileSync(mixed, '')
    await expect(scoreLargeRuns({ ...request, runs })).rejects.toThrow(/no judgments/)
    writeFileSync(request.examples, toJsonl(examples.slice(1)))
    await expect(scoreLargeRuns(request)).rejects.toThrow(/examples of all comparisons, found none for \d+ of them/)
    await expect(scoreLargeRuns({ ...request, runs: [] })).rejects.toThrow(RangeError)
  })
})

describe('withDuckDb', () => {
  const threadsUnder = (limits: DuckDbLimits) =>
    withDuckDb(limits, async (connection) => {
      const reader = await connection.runAndReadAll("SELECT current_setting('threads')")
      return Number(reader.getRows()[0]?.[0])
    })

  it('reads with no more threads than its memory is enough for, however many the machine has', async () => {
    const cores = availableParallelism()
    expect(await threadsUnder({ memoryMb: 300 })).toBe(1)
    expect(await threadsUnder({})).toBe(Math.min(cores, Math.floor(DUCKDB_MEMORY_MB / 250)))
    expect(await threadsUnder({ memoryMb: 250 * 3 * cores })).toBe(cores)
    expect(await threadsUnder({ threads: 3 })).toBe(3)
  })

  it('says what is wrong without the SQL that found it', async () => {
    const log = join(newFolder(), 'none.jsonl')
    const request: LargeRequest = {
      runs: [{ name: 'none', log }],
      examples: log,
      rule: 'net',
      policies: { ties: 'half', failures: 'wrong' },
    }
    await expect(scoreLargeRuns(request)).rejects.toThrow(/^IO Error: No files found that match the pattern "[^"]+"$/)
    writeFileSync(log, '{}\n')
    await expect(scoreLargeRuns({ ...request, limits: { memoryMb: 1 } })).rejects.toThrow(
      'DuckDB needs more memory for this, got 1 MB',
    )
  })
})
