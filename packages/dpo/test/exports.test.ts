import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Message, PreferencePair } from '@judgelab/core'
import fc from 'fast-check'
import { validate_preference_openai } from 'together-ai/lib/check-file'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type ExportFormat,
  exportPairs,
  FILE_TYPES,
  preferenceFileProblems,
  readExported,
  rowProblem,
} from '../src/index.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'judgelab-exports-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const FORMATS = Object.entries(FILE_TYPES).flatMap(([format, types]) =>
  types.map((type) => [format as ExportFormat, type] as const),
)

/** Texts of any code points, and the ones that break readers. */
const nasty: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '',
    '"',
    '""',
    "'",
    ',',
    '\n',
    '\r\n',
    '\r',
    '\t',
    '\0',
    '\u2028',
    '\uFEFF',
    ' x ',
    'null',
    '1.0',
    '=1+1',
  ),
  fc.constantFrom('a,"b"\nc', '{"role":"user"}', '<|im_end|>', '👩‍👩‍👧', 'e\u0301', '\\n', '\\', 'ﷺ', '\u202Eabc'),
)

const turns: fc.Arbitrary<readonly Message[]> = fc
  .record({ system: fc.option(nasty, { nil: undefined }), texts: fc.array(nasty, { minLength: 1, maxLength: 4 }) })
  .map(({ system, texts }) => {
    const odd = texts.length % 2 === 1 ? texts : texts.slice(1)
    const told = odd.map((content, at): Message => ({ role: at % 2 === 0 ? 'user' : 'assistant', content }))
    return system === undefined ? told : [{ role: 'system', content: system }, ...told]
  })

const named = fc.oneof(nasty, fc.constant('id')).map((text) => `x${text}`)

const anyPair: fc.Arbitrary<PreferencePair> = fc
  .record({
    id: named,
    input: turns,
    preferred: nasty,
    nonPreferred: nasty,
    weight: fc.option(fc.double({ min: 1e-9, max: 1e6, noNaN: true }), { nil: undefined }),
    origin: fc.oneof(
      fc.record({ strategy: fc.constant('responses' as const), exampleId: named, comparisonId: named, subset: named }),
      fc.record({
        strategy: fc.constant('critiques' as const),
        exampleId: named,
        comparisonId: named,
        subset: named,
        presentation: named,
        judgeId: named,
        repeats: fc.tuple(fc.nat(9), fc.nat(9)),
        promptSha256: named,
      }),
    ),
  })
  .map(({ weight, ...pair }) => ({ v: 1, ...pair, ...(weight === undefined ? {} : { weight }) }))

/** What a format can hold of a pair. */
function fitted(pair: PreferencePair, format: ExportFormat): PreferencePair {
  const { weight: _, ...unweighted } = pair
  const oneTurn = pair.input.filter(({ role }) => role !== 'assistant').slice(-1)
  if (format === 'openai') return { ...unweighted, input: oneTurn }
  if (format === 'trl') return { ...unweighted, input: oneTurn }
  return format === 'trl-conversational' ? unweighted : pair
}

function heldOf(pair: PreferencePair, format: ExportFormat): unknown {
  if (format === 'parquet' || format === 'csv') return pair
  const { input, preferred, nonPreferred, weight } = pair
  return { input, preferred, nonPreferred, ...(weight === undefined ? {} : { weight }) }
}

async function allOf<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const row of rows) all.push(row)
  return all
}

describe.each(FORMATS)('exported as %s in %s', (format, type) => {
  it('reads back equal, whatever the texts', async () => {
    const file = join(folder, `${format}-round.${type}`)
    await fc.assert(
      fc.asyncProperty(fc.array(anyPair, { minLength: 10, maxLength: 40 }), async (pairs) => {
        const held = pairs.map((pair) => fitted(pair, format))
        const exported = await exportPairs(held, { format, file })
        expect(exported).toMatchObject({ file, format, rows: held.length, refused: { count: 0 } })
        expect(await allOf(readExported(file, format))).toEqual(held.map((pair) => heldOf(pair, format)))
      }),
      { seed: 5, numRuns: 10 },
    )
  })
})

const pair = (more: Partial<PreferencePair> = {}): PreferencePair => ({
  v: 1,
  id: 'p',
  input: [{ role: 'user', content: 'Why?' }],
  preferred: 'Because.',
  nonPreferred: 'No.',
  origin: { strategy: 'responses', exampleId: 'e', comparisonId: 'e:0>1', subset: 'Math' },
  ...more,
})
const say = (role: Message['role'], content = 'x'): Message => ({ role, content })

describe('what a service refuses', () => {
  const row = {
    input: { messages: [say('system'), say('user'), say('assistant'), say('user')] },
    preferred_output: [say('assistant')],
    non_preferred_output: [say('assistant')],
  }

  it.each([
    [[], 'expected an object'],
    [{ ...row, tools: [] }, 'tools: expected no such field'],
    [{ ...row, input: 'x' }, 'input: expected an object'],
    [{ ...row, input: { ...row.input, extra: 1 } }, 'input.extra: expected no such field'],
    [{ ...row, input: { messages: [] } }, 'input.messages: expected a list with messages'],
    [
      { ...row, input: { messages: [say('user'), say('assistant')] } },
      "input.messages: expected a last message that is not the assistant's",
    ],
    [
      { ...row, input: { messages: [say('user'), say('user')] } },
      'input.messages.1: expected roles in turn, found user twice in a row',
    ],
    [
      { ...row, input: { messages: [say('user'), say('system')] } },
      'input.messages.1: expected a system message only first',
    ],
    [
      { ...row, input: { messages: [{ role: 'tool', content: 'x' }] } },
      'input.messages.0.role: expected one of system, user, assistant, found tool',
    ],
    [{ ...row, input: { messages: [{ role: 'user' }] } }, 'input.messages.0.content: expected a text'],
    [{ ...row, preferred_output: [] }, 'preferred_output: expected a list with exactly one message'],
    [
      { ...row, preferred_output: [say('assistant'), say('assistant')] },
      'preferred_output: expected a list with exactly one message',
    ],
    [
      { ...row, non_preferred_output: [say('user')] },
      "non_preferred_output.0: expected the assistant's message, found user's",
    ],
    [
      { ...row, preferred_output: [say('assistant', '\ud800')] },
      'preferred_output.0.content: expected well-formed Unicode',
    ],
    [{ ...row, weight: -1 }, 'weight: expected a number of at least 0, found -1'],
  ])('%j: %s', (broken, problem) => {
    expect(rowProblem(broken, 'together')).toContain(problem)
    expect(rowProblem(broken, 'openai')).toBeDefined()
  })

  it('is nothing in a row of several turns with tools and a weight, at Together; OpenAI takes one turn and no weight', () => {
    expect(rowProblem({ ...row, input: { ...row.input, tools: [] }, weight: 0.5 }, 'together')).toBeUndefined()
    expect(rowProblem(row, 'openai')).toBe('input.messages: expected one turn, found one of the assistant')
    const one = { ...row, input: { messages: [say('user')], parallel_tool_calls: true } }
    expect(rowProblem(one, 'openai')).toBeUndefined()
    expect(rowProblem({ ...one, weight: 1 }, 'openai')).toBe('weight: expected none, OpenAI has no weights')
    expect(rowProblem(one, 'together')).toBe('input.parallel_tool_calls: expected no such field')
  })

  it("is refused by Together's own check where that check looks, and nothing that we let through", () => {
    const messages = fc.array(
      fc.record({
        role: fc.constantFrom('system', 'user', 'assistant', 'tool'),
        content: fc.oneof(fc.string(), fc.constant(1)),
      }),
      { maxLength: 3 },
    )
    const rows = fc.record({
      input: fc.oneof(fc.record({ messages }), fc.constant({})),
      preferred_output: messages,
      non_preferred_output: messages,
    })
    const theirs = (value: Parameters<typeof validate_preference_openai>[0]): boolean => {
      try {
        validate_preference_openai(value, 0)
        return true
      } catch {
        return false
      }
    }
    let passed = 0
    const right = fc.constant(row)
    fc.assert(
      fc.property(
        fc.oneof(
          rows,
          right,
          fc.record({
            input: fc.record({ messages }),
            preferred_output: fc.constant(row.preferred_output),
            non_preferred_output: fc.constant(row.preferred_output),
          }),
        ),
        (value) => {
          if (rowProblem(value, 'together') !== undefined) return
          passed++
          expect(theirs(value)).toBe(true)
        },
      ),
      { seed: 3, numRuns: 500 },
    )
    expect(passed).toBeGreaterThan(50)
  })
})

describe('what TRL does not take', () => {
  it.each([
    ['trl', { prompt: 'a', chosen: 'b' }, 'rejected: expected a text'],
    ['trl', { prompt: 'a', chosen: 'b', rejected: 'c', weight: 1 }, 'weight: expected no such field'],
    ['trl', { prompt: [say('user')], chosen: 'b', rejected: 'c' }, 'prompt: expected a text'],
    ['trl-conversational', { prompt: 'a', chosen: 'b', rejected: 'c' }, 'prompt: expected a list with messages'],
    [
      'trl-conversational',
      { prompt: [say('user'), say('assistant')], chosen: [say('assistant')], rejected: [say('assistant')] },
      'prompt: expected a last message',
    ],
    [
      'trl-conversational',
      { prompt: [say('user')], chosen: [say('user')], rejected: [say('assistant')] },
      "chosen.0: expected the assistant's message",
    ],
  ] as const)('%s: %j: %s', (format, row, problem) => {
    expect(rowProblem(row, format)).toContain(problem)
  })
})

describe('an export that is stopped', () => {
  it('ends at its next row, and leaves no file behind', async () => {
    const controller = new AbortController()
    let given = 0
    const pairs = function* (): Generator<PreferencePair> {
      for (; given < 100; given++) {
        if (given === 3) controller.abort(new Error('stopped'))
        yield pair()
      }
    }
    const options = { format: 'trl', file: join(folder, 'stopped.jsonl'), signal: controller.signal } as const
    await expect(exportPairs(pairs(), options)).rejects.toThrow('stopped')
    expect([given, readdirSync(folder).filter((name) => name.startsWith('stopped'))]).toEqual([3, []])
  })
})

describe('refused pairs', () => {
  const pairs = [pair(), pair({ id: 'q', preferred: '\udc00' }), pair({ id: 'r', weight: 2 })]

  it('end the export with line, id and reason, and leave no file behind', async () => {
    const file = join(folder, 'refused.jsonl')
    await expect(exportPairs(pairs, { format: 'trl', file })).rejects.toThrow(
      "expected pairs that trl takes, found 2 that it refuses:\n  line 2, q: chosen: expected well-formed Unicode, found half of a surrogate pair\n  line 3, r: weight: expected 1, since TRL's DPOTrainer has no weights, found 2",
    )
    expect(readdirSync(folder).filter((name) => name.startsWith('refused'))).toEqual([])
  })

  it('are left out and counted, or go without their weight, where that is asked for', async () => {
    const file = join(folder, 'left.jsonl')
    const left = await exportPairs(pairs, { format: 'trl', file, refused: 'leave-out' })
    expect(left).toMatchObject({
      rows: 1,
      refused: {
        count: 2,
        cases: [
          { line: 2, id: 'q' },
          { line: 3, id: 'r' },
        ],
      },
    })
    const dropped = await exportPairs(pairs, { format: 'trl', file, refused: 'leave-out', dropWeights: true })
    expect(dropped).toMatchObject({ rows: 2, refused: { count: 1 } })
    expect(readFileSync(file, 'utf8')).toBe('{"prompt":"Why?","chosen":"Because.","rejected":"No."}\n'.repeat(2))
  })

  it('are conversations in standard rows, and turns of the assistant at OpenAI', async () => {
    const long = pair({ input: [say('user'), say('assistant'), say('user')] })
    const refusal = (format: ExportFormat): Promise<unknown> =>
      exportPairs([long], { format, file: join(folder, 'long.jsonl') })
    await expect(refusal('trl')).rejects.toThrow('use trl-conversational')
    await expect(refusal('openai')).rejects.toThrow('expected one turn, found one of the assistant')
    await expect(refusal('trl-conversational')).resolves.toMatchObject({ rows: 1 })
    await expect(exportPairs([pair()], { format: 'openai', file: join(folder, 'few.jsonl') })).rejects.toThrow(
      'expected at least 10 rows for openai, found 1',
    )
    await expect(exportPairs([pair()], { format: 'csv', file: 'x.jsonl' })).rejects.toThrow(
      'needs a file that ends in csv',
    )
  })
})

describe('a preference file', () => {
  it('is looked through line by line, before anything is uploaded', async () => {
    const file = join(folder, 'mixed.jsonl')
    await exportPairs([pair(), pair({ weight: 3 })], { format: 'together', file })
    expect(await preferenceFileProblems(file, 'together')).toEqual({ rows: 2, problems: [] })
    expect(await preferenceFileProblems(file, 'openai')).toEqual({
      rows: 2,
      problems: [{ line: 2, reason: 'weight: expected none, OpenAI has no weights' }],
    })
    writeFileSync(file, '{"prompt":"a","chosen":"b","rejected":"c"}\n')
    expect((await preferenceFileProblems(file, 'together')).problems).toEqual([
      { line: 1, reason: 'input: expected an object' },
    ])
    await expect(allOf(readExported(file, 'together'))).rejects.toThrow('mixed.jsonl:1: input: expected an object')
  })

  it('has the digest of its bytes', async () => {
    const file = join(folder, 'digest.jsonl')
    const exported = await exportPairs([pair()], { format: 'together', file })
    const { createHash } = await import('node:crypto')
    expect(exported.sha256).toBe(createHash('sha256').update(readFileSync(file)).digest('hex'))
    expect(exported.bytes).toBe(readFileSync(file).length)
  })
})
