import { type JudgeSpec, judgeId } from '@judgelab/core'
import { describe, expect, it } from 'vitest'

const SPEC: JudgeSpec = {
  provider: 'openai',
  model: 'm',
  mode: 'pairwise',
  prompt: 'Which is better?',
  settings: { temperature: 0, maxTokens: 100 },
  weights: 'w',
}

describe('judgeId', () => {
  it('is 16 hexadecimal digits that do not depend on the order of settings', () => {
    expect(judgeId(SPEC)).toMatch(/^[0-9a-f]{16}$/)
    expect(judgeId({ ...SPEC, settings: { maxTokens: 100, temperature: 0 } })).toBe(judgeId(SPEC))
  })

  it('is another one when anything of the spec is', () => {
    const others: JudgeSpec[] = [
      SPEC,
      { ...SPEC, provider: 'together' },
      { ...SPEC, model: 'n' },
      { ...SPEC, mode: 'rating' },
      { ...SPEC, prompt: 'Which is better? ' },
      { ...SPEC, prompt: undefined },
      { ...SPEC, settings: { temperature: '0', maxTokens: 100 } },
      { ...SPEC, settings: {} },
      { ...SPEC, weights: undefined },
      { ...SPEC, code: 'c' },
    ]
    expect(new Set(others.map(judgeId)).size).toBe(others.length)
  })

  it('is the same for an absent part and one that is undefined', () => {
    const { weights: _, ...without } = SPEC
    expect(judgeId({ ...SPEC, weights: undefined })).toBe(judgeId(without))
  })
})
