import { digest } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { createLocalJudge, presentationsDigest, presentComparisons, runIdOf } from '../src/index.js'
import { firstComparisons, someExamples } from './benchmark.js'

const comparisons = firstComparisons(someExamples(4))
const both = presentComparisons(comparisons, { mode: 'pairwise', orders: 'both' })
const judge = (name: string, model = 'longer') => createLocalJudge({ name, model, mode: 'pairwise', settings: {} })

describe('the id of a run', () => {
  it('is the same for the same judge, data and presentations, whatever a study calls the judge', () => {
    expect(runIdOf(judge('a'), 'data', presentationsDigest(both))).toBe(
      runIdOf(judge('b'), 'data', presentationsDigest([...both])),
    )
  })

  it('changes with the judge, the data, and what is asked', () => {
    const ids = [
      runIdOf(judge('a'), 'data', presentationsDigest(both)),
      runIdOf(judge('a', 'shorter'), 'data', presentationsDigest(both)),
      runIdOf(judge('a'), 'other data', presentationsDigest(both)),
      runIdOf(judge('a'), 'data', presentationsDigest(both.slice(1))),
      runIdOf(
        judge('a'),
        'data',
        presentationsDigest(presentComparisons(comparisons, { mode: 'pairwise', orders: 'first' })),
      ),
    ]
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is a name that a folder can have, also for models with slashes', () => {
    const { spec } = judge('a')
    const named = { ...judge('a'), spec: { ...spec, provider: 'together', model: 'Qwen/Qwen3 235B:tput' } } as const
    expect(runIdOf(named, 'data', presentationsDigest(both))).toMatch(/^together-Qwen-Qwen3-235B-tput-[0-9a-f]{12}$/)
  })
})

describe('the digest of presentations', () => {
  it.each([1, 3, 3000])('is that of the list of ids with their comparisons, for %i examples', (count) => {
    const asked = (mode: 'pairwise' | 'rating') =>
      presentComparisons(firstComparisons(someExamples(count)), { mode, orders: 'both' })
    for (const list of [asked('pairwise'), asked('rating'), []])
      expect(presentationsDigest(list)).toBe(digest(list.map(({ id, comparisonId }) => [id, comparisonId])))
  })

  it('sees their order and the comparisons that they are evidence for', () => {
    const ofBoth = presentationsDigest(both)
    expect(presentationsDigest(both.toReversed())).not.toBe(ofBoth)
    expect(presentationsDigest(both.map((shown) => ({ ...shown, comparisonId: 'another' })))).not.toBe(ofBoth)
  })
})
