import { groupBy } from '@judgelab/core'
import { describe, expect, it } from 'vitest'

describe('groupBy', () => {
  it('keeps the order of keys and of items', () => {
    const words = ['bee', 'ant', 'bat', 'cow', 'asp']
    expect([...groupBy(words, (word) => word[0])]).toEqual([
      ['b', ['bee', 'bat']],
      ['a', ['ant', 'asp']],
      ['c', ['cow']],
    ])
  })

  it('takes what can be walked through once, and nothing', () => {
    expect([...groupBy(new Set([1, 2, 3]).values(), (n) => n % 2)]).toEqual([
      [1, [1, 3]],
      [0, [2]],
    ])
    expect(groupBy([], String).size).toBe(0)
  })
})
