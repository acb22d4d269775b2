import { groupBy, type PreferencePair } from '@judgelab/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairCounts, pairsFromResponses, spreadPairs } from '../src/index.js'
import { madeExample } from './made-examples.js'

/** 30 examples with 3 pairs each, and 5 of Ties with 20. */
const pairs: readonly PreferencePair[] = pairsFromResponses([
  ...Array.from({ length: 20 }, (_, at) => madeExample(`m${at}`, 'Math', [20, 10, 12, 30])),
  ...Array.from({ length: 10 }, (_, at) => madeExample(`s${at}`, 'Safety', [10, 20, 25, 10])),
  ...Array.from({ length: 5 }, (_, at) =>
    madeExample(
      `t${at}`,
      'Ties',
      Array.from({ length: 21 }, (__, r) => 10 + r),
    ),
  ),
])

describe('a cap', () => {
  it('keeps a subset at its share of what is left', () => {
    expect(pairCounts(pairs)).toEqual({ Math: 60, Safety: 30, Ties: 100 })
    // Math and Safety are 90 pairs: with Ties a tenth of all, 90 are nine tenths, so Ties keeps 10.
    const spread = spreadPairs(pairs, { cap: { Ties: 0.1 } })
    expect(pairCounts(spread.pairs)).toEqual({ Math: 60, Safety: 30, Ties: 10 })
    expect(spread.dropped).toEqual({ lengths: {}, cap: { Ties: 90 } })
  })

  it('keeps two pairs of each example before a third of any', () => {
    const ties = spreadPairs(pairs, { cap: { Ties: 0.1 } }).pairs.filter(({ origin }) => origin.subset === 'Ties')
    const byExample = groupBy(ties, ({ origin }) => origin.exampleId)
    expect([...byExample.values()].map((group) => group.length)).toEqual([2, 2, 2, 2, 2])
  })

  it('for all subsets holds for each, whatever their sizes, and takes no more than it must', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 3, maxLength: 8 }), (sizes) => {
        const cap = 0.4
        const made = pairsFromResponses(
          sizes.map((size, at) =>
            madeExample(
              `${at}`,
              `subset ${at}`,
              Array.from({ length: size + 1 }, () => 9),
            ),
          ),
        )
        const left = spreadPairs(made, { cap }).pairs
        const counts = Object.values(pairCounts(left))
        for (const count of counts) expect(count).toBeLessThanOrEqual(cap * left.length + 1e-9)
        if (Math.max(...sizes) <= cap * made.length) expect(left).toEqual(made)
      }),
      { seed: 11, numRuns: 60 },
    )
  })

  it('that leaves nothing is refused', () => {
    expect(() => spreadPairs(pairs, { cap: 0.2 })).toThrow('needs caps that leave pairs, got 0.2 for 3 subsets')
  })
})

describe('balanced lengths', () => {
  it('make the preferred output longer as often as shorter in each subset, and keep pairs of equal lengths', () => {
    const spread = spreadPairs(pairs, { lengths: 'balanced' })
    // Math: two shorter rejected ones and one longer of each of 20; Safety: two longer ones and one equal of 10; Ties: all longer.
    expect(pairCounts(spread.pairs)).toEqual({ Math: 40, Safety: 10 })
    expect(spread.dropped.lengths).toEqual({ Math: 20, Safety: 20, Ties: 100 })
    const signs = spread.pairs.map(({ preferred, nonPreferred }) => Math.sign(preferred.length - nonPreferred.length))
    expect(signs.reduce((sum, sign) => sum + sign, 0)).toBe(0)
  })
})

describe('weights', () => {
  const weightOf = (spread: readonly PreferencePair[], subset: string): number =>
    spread.filter(({ origin }) => origin.subset === subset).reduce((sum, { weight }) => sum + (weight ?? 1), 0)

  it('by example give every example the same weight, in a mean of 1', () => {
    const { pairs: weighed } = spreadPairs(pairs, { weights: 'examples' })
    expect(['Math', 'Safety', 'Ties'].map((subset) => weightOf(weighed, subset) / pairs.length)).toEqual([
      expect.closeTo(20 / 35, 12),
      expect.closeTo(10 / 35, 12),
      expect.closeTo(5 / 35, 12),
    ])
  })

  it('by subset give every subset the same weight, times the weights that pairs had', () => {
    const { pairs: weighed } = spreadPairs(pairs, { weights: 'subsets' })
    expect(['Math', 'Safety', 'Ties'].map((subset) => weightOf(weighed, subset))).toEqual(
      [1, 2, 3].map(() => expect.closeTo(190 / 3, 9)),
    )
    const doubled = pairs.map((pair) => ({ ...pair, weight: 2 }))
    expect(spreadPairs(doubled, { weights: 'subsets' }).pairs).toEqual(weighed)
  })

  it('stay away where all pairs weigh the same', () => {
    expect(spreadPairs(pairs, {}).pairs).toEqual(pairs)
  })
})
