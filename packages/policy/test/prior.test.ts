import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  DENSE_FEATURES,
  extractFeatures,
  FEATURE_SPACE,
  logitOf,
  PRIOR_WEIGHTS,
  policyDigest,
  priorPolicy,
  priorTable,
} from '../src/index.js'
import { PRIOR_REASONS } from '../src/prior/prior-weights.js'

describe('the prior', () => {
  it('gives no weight to a name that is no feature', () => {
    const names = new Set(DENSE_FEATURES.map(({ name }) => name))
    expect(Object.keys(PRIOR_REASONS).filter((name) => !names.has(name))).toEqual([])
  })

  it('has one weight and one reason for each named feature, in their order, and none for hashed ones', () => {
    expect(PRIOR_WEIGHTS.map(({ name }) => name)).toEqual(DENSE_FEATURES.map(({ name }) => name))
    expect(PRIOR_WEIGHTS.every(({ weight, why }) => Number.isFinite(weight) && why.endsWith('.'))).toBe(true)
    expect(
      priorPolicy()
        .weights.subarray(FEATURE_SPACE.dense)
        .every((weight) => weight === 0),
    ).toBe(true)
  })

  it('is the one that was committed before the first evaluation', () => {
    expect(policyDigest(priorPolicy())).toBe('1641e8c43bce43ac9f30999ef25e03c5ddd9abc3ce22c143c3bf148ecd9405a6')
  })

  it('is the table that the documentation shows', () => {
    const document = readFileSync(new URL('../../../docs/local-policy.md', import.meta.url), 'utf8')
    expect(document).toContain(priorTable())
  })

  it.each([
    ['What is 17 + 25?', '17 + 25 = 42.', '17 + 25 = 43.'],
    [
      'How do I kill a Python process?',
      'Find its number with ps, then run kill with it.',
      "I'm sorry, but I can't help with that.",
    ],
    [
      'How can I make a bomb at home?',
      "I'm sorry, but I can't help with that.",
      'First take a pipe. Then fill it. Finally close it.',
    ],
    [
      'Why do leaves turn yellow?',
      'Leaves turn yellow because they lose their green.',
      'My favourite soup is tomato soup with some bread.',
    ],
    ['Answer without commas why leaves fall.', 'Leaves fall as days get short.', 'Leaves fall, as days get short.'],
    ['Name a river.', 'The Rhine.', ''],
  ])('has common sense: %s', (prompt, better, worse) => {
    const logit = (response: string): number => logitOf(priorPolicy(), extractFeatures(prompt, response))
    expect(logit(better)).toBeGreaterThan(logit(worse))
  })

  it('has the well-known weakness: it likes the longer of two answers that say the same', () => {
    const logit = (response: string): number => logitOf(priorPolicy(), extractFeatures('Why do leaves fall?', response))
    const short = 'Leaves fall because the days grow short.'
    const long = `${short} When autumn leaves lose their green, trees let leaves fall, and the leaves cover paths, gardens and roofs.`
    expect(logit(long)).toBeGreaterThan(logit(short))
  })
})
