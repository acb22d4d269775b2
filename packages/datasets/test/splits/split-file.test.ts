import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatasetFormatError, type StudySplit } from '@judgelab/core'
import { benchmarkOf, loadSplit, type Split, saveSplit, splitBenchmark, verifySplit } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { madeBenchmark } from '../support/made-example.js'
import { temporaryFolders } from '../support/temporary-folder.js'

const newFolder = temporaryFolders()
const benchmark = madeBenchmark({ Math: 30, Safety: 20 })
const METHODS: readonly StudySplit[] = [
  { method: 'together-2026', seed: 42, trainSize: 30, testSize: 10 },
  { method: 'grouped', seed: 7, share: 0.3 },
  { method: 'grouped', seed: 7, testSize: 10, trainSize: 20 },
  { method: 'k-fold', seed: 1, folds: 5, fold: 3 },
  { method: 'by-field', field: 'subset', test: ['Safety'] },
  { method: 'none' },
]

/** A saved split with some fields changed by hand. */
async function edited(change: Record<string, unknown>): Promise<string> {
  const file = join(newFolder(), 'split.json')
  await saveSplit(file, splitBenchmark(benchmark, METHODS[1]!))
  const held = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  writeFileSync(file, JSON.stringify({ ...held, ...change }))
  return file
}

describe('a split file', () => {
  it.each(METHODS)('of %j is read back as it was, and can be drawn again', async (asked) => {
    const split = splitBenchmark(benchmark, asked)
    const file = join(newFolder(), 'split.json')
    await saveSplit(file, split)
    expect(await loadSplit(file)).toEqual(split)
    expect(verifySplit(await loadSplit(file), benchmark)).toEqual([])
  })

  it('says what it takes to draw it again', async () => {
    const file = join(newFolder(), 'split.json')
    await saveSplit(file, splitBenchmark(benchmark, METHODS[2]!))
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      formatVersion: 1,
      method: 'grouped',
      seed: 7,
      parameters: { testSize: 10, trainSize: 20 },
      dataset: benchmark.fingerprint,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['other ids', { train: ['0'], test: ['1'] }, 'fingerprint: expected'],
    ['another seed', { seed: 8 }, 'fingerprint: expected'],
    ['a method that is none', { method: 'groped' }, 'method: expected one of together-2026'],
    ['no parameters', { parameters: undefined }, 'parameters: expected an object, found nothing'],
    ['a share of 2', { parameters: { share: 2 } }, 'parameters.share: expected parameters of method grouped'],
    ['an id twice', { train: ['0'], test: ['1', '1'] }, 'test.1: expected every id once, on one side, found "1" again'],
    ['an id on both sides', { train: ['0', '1'], test: ['0'] }, 'test.0: expected every id once'],
    ['a newer version', { formatVersion: 2 }, 'written by a newer judgelab'],
    ['an unknown field', { note: 'x' }, 'note: unknown field'],
  ])('is refused with %s', async (_, change, message) => {
    const file = await edited(change)
    const error: unknown = await loadSplit(file).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(DatasetFormatError)
    expect((error as Error).message).toContain(message)
    expect((error as Error).message).toContain(file)
  })

  it('is refused where there is none, and where it is no JSON', async () => {
    const file = join(newFolder(), 'split.json')
    await expect(loadSplit(file)).rejects.toThrow('expected a readable split file, found none')
    writeFileSync(file, '{ "formatVersion": 1')
    await expect(loadSplit(file)).rejects.toThrow('expected JSON')
  })
})

describe('verifySplit', () => {
  const split = splitBenchmark(benchmark, METHODS[1]!)
  const whats = (other: Split, data = benchmark): string[] => verifySplit(other, data).map(({ what }) => what)

  it('says which examples are missing, and which are too many', () => {
    const [id] = split.train
    const moved: Split = { ...split, train: split.train.slice(1), test: [...split.test, id!] }
    expect(verifySplit(moved, benchmark)).toEqual([
      {
        what: 'train',
        message: `expected ${split.train.length} examples, found ${split.train.length - 1}; 1 (${id}) missing, 0 too many`,
      },
      {
        what: 'test',
        message: `expected ${split.test.length} examples, found ${split.test.length + 1}; 0 missing, 1 (${id}) too many`,
      },
    ])
  })

  it('tells another order from other examples', () => {
    const [first, second, ...rest] = split.train
    expect(verifySplit({ ...split, train: [second!, first!, ...rest] }, benchmark)).toEqual([
      { what: 'train', message: `expected "${first}" in place 1, found "${second}": another order` },
    ])
  })

  it('finds another seed and other parameters by what they draw', () => {
    expect(whats({ ...split, seed: 8 })).toEqual(['train', 'test'])
    expect(whats({ ...split, parameters: { share: 0.5 } })).toEqual(['train', 'test'])
  })

  it('tells other data, and whether the sides are the same all the same', () => {
    const [first, ...others] = benchmark.examples
    const reworded = benchmarkOf({ ...benchmark, examples: [{ ...first!, prompt: 'Reworded?' }, ...others] })
    expect(whats(split, reworded)).toEqual(['dataset'])
    expect(whats(split, madeBenchmark({ Math: 29, Safety: 20 }))).toContain('dataset')
  })

  it('says why a split cannot be drawn', () => {
    const impossible: Split = {
      ...split,
      method: 'by-field',
      seed: null,
      parameters: { field: 'subset', test: ['Focus'] },
    }
    expect(verifySplit(impossible, benchmark)).toEqual([
      {
        what: 'method',
        message: expect.stringContaining('expected a value of field "subset" (Math, Safety), found "Focus"'),
      },
    ])
  })
})
