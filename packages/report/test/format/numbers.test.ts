import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatInteger,
  formatInterval,
  formatNumber,
  formatP,
  formatPercent,
  formatPoints,
  formatPointsInterval,
  MISSING,
} from '../../src/index.js'

describe('numbers as a reader sees them', () => {
  it('gives percentages one decimal below a thousand, two from there', () => {
    expect(formatPercent(186 / 297)).toBe('62.6')
    expect(formatPercent(186 / 297, 999)).toBe('62.6')
    expect(formatPercent(186 / 297, 1000)).toBe('62.63')
    expect(formatPercent(0)).toBe('0.0')
    expect(formatPercent(1)).toBe('100.0')
  })

  it('writes an interval in brackets, and leaves out one that is not known', () => {
    expect(formatInterval({ value: 0.626, low: 0.57, high: 0.679 })).toBe('62.6 [57.0, 67.9]')
    expect(formatInterval({ value: 0.626, low: Number.NaN, high: 0.679 })).toBe('62.6')
    expect(formatInterval({ value: Number.NaN, low: 0, high: 1 })).toBe(MISSING)
  })

  it('signs differences with a real minus, and zero not at all', () => {
    expect(formatPoints(0.041)).toBe('+4.1')
    expect(formatPoints(-0.041)).toBe('−4.1')
    expect(formatPoints(0)).toBe('0.0')
    expect(formatPoints(-0.0001)).toBe('0.0')
    expect(formatPointsInterval({ value: 0.041, low: -0.01, high: 0.092 })).toBe('+4.1 [−1.0, +9.2]')
  })

  it.each([
    [1, '1.0'],
    [0.996, '1.0'],
    [0.607, '0.61'],
    [0.0996, '0.10'],
    [0.0994, '0.099'],
    [0.0432, '0.043'],
    [0.00121, '0.0012'],
    [0.001, '0.0010'],
    [0.00099, '< 0.001'],
    [0, '< 0.001'],
    [Number.NaN, MISSING],
  ])('writes p = %d as %s', (p, text) => expect(formatP(p)).toBe(text))

  it('gives every p of at least 0.001 two significant digits that round it', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1, noNaN: true }), (p) => {
        const text = formatP(p)
        expect(Number(text)).toBeCloseTo(Number(p.toPrecision(2)), 12)
        expect(text.replace(/^0\.0*|\./g, '')).toHaveLength(2)
      }),
    )
  })

  it('never writes NaN, Infinity or a negative zero', () => {
    fc.assert(
      fc.property(fc.double(), (x) => {
        for (const text of [formatPercent(x), formatPoints(x), formatNumber(x, 2), formatInteger(x), formatP(x)])
          expect(text).not.toMatch(/NaN|Infinity|-|−0(\.0*)?$/)
      }),
    )
  })

  it('sets thousands apart', () => {
    expect(formatInteger(1865)).toBe('1,865')
    expect(formatNumber(-1234.5, 2)).toBe('−1,234.50')
  })
})
