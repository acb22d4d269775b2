import { describe, expect, it } from 'vitest'
import { pairCounts, publishedSides, sharedPrompts, splitPairs } from '../src/index.js'
import { PUBLISHED, publishedShapePairs } from './published-shape.js'

const pairs = publishedShapePairs()
const sidesAfter = (shuffles: 1 | 2) => publishedSides(pairs, { seed: PUBLISHED.pairs.seed, shuffles, validation: 0.1 })

describe('the published split of the published 5,407 pairs', () => {
  it('begins with the published pairs of each subset', () => {
    expect(pairs).toHaveLength(PUBLISHED.pairs.total)
    expect(pairCounts(pairs)).toEqual(PUBLISHED.pairs.bySubset)
  })

  it.each([
    [1, PUBLISHED.shuffledOnce],
    [2, PUBLISHED.shuffledTwice],
  ] as const)('is NumPy’s order after %i shuffles', (shuffles, order) => {
    const { train, validation } = sidesAfter(shuffles)
    expect([...train, ...validation].map(({ id }) => id)).toEqual(order.map((at) => pairs[at]?.id))
  })

  it('has the printed counts of each subset when the cell is run twice', () => {
    const { train, validation } = sidesAfter(2)
    expect([train.length, validation.length]).toEqual([PUBLISHED.pairs.train, PUBLISHED.pairs.validation])
    expect(pairCounts(train)).toEqual(PUBLISHED.pairs.trainBySubset)
    expect(pairCounts(validation)).toEqual(PUBLISHED.pairs.validationBySubset)
  })

  it('does not have them when the cell is run once', () => {
    const { train, validation } = sidesAfter(1)
    expect([train.length, validation.length]).toEqual([PUBLISHED.pairs.train, PUBLISHED.pairs.validation])
    expect(pairCounts(train)).not.toEqual(PUBLISHED.pairs.trainBySubset)
    expect(pairCounts(validation)).not.toEqual(PUBLISHED.pairs.validationBySubset)
  })

  it('shares the prompt of 434 of 440 validation pairs outside Ties with training', () => {
    const { train, validation } = sidesAfter(2)
    const outsideTies = validation.filter(({ origin }) => origin.subset !== 'Ties')
    expect(outsideTies).toHaveLength(440)
    expect(sharedPrompts({ train, validation: outsideTies })).toBe(434)
  })

  it('is what a study that asks for it gets', () => {
    const asked = { strategy: 'responses', split: 'published', seed: 42, shuffles: 2, validation: 0.1 } as const
    expect(splitPairs(pairs, asked)).toEqual(sidesAfter(2))
  })
})
