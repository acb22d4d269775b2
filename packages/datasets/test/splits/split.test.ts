import { ConfigError } from '@judgelab/core'
import { examplesOn, type Split, splitBenchmark, splitFingerprint, verifySplit } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { madeBenchmark } from '../support/made-example.js'

const benchmark = madeBenchmark({ Math: 12, Safety: 8 })
const ASKED = { method: 'together-2026', seed: 42, trainSize: 10, testSize: 5 } as const

describe('splitBenchmark', () => {
  it('calls a mistake of the program no mistake of the study', () => {
    const broken = { ...benchmark, examples: undefined as never }
    expect(() => splitBenchmark(broken, ASKED)).toThrow(TypeError)
    expect(() => splitBenchmark(benchmark, { method: 'grouped', seed: -1 })).toThrow(RangeError)
    expect(() => splitBenchmark(benchmark, { method: 'grouped', seed: 1, testSize: 10_000 })).toThrow(ConfigError)
    const split = splitBenchmark(benchmark, ASKED)
    expect(() => verifySplit(split, broken)).toThrow(TypeError)
  })

  it('names examples by id in drawn order, with what it takes to draw them again', () => {
    const split = splitBenchmark(benchmark, ASKED)
    expect(split).toMatchObject({ formatVersion: 1, method: 'together-2026', seed: 42, dataset: benchmark.fingerprint })
    expect([split.train.length, split.test.length]).toEqual([10, 5])
    expect(splitBenchmark(benchmark, ASKED)).toEqual(split)
  })

  it('leaves both sides empty without a method', () => {
    expect(splitBenchmark(benchmark, { ...ASKED, method: 'none' })).toEqual({
      formatVersion: 1,
      method: 'none',
      seed: null,
      parameters: {},
      dataset: benchmark.fingerprint,
      train: [],
      test: [],
    })
  })
})

describe('splitFingerprint', () => {
  it('is another one when a side, the order, the seed or the data are', () => {
    const split = splitBenchmark(benchmark, ASKED)
    const others: Split[] = [
      split,
      { ...split, train: split.train.toReversed() },
      { ...split, test: split.test.slice(1) },
      { ...split, seed: 43 },
      { ...split, dataset: 'other' },
    ]
    expect(new Set(others.map(splitFingerprint)).size).toBe(others.length)
  })
})

describe('examplesOn', () => {
  it('gives a side in drawn order, and all in the order of the benchmark', () => {
    const split = splitBenchmark(benchmark, ASKED)
    expect(examplesOn('train', benchmark, split).map(({ id }) => id)).toEqual(split.train)
    expect(examplesOn('test', benchmark, split).map(({ id }) => id)).toEqual(split.test)
    expect(examplesOn('all', benchmark, split)).toEqual(benchmark.examples)
  })

  it('refuses an empty side: there would be nothing to judge', () => {
    const none = splitBenchmark(benchmark, { ...ASKED, method: 'none' })
    for (const side of ['train', 'test'] as const)
      expect(() => examplesOn(side, benchmark, none)).toThrow(
        `split: expected examples on the ${side} side of the split, found none of 20`,
      )
    expect(() => examplesOn('test', benchmark, none)).toThrow(ConfigError)
  })

  it('refuses a split of other data, instead of dropping what it does not find', () => {
    const split = { ...splitBenchmark(benchmark, ASKED), test: ['3', 'nowhere', '4'] }
    expect(() => examplesOn('test', benchmark, split)).toThrow(
      'split: expected a split of made, found "nowhere" on its test side, which is no example of it',
    )
  })
})
