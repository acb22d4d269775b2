import { readFileSync } from 'node:fs'
import { splitTogether2026 } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { madeBenchmark, madeExample } from '../support/made-example.js'

const reference = JSON.parse(
  readFileSync(new URL('../fixtures/together-2026-split.json', import.meta.url), 'utf8'),
) as { readonly sizes: Record<string, number>; readonly train: readonly number[]; readonly test: readonly number[] }

const PUBLISHED = { seed: 42, trainSize: 1500, testSize: 300 }
const { examples } = madeBenchmark(reference.sizes)

function countsBySubset(rows: readonly number[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const row of rows) {
    const subset = examples[row]?.subset as string
    counts[subset] = (counts[subset] ?? 0) + 1
  }
  return counts
}

describe('splitTogether2026', () => {
  it('draws the published rows in the published order: 1,498 for training and 297 for testing', () => {
    expect(examples).toHaveLength(1865)
    expect(reference.train).toHaveLength(1498)
    expect(reference.test).toHaveLength(297)
    const { train, test } = splitTogether2026(examples, PUBLISHED)
    expect(train).toEqual(reference.train)
    expect(test).toEqual(reference.test)
  })

  it('has the published counts by subset', () => {
    const { train, test } = splitTogether2026(examples, PUBLISHED)
    expect(countsBySubset(train)).toEqual({
      Factuality: 382,
      'Precise IF': 128,
      Math: 147,
      Safety: 361,
      Focus: 398,
      Ties: 82,
    })
    expect(countsBySubset(test)).toEqual({
      Factuality: 76,
      'Precise IF': 25,
      Math: 29,
      Safety: 72,
      Focus: 79,
      Ties: 16,
    })
  })

  it('puts no row on both sides and none twice', () => {
    const { train, test } = splitTogether2026(examples, PUBLISHED)
    expect(new Set([...train, ...test]).size).toBe(train.length + test.length)
  })

  it('is another split with another seed, of the same sizes', () => {
    const other = splitTogether2026(examples, { ...PUBLISHED, seed: 43 })
    expect(other.train).not.toEqual(reference.train)
    expect(countsBySubset(other.test)).toEqual(countsBySubset(reference.test))
  })

  it('goes by first appearance of a subset, not by its name, and takes rows wherever they stand', () => {
    const mixed = ['z', 'a', 'z', 'a', 'z', 'z'].map((subset, row) => madeExample(String(row), subset))
    const { train, test } = splitTogether2026(mixed, { seed: 1, trainSize: 3, testSize: 1 })
    // shares: z 4 of 6, a 2 of 6: training int(3 * 4/6) = 2 of z, int(3 * 2/6) = 1 of a; testing at least 1 of each
    expect(train.map((row) => mixed[row]?.subset)).toEqual(['z', 'z', 'a'])
    expect(test.map((row) => mixed[row]?.subset)).toEqual(['z', 'a'])
  })

  it('gives every subset at least one row a side', () => {
    const { train, test } = splitTogether2026(madeBenchmark({ large: 1000, small: 2 }).examples, {
      seed: 42,
      trainSize: 100,
      testSize: 10,
    })
    expect([train.filter((row) => row >= 1000).length, test.filter((row) => row >= 1000).length]).toEqual([1, 1])
  })

  it('names the subset that is too small, the side, and both numbers', () => {
    const small = madeBenchmark({ Math: 10, Ties: 1 }).examples
    expect(() => splitTogether2026(small, { seed: 42, trainSize: 5, testSize: 2 })).toThrow(
      'split.testSize: expected 1 of subset "Ties" for the test side, found 0',
    )
    expect(() => splitTogether2026(small, { seed: 42, trainSize: 20, testSize: 2 })).toThrow(
      'split.trainSize: expected 18 of subset "Math" for the training side, found 10',
    )
  })
})
