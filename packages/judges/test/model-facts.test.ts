import { findProject, loadModelRegistry, type ModelRegistry } from '@judgelab/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { modelAbilities, modelFacts, pricesOf } from '../src/index.js'
import { studyJudge } from './service-judge-of.js'

let registry: ModelRegistry
beforeAll(async () => {
  registry = await loadModelRegistry(findProject(import.meta.dirname))
})

describe('modelFacts', () => {
  it('knows the four judges of the article, their prices and their tuned forms by name', () => {
    const blended = ['gpt-5.2', 'openai/gpt-oss-120b', 'Qwen/Qwen3-235B-A22B-Instruct-2507-tput'].map((name) => {
      const { input, output } =
        modelFacts(registry, name.includes('/') ? 'together' : 'openai', name).entry?.prices ?? {}
      return (9 * (input?.value as number) + (output?.value as number)) / 10
    })
    const [gpt, oss, qwen] = blended as [number, number, number]
    // The article's ratios: 15.3 and 12.4.
    expect(gpt / oss).toBeCloseTo(15.26, 2)
    expect(gpt / qwen).toBeCloseTo(12.4, 1)
    for (const name of ['openai/gpt-oss-120b+dpo', 'Qwen/Qwen3-235B-A22B-Instruct-2507+dpo'])
      expect(modelFacts(registry, 'together', name).entry).toMatchObject({ name, prices: {} })
  })

  it('knows a dated snapshot as the model itself', () => {
    expect(modelFacts(registry, 'openai', 'gpt-5.2-2025-12-11').entry?.name).toBe('gpt-5.2')
  })

  it('knows what a tuned model, or an open one elsewhere, comes from, but not what it costs', () => {
    const cases = [
      ['openai', 'ft:gpt-4.1-mini-2025-04-14:org::abc', 'gpt-4.1-mini'],
      ['together', 'someone/gpt-oss-120b-judge-1a2b3c4d', 'openai/gpt-oss-120b'],
      ['openai-compatible', 'openai/gpt-oss-120b', 'openai/gpt-oss-120b'],
    ] as const
    for (const [provider, model, kin] of cases) {
      const facts = modelFacts(registry, provider, model)
      expect(facts.entry).toBeUndefined()
      expect(facts.kin?.name).toBe(kin)
      expect(pricesOf(registry, provider, model)).toBeUndefined()
    }
    expect(modelFacts(registry, 'openai-compatible', 'gpt-oss-1200b').kin).toBeUndefined()
  })
})

describe('pricesOf', () => {
  it('takes what the study says first, then the registry, and says which', () => {
    expect(pricesOf(registry, 'openai', 'gpt-5.2', { input: 1, output: 2 })).toEqual({
      input: 1,
      output: 2,
      source: 'the study',
    })
    expect(pricesOf(registry, 'openai', 'gpt-5.2')).toMatchObject({
      ...{ input: 1.75, cachedInput: 0.175, output: 14, batchShare: 0.5 },
      source: expect.stringContaining('2026-02-02'),
    })
    expect(pricesOf(registry, 'openai', 'unheard-of')).toBeUndefined()
  })
})

describe('modelAbilities', () => {
  it.each([
    ['openai', 'gpt-5.2', {}, { takesSchemas: true, isThinking: false }],
    ['openai', 'gpt-5.2', { reasoningEffort: 'high' }, { takesSchemas: true, isThinking: true }],
    ['openai', 'unheard-of', {}, { takesSchemas: true, isThinking: undefined }],
    ['together', 'openai/gpt-oss-120b', {}, { takesSchemas: true, isThinking: true }],
    ['together', 'unheard/of', {}, { takesSchemas: false, isThinking: undefined }],
    ['openai-compatible', 'openai/gpt-oss-120b', {}, { takesSchemas: false, isThinking: true }],
    ['openai-compatible', 'mine', { thinking: true }, { takesSchemas: false, isThinking: true }],
  ] as const)('%s %s %j', (provider, model, settings, abilities) => {
    expect(modelAbilities(registry, studyJudge({ provider, model, settings }))).toEqual(abilities)
  })
})
