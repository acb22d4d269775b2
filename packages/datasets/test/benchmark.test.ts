import { benchmarkOf } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { madeBenchmark, madeExample } from './support/made-example.js'

const about = { name: 'made', synthetic: true, about: 'Made for a test.' }

describe('benchmarkOf', () => {
  it('has a fingerprint of everything in the examples and of their order, and of nothing else', () => {
    const [a, b] = [madeExample('a', 'Math'), madeExample('b', 'Math')]
    const fingerprint = (examples: (typeof a)[]): string => benchmarkOf({ ...about, examples }).fingerprint
    expect(fingerprint([a, b])).toMatch(/^[0-9a-f]{64}$/)
    expect(benchmarkOf({ ...about, name: 'renamed', examples: [a, b] }).fingerprint).toBe(fingerprint([a, b]))
    const others = [
      [b, a],
      [a],
      [a, { ...b, prompt: 'p' }],
      [a, { ...b, chosen: [1] }],
      [a, { ...b, subset: 'Safety' }],
      [a, { ...b, metadata: { note: 1 } }],
      [a, { ...b, responses: [...b.responses, { text: 'c' }] }],
    ].map(fingerprint)
    expect(new Set([fingerprint([a, b]), ...others]).size).toBe(others.length + 1)
  })

  it('refuses no examples, and an id that occurs twice', () => {
    expect(() => benchmarkOf({ ...about, examples: [] })).toThrow('benchmarkOf needs at least 1 example, got 0 (made)')
    const twice = [madeExample('a', 'Math'), madeExample('b', 'Math'), madeExample('a', 'Safety')]
    expect(() => benchmarkOf({ ...about, examples: twice })).toThrow('got "a" twice (made)')
  })

  it('keeps the examples in order', () => {
    expect(madeBenchmark({ Math: 2, Safety: 1 }).examples.map(({ id, subset }) => [id, subset])).toEqual([
      ['0', 'Math'],
      ['1', 'Math'],
      ['2', 'Safety'],
    ])
  })
})
