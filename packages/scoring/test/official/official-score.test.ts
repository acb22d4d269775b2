import { officialScoreOf } from '@judgelab/scoring'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('officialScoreOf', () => {
  it('shows what failures were given: 1, 0, and two failures that earned 0.25', () => {
    const given = [
      { credit: 1, failed: false },
      { credit: 0, failed: false },
      { credit: 0.25, failed: true },
      { credit: 0.25, failed: true },
    ]
    // official 1.5 / 4, strict 1 / 4, answered 1 / 2
    expect(officialScoreOf(given)).toEqual({ n: 4, failed: 2, official: 0.375, strict: 0.25, answered: 0.5 })
  })

  it('is undefined where nothing counts, and says so by n and failed', () => {
    expect(officialScoreOf([])).toEqual({ n: 0, failed: 0, official: NaN, strict: NaN, answered: NaN })
    expect(officialScoreOf([{ credit: 0.25, failed: true }])).toEqual({
      n: 1,
      failed: 1,
      official: 0.25,
      strict: 0,
      answered: NaN,
    })
  })

  it('is never below strict, and answered never is either', () => {
    const credit = fc.record({ credit: fc.constantFrom(0, 0.25, 1 / 3, 0.5, 1), failed: fc.boolean() })
    fc.assert(
      fc.property(fc.array(credit, { minLength: 1, maxLength: 30 }), (credits) => {
        const { n, failed, official, strict, answered } = officialScoreOf(credits)
        expect(official).toBeGreaterThanOrEqual(strict)
        if (failed < n) expect(answered).toBeGreaterThanOrEqual(strict)
        if (failed === 0) expect([strict, answered]).toEqual([official, official])
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})
