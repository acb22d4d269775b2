import { VERDICT_RESULTS, type VerdictResult } from '@judgelab/core'
import { togetherDecision, togetherScore } from '@judgelab/scoring'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verdictWith } from './support/made.js'

describe('togetherDecision', () => {
  it.each<[VerdictResult, VerdictResult, VerdictResult, boolean]>([
    ['chosen', 'chosen', 'chosen', false],
    ['rejected', 'rejected', 'rejected', false],
    ['chosen', 'rejected', 'tie', false],
    ['chosen', 'tie', 'tie', false],
    ['tie', 'tie', 'tie', false],
    ['chosen', 'failed', 'chosen', true],
    ['failed', 'rejected', 'rejected', true],
    ['failed', 'tie', 'tie', true],
    ['failed', 'failed', 'failed', false],
  ])('of %s and %s is %s, decided by one pass: %s', (first, second, result, decidedByOnePass) => {
    expect(togetherDecision(verdictWith([first, second]))).toEqual({ result, decidedByOnePass })
  })

  it('of ratings is never decided by one pass; of an unfinished comparison it is', () => {
    expect(togetherDecision({ ...verdictWith(['chosen']), slots: [] })).toEqual({
      result: 'chosen',
      decidedByOnePass: false,
    })
    expect(togetherDecision(verdictWith(['chosen']))).toEqual({ result: 'chosen', decidedByOnePass: true })
    expect(togetherDecision(verdictWith([]))).toEqual({ result: 'failed', decidedByOnePass: false })
  })
})

describe('togetherScore', () => {
  it('gives the published accuracy: GPT-5.2, 183 of 297 with 71 ties, 61.62 %', () => {
    const verdicts = [
      ...Array.from({ length: 183 }, () => verdictWith(['chosen', 'chosen'])),
      ...Array.from({ length: 71 }, () => verdictWith(['chosen', 'rejected'])),
      ...Array.from({ length: 43 }, () => verdictWith(['rejected', 'rejected'])),
    ]
    const score = togetherScore(verdicts)
    expect((100 * score.official).toFixed(2)).toBe('61.62')
    expect(score).toMatchObject({ n: 297, failed: 0, decidedByOnePass: 0 })
    expect(score.counts).toEqual({ chosen: 183, rejected: 43, tie: 71, failed: 0 })
  })

  it('shows apart what one pass decided', () => {
    const verdicts = [
      verdictWith(['chosen', 'chosen']),
      verdictWith(['chosen', 'failed']),
      verdictWith(['failed', 'failed']),
      verdictWith(['tie', 'chosen']),
    ]
    expect(togetherScore(verdicts)).toEqual({
      n: 4,
      failed: 2,
      official: 0.5,
      strict: 0.25,
      answered: 0.5,
      counts: { chosen: 2, rejected: 0, tie: 1, failed: 1 },
      decidedByOnePass: 1,
    })
  })

  it('adds up and is never below strict', () => {
    const pass = fc.constantFrom(...VERDICT_RESULTS)
    fc.assert(
      fc.property(fc.array(fc.tuple(pass, pass), { minLength: 1, maxLength: 20 }), (drawn) => {
        const { n, failed, official, strict, counts, decidedByOnePass } = togetherScore(
          drawn.map((passes) => verdictWith(passes)),
        )
        expect(counts.chosen + counts.rejected + counts.tie + counts.failed).toBe(n)
        expect(failed).toBe(counts.failed + decidedByOnePass)
        expect(official).toBeGreaterThanOrEqual(strict)
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})
