import type { PreferencePair } from '@judgelab/core'
import { siblingKey } from '@judgelab/datasets'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupedSides, pairCounts, pairsFromResponses, sharedPrompts, splitPairs } from '../src/index.js'
import { madeExample } from './made-examples.js'
import { publishedShape, publishedShapePairs } from './published-shape.js'

const pairs = publishedShapePairs()
const ASKED = { strategy: 'responses', split: 'grouped', seed: 42, shuffles: 1, validation: 0.1 } as const

describe('the grouped split', () => {
  it('never puts one prompt, nor siblings of one question, on both sides, whatever the seed and share', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (seed, validation) => {
        const sides = groupedSides(pairs, { seed, validation })
        const groupOf = ({ origin }: PreferencePair): string => siblingKey(origin.exampleId)
        const trained = new Set(sides.train.map(groupOf))
        expect(sides.validation.filter((pair) => trained.has(groupOf(pair)))).toEqual([])
        expect(sharedPrompts(sides)).toBe(0)
        expect(sides.train.length + sides.validation.length).toBe(pairs.length)
      }),
      { numRuns: 20 },
    )
  })

  it('keeps ref:N and tied:N together', () => {
    const { validation } = groupedSides(pairs, { seed: 42, validation: 0.1 })
    const ids = new Set(validation.map(({ origin }) => origin.exampleId))
    const ties = [...ids].filter((id) => /^(ref|tied):/.test(id))
    expect(ties.length).toBeGreaterThan(0)
    for (const id of ties) expect(ids).toContain(id.replace(/^(ref|tied)/, (side) => (side === 'ref' ? 'tied' : 'ref')))
  })

  it.each([0.05, 0.1, 0.3, 0.5])('holds out about %d of every subset, to within half a group', (share) => {
    const counts = pairCounts(groupedSides(pairs, { seed: 42, validation: share }).validation)
    for (const [subset, total] of Object.entries(pairCounts(pairs))) {
      // Groups are of 3 pairs; of 28 to 30 in Ties, where siblings stay together.
      const halfGroup = subset === 'Ties' ? 15 : 1.5
      expect(Math.abs((counts[subset] ?? 0) - share * total)).toBeLessThanOrEqual(halfGroup)
    }
  })

  it('keeps the order of the pairs, and is the same for the same seed', () => {
    const sides = groupedSides(pairs, { seed: 7, validation: 0.1 })
    const at = new Map(pairs.map(({ id }, index) => [id, index]))
    const positions = (side: readonly PreferencePair[]) => side.map(({ id }) => at.get(id) as number)
    expect(positions(sides.train)).toEqual(positions(sides.train).toSorted((a, b) => a - b))
    expect(positions(sides.validation)).toEqual(positions(sides.validation).toSorted((a, b) => a - b))
    expect(groupedSides(pairs, { seed: 7, validation: 0.1 })).toEqual(sides)
    expect(groupedSides(pairs, { seed: 8, validation: 0.1 })).not.toEqual(sides)
  })

  it('treats examples that ask the same prompt under different ids as one group, across subsets too', () => {
    const [first, ...others] = publishedShape().slice(0, 40)
    const twins = [
      first!,
      ...others.map((example, at) => (at % 2 === 0 ? { ...example, prompt: first!.prompt, subset: 'Other' } : example)),
    ]
    for (let seed = 0; seed < 20; seed++) {
      const sides = groupedSides(pairsFromResponses(twins), { seed, validation: 0.5 })
      const sideOf = [sides.train, sides.validation].map((side) =>
        side.filter(({ input }) => input[0]?.content === first!.prompt),
      )
      expect(sideOf.map(({ length }) => length > 0).filter(Boolean)).toHaveLength(1)
    }
  })
})

/** Pairs of one subset, in groups of the given sizes: one prompt a group. */
function groupsOf(...sizes: readonly number[]): PreferencePair[] {
  return sizes.flatMap((size, group) =>
    Array.from({ length: size }, (_, at) => ({
      v: 1,
      id: `responses:e${group}:0>${at + 1}`,
      input: [{ role: 'user', content: `Question ${group}?` }],
      preferred: 'right',
      nonPreferred: `wrong ${at}`,
      origin: { strategy: 'responses', exampleId: `e${group}`, comparisonId: `e${group}:0>${at + 1}`, subset: 'Math' },
    })),
  )
}

describe('the grouped split of small data', () => {
  const SEEDS = Array.from({ length: 50 }, (_, seed) => seed)

  it('does not take blank prompts for the same question', () => {
    const blank = Array.from({ length: 20 }, (_, at) => madeExample(`b${at}`, 'Math', [20, 30], ' '))
    const { train, validation } = groupedSides(pairsFromResponses(blank), { seed: 1, validation: 0.25 })
    expect([train.length, validation.length]).toEqual([15, 5])
  })

  it('passes over a group that is too large, whatever the seed', () => {
    // 14 pairs, 1.4 wanted: one group of 1 is held out; a second would be 1 + 0.5 > 1.4, the large one 5 > 1.4
    for (const seed of SEEDS)
      expect(groupedSides(groupsOf(10, 1, 1, 1, 1), { seed, validation: 0.1 }).validation).toHaveLength(1)
  })

  it('leaves no side empty where there are two groups', () => {
    for (const seed of SEEDS) {
      expect(groupedSides(groupsOf(4, 3), { seed, validation: 0.1 }).validation).toHaveLength(3)
      expect(groupedSides(groupsOf(4, 3), { seed, validation: 0.9 }).train).toHaveLength(3)
      expect(groupedSides(groupsOf(4), { seed, validation: 0.9 }).train).toHaveLength(0)
    }
  })
})

describe('splitPairs', () => {
  it('refuses a side without pairs', () => {
    const three = pairs.slice(0, 3)
    expect(() => splitPairs(three, ASKED)).toThrow(
      'splitPairs needs pairs for both sides, got 3 pairs, of which 0 for validation',
    )
    expect(() => splitPairs(three, { ...ASKED, validation: 0.9 })).toThrow('got 3 pairs, of which 3 for validation')
    expect(() => splitPairs([], ASKED)).toThrow('got 0 pairs, of which 0 for validation')
    expect(() => splitPairs(pairs.slice(0, 1), { ...ASKED, split: 'published' })).toThrow(
      'got 1 pairs, of which 1 for validation',
    )
  })

  it('groups where a study asks for groups', () => {
    expect(splitPairs(pairs, ASKED)).toEqual(groupedSides(pairs, ASKED))
  })
})
