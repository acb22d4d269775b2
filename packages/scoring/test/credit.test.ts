import {
  FAILURE_POLICIES,
  type FailurePolicy,
  type Rule,
  TIE_POLICIES,
  type TiePolicy,
  VERDICT_RESULTS,
  type Verdict,
  type VerdictResult,
} from '@judgelab/core'
import { combinePasses, creditOf, scoreOf } from '@judgelab/scoring'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

function verdictWith(passes: readonly VerdictResult[], rule: Rule): Verdict {
  return {
    comparisonId: 'ex1:0>1',
    exampleId: 'ex1',
    subset: 'Math',
    rule,
    result: combinePasses(passes, rule),
    passes,
    slots: [],
  }
}

function creditWith(
  passes: readonly VerdictResult[],
  rule: Rule,
  ties: TiePolicy,
  failures: FailurePolicy,
): number | null {
  return creditOf(verdictWith(passes, rule), { ties, failures })
}

describe('creditOf', () => {
  it.each([
    // result, ties, failures, credit
    ['chosen', 'wrong', 'wrong', 1],
    ['chosen', 'excluded', 'excluded', 1],
    ['rejected', 'half', 'wrong', 0],
    ['rejected', 'excluded', 'excluded', 0],
    ['tie', 'wrong', 'wrong', 0],
    ['tie', 'half', 'wrong', 0.5],
    ['tie', 'excluded', 'wrong', null],
    ['tie', 'wrong', 'excluded', 0],
    ['tie', 'half', 'excluded', 0.5],
    ['failed', 'wrong', 'wrong', 0],
    ['failed', 'half', 'wrong', 0],
    ['failed', 'excluded', 'wrong', 0],
    ['failed', 'wrong', 'excluded', null],
    ['failed', 'half', 'excluded', null],
  ] as const)('of %s with ties %s and failures %s is %s', (result, ties, failures, credit) => {
    expect(creditWith([result], 'together', ties, failures)).toBe(credit)
  })

  it.each([
    // LLMBar: the mean over the passes that count
    [['chosen', 'chosen'], 'wrong', 'wrong', 1],
    [['chosen', 'rejected'], 'wrong', 'wrong', 0.5],
    [['rejected', 'rejected'], 'half', 'wrong', 0],
    [['chosen', 'tie'], 'wrong', 'wrong', 0.5],
    [['chosen', 'tie'], 'half', 'wrong', 0.75],
    [['chosen', 'tie'], 'excluded', 'wrong', 1],
    [['rejected', 'tie'], 'half', 'wrong', 0.25],
    [['tie', 'tie'], 'half', 'wrong', 0.5],
    [['tie', 'tie'], 'excluded', 'wrong', null],
    [['chosen', 'failed'], 'wrong', 'wrong', 0.5],
    [['chosen', 'failed'], 'wrong', 'excluded', 1],
    [['failed', 'failed'], 'wrong', 'wrong', 0],
    [['failed', 'failed'], 'wrong', 'excluded', null],
    [['tie', 'failed'], 'excluded', 'excluded', null],
    [['tie', 'failed'], 'excluded', 'wrong', 0],
    [[], 'half', 'wrong', 0],
    [[], 'half', 'excluded', null],
  ] as const)('under average, of %j with ties %s and failures %s is %s', (passes, ties, failures, credit) => {
    expect(creditWith(passes, 'average', ties, failures)).toBe(credit)
  })

  it('of a verdict and of its mirror image add up to 1 with half credit where nothing failed', () => {
    const decided = fc.constantFrom<VerdictResult>('chosen', 'rejected', 'tie')
    const mirror = { chosen: 'rejected', rejected: 'chosen', tie: 'tie' } as const
    fc.assert(
      fc.property(
        fc.array(decided, { minLength: 1, maxLength: 4 }),
        fc.constantFrom<Rule>('consistent', 'together', 'net', 'average', 'first-order'),
        (passes, rule) => {
          const credit = creditWith(passes, rule, 'half', 'wrong') as number
          const mirrored = passes.map((pass) => mirror[pass as keyof typeof mirror])
          expect(credit + (creditWith(mirrored, rule, 'half', 'wrong') as number)).toBeCloseTo(1, 12)
        },
      ),
      { seed: 1, numRuns: 300 },
    )
  })
})

const MIXED: readonly Verdict[] = (
  ['chosen', 'chosen', 'chosen', 'rejected', 'rejected', 'tie', 'tie', 'tie', 'tie', 'failed'] as const
).map((result) => verdictWith([result], 'together'))
const COUNTS = { chosen: 3, rejected: 2, tie: 4, failed: 1 }

describe('scoreOf', () => {
  it.each([
    ['wrong', 'wrong', 10, 3, true],
    ['half', 'wrong', 10, 5, false],
    ['excluded', 'wrong', 6, 3, true],
    ['wrong', 'excluded', 9, 3, true],
    ['half', 'excluded', 9, 5, false],
    ['excluded', 'excluded', 5, 3, true],
  ] as const)(
    'with ties %s and failures %s counts %d comparisons that earn %d',
    (ties, failures, n, credit, isBinary) => {
      expect(scoreOf(MIXED, { ties, failures })).toEqual({ n, credit, accuracy: credit / n, counts: COUNTS, isBinary })
    },
  )

  it('has no accuracy where nothing counts, and says so by n', () => {
    const nothing = { chosen: 0, rejected: 0, tie: 0, failed: 0 }
    expect(scoreOf([], { ties: 'wrong', failures: 'wrong' })).toEqual({
      n: 0,
      credit: 0,
      accuracy: Number.NaN,
      counts: nothing,
      isBinary: true,
    })
    const ties = [verdictWith(['tie'], 'net')]
    expect(scoreOf(ties, { ties: 'excluded', failures: 'wrong' })).toMatchObject({ n: 0, accuracy: Number.NaN })
  })

  it('is binary with half credit where nothing tied, and not under average where the orders disagree', () => {
    const decided = [verdictWith(['chosen', 'chosen'], 'average'), verdictWith(['rejected', 'rejected'], 'average')]
    expect(scoreOf(decided, { ties: 'half', failures: 'wrong' }).isBinary).toBe(true)
    const split = [...decided, verdictWith(['chosen', 'rejected'], 'average')]
    expect(scoreOf(split, { ties: 'wrong', failures: 'wrong' })).toMatchObject({ n: 3, credit: 1.5, isBinary: false })
  })

  it('gives the published accuracies: ties wrong, of 297', () => {
    // Together AI 2026-02-02: GPT-5.2 183 of 297 with 71 ties is 61.62 %; DESIGN: with half credit 73.6 %
    const published = [
      ...Array.from({ length: 183 }, () => verdictWith(['chosen', 'chosen'], 'together')),
      ...Array.from({ length: 43 }, () => verdictWith(['rejected', 'rejected'], 'together')),
      ...Array.from({ length: 71 }, () => verdictWith(['chosen', 'rejected'], 'together')),
    ]
    expect((100 * scoreOf(published, { ties: 'wrong', failures: 'wrong' }).accuracy).toFixed(2)).toBe('61.62')
    expect((100 * scoreOf(published, { ties: 'half', failures: 'wrong' }).accuracy).toFixed(1)).toBe('73.6')
  })

  it('counts every verdict once under every policy, and never gives more credit than comparisons', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom(...VERDICT_RESULTS), { maxLength: 4 }), { maxLength: 20 }),
        fc.constantFrom<Rule>('consistent', 'average', 'net'),
        fc.constantFrom(...TIE_POLICIES),
        fc.constantFrom(...FAILURE_POLICIES),
        (made, rule, ties, failures) => {
          const score = scoreOf(
            made.map((passes) => verdictWith(passes, rule)),
            { ties, failures },
          )
          expect(Object.values(score.counts).reduce((sum, count) => sum + count, 0)).toBe(made.length)
          expect(score.credit).toBeGreaterThanOrEqual(0)
          expect(score.credit).toBeLessThanOrEqual(score.n)
          expect(score.n).toBeLessThanOrEqual(made.length)
        },
      ),
      { seed: 1, numRuns: 300 },
    )
  })
})
