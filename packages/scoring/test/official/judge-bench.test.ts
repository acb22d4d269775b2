import { VERDICT_RESULTS, type VerdictResult } from '@judgelab/core'
import {
  judgeBenchCategory,
  judgeBenchCategoryScores,
  judgeBenchNet,
  judgeBenchScore,
  llmbarScore,
} from '@judgelab/scoring'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verdictWith } from './support/made.js'

describe('judgeBenchNet', () => {
  it.each<[VerdictResult, VerdictResult, number]>([
    ['chosen', 'chosen', 2],
    ['chosen', 'tie', 1],
    ['chosen', 'failed', 1],
    ['chosen', 'rejected', 0],
    ['tie', 'tie', 0],
    ['failed', 'failed', 0],
    ['rejected', 'tie', -1],
    ['failed', 'rejected', -1],
    ['rejected', 'rejected', -2],
  ])('of %s and %s is %d', (first, second, net) => {
    expect(judgeBenchNet([first, second])).toBe(net)
    expect(judgeBenchNet([second, first])).toBe(net)
  })
})

describe('judgeBenchScore', () => {
  it('counts as upstream does, and failures apart', () => {
    const verdicts = [
      verdictWith(['chosen', 'chosen']),
      verdictWith(['chosen', 'tie']),
      verdictWith(['failed', 'chosen']),
      verdictWith(['chosen', 'rejected']),
      verdictWith(['failed', 'failed']),
      verdictWith(['tie', 'tie']),
      verdictWith(['rejected', 'tie']),
      verdictWith([]),
    ]
    expect(judgeBenchScore(verdicts)).toEqual({
      n: 8,
      failed: 3,
      official: 3 / 8,
      strict: 2 / 8,
      answered: 2 / 5,
      correct: 3,
      incorrect: 1,
      tie: 4,
      bothRight: 1,
      oneRight: 3,
      noneRight: 4,
      inconsistent: 4,
    })
  })

  it('takes a rating for both orders, and refuses repeats', () => {
    const rated = { ...verdictWith(['chosen']), slots: [] }
    expect(judgeBenchScore([rated])).toMatchObject({ correct: 1, bothRight: 1, failed: 0 })
    expect(judgeBenchScore([verdictWith(['chosen'])])).toMatchObject({ correct: 1, bothRight: 0, failed: 1 })
    expect(() => judgeBenchScore([verdictWith(['chosen', 'tie', 'tie', 'tie'])])).toThrow(
      'twoPasses needs at most 2 passes, got 4 of comparison ex1:0>1',
    )
  })

  it('adds up, is never below strict, and is not harder than both orders right', () => {
    const pass = fc.constantFrom(...VERDICT_RESULTS)
    const pairs = fc.array(fc.tuple(pass, pass), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(pairs, (drawn) => {
        const verdicts = drawn.map((passes) => verdictWith(passes))
        const score = judgeBenchScore(verdicts)
        expect(score.correct + score.incorrect + score.tie).toBe(score.n)
        expect(score.bothRight + score.oneRight + score.noneRight).toBe(score.n)
        expect(score.official).toBeGreaterThanOrEqual(score.strict)
        expect(score.correct).toBeGreaterThanOrEqual(score.bothRight)
        const { official, bothOrders, agreement } = llmbarScore(verdicts)
        expect(official).toBeCloseTo((2 * score.bothRight + score.oneRight) / (2 * score.n), 12)
        expect(bothOrders).toBe(score.bothRight / score.n)
        expect(agreement).toBeCloseTo(1 - score.inconsistent / score.n, 12)
        const turned = drawn.map(([first, second]) => verdictWith([second, first]))
        expect(judgeBenchScore(turned)).toEqual(score)
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})

describe('judgeBenchCategoryScores', () => {
  it('reads the category from the source', () => {
    expect(
      ['mmlu-pro-law', 'livebench-reasoning', 'livebench-math', 'livecodebench', 'Knowledge'].map(judgeBenchCategory),
    ).toEqual(['Knowledge', 'Reasoning', 'Math', 'Coding', 'Knowledge'])
  })

  it('gives each category its own score, in order of first appearance', () => {
    const scores = judgeBenchCategoryScores([
      verdictWith(['chosen', 'chosen'], 'mmlu-pro-law'),
      verdictWith(['rejected', 'rejected'], 'livecodebench'),
      verdictWith(['rejected', 'chosen'], 'mmlu-pro-physics'),
    ])
    expect(scores.map(({ category, n, official }) => [category, n, official])).toEqual([
      ['Knowledge', 2, 0.5],
      ['Coding', 1, 0],
    ])
  })
})
