import { priorPolicy } from '@judgelab/policy'
import { describe, expect, it } from 'vitest'
import { createLocalJudge } from '../src/index.js'

describe('the id of a local judge', () => {
  it.each(['linear', 'longer', 'random'])('is another one for %s of other code, and the same for the same', (model) => {
    const idOf = (code?: string): string =>
      createLocalJudge({ name: 'j', model, mode: 'pairwise', settings: {}, policy: priorPolicy(), code }).id
    expect(idOf('a')).toBe(idOf('a'))
    expect(new Set([idOf('a'), idOf('b'), idOf()]).size).toBe(3)
  })
})
