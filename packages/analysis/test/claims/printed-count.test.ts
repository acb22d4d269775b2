import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { percentText, printedFigure } from '../../src/claims/printed-count.js'

describe('printedFigure', () => {
  it('takes a whole number as it is', () => {
    expect(printedFigure(186, 297)).toEqual({ text: '186', n: 297, counts: { low: 186, high: 186 }, nearest: [] })
  })

  it('finds the one count of 297 that is printed as 62.63 % or 62.6 %, and the three that are printed as 63 %', () => {
    expect(printedFigure('62.63 %', 297).counts).toEqual({ low: 186, high: 186 })
    expect(printedFigure('62.6%', 297).counts).toEqual({ low: 186, high: 186 })
    // 186/297 = 62.63, 187 = 62.96, 188 = 63.30; 185 = 62.29 is printed as 62.
    expect(printedFigure('63 %', 297).counts).toEqual({ low: 186, high: 188 })
  })

  it('keeps a count that falls just on a half, however software rounds it', () => {
    // 66/160 = 41.25 is printed as 41.2 by some and as 41.3 by others.
    expect(printedFigure('41.2 %', 160).counts).toEqual({ low: 66, high: 66 })
    expect(printedFigure('41.3 %', 160).counts).toEqual({ low: 66, high: 66 })
  })

  it('says that no whole number of 102 is 88.3 %, and which are next to it', () => {
    expect(printedFigure('88.3 %', 102)).toEqual({
      text: '88.3 %',
      n: 102,
      counts: null,
      nearest: [
        { count: 90, text: '88.2 %' },
        { count: 91, text: '89.2 %' },
      ],
    })
  })

  it('stays within 0 and n', () => {
    expect(printedFigure('0 %', 50).counts).toEqual({ low: 0, high: 0 })
    expect(printedFigure('100 %', 300).counts).toEqual({ low: 299, high: 300 })
    expect(() => printedFigure(298, 297)).toThrow('printedFigure needs a count <= n, got 298, n=297')
    expect(() => printedFigure('62.6', 297)).toThrow('needs a percentage')
  })

  it('always allows the count that was printed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), fc.integer({ min: 0, max: 3 }), (n, drawn, digits) => {
        const count = drawn % (n + 1)
        const { counts } = printedFigure(percentText(count, n, digits), n)
        expect(counts && counts.low <= count && count <= counts.high).toBe(true)
      }),
      { seed: 7 },
    )
  })
})
