import { join } from 'node:path'
import { createColumnReader, createProblemLog, type DataReport, loadFile, readExamples } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { temporaryFolders, write } from '../support/temporary-folder.js'
import { writeParquet } from '../support/write-parquet.js'

const newFolder = temporaryFolders()
const COLUMNS = { id: 'id', prompt: 'q', chosen: 'a', rejected: 'b' }
const HUGE = 1 << 20

/** Ids and report of what a file of rows gives under the policy `report`. */
async function read(content: string | Buffer, name = 'rows.jsonl'): Promise<{ ids: string[]; report: DataReport }> {
  const path = join(newFolder(), name)
  write('', path)
  const { writeFileSync } = await import('node:fs')
  writeFileSync(path, content)
  const { examples, report } = await loadFile({ path, columns: COLUMNS, problems: 'report' })
  return { ids: examples.map(({ id }) => id), report: report as DataReport }
}

function line(id: string, more = ''): string {
  return JSON.stringify({ id, q: `Question ${id}?${more}`, a: 'yes', b: 'no' })
}

describe('rows of JSONL', () => {
  it('end at newlines only; a byte order mark, carriage returns and blank lines are skipped, and blank lines count', async () => {
    const { ids, report } = await read(`\uFEFF${line('1')}\r\n\n \t\r\n${line('2')}\n{"bad"\n\n${line('3')}`)
    expect(ids).toEqual(['1', '2', '3'])
    expect(report.problems.map(({ where, kind }) => [where.line, kind])).toEqual([[5, 'unreadable']])
    expect(report.rows).toBe(4)
  })

  it('keep their line numbers across megabytes, and lines longer than a chunk', async () => {
    const long = line('long', 'x'.repeat(3 * HUGE))
    const many = Array.from({ length: 3000 }, (_, at) => line(`n${at}`, ' filler'.repeat(100)))
    const { ids, report } = await read([long, ...many, 'no json', line('last')].join('\n\n'))
    expect(ids).toHaveLength(3002)
    expect([ids[0], ids[1], ids.at(-1)]).toEqual(['long', 'n0', 'last'])
    expect(report.problems.map(({ where }) => where.line)).toEqual([1 + 2 * 3001])
  })

  it('may be split between any two bytes of a chunk: a wide letter on the border stays whole', async () => {
    for (const shift of [0, 1, 2, 3]) {
      const filler = JSON.stringify({ id: 'f', q: 'x'.repeat(HUGE - 60 + shift), a: 'yes', b: 'no' })
      const { ids } = await read(`${filler}\n${line('語語語語語語語語語語語語語語語語')}\n`)
      expect(ids).toEqual(['f', '語語語語語語語語語語語語語語語語'])
    }
  })

  it('that are not UTF-8 are left out alone', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${line('1')}\n`),
      Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x0a]),
      Buffer.from(`${line('ü')}\n`),
    ])
    const { ids, report } = await read(bytes)
    expect(ids).toEqual(['1', 'ü'])
    expect(report.problems).toEqual([
      {
        kind: 'unreadable',
        where: { file: expect.stringContaining('rows.jsonl'), line: 2 },
        message: 'expected UTF-8 text, found bytes that are not',
      },
    ])
  })

  it('that are lists or texts are malformed', async () => {
    const { report } = await read(`${line('1')}\n[1]\n"x"\nnull\n7\n`)
    expect(report.skipped).toEqual({ malformed: 4 })
  })
})

describe('rows of CSV', () => {
  it('keep carriage returns, newlines, quotes and commas inside fields', async () => {
    const path = write('id,q,a,b\n1,"one\r\ntwo\rthree\nfour","a, ""b""",\u2028\n', newFolder(), 'rows.csv')
    const { examples, report } = await loadFile({ path, columns: COLUMNS })
    expect(examples[0]?.prompt).toBe('one\r\ntwo\rthree\nfour')
    expect(examples[0]?.responses.map(({ text }) => text)).toEqual(['a, "b"', '\u2028'])
    expect(report?.notes).toEqual({ 'carriage-return': 1, 'empty-rejected': 1, 'line-separator': 1 })
  })

  it.each(['\n', '\r\n'])(
    'are numbered by the line where they begin, and left out where fields are missing (%j)',
    async (newline) => {
      const text = 'id,q,a,b\n1,"x\ny",a,b\n2,short\n\n3,q3,a,b\n4,q4,a,b,more\n5,q5,a,a\n'
      const { ids, report } = await read(text.replaceAll('\n', newline), 'rows.csv')
      expect(ids).toEqual(['1', '3'])
      expect(report.skipped).toEqual({ unreadable: 2, 'identical-responses': 1 })
      expect(report.problems.map(({ where }) => where.line)).toEqual([4, 7, 8])
    },
  )

  it.each([
    ['a column named twice', 'id,q,a,a\n', 'rows.csv:1: expected columns with names of their own, found "a" twice'],
    ['a stray quote', 'id,q,a,b\n1,q,a,b\n2,"q"x,a,b\n3,q,a,b\n', 'rows.csv:3: expected CSV, found something else'],
    ['a quote that is never closed', 'id,q,a,b\n1,"q,a,b\n', 'expected CSV, found something else (Quote Not Closed'],
    [
      'bytes that are not UTF-8',
      Buffer.from([0x69, 0x64, 0x0a, 0xff, 0x0a]),
      'expected UTF-8 text, found bytes that are not, on or after this line',
    ],
  ])('are refused with %s', async (_, content, message) => {
    await expect(read(content, 'rows.csv')).rejects.toThrow(message)
  })
})

describe('rows of Parquet', () => {
  it('become plain JSON: whole numbers, times, missing values', async () => {
    const row = {
      id: 'a',
      q: 'Why?',
      a: 'x',
      b: 'y',
      n: 42,
      big: '9007199254740993',
      t: '2026-02-02 12:00:00',
      f: null,
      deep: { l: [1, null], s: { k: 'v' } },
    }
    const types = {
      id: 'VARCHAR',
      q: 'VARCHAR',
      a: 'VARCHAR',
      b: 'VARCHAR',
      n: 'BIGINT',
      big: 'BIGINT',
      t: 'TIMESTAMP',
      f: 'DOUBLE',
      deep: 'STRUCT(l INTEGER[], s STRUCT(k VARCHAR))',
    }
    const path = await writeParquet([row], types, join(newFolder(), 'x.parquet'))
    const { examples } = await loadFile({ path, columns: COLUMNS })
    expect(examples[0]?.metadata).toEqual({
      n: 42,
      big: '9007199254740993',
      t: '2026-02-02T12:00:00.000Z',
      f: null,
      deep: { l: [1, null], s: { k: 'v' } },
    })
  })
})

describe('readExamples', () => {
  it('reads several files as one source, whose ids and contents must differ', async () => {
    const folder = newFolder()
    const files = [
      write(`${line('1')}\n`, folder, 'a.jsonl'),
      write(`${line('2')}\n${line('1', ' again')}\n`, folder, 'b.jsonl'),
    ]
    const log = createProblemLog('report')
    const seen: string[] = []
    const fromRow = createColumnReader(COLUMNS, log.note)
    for await (const { id } of readExamples({ files, format: 'jsonl', fromRow, ownership: 'own', log })) seen.push(id)
    expect(seen).toEqual(['1', '2'])
    expect(log.report().problems[0]).toMatchObject({
      kind: 'id-collision',
      where: { line: 2 },
      message: expect.stringContaining('"1" as in row 1'),
    })
  })

  it('gives no more examples once something is wrong under the policy strict, and ends with all that is', async () => {
    const bad = JSON.stringify({ id: 'x', q: 'Q?', a: 'same', b: 'same' })
    const files = [write([line('1'), bad, line('2'), ...Array(14).fill('{')].join('\n'), newFolder(), 'a.jsonl')]
    const log = createProblemLog('strict')
    const fromRow = createColumnReader(COLUMNS, log.note)
    const seen: string[] = []
    const work = async (): Promise<void> => {
      for await (const { id } of readExamples({ files, format: 'jsonl', fromRow, ownership: 'own', log })) seen.push(id)
    }
    const failure = (await work().catch((error: unknown) => error)) as Error
    expect(seen).toEqual(['1'])
    expect(failure).toMatchObject({ name: 'DatasetFormatError', line: 2, field: 'responses' })
    const lines = failure.message.replaceAll(files[0] as string, 'a.jsonl').split('\n')
    expect(lines).toHaveLength(12)
    expect(lines[0]).toBe(
      'a.jsonl:2: responses: expected chosen and rejected responses that differ, found responses 0 and 1 the same',
    )
    expect(lines[1]).toMatch(/^ {2}a\.jsonl:4: expected JSON, found "\{"/)
    expect(lines.slice(10)).toEqual([
      '  and 5 more',
      '  15 problems in all; `problems: report` would leave these rows out and count them',
    ])
  })
})
