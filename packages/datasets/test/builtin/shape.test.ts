import { describe, expect, it } from 'vitest'
import { BUILTIN_SEED, generateBuiltinBenchmark } from '../../src/builtin/benchmark.js'
import { toJsonLines } from '../../src/builtin/row.js'
import { fromRewardBench2Row } from '../../src/sources/reward-bench-2-row.js'
import { splitTogether2026 } from '../../src/splits/together-2026.js'
import { COMMITTED, COMMITTED_TEXT, rowsOf } from './committed.js'

const SIZES: readonly (readonly [string, number])[] = [
  ['Factuality', 475],
  ['Precise IF', 160],
  ['Math', 183],
  ['Safety', 450],
  ['Focus', 495],
  ['Ties', 102],
]

describe('the built-in benchmark', () => {
  it('is what its seed generates, byte for byte', () => {
    expect(toJsonLines(generateBuiltinBenchmark(BUILTIN_SEED)) === COMMITTED_TEXT).toBe(true)
  })

  it('comes out differently from another seed, in the same shape', () => {
    const other = generateBuiltinBenchmark(7)
    expect(toJsonLines(other) === COMMITTED_TEXT).toBe(false)
    expect(other.map((row) => row.id)).toEqual(COMMITTED.map((row) => row.id))
  })

  it("has RewardBench 2's subsets, contiguous and in its order", () => {
    const subsets = SIZES.flatMap(([subset, size]) => Array.from({ length: size }, () => subset))
    expect(COMMITTED.map((row) => row.subset)).toEqual(subsets)
  })

  it('numbers what is not Ties and pairs up siblings in Ties', () => {
    const ids = COMMITTED.map((row) => row.id)
    expect(ids.slice(0, 1763)).toEqual(Array.from({ length: 1763 }, (_, i) => String(i)))
    expect(ids.slice(1763)).toEqual(Array.from({ length: 51 }, (_, n) => [`ref:${n}`, `tied:${n}`]).flat())
  })

  it('has one chosen and three rejected responses outside Ties', () => {
    const sizes = COMMITTED.slice(0, 1763).map((row) => `${row.chosen.length}+${row.rejected.length}`)
    expect(new Set(sizes)).toEqual(new Set(['1+3']))
  })

  it('has one right answer in ref, several in tied, and eleven or more wrong ones', () => {
    for (const row of rowsOf('Ties')) {
      if (row.id.startsWith('ref')) expect(row.chosen, row.id).toHaveLength(1)
      else expect(row.chosen.length, row.id).toBeGreaterThanOrEqual(3)
      expect(row.rejected.length, row.id).toBeGreaterThanOrEqual(11)
    }
  })

  it('states its counts truly, calls itself synthetic in every line, and is small', () => {
    for (const row of COMMITTED) {
      expect([row.num_correct, row.num_incorrect, row.total_completions], row.id).toEqual([
        row.chosen.length,
        row.rejected.length,
        row.chosen.length + row.rejected.length,
      ])
      expect(row.metadata.synthetic, row.id).toBe(true)
      expect(row.models, row.id).toEqual(['synthetic'])
    }
    expect(Buffer.byteLength(COMMITTED_TEXT)).toBeLessThan(4_000_000)
  })

  it('gives as many training pairs as the published experiment under the published split, in every subset', () => {
    const examples = COMMITTED.map((row, i) => fromRewardBench2Row(row, { file: 'benchmark.jsonl', line: i + 1 }))
    const { train } = splitTogether2026(examples, { seed: 42, trainSize: 1500, testSize: 300 })
    const pairs = new Map(SIZES.map(([subset]) => [subset, 0]))
    for (const index of train) {
      const { subset, rejected } = COMMITTED[index]!
      pairs.set(subset, pairs.get(subset)! + rejected.length)
    }
    expect([...pairs.values()]).toEqual([1146, 384, 441, 1083, 1194, 1159])
  })

  it('has no empty, repeated or unfinished text', () => {
    for (const row of COMMITTED) {
      const texts = [...row.chosen, ...row.rejected]
      expect(new Set(texts).size, row.id).toBe(texts.length)
      for (const text of [row.prompt, ...texts]) {
        expect(text.trim(), row.id).toBe(text)
        expect(text.length, row.id).toBeGreaterThan(0)
        expect(text, row.id).not.toMatch(/\{\w+\}|undefined|NaN|\[object| {2}|\.\.|\ba [aeio]\w/)
      }
    }
  })
})
