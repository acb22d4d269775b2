import { ConfigError, projectAt, toJsonl } from '@judgelab/core'
import { loadBenchmark } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { temporaryFolders, write } from './support/temporary-folder.js'

const newFolder = temporaryFolders()
const row = (id: string): object => ({ id, prompt: 'p', chosen: ['c'], rejected: ['r', 's', 't'], subset: 'Math' })

describe('loadBenchmark', () => {
  it('reads the built-in benchmark from the project, and calls it synthetic', async () => {
    const root = newFolder()
    write(toJsonl([row('a'), row('b')]), root, 'data', 'builtin', 'benchmark.jsonl')
    const benchmark = await loadBenchmark({ source: 'builtin' }, projectAt(root))
    expect(benchmark.examples.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(benchmark.synthetic).toBe(true)
    expect(`${benchmark.name} ${benchmark.about}`).toMatch(/synthetic.*Synthetic/)
  })

  it('takes paths relative to the root of the project', async () => {
    const root = newFolder()
    write(toJsonl([row('z')]), root, 'elsewhere', 'rows.jsonl')
    const benchmark = await loadBenchmark({ source: 'builtin', path: 'elsewhere/rows.jsonl' }, projectAt(root))
    expect(benchmark.examples.map(({ id }) => id)).toEqual(['z'])
  })

  it.each([
    ['no file', undefined, 'expected a readable file, found none'],
    ['an empty file', '\n', 'expected at least one example, found none'],
    ['a line that is no JSON', `${toJsonl([row('a')])}{"id"`, 'rows.jsonl:2: expected JSON'],
    ['a malformed row', toJsonl([row('a'), { ...row('b'), chosen: [] }]), 'rows.jsonl:2: chosen: expected a list'],
    [
      'an id twice',
      toJsonl([row('a'), row('b'), row('a')]),
      'rows.jsonl:3: id: expected an id that occurs once, found "a" as in row 1',
    ],
  ])('refuses %s, naming the file', async (_, text, message) => {
    const root = newFolder()
    if (text !== undefined) write(text, root, 'rows.jsonl')
    const failure = await loadBenchmark({ source: 'builtin', path: 'rows.jsonl' }, projectAt(root)).catch(
      (e: unknown) => e,
    )
    expect(failure).toMatchObject({ name: 'DatasetFormatError' })
    expect((failure as Error).message).toContain(message)
    expect((failure as Error).message).toContain('rows.jsonl')
  })

  it('asks for the folder of LLMBar', async () => {
    const failure = await loadBenchmark({ source: 'llmbar' }, projectAt(newFolder())).catch((e: unknown) => e)
    expect(failure).toBeInstanceOf(ConfigError)
    expect((failure as Error).message).toBe('benchmark.path: expected a path to the LLMBar data, found nothing')
  })
})
