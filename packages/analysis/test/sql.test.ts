import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownRun, type Project, projectAt, runFolder, toJsonl } from '@judgelab/core'
import { keepBenchmark, loadFile } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { packLog, SQL_VIEWS, sql } from '../src/index.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

const PAGE = new URL('../../../docs/sql.md', import.meta.url)

/** A project whose files hold two examples, one pair, and one run of three judgments: right, wrong and failed. */
function filledProject(root = newFolder()): Project {
  const project = projectAt(root)
  const artifacts = join(project.artifacts, 'small')
  const run = join(project.runs, 'local-longer-1')
  for (const folder of [join(artifacts, 'pairs'), run]) mkdirSync(folder, { recursive: true })
  const example = (id: string, subset: string, prompt: unknown): object => ({
    v: 1,
    id,
    subset,
    prompt,
    responses: [{ text: "it's one" }, { text: 'two', model: 'm' }],
    chosen: [0],
    metadata: { n: 2 ** 60 },
  })
  const judgment = (exampleId: string, outcome: object): object => ({
    v: 1,
    presentationId: `${exampleId}|pairwise|0-1#0`,
    exampleId,
    comparisonId: `${exampleId}:0>1`,
    mode: 'pairwise',
    slots: [0, 1],
    repeat: 0,
    outcome,
    latencyMs: 1.5,
    at: '2026-11-22T05:00:00.000Z',
  })
  const verdict = (exampleId: string, result: string, credit: number | null): object => ({
    v: 1,
    judge: 'longer',
    runId: 'local-longer-1',
    comparisonId: `${exampleId}:0>1`,
    exampleId,
    subset: 'Math',
    rule: 'consistent',
    result,
    passes: [result],
    slots: [0],
    credit,
  })
  const write = (file: string, lines: readonly object[]): void => writeFileSync(file, toJsonl(lines))
  write(join(artifacts, 'examples.jsonl'), [
    example('a', 'Math', 'How many?'),
    example('b', 'Focus', [{ role: 'user', content: 'Who?' }]),
  ])
  writeFileSync(join(artifacts, 'split.json'), JSON.stringify({ method: 'm', seed: 1, train: ['b'], test: ['a'] }))
  write(join(artifacts, 'pairs', 'train.jsonl'), [
    {
      v: 1,
      id: 'p',
      input: [{ role: 'user', content: 'Who?' }],
      preferred: 'x',
      nonPreferred: 'y',
      origin: { strategy: 'responses', exampleId: 'b', comparisonId: 'b:0>1', subset: 'Focus' },
    },
  ])
  writeFileSync(
    join(run, 'manifest.json'),
    JSON.stringify({
      runId: 'local-longer-1',
      study: 'small',
      judge: { id: 'j', name: 'longer', provider: 'local', model: 'longer', mode: 'pairwise', settings: {} },
      dataset: { name: 'd', fingerprint: 'f', synthetic: true, examples: 2 },
      presentations: { count: 3, sha256: 's' },
      rehearsed: false,
      startedAt: '2026-11-22T05:00:00.000Z',
      completedAt: null,
    }),
  )
  write(join(run, 'judgments.jsonl'), [
    judgment('a', { kind: 'choice', slot: 0, probabilities: [0.75, 0.25] }),
    judgment('b', { kind: 'choice', slot: 'tie' }),
    judgment('c', { kind: 'failed', reason: 'length' }),
  ])
  write(join(artifacts, 'verdicts.jsonl'), [verdict('a', 'chosen', 1), verdict('b', 'failed', null)])
  return project
}

describe('sql', () => {
  it('reads examples with their side of the split, text or conversation', async () => {
    const rows = await sql(
      'select study, id, side, prompt, chosen, response_count, responses[1].text as first from examples order by id',
      filledProject(),
    )
    expect(rows).toEqual([
      { study: 'small', id: 'a', side: 'test', prompt: 'How many?', chosen: [0], response_count: 2, first: "it's one" },
      {
        study: 'small',
        id: 'b',
        side: 'train',
        prompt: '[{"role":"user","content":"Who?"}]',
        chosen: [0],
        response_count: 2,
        first: "it's one",
      },
    ])
  })

  it('reads pairs, runs and verdicts', async () => {
    const project = filledProject()
    expect(await sql('select side, subset, example_id, non_preferred, weight from pairs', project)).toEqual([
      { side: 'train', subset: 'Focus', example_id: 'b', non_preferred: 'y', weight: 1 },
    ])
    expect(await sql('select run_id, judge, presentations, completed_at from runs', project)).toEqual([
      { run_id: 'local-longer-1', judge: 'longer', presentations: 3, completed_at: null },
    ])
    expect(await sql('select result, credit from verdicts order by comparison_id', project)).toEqual([
      { result: 'chosen', credit: 1 },
      { result: 'failed', credit: null },
    ])
  })

  it('reads choices, ties and failures apart', async () => {
    const rows = await sql(
      'select outcome, slot, failure, probabilities from judgments order by example_id',
      filledProject(),
    )
    expect(rows).toEqual([
      { outcome: 'choice', slot: '0', failure: null, probabilities: [0.75, 0.25] },
      { outcome: 'choice', slot: 'tie', failure: null, probabilities: null },
      { outcome: 'failed', slot: null, failure: 'length', probabilities: null },
    ])
  })

  it('reads a packed log where the log itself is gone, and only then', async () => {
    const project = filledProject()
    const every = 'select * from judgments order by all'
    const before = await sql(every, project)
    const folder = join(project.runs, 'local-longer-1')
    await packLog(join(folder, 'judgments.jsonl'), join(folder, 'judgments.parquet'))
    expect(await sql(every, project)).toEqual(before)
    rmSync(join(folder, 'judgments.jsonl'))
    expect(await sql(every, project)).toEqual(before)
  })

  it('has the last judgment of a presentation that was asked again, however many lines there are', async () => {
    const project = filledProject()
    const log = join(project.runs, 'local-longer-1', 'judgments.jsonl')
    const [line = ''] = readFileSync(log, 'utf8').split('\n')
    const again = (slot: number): string =>
      `${JSON.stringify({ ...JSON.parse(line), outcome: { kind: 'choice', slot } })}\n`
    appendFileSync(log, Array.from({ length: 5000 }, (_, at) => again(at % 2)).join(''))
    expect(await sql("select slot, attempts, cached from judgments where example_id = 'a'", project)).toEqual([
      { slot: '1', attempts: 1, cached: false },
    ])
    expect(await sql('select count(*) as n from judgments', project)).toEqual([{ n: 3 }])
  })

  it('cuts a torn last line of a log off before DuckDB sees it', async () => {
    const project = filledProject()
    const log = join(project.runs, 'local-longer-1', 'judgments.jsonl')
    const whole = statSync(log).size
    appendFileSync(log, '{"v":1,"presenta')
    expect(await sql('select count(*) as n from judgments', project)).toEqual([{ n: 3 }])
    expect(statSync(log).size).toBe(whole)
  })

  it('reads the whole lines of a run that somebody is writing, and leaves the line that is under way', async () => {
    const project = filledProject()
    const run = runFolder(project.runs, 'local-longer-1')
    const release = await ownRun(run)
    appendFileSync(run.log, '{"v":1,"presenta')
    const { size } = statSync(run.log)
    const copies = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('judgelab-sql-'))
    const before = copies()
    const rows = await sql(
      'select run_id, judge, count(*) as n from judgments join runs using (run_id) group by all',
      project,
    )
    expect(rows).toEqual([{ run_id: 'local-longer-1', judge: 'longer', n: 3 }])
    expect(statSync(run.log).size).toBe(size)
    expect(copies().filter((name) => !before.includes(name))).toEqual([])
    await release()
  })

  it('has no judgment of a run whose first line is under way', async () => {
    const project = filledProject()
    const run = runFolder(project.runs, 'local-longer-1')
    const release = await ownRun(run)
    writeFileSync(run.log, '{"v":1,"presenta')
    expect(await sql('select count(*) as n from judgments', project)).toEqual([{ n: 0 }])
    await release()
  })

  it.skipIf(process.getuid?.() === 0)('reads a torn log that may only be read', async () => {
    const project = filledProject()
    const run = runFolder(project.runs, 'local-longer-1')
    appendFileSync(run.log, '{"v":1,"presenta')
    const { size } = statSync(run.log)
    chmodSync(run.log, 0o444)
    chmodSync(run.folder, 0o555)
    expect(await sql('select count(*) as n from judgments', project)).toEqual([{ n: 3 }])
    expect(statSync(run.log).size).toBe(size)
    chmodSync(run.folder, 0o755)
  })

  it('names runs and studies by their place in the project, whatever the folders above are called', async () => {
    const project = filledProject(join(newFolder(), 'runs', 'x', 'artifacts', 'y'))
    expect(await sql('select distinct run_id from judgments', project)).toEqual([{ run_id: 'local-longer-1' }])
    for (const view of ['splits', 'examples', 'pairs', 'verdicts'])
      expect(await sql(`select distinct study from ${view}`, project)).toEqual([{ study: 'small' }])
    expect(await sql('select id, side from examples order by id', project)).toEqual([
      { id: 'a', side: 'test' },
      { id: 'b', side: 'train' },
    ])
  })

  it('has every view, empty, in a project that ran nothing', async () => {
    const project = projectAt(newFolder())
    for (const { name } of SQL_VIEWS)
      expect(await sql(`select count(*) as n from ${name}`, project)).toEqual([{ n: 0 }])
  })

  it('gives whole numbers as numbers while they are exact, as text beyond, and no NaN', async () => {
    const project = projectAt(newFolder())
    const statement = "select 9007199254740991 as a, 9007199254740993 as b, 'NaN'::double as c, date '2026-11-22' as d"
    expect(await sql(statement, project)).toEqual([
      { a: 9007199254740991, b: '9007199254740993', c: null, d: '2026-11-22T00:00:00.000Z' },
    ])
  })

  it('gives bytes as text, as DuckDB shows them', async () => {
    const rows = await sql(
      "select 'ab\\xFF\\x5C'::blob as bytes, ('ab\\xFF\\x5C'::blob)::varchar as shown",
      projectAt(newFolder()),
    )
    expect(rows).toEqual([{ bytes: 'ab\\xFF\\x5C', shown: 'ab\\xFF\\x5C' }])
  })

  it('says what DuckDB says of a statement that it cannot run', async () => {
    await expect(sql('select nothing from nowhere', projectAt(newFolder()))).rejects.toThrow(/nowhere does not exist/)
  })
})

describe('sql over a benchmark that holds lone surrogates', () => {
  it('reads every example, whichever of its texts had one', async () => {
    const project = projectAt(newFolder())
    const path = join(newFolder(), 'own.jsonl')
    const row = (at: number, fields: object): object => ({
      id: `e${at}`,
      set: 's',
      q: `${at}?`,
      a: 'yes',
      b: 'no',
      note: 'n',
      ...fields,
    })
    const odd = [{ id: 'e\ud800' }, { set: 's\udc00' }, { q: '\ud800?' }, { note: { '\ud83d': ['\ude00'] } }]
    writeFileSync(path, toJsonl(odd.map((fields, at) => row(at, fields))))
    const columns = { id: 'id', subset: 'set', prompt: 'q', chosen: 'a', rejected: 'b', metadata: ['note'] }
    const benchmark = await loadFile({ path, columns })
    await keepBenchmark(join(project.artifacts, 'odd'), benchmark)
    const rows = await sql('select id, subset, prompt, metadata::varchar as metadata from examples', project)
    expect(rows.map(({ id, subset, prompt }) => [id, subset, prompt])).toEqual([
      ['e\ufffd', 's', '0?'],
      ['e1', 's\ufffd', '1?'],
      ['e2', 's', '\ufffd?'],
      ['e3', 's', '3?'],
    ])
    expect(rows[3]?.metadata).toContain('{"\ufffd":["\ufffd"]}')
    expect(benchmark.report?.notes).toEqual({ 'lone-surrogate': 4 })
  })
})

describe('docs/sql.md', () => {
  it('names every view with its columns and types, as they are', async () => {
    const page = readFileSync(PAGE, 'utf8')
    for (const { name, about } of SQL_VIEWS) {
      const columns = await sql(`select column_name, column_type from (describe ${name})`, projectAt(newFolder()))
      const rows = columns.map(({ column_name, column_type }) => `| \`${column_name}\` | \`${column_type}\` |`)
      expect(page).toContain(
        [
          `## ${name}`,
          '',
          `${about.charAt(0).toUpperCase()}${about.slice(1)}.`,
          '',
          '| column | type |',
          '|---|---|',
          ...rows,
          '',
        ].join('\n'),
      )
    }
  })
})
