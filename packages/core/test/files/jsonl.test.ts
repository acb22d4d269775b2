import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  DatasetFormatError,
  digestText,
  finish,
  type JsonlLine,
  jsonlDigestSteps,
  parseJson,
  readJsonl,
  toJsonl,
} from '@judgelab/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { temporaryFolders } from '../support/temporary-folder.js'

const newFolder = temporaryFolders()

async function linesOf(content: string | Uint8Array, end?: number): Promise<JsonlLine[]> {
  const file = join(newFolder(), 'lines.jsonl')
  writeFileSync(file, content)
  return collect(readJsonl(file, end))
}

async function collect(lines: AsyncIterable<JsonlLine>): Promise<JsonlLine[]> {
  const collected: JsonlLine[] = []
  for await (const line of lines) collected.push(line)
  return collected
}

async function valuesOf(content: string | Uint8Array, end?: number): Promise<unknown[]> {
  return (await linesOf(content, end)).map(({ value }) => value)
}

async function failureOf(content: string | Uint8Array): Promise<DatasetFormatError> {
  const failure = await linesOf(content).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(DatasetFormatError)
  return failure as DatasetFormatError
}

describe('readJsonl', () => {
  it('reads values with file and line, the last line without a newline too', async () => {
    const lines = await linesOf('{"a":1}\n[2]\n"three"')
    expect(lines.map(({ value }) => value)).toEqual([{ a: 1 }, [2], 'three'])
    expect(lines.map(({ where }) => where.line)).toEqual([1, 2, 3])
    expect(lines[0]?.where.file).toMatch(/lines\.jsonl$/)
  })

  it('skips a byte order mark, carriage returns and blank lines, which still count as lines', async () => {
    const lines = await linesOf('\uFEFF{"a":1}\r\n\r\n  \t\n{"a":2}\r\n')
    expect(lines.map(({ value }) => value)).toEqual([{ a: 1 }, { a: 2 }])
    expect(lines.map(({ where }) => where.line)).toEqual([1, 4])
  })

  it('ends lines at newlines only: texts keep U+2028, U+2029, U+0085, a byte order mark and a lone carriage return', async () => {
    const text = 'one\u2028two\u2029three\u0085four\uFEFFfive'
    expect(await valuesOf(`{"t":"${text}"}\n"\uFEFF"\n"a\\rb"\n`)).toEqual([{ t: text }, '\uFEFF', 'a\rb'])
  })

  it('reads nothing from an empty file, and nothing up to byte 0', async () => {
    expect(await valuesOf('')).toEqual([])
    expect(await valuesOf('\n\n')).toEqual([])
    expect(await valuesOf('not json', 0)).toEqual([])
  })

  it('reads only the first `end` bytes', async () => {
    expect(await valuesOf('{"ü":1}\n{"a":2}\n{"a', 9)).toEqual([{ ü: 1 }])
    expect(await valuesOf('{"ü":1}\n{"a":2}\n{"a', 17)).toEqual([{ ü: 1 }, { a: 2 }])
    expect(await valuesOf('1\n2\n', 1000)).toEqual([1, 2])
  })

  it('puts characters and lines together that a block of reading cuts apart', async () => {
    const long = 'é€𝄞'.repeat(180_000) // 9 bytes a repetition: 1.6 MB, so that 1 MiB falls inside a character
    expect(await valuesOf(`${JSON.stringify({ long })}\n${JSON.stringify(long)}\n1\n`)).toEqual([{ long }, long, 1])
  })

  it('gives back any values, in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 20 }), async (values) => {
        expect(await valuesOf(toJsonl(values))).toEqual(JSON.parse(JSON.stringify(values)))
      }),
      { seed: 1, numRuns: 60 },
    )
  })

  it('names file and line of a line that is not JSON, and shows how it begins', async () => {
    const failure = await failureOf('{"a":1}\n\n{"a":\n{"a":2}\n')
    expect(failure.line).toBe(3)
    expect(failure.message).toMatch(/lines\.jsonl:3: expected JSON, found "\{\\"a\\":" \(.+\)$/)
    expect(failure.cause).toBeInstanceOf(SyntaxError)
  })

  it('does not take odd white space for a blank line', async () => {
    expect((await failureOf('1\n\u00a0\n')).line).toBe(2)
  })

  it('names the line whose bytes are not UTF-8, instead of reading replacement characters', async () => {
    const failure = await failureOf(Buffer.concat([Buffer.from('"fine"\n"'), Buffer.from([0xc3]), Buffer.from('"\n')]))
    expect(failure.line).toBe(2)
    expect(failure.message).toContain('expected UTF-8 text, found bytes that are not')
  })

  it('says which file it could not read', async () => {
    const file = join(newFolder(), 'missing.jsonl')
    const failure = await collect(readJsonl(file)).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(DatasetFormatError)
    expect(failure).toMatchObject({ file, cause: { code: 'ENOENT' } })
    expect((failure as Error).message).toContain('expected a readable file of lines, found none (ENOENT')
  })
})

describe('parseJson', () => {
  it('shows no more than the beginning of a long text', () => {
    expect(() => parseJson('x'.repeat(1000), { file: 'f.json' })).toThrow(`"${'x'.repeat(40)}"`)
  })
})

describe('jsonlDigestSteps', () => {
  it.each([0, 1, 3, 700])('is the digest of what toJsonl gives, for %i values of 2 kB', (count) => {
    const values = Array.from({ length: count }, (_, at) => ({ at, text: 'ü'.repeat(2000) }))
    expect(finish(jsonlDigestSteps(values))).toBe(digestText(toJsonl(values)))
  })
})

describe('toJsonl', () => {
  it('writes one line a value, each ended by a newline, and nothing for nothing', () => {
    expect(toJsonl([{ t: 'a\nb' }, 2])).toBe('{"t":"a\\nb"}\n2\n')
    expect(toJsonl([])).toBe('')
  })
})
