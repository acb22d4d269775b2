import { createNumpyRandom, type Verdict } from '@judgelab/core'
import type { Policies } from '@judgelab/scoring'
import { mcnemar, pairedDifference } from '@judgelab/stats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contrastBySubset, pairedResult, type Sureness } from '../src/index.js'
import { signFlipName } from '../src/orders.js'
import { verdictList } from './verdict-list.js'

const SURENESS: Sureness = { level: 0.95, resamples: 500, newRandom: () => createNumpyRandom(1).randomSample }
const WRONG: Policies = { ties: 'wrong', failures: 'wrong' }
const HALF: Policies = { ties: 'half', failures: 'wrong' }
const EXCLUDED: Policies = { ties: 'excluded', failures: 'excluded' }

//          0123456789
const A = 'ccccrrttfc'
const B = 'ccrtcrcttf'

describe('pairedResult', () => {
  it('counts right and wrong and tests it exactly where ties are wrong', () => {
    // Both right at 0, 1; only A at 2, 3, 9; only B at 4, 6; neither at 5, 7, 8.
    const table = { both: 2, onlyA: 3, onlyB: 2, neither: 3 }
    const result = pairedResult(verdictList(A), verdictList(B), WRONG, SURENESS)
    expect(result).toMatchObject({ ties: 'wrong', n: 10, table, test: 'exact McNemar', p: 1 })
    expect(result.p).toBe(mcnemar(table).p)
    const tango = pairedDifference(table, { method: 'tango', level: 0.95 })
    const newcombe = pairedDifference(table, { method: 'newcombe', level: 0.95 })
    expect(result.difference).toEqual({
      value: 0.1,
      low: tango.low,
      high: tango.high,
      method: 'tango',
      status: 'estimated',
    })
    expect(result.newcombe).toEqual({
      value: 0.1,
      low: newcombe.low,
      high: newcombe.high,
      method: 'newcombe',
      status: 'estimated',
    })
  })

  it('resamples prompts and flips signs where ties earn half', () => {
    const result = pairedResult(verdictList(A), verdictList(B), HALF, SURENESS)
    // Credits: A 1 1 1 1 0 0 ½ ½ 0 1 = 6; B 1 1 0 ½ 1 0 1 ½ ½ 0 = 5.5.
    expect(result).toMatchObject({ n: 10, table: null, newcombe: null, test: 'sign-flip by prompt' })
    expect(result.difference).toMatchObject({ method: 'bootstrap by prompt' })
    expect(result.difference.value).toBeCloseTo(0.05, 12)
    expect(result.difference.low).toBeLessThan(0.05)
    expect(result.difference.high).toBeGreaterThan(0.05)
    expect(result.p).toBeGreaterThan(0.5)
  })

  it('compares on what both decided where ties and failures are excluded', () => {
    // Both decided at 0, 1, 2, 4, 5.
    expect(pairedResult(verdictList(A), verdictList(B), EXCLUDED, SURENESS)).toMatchObject({
      n: 5,
      table: { both: 2, onlyA: 1, onlyB: 1, neither: 1 },
      difference: { value: 0 },
      test: 'exact McNemar',
    })
  })

  it('gives both accuracies on what both decided, not on what each decided', () => {
    // A alone decided e3 (wrong), B alone nothing more; both decided e0 to e2.
    const result = pairedResult(
      verdictList('crcr'),
      verdictList('cctt').toSpliced(2, 1, ...verdictList('ccrt').slice(2, 3)),
      EXCLUDED,
      SURENESS,
    )
    expect(result).toMatchObject({
      n: 3,
      accuracyA: { n: 3, value: 2 / 3 },
      accuracyB: { n: 3, value: 2 / 3 },
      difference: { value: 0 },
    })
  })

  it('says when p was drawn rather than counted', () => {
    // 21 prompts whose credits have no common step up to 1/60 cannot come of verdicts; the name is what is tested.
    expect(signFlipName('monte-carlo')).toBe('sign-flip by prompt, Monte Carlo')
  })

  it('pairs by comparison, not by place, and leaves out what only one judge has', () => {
    const shuffled = verdictList(B).toReversed()
    const whole = pairedResult(verdictList(A), verdictList(B), WRONG, SURENESS)
    expect(pairedResult(verdictList(A), shuffled, WRONG, SURENESS)).toEqual(whole)
    expect(pairedResult(verdictList(A), shuffled.slice(5), WRONG, SURENESS)).toMatchObject({
      n: 5,
      table: { both: 2, onlyA: 2, onlyB: 1, neither: 0 },
    })
  })

  it('stays a table of right and wrong when half credit was earned only where the other judge has nothing', () => {
    expect(pairedResult(verdictList('cr'), verdictList('ccttt'), HALF, SURENESS)).toMatchObject({
      n: 2,
      table: { both: 1, onlyA: 0, onlyB: 1, neither: 0 },
    })
  })

  it('flips signs by prompt where one prompt has several comparisons', () => {
    const byPrompt = (letters: string): Verdict[] => verdictList(letters, (at) => `p${at >> 1}`)
    // Each prompt differs by 2 in A's favour: five prompts, p = 2 / 2^5; as ten independent comparisons it were 2 / 2^10.
    const result = pairedResult(byPrompt('cccccccccc'), byPrompt('rrrrrrrrrr'), WRONG, SURENESS)
    expect(result).toMatchObject({
      n: 10,
      table: { both: 0, onlyA: 10, onlyB: 0, neither: 0 },
      newcombe: null,
      test: 'sign-flip by prompt',
      p: 2 / 2 ** 5,
      difference: { value: 1, low: null, high: null, method: 'none', status: 'too few prompts' },
    })
    expect(pairedResult(verdictList('cccccccccc'), verdictList('rrrrrrrrrr'), WRONG, SURENESS).p).toBe(2 / 2 ** 10)
  })

  it.each([
    ['no verdicts', [], []],
    ['nothing in common', verdictList('cr').slice(0, 1), verdictList('cr').slice(1)],
    ['nothing that both decided', verdictList('ct'), verdictList('tc')],
  ])('says that there was nothing to pair: %s', (_, a, b) => {
    expect(pairedResult(a, b, EXCLUDED, SURENESS)).toMatchObject({
      ties: 'excluded',
      n: 0,
      accuracyA: { n: 0, value: null },
      accuracyB: { n: 0, value: null },
      table: null,
      difference: { value: null, low: null, high: null, method: 'none', status: 'nothing counts' },
      newcombe: null,
      p: null,
      test: 'none',
    })
  })

  it('has p 1 where no comparison tells the judges apart', () => {
    expect(pairedResult(verdictList('crc'), verdictList('crc'), WRONG, SURENESS)).toMatchObject({ p: 1, n: 3 })
    expect(pairedResult(verdictList('ctc'), verdictList('ctc'), HALF, SURENESS)).toMatchObject({
      p: 1,
      difference: { value: 0, low: null, high: null, method: 'none', status: 'too few prompts' },
    })
  })

  it('negates the difference and keeps p when the judges swap', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'crtf'), minLength: 1, maxLength: 25 })
    const policies = fc.constantFrom(WRONG, HALF, EXCLUDED, { ties: 'half', failures: 'excluded' } as const)
    const spread = fc.integer({ min: 1, max: 3 })
    fc.assert(
      fc.property(letters, letters, policies, spread, (lettersA, lettersB, policy, perPrompt) => {
        const promptOf = (at: number): string => `p${Math.floor(at / perPrompt)}`
        const [a, b] = [verdictList(lettersA, promptOf), verdictList(lettersB, promptOf)]
        const there = pairedResult(a, b, policy, SURENESS)
        const back = pairedResult(b, a, policy, SURENESS)
        expect(back.n).toBe(there.n)
        expect(back.test).toBe(there.test)
        expect([back.accuracyA, back.accuracyB]).toEqual([there.accuracyB, there.accuracyA])
        if (there.p === null) {
          expect(back).toEqual(there)
          return
        }
        const [right, other] = [there.accuracyA.value as number, there.accuracyB.value as number]
        expect(there.difference.value).toBeCloseTo(right - other, 12)
        expect([there.accuracyA.n, there.accuracyB.n]).toEqual([there.n, there.n])
        expect(back.p).toBeCloseTo(there.p, 12)
        expect(back.difference.value).toBeCloseTo(-(there.difference.value as number), 12)
        if (there.table === null || back.table === null) return
        expect([back.table.onlyA, back.table.onlyB]).toEqual([there.table.onlyB, there.table.onlyA])
        if (there.newcombe === null) return
        expect(back.difference.low).toBeCloseTo(-(there.difference.high as number), 9)
        expect(back.newcombe?.low).toBeCloseTo(-(there.newcombe?.high as number), 9)
      }),
      { numRuns: 200 },
    )
  })
})

describe('contrastBySubset', () => {
  const a = verdictList('cccccccccccccccc')
  const b = verdictList('rcrcrcrcrcrcrcrr')

  it('tests within each subset, in the order asked for', () => {
    const results = contrastBySubset(a, b, ['odd', 'even'], WRONG, SURENESS)
    // Even: all eight for A, p = 2 / 2^8. Odd: one of eight, p = 1.
    expect(results.map(({ subset, n, p }) => [subset, n, p])).toEqual([
      ['odd', 8, 1],
      ['even', 8, 2 / 2 ** 8],
    ])
  })

  it('adjusts by Holm over the subsets that were tested, and leaves the others without p', () => {
    const results = contrastBySubset(a, b, ['even', 'odd', 'empty'], WRONG, SURENESS)
    expect(
      results.map(({ adjusted }) => adjusted && [adjusted.method, adjusted.familySize, adjusted.adjusted]),
    ).toEqual([['holm', 2, 2 * (2 / 2 ** 8)], ['holm', 2, 1], null])
    expect(results[2]).toMatchObject({ n: 0, p: null, test: 'none' })
  })

  it('has nothing to adjust where nothing could be tested', () => {
    expect(contrastBySubset([], [], ['even'], WRONG, SURENESS)).toMatchObject([{ adjusted: null, p: null }])
  })
})
