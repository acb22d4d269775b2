import { parseStudy, type StudyPairs, tokenizerOfFamily } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import {
  buildPairs,
  cardMarkdown,
  createPairTally,
  type DataCard,
  type PairRequest,
  selectPairs,
  sharedPrompts,
  splitPairs,
} from '../src/index.js'
import { madeExample } from './made-examples.js'

const examples = [
  ...Array.from({ length: 12 }, (_, at) => madeExample(`m${at}`, 'Math', [20, 10, 30])),
  ...Array.from({ length: 4 }, (_, at) => madeExample(`t${at}`, 'Ties', [20, 5, 6, 7, 8, 9, 30])),
]

function asked(pairs: string): StudyPairs {
  const head =
    'version: 1\nname: s\ntitle: T\nquestion: Q\nbenchmark: { source: builtin }\nsplit: { method: together-2026 }\njudges: [{ name: j, provider: local, model: linear }]\n'
  return parseStudy(`${head}pairs: ${pairs}\n`, 's.yaml').pairs as StudyPairs
}

const request = (pairs: string, more: Partial<PairRequest> = {}): PairRequest => ({
  asked: asked(pairs),
  examples,
  judged: [madeExample('z', 'Math', [1, 2])],
  ...more,
})

const ask: NonNullable<PairRequest['verdicts']> = {
  judgeId: 'j1',
  ask: ({ presentation, rightSlot }) => ({
    input: [{ role: 'user', content: `Which of ${presentation.slots.join(' and ')} of ${presentation.exampleId}?` }],
    right: 'AB'[rightSlot] as string,
    wrong: 'BA'[rightSlot] as string,
  }),
}

describe('buildPairs', () => {
  it('builds the published pairs where nothing is asked for', () => {
    const built = buildPairs(request('{}'))
    expect(built).toMatchObject({
      built: 48,
      spread: { lengths: {}, cap: {} },
      critiques: null,
      cleaning: { after: 48 },
    })
    expect(built.pairs.every(({ weight }) => weight === undefined)).toBe(true)
  })

  it('puts strategies beside each other, then cleans, caps and weighs', async () => {
    const built = buildPairs(
      request(
        '{ strategy: [responses, verdicts], judge: j, rejected: first, cap: { Ties: 0.2 }, weights: subsets, clean: { target: gpt-5.2, maxTokens: 200 } }',
        { verdicts: ask, tokenizer: await tokenizerOfFamily('o200k') },
      ),
    )
    expect(built).toMatchObject({
      built: 48,
      cleaning: { after: 48, limit: { family: 'o200k' } },
      spread: { cap: { Ties: 3 } },
    })
    expect(new Set(built.pairs.map(({ origin }) => origin.strategy))).toEqual(new Set(['responses', 'verdicts']))
    expect(built.pairs.reduce((sum, { weight }) => sum + (weight ?? 0), 0)).toBeCloseTo(45, 9)
  })

  it('tells how far each part of the work is, up to the end', () => {
    const last = new Map<string, [number, number]>()
    const onProgress = (done: number, total: number, unit: string): void => void last.set(unit, [done, total])
    const pairs = '{ strategy: [responses, verdicts], judge: j, clean: { nearDuplicates: 0.9 } }'
    const { built } = buildPairs({ ...request(pairs, { verdicts: ask }), onProgress })
    expect([...last]).toEqual([
      ['examples', [32, 32]],
      ['texts read', [built, built]],
      ['texts compared', [built, built]],
      ['prompts read', [1, 1]],
      ['prompts compared', [16, 16]],
    ])
  })

  it.each(['examples', 'texts read', 'texts compared', 'prompts compared'])(
    'hears in the midst of its %s that it is to stop',
    async (part) => {
      const many = Array.from({ length: 120 }, (_, at) => ({
        ...madeExample(`m${at}`, 'Math', [20, 30]),
        prompt: `What is asked here as question number ${at}?`,
      }))
      const controller = new AbortController()
      let told = 0
      const onProgress = (_done: number, _total: number, unit: string): void => {
        if (unit !== part) return
        if (told++ === 0) setTimeout(() => controller.abort(new Error('stopped')))
        for (const start = performance.now(); performance.now() - start < 1; );
      }
      const work = { ...request('{ clean: { nearDuplicates: 0.9 } }', { examples: many }), onProgress }
      await expect(selectPairs(work, { signal: controller.signal })).rejects.toThrow('stopped')
      expect(told).toBeGreaterThan(0)
      expect(told).toBeLessThan(120)
    },
  )

  it('says what a strategy lacks, and when nothing is left', () => {
    expect(() => buildPairs(request('{ strategy: verdicts, judge: j }'))).toThrow('needs verdicts for this strategy')
    expect(() => buildPairs(request('{ strategy: critiques, judge: j }'))).toThrow('needs sampled for this strategy')
    expect(() => buildPairs(request('{ clean: { target: gpt-5.2, maxTokens: 9 } }'))).toThrow('needs the tokenizer')
    expect(() => buildPairs(request('{}', { examples: [] }))).toThrow('needs pairs to be left, got 0 of 0')
    expect(() => buildPairs(request('{ strategy: critiques, judge: j }', { sampled: [] }))).toThrow(
      'got 0 of 0; of 0 sampled presentations 0 have a right and a wrong judgment',
    )
    expect(buildPairs(request('{}', { judged: examples })).leaks.found.example).toBe(48)
  })
})

describe('the data card', () => {
  it('counts pairs by subset, strategy, side and length, as JSON and Markdown', () => {
    const request_ = request('{ strategy: [responses, verdicts], judge: j, lengths: balanced }', {
      verdicts: ask,
      margin: () => -1,
    })
    const built = buildPairs(request_)
    const sides = splitPairs(built.pairs, request_.asked)
    const tally = createPairTally()
    for (const pair of sides.train) tally.add(pair, 'train')
    for (const pair of sides.validation) tally.add(pair, 'validation')
    const summary = tally.summary()
    expect(summary.pairs).toBe(built.pairs.length)
    expect(summary.train + summary.validation).toBe(summary.pairs)
    // responses: Math has one longer and one shorter rejected one of 12 examples; Ties keeps 4 + 4 of 20 + 4; verdicts: 2 x 48.
    expect(summary.byStrategy.responses).toMatchObject({ pairs: 32, preferredLonger: 0.5 })
    expect(summary.byStrategy.verdicts).toMatchObject({ pairs: 96, preferredLonger: 0.5 })
    expect(summary.bySubset.Ties).toMatchObject({ examples: 4, pairs: 8 + 48 })
    expect(summary.bySubset.Ties?.characters.preferred).toEqual({
      mean: (8 * 20 + 48) / 56,
      median: 1,
      p95: 20,
      longest: 20,
    })
    expect(summary.bySubset.Math?.weightShare).toBeCloseTo(72 / 128, 12)
    const card: DataCard = {
      formatVersion: 1,
      study: 's',
      command: 'judgelab pairs s',
      benchmark: { name: 'made | benchmark', synthetic: true, fingerprint: 'f' },
      split: { method: 'together-2026', seed: 42, fingerprint: 'g' },
      asked: request_.asked,
      ...built,
      summary,
      sharedPrompts: sharedPrompts(sides),
      fingerprint: 'h',
      files: [{ file: 'train.jsonl', pairs: sides.train.length, sha256: 'i' }],
    }
    const markdown = cardMarkdown(card)
    expect(markdown).toContain('| Ties | 4 | 56 |')
    expect(markdown).toContain('| balanced lengths | 16 | Ties 16 |')
    expect(markdown).toContain('likes the non-preferred output better in 100.0 % of the pairs')
    expect(markdown).toContain('Made by `judgelab pairs s`')
    expect(markdown).not.toMatch(/undefined|NaN|\[object/)
  })
})
