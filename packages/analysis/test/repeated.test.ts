import { allComparisons, type Example } from '@judgelab/core'
import { benchmarkOf, splitBenchmark } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { repeatedComparisons } from '../src/index.js'

const example = (id: string, ...texts: string[]): Example => ({
  v: 1,
  id,
  subset: 'Math',
  prompt: `What is ${id}?`,
  responses: texts.map((text) => ({ text })),
  chosen: [0],
  metadata: {},
})

const benchmark = benchmarkOf({
  name: 'small',
  synthetic: true,
  about: 'Made here.',
  examples: [
    example('trained', 'I cannot help you with that.', 'Yes.'),
    example('same', 'It is four, as far as I know.', 'i cannot help  you with that.'),
    example('short', 'Yes.', 'It is not so, I am afraid.'),
    example('fresh', 'It is five, as far as I know.', 'It is six, as far as I know.'),
  ],
})
const comparisons = benchmark.examples.flatMap(allComparisons)
const split = { ...splitBenchmark(benchmark, { method: 'none' }), train: ['trained'], test: ['same', 'short', 'fresh'] }

describe('repeatedComparisons', () => {
  it('finds a response of the training side whatever its letter case and spacing, but no short one', () => {
    expect([...repeatedComparisons(benchmark, split, comparisons)]).toEqual(['same:0>1'])
  })

  it('finds nothing without a training side', () => {
    expect(repeatedComparisons(benchmark, { ...split, train: [] }, comparisons).size).toBe(0)
  })
})
