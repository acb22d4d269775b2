import type { StudyResults } from '@judgelab/analysis'
import { describe, expect, it } from 'vitest'
import {
  answerSentence,
  auditSentences,
  contrastSentence,
  countsSentence,
  pairsSentence,
  policySentence,
  repeatedSentence,
  smallestSubsetSentence,
  subsetSentence,
  trainingSentence,
} from '../../src/index.js'
import { pWords } from '../../src/sentences/p-words.js'
import { smallResults, withTuning } from '../support/small-results.js'

describe('contrastSentence', () => {
  it('gives both rates, their difference and n on the same comparisons', () => {
    const results = smallResults({ ties: 'excluded', failures: 'excluded' })
    // Both decided three: base+dpo right in two, base in two; base alone has 2 of 4.
    expect(contrastSentence(results, results.contrasts[0]!)).toMatch(
      /^base\+dpo agrees with the labels on 66\.7 % and base on 66\.7 % of 3 synthetic comparisons that count for both: a difference of 0\.0 points/,
    )
  })

  it('holds rates and difference together under every policy', () => {
    for (const ties of ['wrong', 'half', 'excluded'] as const)
      for (const { primary } of smallResults({ ties }).contrasts)
        expect((primary.accuracyA.value as number) - (primary.accuracyB.value as number)).toBeCloseTo(
          primary.difference.value as number,
          12,
        )
  })

  it('says why there is no interval', () => {
    const results = smallResults()
    expect(contrastSentence(results, results.contrasts[0]!)).toContain(
      '0.0 points (no interval: too few prompts), sign-flip by prompt p = 1.0.',
    )
    expect(answerSentence({ ...results, contrasts: [] })).toContain(
      'agrees with the labels most often: 50.0 % (no interval: too few prompts) of 4 synthetic comparisons.',
    )
  })

  it('names the best null baseline where a study has no other judge', () => {
    const results = smallResults()
    const judges = results.judges.filter(({ kind }) => kind === 'control')
    expect(answerSentence({ ...results, judges, contrasts: [] })).toMatch(/^longer agrees with the labels most often/)
    expect(answerSentence({ ...results, judges: [], contrasts: [] })).toBe('No judge of this study has an accuracy.')
  })
})

describe('subsetSentence', () => {
  it('counts what the paired result counts', () => {
    const results = smallResults({ ties: 'excluded', failures: 'excluded' })
    const [, contrast] = results.contrasts
    // base against longer, which decided two: each alone right once.
    expect(contrast?.primary.table).toEqual({ both: 0, onlyA: 1, onlyB: 1, neither: 0 })
    expect(subsetSentence(results, contrast!)).toContain(
      'On 1 synthetic comparison only base is right, on 1 only longer.',
    )
  })
})

describe('trainingSentence', () => {
  it.each([0.3, 0.9])('says where the loss went, up or down: %s', (loss) => {
    expect(trainingSentence(withTuning(smallResults(), loss), 'base+dpo')).toBe(
      `base+dpo: 1 step (beta 0.1, 1 epoch, batches of 8, learning rate 1): the loss on the synthetic validation pairs goes from 0.693 (ln 2, before training) to ${loss.toFixed(3)} nats, and 40.0 % of them are moved the right way.`,
    )
  })
})

describe('policySentence', () => {
  it('says that nothing can be compared', () => {
    const results = smallResults()
    const byTiePolicy = results.contrasts[0]!.byTiePolicy.map((result) => ({
      ...result,
      p: null,
      difference: { ...result.difference, value: null },
    }))
    const contrast = { ...results.contrasts[0]!, byTiePolicy }
    expect(policySentence(results, contrast)).toBe(
      'No comparison counts for both judges under any tie policy: there is nothing to compare.',
    )
  })

  it('names the policies that leave nothing', () => {
    const tie = ['tie', 'tie'] as const
    const said = { base: [tie, tie, tie, tie], longer: [tie, tie, tie, tie], 'base+dpo': [tie, tie, tie, tie] }
    const results = smallResults({}, said)
    expect(policySentence(results, results.contrasts[0]!)).toBe(
      'On this synthetic benchmark the answer does not depend on the tie policy: 0.0 points with ties wrong (p = 1.0) and 0.0 points with ties half (p = 1.0); no comparison counts for both with ties excluded.',
    )
  })
})

describe('sentences on judges and subsets', () => {
  it('names the smallest subset and what one comparison weighs there', () => {
    expect(smallestSubsetSentence(smallResults())).toBe(
      'The smallest subset, Math, has 1 synthetic comparison, so that one of them moves an accuracy there by 100.0 points.',
    )
  })
})

describe('sentences on synthetic data', () => {
  it('call them synthetic, and no others', () => {
    const trained = withTuning(smallResults(), 0.5)
    const contrast = { ...trained.contrasts[0]!, unrepeated: { ...trained.contrasts[0]!.primary, repeated: 2 } }
    const finding = { name: 'prompts-exact', verdict: 'leak', summary: '1 of 3 test examples …' }
    const audit = { findings: [finding], notChecked: [] } as unknown as StudyResults['audit']
    const pairs = { total: 9, train: 8, validation: 1, sharedPrompts: 0 } as unknown as StudyResults['pairs']
    const results = { ...trained, audit, pairs }
    const written = { ...results, benchmark: { ...results.benchmark, synthetic: false } }
    const sentences: ((held: StudyResults) => string)[] = [
      answerSentence,
      auditSentences,
      countsSentence,
      pairsSentence,
      smallestSubsetSentence,
      (held) => answerSentence({ ...held, contrasts: [] }),
      (held) => contrastSentence(held, contrast),
      (held) => policySentence(held, contrast),
      (held) => repeatedSentence(held, contrast),
      (held) => subsetSentence(held, contrast),
      (held) => trainingSentence(held, 'base+dpo'),
    ]
    for (const sentence of sentences) {
      expect(sentence(results)).toContain('synthetic')
      expect(sentence(written)).not.toMatch(/synthetic/i)
    }
  })
})

describe('auditSentences', () => {
  it('says of a study without audit that it has none', () => {
    expect(auditSentences(smallResults())).toContain('does not audit')
  })
})

describe('pWords', () => {
  it.each([
    [0.61, 'p = 0.61'],
    [0.00001, 'p < 0.001'],
    [1, 'p = 1.0'],
  ])('%s', (p, words) => {
    expect(pWords(p)).toBe(words)
  })
})
