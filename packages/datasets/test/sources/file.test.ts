import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type BenchmarkColumns, type Example, parseExample, projectAt, toJsonl } from '@judgelab/core'
import {
  type Benchmark,
  benchmarkOf,
  createColumnReader,
  describePreview,
  loadBenchmark,
  loadFile,
  previewFile,
} from '@judgelab/datasets'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { temporaryFolders, write } from '../support/temporary-folder.js'
import { writeParquet } from '../support/write-parquet.js'

const newFolder = temporaryFolders()

function load(rows: readonly object[], columns: BenchmarkColumns, name = 'mine.jsonl'): Promise<Benchmark> {
  return loadFile({ path: write(toJsonl(rows), newFolder(), name), columns })
}

const PAIR: BenchmarkColumns = { prompt: 'question', chosen: 'better', rejected: 'worse' }
const ROW = { question: 'Why?', better: 'Because.', worse: 'No.' }

/** Rows that fill more than two pieces of a megabyte, of which no two ask the same. */
const MANY = Array.from({ length: 5000 }, (_, at) => ({
  question: `${at} ${'why '.repeat(150)}`,
  better: 'a',
  worse: 'b',
}))

const TEXTS = { question: 'VARCHAR', better: 'VARCHAR', worse: 'VARCHAR' }

const toCsv = (rows: typeof MANY): string =>
  `question,better,worse\n${rows.map(({ question, better, worse }) => `${question},${better},${worse}\n`).join('')}`

describe('the reading of a file', () => {
  const places: readonly (readonly [string, (path: string) => unknown])[] = [
    ['mine.jsonl', (path) => writeFileSync(path, toJsonl(MANY))],
    ['mine.jsonl.gz', (path) => writeFileSync(path, gzipSync(toJsonl(MANY)))],
    ['mine.csv', (path) => writeFileSync(path, toCsv(MANY))],
    ['mine.parquet', (path) => writeParquet(MANY, TEXTS, path, 'uncompressed')],
  ]

  it.each(places)('tells how much of %s is read, up to all of it', async (name, make) => {
    const path = join(newFolder(), name)
    await make(path)
    const told: [number, number][] = []
    await loadFile({ path, columns: PAIR, onRead: (...read) => void told.push(read) })
    const { size } = statSync(path)
    expect(told.every(([read, total], at) => total === size && read >= (told[at - 1]?.[0] ?? 0))).toBe(true)
    const [last] = told.at(-1) as [number, number]
    // What a Parquet file says of itself, at its end, is no part of its rows.
    if (name.endsWith('.parquet')) expect(last).toBeGreaterThan(0.8 * size)
    else expect(last).toBe(size)
    if (!name.endsWith('.gz')) expect(told.length).toBeGreaterThan(2)
  })

  it.each(places)('of %s stops at the signal', async (name, make) => {
    const path = join(newFolder(), name)
    await make(path)
    const stop = new AbortController()
    const onRead = (): void => stop.abort(new Error('enough'))
    await expect(loadFile({ path, columns: PAIR, onRead, signal: stop.signal })).rejects.toThrow('enough')
  })

  it('takes the fingerprint that the examples have', async () => {
    const { fingerprint, ...loaded } = await load([ROW, { ...ROW, question: 'How?' }], PAIR)
    expect(benchmarkOf(loaded).fingerprint).toBe(fingerprint)
  })
})

describe('loadFile', () => {
  it('maps columns; rows without ids are numbered, and what is not named stays in the metadata', async () => {
    const { examples, name, synthetic } = await load(
      [
        { ...ROW, topic: 'x', score: 3 },
        { ...ROW, question: 'How?' },
      ],
      PAIR,
    )
    expect([name, synthetic]).toEqual(['mine.jsonl', false])
    expect(examples[0]).toEqual({
      v: 1,
      id: 'row-1',
      subset: 'all',
      prompt: 'Why?',
      responses: [{ text: 'Because.' }, { text: 'No.' }],
      chosen: [0],
      metadata: { topic: 'x', score: 3 },
    })
    expect(examples[1]?.id).toBe('row-2')
  })

  it('keeps only the metadata that is asked for, and who wrote what', async () => {
    const columns = { ...PAIR, subset: 'topic', models: ['bm', 'wm'], metadata: ['score'] }
    const { examples } = await load([{ ...ROW, topic: 'x', score: 3, bm: 'gpt', wm: null, more: 1 }], columns)
    expect(examples[0]).toMatchObject({ subset: 'x', metadata: { score: 3 } })
    expect(examples[0]?.metadata).not.toHaveProperty('more')
    expect(examples[0]?.responses).toEqual([{ text: 'Because.', model: 'gpt' }, { text: 'No.' }])
  })

  it('takes whole numbers as ids and subsets, with a note, and nothing else', async () => {
    const { examples, report } = await load([{ ...ROW, id: 17 }], { ...PAIR, id: 'id' })
    expect(examples[0]?.id).toBe('17')
    expect(report?.notes).toEqual({ 'number-as-text': 1 })
    await expect(load([{ ...ROW, id: 1.5 }], { ...PAIR, id: 'id' })).rejects.toThrow(
      'mine.jsonl:1: id: expected a text, found 1.5',
    )
    await expect(load([{ ...ROW, id: null }], { ...PAIR, id: 'id' })).rejects.toThrow('id: expected a text, found null')
    await expect(load([{ ...ROW, id: '' }], { ...PAIR, id: 'id' })).rejects.toThrow('mine.jsonl:1: id: ')
  })

  it.each([
    [{ ...ROW, better: 5 }, 'mine.jsonl:1: better: expected a text or messages, found 5'],
    [{ ...ROW, better: null }, 'better: expected a text or messages, found null'],
    [{ ...ROW, worse: [] }, 'worse: expected at least one response, found []'],
    [{ ...ROW, worse: ['a', 7] }, 'worse.1: expected a text or messages, found 7'],
    [{ ...ROW, question: { a: 1 } }, 'question: expected a text or messages, found {"a":1}'],
    [{ better: 'a', worse: 'b' }, 'question: expected a text or messages, found nothing'],
  ])('refuses %j', async (row, message) => {
    await expect(load([row, ROW], PAIR)).rejects.toThrow(message)
  })

  it('takes several responses of a column, or of several columns', async () => {
    const lists = await load([{ ...ROW, better: ['a', 'b'], worse: ['c', 'd', 'e'] }], PAIR)
    expect(lists.examples[0]?.chosen).toEqual([0, 1])
    expect(lists.examples[0]?.responses).toHaveLength(5)
    const columns = await load([{ ...ROW, worst: 'Never.' }], { ...PAIR, rejected: ['worse', 'worst'] })
    expect(columns.examples[0]?.responses.map(({ text }) => text)).toEqual(['Because.', 'No.', 'Never.'])
  })

  it.each([
    ['A', 0],
    ['model_b', 1],
    ['B>A', 1],
  ])('knows the label %s without being told', async (winner, chosen) => {
    const row = { q: 'Why?', response_a: 'a', response_b: 'b', winner }
    const { examples } = await load([row], { prompt: 'q', responses: ['response_a', 'response_b'], label: 'winner' })
    expect(examples[0]?.chosen).toEqual([chosen])
    expect(examples[0]?.responses.map(({ text }) => text)).toEqual(['a', 'b'])
  })

  it('leaves ties out and counts them, under the policy strict too', async () => {
    const rows = ['model_a', 'tie', 'tie (bothbad)', 'model_b'].map((winner, at) => ({
      q: `${at}?`,
      a: 'a',
      b: 'b',
      winner,
    }))
    const { examples, report } = await load(rows, { prompt: 'q', responses: ['a', 'b'], label: 'winner' })
    expect(examples.map(({ id }) => id)).toEqual(['row-1', 'row-4'])
    expect(report).toMatchObject({ rows: 4, skipped: { tied: 2 }, problems: [] })
  })

  it('refuses a label that nobody explained', async () => {
    const row = { q: 'Why?', a: 'a', b: 'b', winner: 1 }
    await expect(load([row], { prompt: 'q', responses: ['a', 'b'], label: 'winner' })).rejects.toThrow(
      /winner: expected one of A, a, .*, found 1/,
    )
  })

  it('reads one column a response that is true where it is the better one', async () => {
    const row = { q: 'Why?', a: 'a', b: 'b', winner_model_a: 0, winner_model_b: 1 }
    const columns = { prompt: 'q', responses: ['a', 'b'], label: ['winner_model_a', 'winner_model_b'] }
    const { examples, report } = await load([row, { ...row, q: 'How?', winner_model_b: 0 }], columns)
    expect(examples.map(({ chosen }) => chosen)).toEqual([[1]])
    expect(report?.skipped).toEqual({ tied: 1 })
  })

  it('takes every response of the best rank, and none where all are alike', async () => {
    const answers = (...ranks: number[]): object => ({
      q: `${ranks}?`,
      l: ranks.map((rank, at) => ({ text: `${at}`, rank })),
    })
    const columns = { prompt: 'q', responses: 'l', text: 'text', rank: 'rank' }
    const { examples, report } = await load([answers(2, 1, 1, 3), answers(1, 1)], columns)
    expect(examples.map(({ chosen }) => chosen)).toEqual([[1, 2]])
    expect(report?.skipped).toEqual({ tied: 1 })
    await expect(load([{ q: '?', l: [{ text: 'a', rank: 'x' }] }], columns)).rejects.toThrow(
      'l.0.rank: expected a number, found "x"',
    )
  })

  it('says in which row a comparison stood before when chosen and rejected are the same row over', async () => {
    await expect(load([ROW, ROW], PAIR)).rejects.toThrow(
      'mine.jsonl:2: responses: expected a comparison that occurs once, found the same prompt, responses and label as in row 1',
    )
  })

  it('reads JSONL, packed JSONL, CSV, TSV and Parquet alike', async () => {
    const rows = [
      { question: 'Line one\nline two, with "quotes" and\ttab?', better: '=SUM(A1)', worse: 'ü 語 \u2028 end' },
      { question: '', better: 'x', worse: 'y' },
    ].slice(0, 1)
    const folder = newFolder()
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
    const table = (delimiter: string): string =>
      ['question', 'better', 'worse'].join(delimiter) +
      rows.map((row) => `\r\n${Object.values(row).map(quoted).join(delimiter)}`).join('') +
      '\r\n'
    const packed = join(folder, 'd.jsonl.gz')
    writeFileSync(packed, gzipSync(toJsonl(rows)))
    const paths = [
      write(toJsonl(rows), folder, 'a.jsonl'),
      write(`\uFEFF${table(',')}`, folder, 'b.csv'),
      write(table('\t'), folder, 'c.tsv'),
      packed,
      await writeParquet(rows, { question: 'VARCHAR', better: 'VARCHAR', worse: 'VARCHAR' }, join(folder, 'e.parquet')),
    ]
    const loaded = await Promise.all(paths.map((path) => loadFile({ path, columns: PAIR })))
    expect(new Set(loaded.map(({ fingerprint }) => fingerprint)).size).toBe(1)
    expect(loaded[1]?.examples[0]?.prompt).toBe(rows[0]?.question)
  })

  it('needs a format where the name says none', async () => {
    const path = write(toJsonl([ROW]), newFolder(), 'pairs.data')
    await expect(loadFile({ path, columns: PAIR })).rejects.toThrow(
      'benchmark.format: expected `format:` jsonl, csv or parquet',
    )
    expect((await loadFile({ path, columns: PAIR, format: 'jsonl' })).examples).toHaveLength(1)
  })

  it('is what a study with source file gets', async () => {
    const root = newFolder()
    write(toJsonl([ROW, { ...ROW, better: 'No.' }]), root, 'mine.jsonl')
    const named = { source: 'file', path: 'mine.jsonl', columns: PAIR } as const
    await expect(loadBenchmark(named, projectAt(root))).rejects.toThrow('found responses 0 and 1 the same')
    const { examples, report } = await loadBenchmark({ ...named, problems: 'report' }, projectAt(root))
    expect(examples).toHaveLength(1)
    expect(report).toMatchObject({ policy: 'report', rows: 2, skipped: { 'identical-responses': 1 } })
    await expect(loadBenchmark({ source: 'file' }, projectAt(root))).rejects.toThrow(
      'benchmark.path: expected a path to the file',
    )
  })
})

const messages = (...contents: string[]): object[] =>
  contents.map((content, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content }))

/** The columns that the data sets' own pages document, with the mapping that docs/benchmarks.md gives. */
const WELL_KNOWN: readonly (readonly [
  name: string,
  row: object,
  columns: BenchmarkColumns,
  expected: Partial<Example>,
])[] = [
  [
    'UltraFeedback binarized',
    {
      prompt: 'Why?',
      prompt_id: 'p1',
      chosen: messages('Why?', 'Because.'),
      rejected: messages('Why?', 'No.'),
      messages: [],
      score_chosen: 8,
      score_rejected: 3,
    },
    {
      id: 'prompt_id',
      prompt: 'prompt',
      chosen: 'chosen',
      rejected: 'rejected',
      metadata: ['score_chosen', 'score_rejected'],
    },
    {
      id: 'p1',
      prompt: 'Why?',
      responses: [{ text: 'Because.' }, { text: 'No.' }],
      chosen: [0],
      metadata: { score_chosen: 8, score_rejected: 3 },
    },
  ],
  [
    'Skywork-Reward-Preference',
    { chosen: messages('Why?', 'Because.'), rejected: messages('Why?', 'No.'), source: 'magpie' },
    { chosen: 'chosen', rejected: 'rejected', subset: 'source' },
    { subset: 'magpie', prompt: 'Why?', responses: [{ text: 'Because.' }, { text: 'No.' }] },
  ],
  [
    'hh-rlhf',
    {
      chosen: '\n\nHuman: Hi\n\nAssistant: Hello.\n\nHuman: Why?\n\nAssistant: Because.\n\nSo.',
      rejected: '\n\nHuman: Hi\n\nAssistant: Hello.\n\nHuman: Why?\n\nAssistant: No.',
    },
    { chosen: 'chosen', rejected: 'rejected' },
    {
      prompt: messages('Hi', 'Hello.', 'Why?') as unknown as Example['prompt'],
      responses: [{ text: 'Because.\n\nSo.' }, { text: 'No.' }],
    },
  ],
  [
    'HelpSteer3 preference',
    {
      domain: 'code',
      language: 'python',
      context: messages('Hi', 'Hello.', 'Why?'),
      response1: 'one',
      response2: 'two',
      overall_preference: 2,
      individual_preference: [],
    },
    {
      subset: 'domain',
      prompt: 'context',
      responses: ['response1', 'response2'],
      label: 'overall_preference',
      values: [
        [-3, -2, -1],
        [1, 2, 3],
      ],
      ties: [0],
    },
    { subset: 'code', chosen: [1], prompt: messages('Hi', 'Hello.', 'Why?') as unknown as Example['prompt'] },
  ],
  [
    'Nectar',
    {
      prompt: '\n\nHuman: Why? \n\nAssistant: ',
      answers: [
        { answer: 'two', model: 'm2', rank: 2 },
        { answer: 'one', model: 'm1', rank: 1 },
        { answer: 'three', model: 'm3', rank: 3 },
      ],
      turns: 1,
    },
    { prompt: 'prompt', responses: 'answers', text: 'answer', rank: 'rank', models: 'model' },
    {
      chosen: [1],
      responses: [
        { text: 'two', model: 'm2' },
        { text: 'one', model: 'm1' },
        { text: 'three', model: 'm3' },
      ],
    },
  ],
  [
    'MT-bench human judgments',
    {
      question_id: 81,
      model_a: 'alpaca',
      model_b: 'gpt',
      winner: 'model_b',
      judge: 'author_2',
      conversation_a: messages('Why?', 'a'),
      conversation_b: messages('Why?', 'b'),
      turn: 1,
    },
    {
      responses: ['conversation_a', 'conversation_b'],
      label: 'winner',
      models: ['model_a', 'model_b'],
      metadata: ['question_id', 'judge', 'turn'],
    },
    {
      prompt: 'Why?',
      chosen: [1],
      responses: [
        { text: 'a', model: 'alpaca' },
        { text: 'b', model: 'gpt' },
      ],
      metadata: { question_id: 81, judge: 'author_2', turn: 1 },
    },
  ],
  [
    'Arena human preference 140k',
    {
      id: 'u1',
      model_a: 'x',
      model_b: 'y',
      winner: 'model_a',
      evaluation_session_id: 's',
      evaluation_order: 1,
      conversation_a: [
        { role: 'user', content: [{ type: 'text', text: 'Why?', image: null, mimeType: null }] },
        { role: 'assistant', content: [{ type: 'text', text: 'a', image: null, mimeType: null }] },
      ],
      conversation_b: [
        { role: 'user', content: [{ type: 'text', text: 'Why?', image: null, mimeType: null }] },
        { role: 'assistant', content: [{ type: 'text', text: 'b', image: null, mimeType: null }] },
      ],
    },
    {
      id: 'id',
      responses: ['conversation_a', 'conversation_b'],
      label: 'winner',
      ties: ['tie', 'both_bad'],
      models: ['model_a', 'model_b'],
      metadata: ['evaluation_session_id'],
    },
    {
      id: 'u1',
      prompt: 'Why?',
      chosen: [0],
      responses: [
        { text: 'a', model: 'x' },
        { text: 'b', model: 'y' },
      ],
    },
  ],
]

describe('the mapping of a well-known set', () => {
  it.each(WELL_KNOWN)('%s', async (_, row, columns, expected) => {
    const { examples } = await load([row], columns)
    expect(examples).toHaveLength(1)
    expect(examples[0]).toMatchObject(expected)
  })

  it('reads conversations from real Parquet structs', async () => {
    const row = WELL_KNOWN[1]?.[1] as object
    const type = 'STRUCT(content VARCHAR, role VARCHAR)[]'
    const path = await writeParquet(
      [row],
      { chosen: type, rejected: type, source: 'VARCHAR' },
      join(newFolder(), 'x.parquet'),
    )
    const { examples } = await loadFile({ path, columns: { chosen: 'chosen', rejected: 'rejected', subset: 'source' } })
    expect(examples[0]?.prompt).toBe('Why?')
  })

  it.each([
    [
      'conversations that part before the last turn',
      messages('Hi', 'x', 'Why?', 'a'),
      messages('Hi', 'y', 'Why?', 'b'),
      'responses.1: expected one prompt for all responses',
    ],
    [
      'conversations that end with the user',
      messages('Hi', 'x', 'Why?'),
      messages('Hi', 'y'),
      'chosen: expected a conversation that ends in an answer of the assistant, found "user"',
    ],
    [
      'an image in a conversation',
      [{ role: 'user', content: [{ type: 'image' }] }],
      messages('Hi', 'y'),
      'chosen: expected a text or messages, found [{"role":"user"',
    ],
    [
      'a text without a prompt',
      'only an answer',
      'another',
      'prompt: expected a prompt, or conversations that begin with it',
    ],
  ])('refuses %s', async (_, chosen, rejected, message) => {
    await expect(load([{ chosen, rejected }], { chosen: 'chosen', rejected: 'rejected' })).rejects.toThrow(message)
  })

  it('refuses a conversation that does not end in the mapped prompt', async () => {
    const row = { prompt: 'Else?', chosen: messages('Why?', 'a'), rejected: messages('Why?', 'b') }
    await expect(load([row], { prompt: 'prompt', chosen: 'chosen', rejected: 'rejected' })).rejects.toThrow(
      'responses.0: expected one prompt',
    )
  })
})

describe('a mapping of a column that the file does not have', () => {
  it.each([
    [{ ...PAIR, prompt: 'qestion' }, 'prompt', '"qestion" (did you mean "question"?)'],
    [{ ...PAIR, chosen: ['better', 'bettr'] }, 'chosen', '"bettr" (did you mean "better"?)'],
    [{ ...PAIR, subset: 'kind' }, 'subset', '"kind"'],
  ])('is refused once, with the columns that there are: %j', async (columns, field, found) => {
    const message = `benchmark.columns.${field}: expected a column of my file (question, better, worse), found ${found}`
    for (const [name, text] of [
      ['mine.jsonl', toJsonl([ROW, ROW])],
      ['mine.csv', 'question,better,worse\nWhy?,Because.,No.\n'],
    ] as const) {
      const path = write(text, newFolder(), name)
      for (const problems of ['strict', 'report'] as const)
        await expect(loadFile({ path, named: 'my file', columns, problems })).rejects.toThrow(message)
    }
  })

  it('is no matter where the columns are there and a row is wrong', async () => {
    await expect(load([ROW, { ...ROW, better: 3 }], PAIR)).rejects.toThrow(/mine\.jsonl:2: better: expected/)
  })
})

describe('a file without a mapping', () => {
  it.each(WELL_KNOWN)('is shown with a guess that reads it: %s', async (_, row) => {
    const path = write(toJsonl([row]), newFolder(), 'mine.jsonl')
    const { guess, columns, rows, format } = await previewFile(path)
    expect(columns.map(({ name }) => name)).toEqual(Object.keys(row))
    expect([rows, format]).toEqual([[row], 'jsonl'])
    expect((await loadFile({ path, columns: guess as BenchmarkColumns })).examples).toHaveLength(1)
  })

  it('is refused with its columns, their first values, and the lines to put into the study file', async () => {
    const path = write(
      toJsonl([{ prompt: 'Why?', chosen: 'x'.repeat(99), rejected: 'No.', n: 3, t: ['a'] }]),
      newFolder(),
      'mine.jsonl',
    )
    const failure = (await loadFile({ path }).catch((error: unknown) => error)) as Error
    expect(failure).toMatchObject({ name: 'ConfigError' })
    expect(
      failure.message.replace(path, 'mine.jsonl'),
    ).toBe(`benchmark.columns: expected the mapping of the columns of mine.jsonl, found nothing
  The first row:
    prompt: text, as "Why?"
    chosen: text, as "${'x'.repeat(56)}…
    rejected: text, as "No."
    n: a number, as 3
    t: a list of: text, as ["a"]
  It looks as if this were meant (check it, then put it into the study file):
    columns:
      prompt: prompt
      chosen: chosen
      rejected: rejected`)
  })

  it('is shown with up to three values a column, each once', async () => {
    const rows = ['a', 'b', 'c', 'd'].map((winner, at) => ({ winner, kind: 'x', ...(at === 1 ? { n: 1 } : {}) }))
    const path = write(toJsonl(rows), newFolder(), 'mine.jsonl')
    const shown = describePreview(await previewFile(path, { rows: 4 }))
    expect(shown.split('\n').slice(0, 4)).toEqual([
      '  The first 4 rows:',
      '    winner: text, as "a", "b", "c"',
      '    kind: text, as "x"',
      '    n: a number, as nothing, 1',
    ])
  })

  it('is guessed where its columns are called better and worse', async () => {
    const path = write(toJsonl([ROW]), newFolder(), 'mine.jsonl')
    const { guess } = await previewFile(path)
    expect(guess).toEqual({ prompt: 'question', chosen: 'better', rejected: 'worse' })
    expect((await loadFile({ path, columns: guess as BenchmarkColumns })).examples[0]?.chosen).toEqual([0])
  })

  it('is refused without a guess where none makes sense, and when there are no rows', async () => {
    const path = write(toJsonl([{ a: 1, b: { c: 2 }, d: [] }]), newFolder(), 'mine.jsonl')
    await expect(loadFile({ path })).rejects.toThrow(
      /b: an object with c, as .*\n {4}d: an empty list.*\n {2}No mapping suggests itself/,
    )
    await expect(loadFile({ path: write('[1]\n"x"\n', newFolder(), 'mine.jsonl') })).rejects.toThrow(
      'expected rows that are objects, found none',
    )
  })
})

describe('createColumnReader', () => {
  it('gives nothing that the validator of examples would not take, whatever a row holds', () => {
    const text = fc.oneof(
      { arbitrary: fc.string({ minLength: 1, maxLength: 4 }), weight: 12 },
      { arbitrary: fc.constantFrom('', 3, 1.5, null, undefined, true), weight: 1 },
    )
    const held = fc.oneof(
      text,
      fc.array(text, { maxLength: 3 }),
      fc.array(fc.record({ role: fc.constantFrom('user', 'assistant', 'tool'), content: text }), { maxLength: 3 }),
    )
    const columns = { id: 'id', subset: 's', prompt: 'p', chosen: 'c', rejected: 'r' }
    const where = { file: 'f', line: 1 }
    let accepted = 0
    fc.assert(
      fc.property(fc.record({ id: text, s: text, p: held, c: held, r: held }), (row) => {
        const read = createColumnReader(columns, () => undefined)
        let example: unknown
        try {
          example = read(row, where, { row: 0, file: 'f', at: 1 })
        } catch (error) {
          expect(error).toMatchObject({ name: 'DatasetFormatError' })
          return
        }
        accepted++
        expect(parseExample(example, where)).toEqual(example)
      }),
      { numRuns: 3000, seed: 42 },
    )
    expect(accepted).toBeGreaterThan(50)
  })
})
