import { readFileSync } from 'node:fs'
import { ratingsCredit, sequenceClassifierCredit, tryParseRating } from '@judgelab/scoring'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const REFERENCE = JSON.parse(
  readFileSync(new URL('../fixtures/rewardbench2-scoring.json', import.meta.url), 'utf8'),
) as { readonly ratingsCredit: readonly { readonly ratings: readonly number[]; readonly credit: number }[] }

describe('tryParseRating', () => {
  it.each([
    ['7', 7],
    ['Good overall.\n\n9', 9],
    ['10 \n', 10],
    ['Score:8', 8],
    ['$7', 7],
    // the traps, as executed upstream
    ['8/10', 10],
    ['7.5', 5],
    ['8 out of 10', 10],
    ['-5', 5],
    ['9\u0085', 9],
    ['9\u001c', 9],
    ['9\u00a0', 9],
    ['a\u030110', 10],
    ['\ufeff9', 9],
  ])('reads %j as %d', (text, value) => {
    expect(tryParseRating(text)).toEqual({ kind: 'rating', value, scale: { min: 1, max: 10 } })
  })

  it.each([
    '**8**',
    'Rating: 9.',
    '[[7]]',
    '',
    '0',
    '11',
    '110',
    '9%',
    'x10',
    '_9',
    'é9',
    '中9',
    '²9',
    '８',
    '9\ufeff',
    '9\u200b',
    '7\0',
    'nine',
    '$ERROR$',
  ])('cannot read %j', (text) => {
    expect(tryParseRating(text)).toEqual({ kind: 'failed', reason: 'unparsed' })
  })

  it('is quick on half a million spaces', () => {
    expect(tryParseRating(`9${' '.repeat(500_000)}x`).kind).toBe('failed')
  })
})

describe('ratingsCredit', () => {
  it.each(REFERENCE.ratingsCredit)('of $ratings is $credit, as the official code says', ({ ratings, credit }) => {
    const failed = ratings.includes(-1)
    expect(ratingsCredit(ratings)).toEqual({ credit, failed })
    expect(ratingsCredit(ratings.map((rating) => (rating === -1 ? null : rating)))).toEqual({ credit, failed })
  })

  it('has twenty reference values to meet', () => {
    expect(REFERENCE.ratingsCredit).toHaveLength(20)
  })

  it.each([
    [[9, 5, 3, 1], 1, false],
    [[9, 9, 3, 1], 1 / 2, false],
    [[9, 9, 9, 1], 1 / 3, false],
    [[9, 9, 9, 9], 1 / 4, false],
    [[5, 9, 3, 1], 0, false],
    [[null, null, null, null], 0.25, true],
    // a failed chosen response earns nothing; a failed rejected one drops out
    [[null, 1, 1, 1], 0, true],
    [[1, null, null, null], 1, true],
    [[7, 7, null, 3], 1 / 2, true],
  ])('of %j is %d, failed %s', (ratings, credit, failed) => {
    expect(ratingsCredit(ratings)).toEqual({ credit, failed })
  })

  it('needs ratings', () => {
    expect(() => ratingsCredit([])).toThrow('ratingsCredit needs at least 1 rating, got 0')
  })

  const rating = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.constant(null))

  it('does not change when the rejected responses change places', () => {
    fc.assert(
      fc.property(rating, fc.array(rating, { minLength: 1, maxLength: 6 }), fc.nat(), (chosen, rejected, by) => {
        const turned = [...rejected.slice(by % rejected.length), ...rejected.slice(0, by % rejected.length)].reverse()
        expect(ratingsCredit([chosen, ...turned])).toEqual(ratingsCredit([chosen, ...rejected]))
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('never falls when the chosen response is rated higher', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.array(rating, { maxLength: 6 }), (chosen, rejected) => {
        const lower = ratingsCredit([chosen, ...rejected]).credit
        expect(ratingsCredit([chosen + 1, ...rejected]).credit).toBeGreaterThanOrEqual(lower)
      }),
      { seed: 1, numRuns: 500 },
    )
  })
})

describe('sequenceClassifierCredit', () => {
  it.each([
    [[2.5, 1, -3, 0], 1, false],
    [[2.5, 2.5, -1, 0], 0.5, false],
    [[-1, -1, -1, -1], 0.25, false],
    [[1, 2.5, 0, 0], 0, false],
    [[0, 0, 0], 1 / 3, false],
    [[Number.POSITIVE_INFINITY, 3], 1, false],
    // numpy's max of anything with NaN is NaN, and nothing equals it
    [[5, Number.NaN, 1, 1], 0, true],
    [[Number.NaN, 1, 1, 1], 0, true],
  ])('of %j is %d, failed %s', (scores, credit, failed) => {
    expect(sequenceClassifierCredit(scores)).toEqual({ credit, failed })
  })

  it('is the credit of the same numbers as ratings, -1 apart', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 6 }), (scores) => {
        expect(sequenceClassifierCredit(scores)).toEqual(ratingsCredit(scores))
      }),
      { seed: 1, numRuns: 200 },
    )
    expect(sequenceClassifierCredit([-1, -1]).credit).toBe(0.5)
    expect(ratingsCredit([-1, -1]).credit).toBe(0.25)
  })

  it('needs scores', () => {
    expect(() => sequenceClassifierCredit([])).toThrow('sequenceClassifierCredit needs at least 1 score, got 0')
  })
})
