import { describe, expect, it } from 'vitest'
import { bootstrap, mean, pairedBootstrap, pairedTableBootstrap } from '../src/index.js'
import { drawSample, startSampleStream } from '../src/resampling/draw-sample.js'
import { quantileOf } from '../src/resampling/quantile.js'
import { seededRandom } from './support/seeded-random.js'

describe('bootstrap', () => {
  it('approaches the normal interval of a mean', () => {
    const random = seededRandom(1)
    const values = Array.from({ length: 400 }, () => random() + random())
    const result = bootstrap(values, mean, { random, resamples: 20_000 })
    const spread = Math.sqrt(values.reduce((s, x) => s + (x - result.value) ** 2, 0)) / 400
    // the bootstrap standard error of 20,000 draws is itself known to 1/sqrt(40,000) = 0.5 %; 4 of these
    expect(Math.abs(result.standardError / spread - 1)).toBeLessThan(0.02)
    expect(Math.abs(result.high - result.value - 1.96 * spread)).toBeLessThan(0.1 * spread)
  })

  it('gives the value itself where all values are equal, by both methods', () => {
    for (const method of ['percentile', 'bca'] as const) {
      const result = bootstrap([2, 2, 2], mean, { random: seededRandom(2), resamples: 50, method })
      expect([result.value, result.low, result.high]).toEqual([2, 2, 2])
    }
  })

  it('is NaN for no values and refuses NaN', () => {
    expect(bootstrap([], mean, { random: seededRandom(3) }).low).toBeNaN()
    expect(() => bootstrap([1, Number.NaN], mean, { random: seededRandom(3) })).toThrow(
      'bootstrap needs finite values, got values[1]=NaN',
    )
  })
})

describe('pairedTableBootstrap and pairedBootstrap', () => {
  const table = { both: 150, onlyA: 22, onlyB: 36, neither: 89 }
  const expand = (value: [number, number], count: number): [number, number][] => new Array(count).fill(value)
  const rows = [...expand([1, 1], 150), ...expand([1, 0], 22), ...expand([0, 1], 36), ...expand([0, 0], 89)]
  const scores = { a: rows.map((r) => r[0]), b: rows.map((r) => r[1]), clusters: rows.map((_, i) => i) }

  it('agree with the exact standard error of a multinomial', () => {
    // sd of the mean of differences: sqrt((58 − 14²/297)/297)/sqrt(297)·… = sqrt(58 − 196/297)/297
    const exact = Math.sqrt(58 - 196 / 297) / 297
    const byTable = pairedTableBootstrap(table, { random: seededRandom(4), resamples: 20_000 })
    const byRows = pairedBootstrap(scores, { random: seededRandom(5), resamples: 20_000 })
    expect(byTable.value).toBeCloseTo(-14 / 297, 14)
    expect(byRows.value).toBeCloseTo(-14 / 297, 14)
    // 0.5 % standard error of a standard error from 20,000 draws; 4 of these
    expect(Math.abs(byTable.standardError / exact - 1)).toBeLessThan(0.02)
    expect(Math.abs(byRows.standardError / exact - 1)).toBeLessThan(0.02)
  })

  it('keeps the comparisons of a prompt together: the interval is wider than for independent ones', () => {
    const clustered = { a: scores.a, b: scores.b, clusters: rows.map((_, i) => Math.floor(i / 3)) }
    const result = pairedBootstrap(clustered, { random: seededRandom(6), resamples: 4_000 })
    expect(result.n).toBe(99)
    expect(result.comparisons).toBe(297)
    expect(result.standardError).toBeGreaterThan(1.3 * (Math.sqrt(58 - 196 / 297) / 297))
  })
})

describe('drawSample', () => {
  it('draws every place, and every pair of neighbours, alike', () => {
    const values = Float64Array.of(0, 1, 2, 3, 4, 5, 6)
    const sample = new Float64Array(98_000)
    drawSample(startSampleStream(seededRandom(20)), values, sample)
    const [places, pairs] = [new Array<number>(7).fill(0), new Array<number>(49).fill(0)]
    sample.forEach((value, i) => {
      places[value]!++
      if (i > 0) pairs[7 * sample[i - 1]! + value]!++
    })
    const chiSquare = (counts: number[], expected: number): number =>
      counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    // chi-square on 6 and 48 degrees of freedom is above these once in ten thousand
    expect(chiSquare(places, 14_000)).toBeLessThan(27.9)
    expect(chiSquare(pairs, 97_999 / 49)).toBeLessThan(93)
  })

  it('is the same from the same seed, and another from another', () => {
    const values = Array.from({ length: 40 }, (_, i) => i % 3)
    const lowOf = (seed: number): number =>
      bootstrap(values, mean, { random: seededRandom(seed), resamples: 200 }).standardError
    expect(lowOf(1)).toBe(lowOf(1))
    expect(lowOf(1)).not.toBe(lowOf(2))
  })
})

describe('quantileOf', () => {
  it('is the quantile of the sorted values, by type 7', () => {
    const random = seededRandom(30)
    for (const length of [1, 2, 7, 100]) {
      const values = Float64Array.from({ length }, () => Math.floor(10 * random()))
      const sorted = values.slice().sort()
      for (const fraction of [0, 0.025, 0.3, 0.5, 0.975, 1]) {
        // worked from the definition: h = (n − 1)·fraction, between its neighbours
        const h = (length - 1) * fraction
        const low = sorted[Math.floor(h)]!
        const expected = low + (h - Math.floor(h)) * (sorted[Math.ceil(h)]! - low)
        expect(quantileOf(values.slice(), fraction)).toBeCloseTo(expected, 12)
      }
    }
    expect(quantileOf(new Float64Array(), 0.5)).toBeNaN()
  })
})
