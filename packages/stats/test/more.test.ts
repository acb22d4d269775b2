import { describe, expect, it } from 'vitest'
import {
  type Alternative,
  auc,
  bootstrap,
  equivalenceTest,
  expectedCalibrationError,
  extendPairedSequence,
  fisherExact,
  fitLearningCurve,
  kendallTauB,
  krippendorffAlpha,
  logisticRegression,
  type MarginalStratum,
  macroDifference,
  mcnemar,
  mcnemarFromMarginals,
  mcnemarPower,
  nonInferiorityTest,
  type PairedCounts,
  type PlannedMcnemar,
  pairedBootstrap,
  pairedDifference,
  permutationTest,
  spearman,
  startPairedSequence,
} from '../src/index.js'
import { acceleration, bcaLimits } from '../src/resampling/bootstrap-limits.js'
import { expectClose, loadFixture } from './support/reference.js'
import { seededRandom } from './support/seeded-random.js'

interface More {
  exactMcnemarLarge: { onlyA: number; onlyB: number; p: number }[]
  equivalence: (PairedCounts & { margin: number; pBelow: number; pAbove: number; p: number })[]
  tangoBrute: (PairedCounts & { level: number; limits: [number, number] })[]
  macro: { strata: PairedCounts[]; value: number; low: number; high: number }
  marginalIntervals: {
    strata: MarginalStratum[]
    minP: number
    maxP: number
    minDiscordant: number
    maxDiscordant: number
    lostAt: number | null
    lowMin: number
    lowMax: number
    highMin: number
    highMax: number
  }[]
  krippendorff: { units: (number | null)[][]; nominal: number; ordinal: number; interval: number }
  bca: {
    values: number[]
    value: number
    resampled: number[]
    leftOut: number[]
    low: number
    high: number
    scipyEndToEnd: [number, number]
  }
  clusterBootstrap: { a: number[]; b: number[]; clusters: string[]; low: number; high: number; standardError: number }
  logitClusters: { x: number[][]; y: number[]; clusters: number[]; coef: number[]; se: number[]; logLikelihood: number }
  delong: { scores: number[]; labels: number[]; auc: number; se: number }
  equalMass: { p: number[]; label: number[]; ece: number }
  ranks: { x: number[]; y: number[]; tau: number; tauP: number; rho: number; rhoP: number }
  fisher: ({ k1: number; n1: number; k2: number; n2: number } & Record<Alternative, number>)[]
  power: { n: number; pOnlyA: number; pOnlyB: number; alpha: number; method: PlannedMcnemar; power: number }[]
  learningCurve: {
    pairs: number[]
    accuracy: number[]
    weight: number[]
    plateau: number
    drop: number
    exponent: number
    rss: number
  }
  sequence: { differences: number[]; low: number; high: number; p: number }[]
  permutation: { first: number[]; second: number[]; greater: number }
}

const more = loadFixture<More>('more.json')

describe('Python over fixtures/more.json', () => {
  it.each(more.exactMcnemarLarge)('mcnemar by integers: $onlyA, $onlyB', ({ onlyA, onlyB, p }) => {
    expectClose(mcnemar({ onlyA, onlyB }).p, p)
  })

  // the brute-force score is itself good to about 1e-9: its root is sought where the likelihood's slope crosses 0
  it.each(more.equivalence)('equivalenceTest $both $onlyA $onlyB $neither within $margin', (c) => {
    const test = equivalenceTest(c, { margin: c.margin })
    expectClose(test.pBelow, c.pBelow, 1e-8)
    expectClose(test.pAbove, c.pAbove, 1e-8)
    expectClose(test.p, c.p, 1e-8)
    expectClose(nonInferiorityTest(c, { margin: c.margin }).p, c.pBelow, 1e-8)
    const { low, high } = test.interval
    expect(test.conclusion === 'equivalent').toBe(low > -c.margin && high < c.margin)
  })

  // limits sought by SciPy's brentq with its xtol of 2e-12 on the brute-force score
  it.each(more.tangoBrute)('pairedDifference by brute force: $both $onlyA $onlyB $neither at $level', (c) => {
    const { low, high } = pairedDifference(c, { level: c.level })
    expect(Math.abs(low - c.limits[0])).toBeLessThan(1e-9)
    expect(Math.abs(high - c.limits[1])).toBeLessThan(1e-9)
  })

  it('macroDifference', () => {
    const { value, low, high, n, subsets } = macroDifference(more.macro.strata)
    expectClose(value, more.macro.value)
    expect(Math.abs(low - more.macro.low)).toBeLessThan(1e-9)
    expect(Math.abs(high - more.macro.high)).toBeLessThan(1e-9)
    expect([n, subsets]).toEqual([297, 6])
  })

  it.each(more.marginalIntervals)('mcnemarFromMarginals over every table of $strata', (c) => {
    const bounds = mcnemarFromMarginals(c.strata)
    expectClose(bounds.p.min, c.minP)
    expectClose(bounds.p.max, c.maxP)
    expect(bounds.discordant).toEqual({ min: c.minDiscordant, max: c.maxDiscordant })
    expect(bounds.significanceLostAt).toBe(c.lostAt)
    expect(Math.abs(bounds.low.min - c.lowMin)).toBeLessThan(1e-9)
    expect(Math.abs(bounds.low.max - c.lowMax)).toBeLessThan(1e-9)
    expect(Math.abs(bounds.high.min - c.highMin)).toBeLessThan(1e-9)
    expect(Math.abs(bounds.high.max - c.highMax)).toBeLessThan(1e-9)
  })

  it.each(['nominal', 'ordinal', 'interval'] as const)('krippendorffAlpha, %s', (level) => {
    expectClose(krippendorffAlpha(more.krippendorff.units, { level }).value, more.krippendorff[level])
  })

  it('BCa limits of the resamples that SciPy drew', () => {
    const { resampled, value, leftOut, low, high } = more.bca
    const limits = bcaLimits(Float64Array.from(resampled), value, acceleration(leftOut), 0.95)
    expectClose(limits[0], low)
    expectClose(limits[1], high)
  })

  it('bootstrap by BCa ends near SciPy with 200,000 resamples', () => {
    const deviation = (sample: Float64Array): number => {
      const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length
      return Math.sqrt(sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (sample.length - 1))
    }
    const options = { random: seededRandom(11), resamples: 40_000, method: 'bca' } as const
    const { low, high, standardError } = bootstrap(more.bca.values, deviation, options)
    // a 2.5 % quantile of 40,000 draws is known to about sqrt(.025·.975/40000)/0.06 = 1.3 % of a deviation; 5 of these
    expect(Math.abs(low - more.bca.scipyEndToEnd[0])).toBeLessThan(0.065 * standardError)
    expect(Math.abs(high - more.bca.scipyEndToEnd[1])).toBeLessThan(0.065 * standardError)
  })

  it('pairedBootstrap over every one of the 3,125 resamples of five prompts', () => {
    let draw = 0
    // the place of each prompt drawn, as a number to base 5: all resamples once, no chance involved
    const everyPlace = (): number => {
      const digit = Math.floor(Math.floor(draw / 5) / 5 ** (draw % 5)) % 5
      draw++
      return (digit + 0.5) / 5
    }
    const { low, high, standardError, n } = pairedBootstrap(more.clusterBootstrap, {
      random: everyPlace,
      resamples: 3125,
    })
    expectClose(low, more.clusterBootstrap.low)
    expectClose(high, more.clusterBootstrap.high)
    expectClose(standardError, more.clusterBootstrap.standardError)
    expect(n).toBe(5)
  })

  // iterative fit: 1e-7
  it('logisticRegression with clusters', () => {
    const { x, y, clusters, coef, se, logLikelihood } = more.logitClusters
    const fit = logisticRegression(x, y, { clusters })
    expectClose(fit.logLikelihood, logLikelihood, 1e-7)
    fit.coefficients.forEach((coefficient, i) => {
      expectClose(coefficient.estimate, coef[i]!, 1e-7)
      expectClose(coefficient.standardError, se[i]!, 1e-7)
    })
  })

  it('auc by DeLong, equal-mass calibration error, rank correlations with ties', () => {
    const area = auc(more.delong.scores, more.delong.labels)
    expectClose(area.value, more.delong.auc)
    expectClose(area.standardError, more.delong.se)
    expectClose(
      expectedCalibrationError(more.equalMass.p, more.equalMass.label, { binning: 'equal-mass' }).value,
      more.equalMass.ece,
    )
    const { x, y, tau, tauP, rho, rhoP } = more.ranks
    expectClose(kendallTauB(x, y).value, tau)
    expectClose(kendallTauB(x, y).p, tauP)
    expectClose(spearman(x, y).value, rho)
    expectClose(spearman(x, y).p, rhoP)
  })

  it.each(more.fisher)('fisherExact $k1/$n1 $k2/$n2', (c) => {
    for (const alternative of ['two-sided', 'greater', 'less'] as const) {
      expectClose(fisherExact(c, { alternative }).p, c[alternative])
    }
  })

  it.each(more.power)('mcnemarPower $n $pOnlyA $pOnlyB $alpha $method', (c) => {
    expectClose(mcnemarPower(c).power, c.power)
  })

  // iterative fit: 1e-7
  it('fitLearningCurve', () => {
    const { pairs, accuracy, weight, plateau, drop, exponent, rss } = more.learningCurve
    const fit = fitLearningCurve(
      pairs.map((count, i) => ({ pairs: count, accuracy: accuracy[i]!, weight: weight[i]! })),
    )
    expect(fit.status).toBe('fitted')
    expectClose(fit.residualSumOfSquares, rss, 1e-7)
    expectClose(fit.plateau, plateau, 1e-7)
    expectClose(fit.drop, drop, 1e-7)
    expectClose(fit.exponent, exponent, 1e-7)
  })

  it.each(more.sequence)('the confidence sequence, low $low, high $high', ({ differences, low, high, p }) => {
    const sequence = extendPairedSequence(startPairedSequence(), differences)
    // limits are halved to 1e-10
    expect(Math.abs(sequence.low - low)).toBeLessThan(2e-10)
    expect(Math.abs(sequence.high - high)).toBeLessThan(2e-10)
    expectClose(sequence.p, p)
  })

  it('permutationTest approaches the p of every deal', () => {
    const mean = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0) / values.length
    const { first, second, greater } = more.permutation
    const options = { random: seededRandom(12), resamples: 20_000, alternative: 'greater' } as const
    const forward = permutationTest(first, second, (x, y) => mean(x) - mean(y), options)
    const backward = permutationTest(second, first, (x, y) => mean(y) - mean(x), options)
    // 4 standard errors of a share of 20,000 draws
    const tolerance = 4 * Math.sqrt((greater * (1 - greater)) / 20_000)
    expect(Math.abs(forward.p - greater)).toBeLessThan(tolerance)
    expect(Math.abs(backward.p - greater)).toBeLessThan(tolerance)
  })
})
