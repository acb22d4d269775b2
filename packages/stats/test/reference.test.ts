import { describe, expect, it } from 'vitest'
import {
  type AdjustmentMethod,
  type Alternative,
  adjustPValues,
  binomialTest,
  cohenKappa,
  mcnemar,
  mcnemarFromMarginals,
  mcnemarPower,
  type ProportionMethod,
  pairedDifference,
  proportionInterval,
  signFlipTest,
} from '../src/index.js'
import { expectClose, loadFixture } from './support/reference.js'

interface Reference {
  proportionCI: { successes: number; n: number; level: number; method: ProportionMethod; low: number; high: number }[]
  binomTest: { successes: number; n: number; p0: number; alternative: Alternative; p: number }[]
  pairedBinary: {
    n11: number
    b: number
    c: number
    n00: number
    diff: number
    mcnemarExact: number
    mcnemarMidP: number
    mcnemarChi2: number
    mcnemarChi2Corrected: number
    waldCI95: [number, number]
    tangoCI95: [number, number]
    newcombeCI95: [number, number]
  }[]
  marginalMcNemarBounds: { correctA: number; correctB: number; n: number; minP: number; maxP: number }[]
  stratifiedMarginalBounds: {
    strata: { n: number; correctA: number; correctB: number }[]
    minP: number
    maxP: number
    minDiscordant: number
    maxDiscordant: number
  }[]
  signFlip: { a: number[]; b: number[]; p: number }[]
  multipleTesting: {
    p: number[]
    bonferroni: number[]
    holm: number[]
    hochberg: number[]
    benjaminiHochberg: number[]
    benjaminiYekutieli: number[]
  }[]
  agreement: { table: number[][]; kappa: number; se: number; low: number; high: number }[]
  mcnemarPower: { n: number; pB: number; pC: number; alpha: number; power: number }[]
}

const reference = loadFixture<Reference>('reference.json')

describe('SciPy and statsmodels over fixtures/reference.json', () => {
  it.each(reference.proportionCI)('proportionInterval $successes of $n, $method, $level', (c) => {
    const interval = proportionInterval(c.successes, c.n, { method: c.method, level: c.level })
    expectClose(interval.low, c.low)
    expectClose(interval.high, c.high)
  })

  it.each(reference.binomTest)('binomialTest $successes of $n against $p0, $alternative', (c) => {
    expectClose(binomialTest(c.successes, c.n, { p0: c.p0, alternative: c.alternative }).p, c.p)
  })

  it.each(reference.pairedBinary)('mcnemar and pairedDifference $n11 $b $c $n00', (c) => {
    const table = { both: c.n11, onlyA: c.b, onlyB: c.c, neither: c.n00 }
    expectClose(mcnemar(table).p, c.mcnemarExact)
    expectClose(mcnemar(table, { method: 'mid-p' }).p, c.mcnemarMidP)
    expectClose(mcnemar(table, { method: 'chi2-corrected' }).p, c.mcnemarChi2Corrected)
    if (c.b + c.c > 0) expectClose(mcnemar(table, { method: 'chi2' }).p, c.mcnemarChi2)
    for (const [method, limits] of [
      ['wald', c.waldCI95],
      ['tango', c.tangoCI95],
      ['newcombe', c.newcombeCI95],
    ] as const) {
      const interval = pairedDifference(table, { method })
      expectClose(interval.value, c.diff)
      expectClose(interval.low, limits[0])
      expectClose(interval.high, limits[1])
    }
  })

  it.each(reference.marginalMcNemarBounds)('mcnemarFromMarginals $correctA and $correctB of $n', (c) => {
    const { p } = mcnemarFromMarginals([c])
    expectClose(p.min, c.minP)
    expectClose(p.max, c.maxP)
  })

  it.each(reference.stratifiedMarginalBounds)('mcnemarFromMarginals over the strata of $a and $b', (c) => {
    const bounds = mcnemarFromMarginals(c.strata)
    expectClose(bounds.p.min, c.minP)
    expectClose(bounds.p.max, c.maxP)
    expect(bounds.discordant).toEqual({ min: c.minDiscordant, max: c.maxDiscordant })
  })

  it.each(reference.signFlip)('signFlipTest of half credit, p $p', (c) => {
    const test = signFlipTest({ a: c.a, b: c.b, clusters: c.a.map((_, i) => i) })
    expect(test.method).toBe('exact')
    expectClose(test.p, c.p)
  })

  it.each(reference.multipleTesting)('adjustPValues of $p', (c) => {
    const methods: [AdjustmentMethod, number[]][] = [
      ['bonferroni', c.bonferroni],
      ['holm', c.holm],
      ['hochberg', c.hochberg],
      ['benjamini-hochberg', c.benjaminiHochberg],
      ['benjamini-yekutieli', c.benjaminiYekutieli],
    ]
    for (const [method, expected] of methods) {
      const adjusted = adjustPValues(c.p, method)
      expect(adjusted).toHaveLength(expected.length)
      adjusted.forEach((result, i) => {
        expectClose(result.adjusted, expected[i]!)
      })
    }
  })

  it.each(reference.agreement)('cohenKappa $kappa', (c) => {
    const a: number[] = []
    const b: number[] = []
    c.table.forEach((row, i) => {
      row.forEach((count, j) => {
        a.push(...new Array<number>(count).fill(i))
        b.push(...new Array<number>(count).fill(j))
      })
    })
    const kappa = cohenKappa(a, b)
    expectClose(kappa.value, c.kappa)
    expectClose(kappa.standardError, c.se)
    expectClose(kappa.low, c.low)
    expectClose(kappa.high, c.high)
  })

  it.each(reference.mcnemarPower)('mcnemarPower $n $pB $pC', (c) => {
    expectClose(mcnemarPower({ n: c.n, pOnlyA: c.pB, pOnlyB: c.pC, alpha: c.alpha }).power, c.power)
  })
})
