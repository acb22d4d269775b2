import { parseStudy, strategiesOf } from '@judgelab/core'
import { describe, expect, it } from 'vitest'

const withPairs = (pairs: string): string => `version: 1
name: small
title: A small study
question: Is it small?
benchmark: { source: builtin }
split: { method: together-2026 }
judges: [{ name: linear, provider: local, model: linear }]
pairs: ${pairs}
`

describe('the pairs of a study', () => {
  it('may be of several strategies, chosen, capped, weighed and cleaned', () => {
    const { pairs } = parseStudy(
      withPairs(
        '{ strategy: [responses, critiques], rejected: random, perExample: 2, cap: { Ties: 0.1 }, weights: subsets, lengths: balanced, judge: linear, samples: 4, clean: { target: gpt-5.2, maxTokens: 900 }, leaks: drop }',
      ),
      's.yaml',
    )
    expect(pairs).toMatchObject({ rejected: 'random', cap: { Ties: 0.1 }, clean: { maxTokens: 900 }, leaks: 'drop' })
    expect(pairs && strategiesOf(pairs)).toEqual(['responses', 'critiques'])
    expect(strategiesOf({ strategy: 'verdicts' })).toEqual(['verdicts'])
  })

  it.each([
    ['{ strategy: answers }', 'pairs.strategy: expected'],
    ['{ strategy: [responses, responses] }', 'pairs.strategy: expected each strategy once, found responses, responses'],
    [
      '{ rejected: all, perExample: 2 }',
      'pairs.perExample: expected rejected "hardest" or "random" for a number, found "all"',
    ],
    ['{ rejected: random, scores: a.jsonl }', 'pairs.scores: expected rejected "hardest" for scores, found "random"'],
    ['{ cap: 1 }', 'pairs.cap: expected a number below 1, found 1'],
    ['{ cap: { Ties: 0 } }', 'pairs.cap.Ties: expected a number above 0, found 0'],
    ['{ clean: { maxTokens: 10 } }', 'pairs.clean: expected `target:`, the model whose tokens count, beside maxTokens'],
    ['{ strategy: verdicts }', 'pairs: expected `judge:`, whose judging prompt verdicts are made of, found nothing'],
    ['{ judge: linear }', 'pairs.judge: expected no judge for strategy responses, found one'],
    ['{ strategy: critiques, judge: liner }', 'found "liner" (did you mean "linear"?)'],
    ['{ split: grouped, shuffles: 2 }', 'pairs.shuffles: expected split "published" for more than one shuffle'],
    ['{ weight: examples }', 'pairs.weight: unknown field "weight" (did you mean "weights"?)'],
  ])('are refused where they make no sense: %s', (pairs, message) => {
    expect(() => parseStudy(withPairs(pairs), 's.yaml')).toThrow(message)
    expect(() => parseStudy(withPairs(pairs), 's.yaml')).toThrow(/^s\.yaml:8:\d+: /)
  })
})
