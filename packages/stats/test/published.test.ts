import { describe, expect, it } from 'vitest'
import {
  adjustPValues,
  cohenKappa,
  fisherExact,
  fleissKappa,
  krippendorffAlpha,
  mcnemar,
  mcnemarFromMarginals,
  newcombeIndependent,
  pairedDifference,
  proportionInterval,
} from '../src/index.js'

describe('worked examples as published', () => {
  it('Newcombe 1998, Statist. Med. 17:2635–2650, table III: paired differences by method 10', () => {
    const { value, low, high } = pairedDifference({ both: 36, onlyA: 12, onlyB: 2, neither: 0 }, { method: 'newcombe' })
    expect(value).toBeCloseTo(0.2, 12)
    expect(low).toBeCloseTo(0.0569, 4)
    expect(high).toBeCloseTo(0.3404, 4)
  })

  it('Tango 1998, Statist. Med. 17:891–908: the score interval of the same table is 0.061 to 0.345', () => {
    const { low, high } = pairedDifference({ both: 36, onlyA: 12, onlyB: 2, neither: 0 })
    expect(low).toBeCloseTo(0.061, 3)
    expect(high).toBeCloseTo(0.345, 3)
  })

  it('Newcombe 1998, Statist. Med. 17:873–890, table II: 56/70 against 48/80 is 0.0524 to 0.3339 by method 10', () => {
    const { low, high } = newcombeIndependent({ k1: 56, n1: 70, k2: 48, n2: 80 })
    expect(low).toBeCloseTo(0.0524, 4)
    expect(high).toBeCloseTo(0.3339, 4)
  })

  it('Newcombe 1998, Statist. Med. 17:857–872, table I: 81 of 263, Wilson 0.2553 to 0.3662, exact 0.2527 to 0.3676', () => {
    const wilson = proportionInterval(81, 263)
    expect([wilson.low, wilson.high].map((x) => x.toFixed(4))).toEqual(['0.2553', '0.3662'])
    const exact = proportionInterval(81, 263, { method: 'clopper-pearson' })
    expect([exact.low, exact.high].map((x) => x.toFixed(4))).toEqual(['0.2527', '0.3676'])
  })

  it('Agresti, Categorical Data Analysis, section 10.1: 794, 150, 86, 570, chi-square 17.36, difference 0.04', () => {
    // approval of the prime minister at two surveys: z² = (86 − 150)² / (86 + 150) = 17.36
    expect(mcnemar({ onlyA: 150, onlyB: 86 }, { method: 'chi2' }).statistic).toBeCloseTo(17.36, 2)
    const { value, low, high } = pairedDifference(
      { both: 794, onlyA: 150, onlyB: 86, neither: 570 },
      { method: 'wald' },
    )
    expect([value, low, high].map((x) => x.toFixed(3))).toEqual(['0.040', '0.021', '0.059'])
  })

  it("Fisher's tea: three of four cups right, one-sided 17/70, two-sided 34/70", () => {
    const tea = { k1: 3, n1: 4, k2: 1, n2: 4 }
    expect(fisherExact(tea, { alternative: 'greater' }).p).toBeCloseTo(17 / 70, 14)
    expect(fisherExact(tea).p).toBeCloseTo(34 / 70, 14)
  })

  it('Krippendorff 2011: four observers, twelve units, missing values: 0.743 nominal, 0.815 ordinal, 0.849 interval', () => {
    const _ = null
    const observers = [
      [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
      [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
      [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
      [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
    const units = observers[0]!.map((__, unit) => observers.map((ratings) => ratings[unit]))
    expect(krippendorffAlpha(units, { level: 'nominal' }).value).toBeCloseTo(0.743, 3)
    expect(krippendorffAlpha(units, { level: 'ordinal' }).value).toBeCloseTo(0.815, 3)
    expect(krippendorffAlpha(units, { level: 'interval' }).value).toBeCloseTo(0.849, 3)
    expect(krippendorffAlpha(units, { level: 'nominal' }).pairableRatings).toBe(40)
  })

  it('Cohen 1960 as worked in Fleiss, Levin, Paik: 0.75, 0.01, 0.04, … of 100 subjects: kappa 0.676', () => {
    // Statistical Methods for Rates and Proportions, table 18.1: psychotic, neurotic, organic
    const counts = [
      [75, 1, 4],
      [5, 4, 1],
      [0, 0, 10],
    ]
    const a: number[] = []
    const b: number[] = []
    counts.forEach((row, i) => {
      row.forEach((times, j) => {
        a.push(...new Array<number>(times).fill(i))
        b.push(...new Array<number>(times).fill(j))
      })
    })
    // po = .89, pe = .80·.80 + .10·.05 + .10·.15 = .66, (.89 − .66)/.34
    expect(cohenKappa(a, b).value).toBeCloseTo(0.23 / 0.34, 12)
    expect(cohenKappa(a, b).standardError).toBeCloseTo(0.088, 3)
  })

  it('Fleiss 1971 in the common ten-by-fourteen example: kappa 0.210', () => {
    const counts = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ]
    const ratings = counts.map((row) => row.flatMap((times, label) => new Array<number>(times).fill(label)))
    expect(fleissKappa(ratings).value).toBeCloseTo(0.21, 3)
  })

  it('Benjamini and Hochberg 1995, section 3.2: four of fifteen rejected at 0.05, Bonferroni three', () => {
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ]
    const rejected = (method: 'benjamini-hochberg' | 'bonferroni'): number =>
      adjustPValues(p, method).filter(({ adjusted }) => adjusted <= 0.05).length
    expect(rejected('benjamini-hochberg')).toBe(4)
    expect(rejected('bonferroni')).toBe(3)
  })

  it('Together 2026: 186 against 183 of 297 is not significant under any pairing within the published subsets', () => {
    const sizes = [76, 25, 29, 72, 79, 16]
    const tuned = [66, 8, 25, 68, 14, 5]
    const gpt = [71, 9, 22, 68, 9, 4]
    const llama = [49, 9, 19, 62, 2, 8]
    const strata = (a: number[], b: number[]): { n: number; correctA: number; correctB: number }[] =>
      sizes.map((n, i) => ({ n, correctA: a[i]!, correctB: b[i]! }))
    const close = mcnemarFromMarginals(strata(tuned, gpt))
    expect([close.p.min, close.p.max].map((p) => p.toFixed(3))).toEqual(['0.607', '0.826'])
    expect(close.significant).toBe('never')
    const far = mcnemarFromMarginals(strata(gpt, llama))
    expect(far.p.max.toFixed(4)).toBe('0.0011')
    expect([far.significant, far.significanceLostAt]).toEqual(['always', null])
  })
})
