import { describe, expect, it } from 'vitest'
import {
  type AdjustmentMethod,
  type Alternative,
  adjustPValues,
  auc,
  binomialTest,
  bradleyTerry,
  brier,
  clusteredMean,
  cochranQ,
  cohenKappa,
  expectedCalibrationError,
  fisherExact,
  fleissKappa,
  kendallTauB,
  krippendorffAlpha,
  logisticRegression,
  mcnemar,
  mcnemarFromMarginals,
  mcnemarPower,
  newcombeIndependent,
  type ProportionMethod,
  pairedDifference,
  probabilityGreaterIndependent,
  probabilityGreaterPaired,
  proportionInterval,
  signFlipTest,
  spearman,
  subsetHeterogeneity,
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
  probabilityGreaterPaired: { onlyA: number; onlyB: number; value: number }[]
  heterogeneity: { onlyA: number[]; onlyB: number[]; chi2: number; p: number }[]
  independent: {
    k1: number
    n1: number
    k2: number
    n2: number
    fisher: number
    newcombeCI95: [number, number]
  }[]
  fleissKappa: { ratings: number[][]; kappa: number }
  krippendorffNominal: { units: (number | null)[][]; alpha: number }
  cochranQ: { correct: number[][]; statistic: number; p: number }
  clusteredMean: { cluster: number[]; value: number[]; mean: number; seCR0: number; seCR1: number }
  calibration: { p: number[]; label: number[]; brier: number; auc: number; ece10: number }
  rankCorrelation: { x: number[]; y: number[]; spearman: number; spearmanP: number; kendallTauB: number }
  logit: { x: number[][]; y: number[]; coef: number[]; se: number[]; p: number[] }
  bradleyTerry: {
    games: { winner: string; loser: string }[]
    logStrengthRelativeToA: Record<string, number>
    se: Record<string, number>
  }
  betaBinomial: { correctA: number; correctB: number; n: number; probAGreater: number }[]
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

  it.each(reference.probabilityGreaterPaired)('probabilityGreaterPaired $onlyA $onlyB', (c) => {
    expectClose(probabilityGreaterPaired(c).value, c.value)
  })

  it.each(reference.betaBinomial)('probabilityGreaterIndependent $correctA and $correctB of $n', (c) => {
    expectClose(
      probabilityGreaterIndependent({ k1: c.correctA, n1: c.n, k2: c.correctB, n2: c.n }).value,
      c.probAGreater,
    )
  })

  it.each(reference.heterogeneity)('subsetHeterogeneity $onlyA $onlyB', (c) => {
    const result = subsetHeterogeneity(c.onlyA.map((onlyA, i) => ({ onlyA, onlyB: c.onlyB[i]! })))
    expectClose(result.statistic, c.chi2)
    expectClose(result.p, c.p)
  })

  it.each(reference.independent)('fisherExact and newcombeIndependent $k1/$n1 $k2/$n2', (c) => {
    expectClose(fisherExact(c).p, c.fisher)
    const interval = newcombeIndependent(c)
    expectClose(interval.low, c.newcombeCI95[0])
    expectClose(interval.high, c.newcombeCI95[1])
  })

  it('fleissKappa, krippendorffAlpha, cochranQ, clusteredMean', () => {
    expectClose(fleissKappa(reference.fleissKappa.ratings).value, reference.fleissKappa.kappa)
    const { units, alpha } = reference.krippendorffNominal
    expectClose(krippendorffAlpha(units, { level: 'nominal' }).value, alpha)
    const q = cochranQ(reference.cochranQ.correct)
    expectClose(q.statistic, reference.cochranQ.statistic)
    expectClose(q.p, reference.cochranQ.p)
    const { value, cluster, mean, seCR0, seCR1 } = reference.clusteredMean
    expectClose(clusteredMean(value, cluster).value, mean)
    expectClose(clusteredMean(value, cluster).standardError, seCR1)
    expectClose(clusteredMean(value, cluster, { correction: 'CR0' }).standardError, seCR0)
  })

  it('brier, auc, expectedCalibrationError, spearman, kendallTauB', () => {
    const { p, label } = reference.calibration
    expectClose(brier(p, label).value, reference.calibration.brier)
    expectClose(auc(p, label).value, reference.calibration.auc)
    expectClose(expectedCalibrationError(p, label).value, reference.calibration.ece10)
    const { x, y } = reference.rankCorrelation
    expectClose(spearman(x, y).value, reference.rankCorrelation.spearman)
    expectClose(spearman(x, y).p, reference.rankCorrelation.spearmanP)
    expectClose(kendallTauB(x, y).value, reference.rankCorrelation.kendallTauB)
  })

  // iterative fits: 1e-7 relative
  it('logisticRegression and bradleyTerry', () => {
    const fit = logisticRegression(reference.logit.x, reference.logit.y)
    expect(fit.status).toBe('converged')
    fit.coefficients.forEach((coefficient, i) => {
      expectClose(coefficient.estimate, reference.logit.coef[i]!, 1e-7)
      expectClose(coefficient.standardError, reference.logit.se[i]!, 1e-7)
      expectClose(coefficient.p, reference.logit.p[i]!, 1e-7)
    })
    const { games, logStrengthRelativeToA, se } = reference.bradleyTerry
    const players = bradleyTerry(games).players
    expect(players).toHaveLength(5)
    for (const { player, logStrength, standardError } of players) {
      expectClose(logStrength, logStrengthRelativeToA[player]!, 1e-7)
      if (player !== 'A') expectClose(standardError, se[player]!, 1e-7)
    }
  })
})
