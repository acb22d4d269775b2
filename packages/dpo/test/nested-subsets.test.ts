import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nestedSubsets, pairCounts } from '../src/index.js'
import { publishedShapePairs } from './published-shape.js'

const pairs = publishedShapePairs()
const ids = (subset: readonly { readonly id: string }[]): string[] => subset.map(({ id }) => id)

describe('nestedSubsets', () => {
  it('has each smaller subset inside every larger one, whatever the sizes and the seed', () => {
    fc.assert(
      fc.property(
        fc.nat(0xffffffff),
        fc.array(fc.integer({ min: 1, max: pairs.length }), { minLength: 2, maxLength: 6 }),
        (seed, sizes) => {
          const subsets = nestedSubsets(pairs, { sizes, seed })
          expect(subsets.map(({ length }) => length)).toEqual(sizes)
          const ascending = subsets.toSorted((a, b) => a.length - b.length)
          for (const [at, smaller] of ascending.slice(0, -1).entries()) {
            const larger = new Set(ids(ascending[at + 1]!))
            expect(ids(smaller).filter((id) => !larger.has(id))).toEqual([])
          }
        },
      ),
      { numRuns: 20 },
    )
  })

  it('has of each subset its share, to within one pair in these', () => {
    const total = pairCounts(pairs)
    for (const size of [50, 500, 1000, 2500, 5000]) {
      const [subset] = nestedSubsets(pairs, { sizes: [size], seed: 42 })
      const counts = pairCounts(subset!)
      for (const [name, all] of Object.entries(total))
        expect(Math.abs((counts[name] ?? 0) - (size * all) / pairs.length)).toBeLessThan(1)
    }
  })

  it('is what the divisor method gives, worked by hand', () => {
    // Ranks of 3 a: 1/6, 3/6, 5/6; of 1 b: 1/2, which stands after the a of rank 3/6 by name. So 1, 2, 3, 4 pairs hold a, aa, aab, aaab.
    const few = [...pairs.slice(0, 3), pairs.find(({ origin }) => origin.subset === 'Math')!]
    const held = nestedSubsets(few, { sizes: [1, 2, 3, 4], seed: 7 }).map((subset) => pairCounts(subset))
    expect(held).toEqual([{ Factuality: 1 }, { Factuality: 2 }, { Factuality: 2, Math: 1 }, { Factuality: 3, Math: 1 }])
  })

  it('keeps the order of the pairs, and takes the same pairs whatever their order is', () => {
    const asked = { sizes: [300], seed: 3 }
    const [subset] = nestedSubsets(pairs, asked)
    const chosen = new Set(ids(subset!))
    expect(subset).toEqual(pairs.filter(({ id }) => chosen.has(id)))
    const [ofReversed] = nestedSubsets(pairs.toReversed(), asked)
    expect(ofReversed).toEqual(subset!.toReversed())
  })

  it('is the same for the same seed and another one for another', () => {
    const [once, again, other] = [1, 1, 2].map((seed) => ids(nestedSubsets(pairs, { sizes: [100], seed })[0]!))
    expect(again).toEqual(once)
    expect(other).not.toEqual(once)
  })

  it('gives all pairs for their number, and refuses other sizes and ids that occur twice', () => {
    expect(nestedSubsets(pairs, { sizes: [pairs.length], seed: 1 })).toEqual([pairs])
    for (const size of [0, 1.5, -1, pairs.length + 1])
      expect(() => nestedSubsets(pairs, { sizes: [10, size], seed: 1 })).toThrow(
        `nestedSubsets needs integer sizes in [1, pairs], got size=${size}, pairs=5407`,
      )
    expect(() => nestedSubsets([pairs[0]!, pairs[0]!], { sizes: [1], seed: 1 })).toThrow(
      'nestedSubsets needs ids that occur once, got 1 ids of 2 pairs',
    )
  })
})
