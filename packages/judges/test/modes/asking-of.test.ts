import type { StudyJudge } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { askingOf, defaultPromptName } from '../../src/index.js'

function judge(fields: Partial<StudyJudge> = {}): StudyJudge {
  return {
    name: 'j',
    label: 'J',
    provider: 'openai',
    model: 'm',
    mode: 'pairwise',
    control: false,
    settings: {},
    repeats: 1,
    consistency: 'majority',
    repeat: 0,
    limits: {},
    engine: 'online',
    ...fields,
  }
}

describe('askingOf', () => {
  it('fills in what the study leaves open', () => {
    const open = { decision: 'label', allowTie: true, askStrength: false, blind: false }
    expect(askingOf(judge())).toEqual(open)
    expect(askingOf(judge({ mode: 'rating' }))).toEqual({ ...open, scale: { min: 1, max: 10 } })
    expect(askingOf(judge({ mode: 'classify' }))).toEqual({ ...open, classes: ['helpful', 'unhelpful'] })
  })

  it('keeps what the study says', () => {
    const said = {
      decision: 'logprobs',
      allowTie: false,
      askStrength: true,
      blind: true,
      reference: 'answer.text',
      criteria: { '*': 'c' },
      shots: 2,
      tieBand: 0.1,
    } as const
    expect(askingOf(judge(said), { takesSchemas: true })).toEqual(said)
    expect(askingOf(judge({ mode: 'rating', scale: { min: 0, max: 4 } })).scale).toEqual({ min: 0, max: 4 })
  })

  it('decides by a schema where the model takes one and the prompt can be answered so', () => {
    const decide = (
      output?: readonly ('label' | 'structured' | 'logprobs' | 'official')[],
      takesSchemas = true,
    ): string => askingOf(judge(), { takesSchemas }, output === undefined ? undefined : { output }).decision
    expect(decide()).toBe('structured')
    expect(decide(['label', 'structured'])).toBe('structured')
    expect(decide(['label', 'structured'], false)).toBe('label')
    expect(decide(['label'])).toBe('label')
    expect(decide(['structured'], false)).toBe('structured')
    expect(decide(['logprobs'])).toBe('logprobs')
    expect(decide(['official'])).toBe('label')
  })

  it('asks no model that reasons first for its first token', () => {
    expect(() => askingOf(judge({ decision: 'logprobs' }), { isThinking: true })).toThrow(
      'askingOf needs decision label or structured for a model that reasons first, got logprobs (j)',
    )
  })
})

describe('defaultPromptName', () => {
  it('is the mode’s own prompt, or that for the first token', () => {
    expect(defaultPromptName('rating')).toBe('rating')
    expect(defaultPromptName('pairwise', 'structured')).toBe('pairwise')
    expect(defaultPromptName('best-of-n', 'logprobs')).toBe('best-of-n-first-token')
  })
})
