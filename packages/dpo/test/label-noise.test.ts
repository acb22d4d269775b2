import type { PreferencePair } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { labelNoise } from '../src/index.js'

function pair(id: string, preferred: string, nonPreferred: string, prompt = 'Why?'): PreferencePair {
  return {
    v: 1,
    id,
    input: [{ role: 'user', content: prompt }],
    preferred,
    nonPreferred,
    origin: { strategy: 'responses', exampleId: id, comparisonId: id, subset: id < 'c' ? 'Math' : 'Safety' },
  }
}

describe('labelNoise', () => {
  const pairs = [
    pair('a', 'one', 'two'),
    pair('b', 'TWO', 'one '), // contradicts a
    pair('c', 'two', 'three'), // with a: two is on both sides
    pair('d', 'two', 'one', 'Another prompt?'),
  ]

  it('finds pairs that contradict each other, and outputs on both sides, within one input', () => {
    expect(labelNoise(pairs)).toEqual({
      pairs: 4,
      contradictions: { count: 1, cases: [{ id: 'b', of: 'a' }] },
      onBothSides: 3,
      scorer: null,
    })
  })

  it('says how often a scorer is against a label, and where most', () => {
    const margins: Record<string, number> = { a: 2, b: -1, c: -3, d: 0 }
    expect(labelNoise(pairs, { margin: ({ id }) => margins[id] as number }).scorer).toEqual({
      of: 4,
      against: 0.5,
      bySubset: { Math: 0.5, Safety: 0.5 },
      cases: [
        { id: 'c', subset: 'Safety', margin: -3 },
        { id: 'b', subset: 'Math', margin: -1 },
      ],
    })
  })

  it('asks the scorer about an even sample of many pairs, and says of how many', () => {
    const many = Array.from({ length: 20_001 }, (_, at) => pair(`a${at}`, `yes ${at}`, 'no'))
    const asked: string[] = []
    const { scorer } = labelNoise(many, {
      margin: ({ id }) => {
        asked.push(id)
        return -1
      },
    })
    expect(asked.slice(0, 3)).toEqual(['a0', 'a2', 'a4'])
    expect(scorer).toMatchObject({ of: 10_001, against: 1 })
    expect(scorer?.cases).toHaveLength(10)
  })
})
