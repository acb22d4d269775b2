import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../src/arithmetic/evaluate.js'
import { mathTokens } from '../src/arithmetic/math-tokens.js'
import { readArithmetic } from '../src/index.js'

const valued = (text: string): number | undefined => evaluate(mathTokens(text))

describe('evaluate', () => {
  it.each([
    ['2 + 3 * 4', 14],
    ['(2 + 3) * 4', 20],
    ['2 ^ 3 ^ 2', 512], // from the right: 2^9
    ['-2 ^ 2', -4], // the power binds closer than the sign
    ['2 * -3', -6],
    ['8 / 4 / 2', 1],
    ['10 - 4 - 3', 3],
    ['15% of 80', 12],
    ['3/4 of 20', 15],
    ['1,234 + 1', 1235],
    ['$1.50 × 4', 6],
    ['7 times 6', 42],
    ['20 divided by 5'.replace('by ', ''), 4],
  ])('%s is %d', (text, value) => {
    expect(valued(text)).toBeCloseTo(value, 12)
  })

  it.each(['', '+', '2 +', '(2', '2)', '2 3', '1 / 0', '0 / 0', '()', '%', '9 ^ 9 ^ 9'])(
    'has no value for %j',
    (text) => {
      expect(valued(text)).toBeUndefined()
    },
  )

  it('agrees with the arithmetic of the language on random sums, differences and products', () => {
    const term = fc.tuple(fc.integer({ min: 0, max: 99 }), fc.constantFrom('+', '-', '*'))
    fc.assert(
      fc.property(fc.array(term, { maxLength: 8 }), fc.integer({ min: 0, max: 99 }), (terms, last) => {
        // Products first, then sums from the left.
        const sums: number[] = []
        let factor = 1
        for (const [value, operator] of [...terms, [last, 'end'] as const]) {
          if (operator === '*') factor *= value
          else {
            sums.push(factor * value)
            factor = operator === '-' ? -1 : 1
          }
        }
        const text = `${terms.map(([value, operator]) => `${value} ${operator} `).join('')}${last}`
        expect(valued(text)).toBe(sums.reduce((sum, value) => sum + value, 0))
      }),
      { seed: 3 },
    )
  })
})

describe('readArithmetic', () => {
  it.each([
    // text, equations, wrong, last result
    ['12 * 7 = 84', 1, 0, 84],
    ['12 * 7 = 85', 1, 1, 85],
    ['12 x 7 is 84', 1, 0, 84],
    ['3 + 4 is equal to 7', 1, 0, 7],
    ['12 apples + 3 apples = 15 apples', 1, 0, 15],
    ['60 minutes x 3 = 180 minutes', 1, 0, 180],
    ['12*7 = **84**', 1, 0, 84],
    ['**12 * 7 = 84**', 1, 0, 84],
    ['x = 12 / 4 = 3', 1, 0, 3],
    ['2 * 3 + 4 = 6 + 4 = 10', 2, 0, 10],
    ['2 * 3 + 4 = 6 + 4 = 11', 2, 1, 11],
    ['10 / 3 = 3.33', 1, 0, 3.33],
    ['10 / 3 = 3.34', 1, 1, 3.34],
    ['10 / 3 = 3', 1, 1, 3],
    ['100 / 3 is about 33', 1, 0, 33],
    ['100 / 3 ≈ 35', 1, 1, 35],
    ['1,200 + 34 = 1,234', 1, 0, 1234],
    ['15% of 80 is 12', 1, 0, 12],
    ['0.1 + 0.2 = 0.3', 1, 0, 0.3],
    ['84 = 12 * 7', 1, 0, 84],
    ['84 = 12 * 8', 1, 1, 96],
    ['2x + 3 = 7', 0, 0, undefined],
    ['x + 3 = 10', 0, 0, undefined],
    ['a = 5', 0, 0, undefined],
    ['5 = 5', 0, 0, undefined],
    ['Today is 5 May', 0, 0, undefined],
    ['from 2019-2020 it rained', 0, 0, undefined],
    ['', 0, 0, undefined],
  ] as const)('%s', (text, equations, wrong, lastResult) => {
    expect(readArithmetic(text)).toMatchObject({ equations, wrong, lastResult })
  })

  it.each([
    ['The answer is 84.', 84],
    ['5 + 3 = 8. So 12 is left.', 12],
    ['The answer is 7, as 10 - 3 = 7 and not 9.', 7],
    ['The total is 5 + 3 = 8 apples for 2 people', 8],
    ['The result is -4', -4],
    ['It is 10-4', 4],
    ['no number', undefined],
  ])('finds the final answer of %j', (text, answer) => {
    expect(readArithmetic(text).finalAnswer).toBe(answer)
  })

  it('gives operations without a stated result, as questions have them', () => {
    expect(readArithmetic('What is (3 + 4) * 2? And 10% of 50?').open).toEqual([14, 5])
  })
})
