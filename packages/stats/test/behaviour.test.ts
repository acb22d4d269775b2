import { describe, expect, it } from 'vitest'
import { binomialProbability } from '../src/distribution/binomial-probability.js'
import {
  bradleyTerry,
  type CurveRun,
  extendPairedSequence,
  fitLearningCurve,
  fleissKappa,
  krippendorffAlpha,
  learningCurveAt,
  learningCurveBand,
  lengthBias,
  logisticRegression,
  mcnemarPower,
  mcnemarSampleSize,
  pairedBootstrap,
  pairedTableBootstrap,
  positionBias,
  powerCurve,
  proportionInterval,
  type RandomGenerator,
  reliabilityCurve,
  selfPreference,
  smallestSufficientCount,
  startPairedSequence,
  subsetHeterogeneity,
  testRetest,
} from '../src/index.js'
import { integrate } from '../src/numeric/gauss-legendre.js'
import { isSeparating } from '../src/regression/logistic-regression.js'
import { binomialTable } from '../src/resampling/binomial-table.js'
import { drawBinomial } from '../src/resampling/draw-binomial.js'
import { leaveKindOut } from '../src/resampling/paired-bootstrap.js'
import { seededRandom } from './support/seeded-random.js'

describe('drawBinomial', () => {
  it.each([
    [297, 0.1],
    [20, 0.3],
    [1000, 0.97],
    [1_000_000, 0.000_001],
    [1_000_000, 0.22],
  ])('and binomialTable follow Binomial(%i, %f)', (n, p) => {
    expectBinomial(n, p, (random) => drawBinomial(n, p, random))
    expectBinomial(n, p, binomialTable(n, p))
  })

  function expectBinomial(n: number, p: number, draw: (random: RandomGenerator) => number): void {
    const random = seededRandom(n)
    const draws = 40_000
    let [sum, squares] = [0, 0]
    const seen = new Map<number, number>()
    for (let i = 0; i < draws; i++) {
      const x = draw(random)
      sum += x - n * p
      squares += (x - n * p) ** 2
      seen.set(x, (seen.get(x) ?? 0) + 1)
    }
    const variance = n * p * (1 - p)
    // 4 standard errors of a mean; of a variance, whose relative error is about sqrt((2 + 1/variance)/draws)
    expect(Math.abs(sum / draws)).toBeLessThan(4 * Math.sqrt(variance / draws))
    expect(Math.abs(squares / draws / variance - 1)).toBeLessThan(4 * Math.sqrt((2 + 1 / variance) / draws))
    const mode = Math.floor((n + 1) * p)
    const share = binomialProbability(mode, n, p)
    expect(Math.abs((seen.get(mode) ?? 0) / draws - share)).toBeLessThan(4.5 * Math.sqrt((share * (1 - share)) / draws))
  }
})

describe('pairedBootstrap', () => {
  it('draws alike prompts together when there are many, to the same interval', () => {
    // 600 prompts of two comparisons each, three kinds: the multinomial way; with distinct sums, the index way
    const rows = Array.from({ length: 1200 }, (_, i) => ({
      a: i % 12 < 2 ? 1 : 0.5,
      b: i % 12 === 5 ? 1 : 0.5,
      prompt: Math.floor(i / 2),
    }))
    const scores = { a: rows.map((r) => r.a), b: rows.map((r) => r.b), clusters: rows.map((r) => r.prompt) }
    const jitter = { ...scores, a: scores.a.map((x, i) => x + 1e-9 * Math.sin(i)) }
    const options = { resamples: 20_000, method: 'bca' } as const
    const together = pairedBootstrap(scores, { ...options, random: seededRandom(7) })
    const apart = pairedBootstrap(jitter, { ...options, random: seededRandom(8) })
    // limits from 20,000 draws are known to about 2 % of a standard error each; 5 of these
    for (const part of ['low', 'high', 'standardError'] as const) {
      expect(Math.abs(together[part] - apart[part])).toBeLessThan(0.1 * together.standardError)
    }
    expect(together.n).toBe(600)
  })

  it('leaves one prompt of each kind out for BCa', () => {
    // three prompts of sum 1 and two of sum −2, each of two comparisons: the whole mean is (3 − 4)/10
    const leftOut = leaveKindOut({ sums: [1, -2], sizes: [2, 2], counts: [3, 2] })
    expect([...leftOut]).toEqual([(2 - 4) / 8, (3 - 2) / 8])
  })

  it('of a table is the same draw by draw as of its rows', () => {
    const table = { both: 30, onlyA: 12, onlyB: 5, neither: 13 }
    const { low, high } = pairedTableBootstrap(table, { random: seededRandom(9), resamples: 4000, method: 'bca' })
    expect(low).toBeGreaterThan(-0.03)
    expect(low).toBeLessThan(0.02)
    expect(high).toBeGreaterThan(0.22)
    expect(high).toBeLessThan(0.29)
  })
})

describe('the confidence sequence under peeking', () => {
  /** The share of seeded experiments of 400 comparisons, looked at after each, that ever decide. */
  function shareDecided(experiments: number, pOnlyA: number, pOnlyB: number): number {
    const random = seededRandom(404)
    let decided = 0
    for (let e = 0; e < experiments; e++) {
      let sequence = startPairedSequence()
      for (let i = 0; i < 400 && sequence.decided === null; i++) {
        const u = random()
        sequence = extendPairedSequence(sequence, [u < pOnlyA ? 1 : u < pOnlyA + pOnlyB ? -1 : 0])
      }
      if (sequence.decided !== null) decided++
    }
    return decided / experiments
  }

  it('decides falsely at most as often as it says, looked at 400 times', () => {
    // 4 standard errors of a share at 0.05 in 60 experiments would be 0.11; the long run is in docs/statistics.md
    expect(shareDecided(60, 0.2, 0.2)).toBeLessThanOrEqual(0.05)
  })

  it('decides early where judges really differ', () => {
    expect(shareDecided(12, 0.35, 0.08)).toBe(1)
  })
})

describe('planning', () => {
  it('gives the smallest sample that has the power', () => {
    for (const [pOnlyA, pOnlyB] of [
      [0.2, 0.1],
      [0.3, 0.05],
      [0.08, 0.15],
    ] as const) {
      const { n, power } = mcnemarSampleSize({ pOnlyA, pOnlyB })
      expect(power).toBeGreaterThanOrEqual(0.8)
      expect(mcnemarPower({ n: n - 1, pOnlyA, pOnlyB }).power).toBeLessThan(0.8)
    }
  })

  it('leaves impossible points out of a curve', () => {
    const curve = powerCurve({ n: [50, 100], differences: [0.05, 0.3], discordances: [0.1, 0.4] })
    expect(curve.map(({ n, difference, discordance }) => [discordance, difference, n])).toEqual([
      [0.1, 0.05, 50],
      [0.1, 0.05, 100],
      [0.4, 0.05, 50],
      [0.4, 0.05, 100],
      [0.4, 0.3, 50],
      [0.4, 0.3, 100],
    ])
  })
})

describe('subsetHeterogeneity', () => {
  it('by Monte Carlo approaches Fisher where there are two subsets', () => {
    const strata = [
      { onlyA: 7, onlyB: 2 },
      { onlyA: 0, onlyB: 0 },
      { onlyA: 3, onlyB: 8 },
    ]
    const test = subsetHeterogeneity(strata, { method: 'monte-carlo', random: seededRandom(5), resamples: 40_000 })
    // worked by hand: of 10 onlyA's among 9 and 11, deals with chi-square ≥ that of 7: K in {7, 8, 9} or {0, 1, 2};
    // C(9,k)·C(11,10−k) for 7: 36·165, 8: 9·55, 9: 1·11, 2: 36·165, 1: 9·55, 0: 11; of C(20,10) = 184756
    const exact = (2 * (36 * 165 + 9 * 55 + 11)) / 184_756
    expect(Math.abs(test.p - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 40_000))
    expect(test.degrees).toBe(1)
  })
})

describe('logisticRegression', () => {
  const ramp = [[-3], [-2], [-1], [1], [2], [3]]

  it('reports complete separation', () => {
    expect(logisticRegression(ramp, [0, 0, 0, 1, 1, 1]).status).toBe('separated')
    expect(logisticRegression(ramp, [0, 0, 0, 1, 1, 1]).coefficients[1]!.estimate).toBeNaN()
  })

  it('reports quasi-complete separation, where one value has both outcomes', () => {
    expect(logisticRegression([[-2], [-1], [0], [0], [1], [2]], [0, 0, 0, 1, 1, 1]).status).toBe('separated')
    expect(logisticRegression([[0], [0], [0], [1], [1]], [0, 1, 0, 1, 1]).status).toBe('separated')
  })

  it('takes a direction for a division only if it moves no outcome the wrong way', () => {
    const rows = ramp.map(([x]) => [1, x!])
    expect(isSeparating(rows, [0, 0, 0, 1, 1, 1], [0, 1])).toBe(true)
    expect(isSeparating(rows, [0, 0, 1, 0, 1, 1], [0, 1])).toBe(false)
    expect(isSeparating(rows, [0, 0, 0, 1, 1, 1], [0, -1])).toBe(false)
    expect(isSeparating(rows, [0, 0, 0, 1, 1, 1], [0, 0])).toBe(false)
  })

  it('reports one outcome throughout', () => {
    expect(logisticRegression(ramp, [1, 1, 1, 1, 1, 1]).status).toBe('separated')
  })

  it('does not call a strong effect separation', () => {
    const x = Array.from({ length: 400 }, (_, i) => [i / 10 - 20])
    const y = x.map(([value], i) => (i === 150 || i === 250 ? Number(value! < 0) : Number(value! > 0)))
    const fit = logisticRegression(x, y)
    expect(fit.status).toBe('converged')
    expect(fit.coefficients[1]!.estimate).toBeGreaterThan(0.3)
  })

  it('reports columns that depend on each other', () => {
    expect(
      logisticRegression(
        ramp.map(([x]) => [x!, 2 * x!]),
        [0, 1, 0, 1, 0, 1],
      ).status,
    ).toBe('singular')
    expect(
      logisticRegression(
        ramp.map(() => [1]),
        [0, 1, 0, 1, 0, 1],
      ).status,
    ).toBe('singular')
  })

  it('is the log odds of a share without columns: 3 of 4, log 3', () => {
    const fit = logisticRegression([[], [], [], []], [1, 1, 0, 1])
    expect(fit.coefficients[0]!.estimate).toBeCloseTo(Math.log(3), 12)
    // information 4·(3/4)·(1/4)
    expect(fit.coefficients[0]!.standardError).toBeCloseTo(1 / Math.sqrt(0.75), 12)
  })
})

describe('bradleyTerry', () => {
  it('reports a player that never lost', () => {
    expect(
      bradleyTerry([
        { winner: 'x', loser: 'y' },
        { winner: 'x', loser: 'z' },
        { winner: 'y', loser: 'z' },
        { winner: 'z', loser: 'y' },
      ]).status,
    ).toBe('separated')
  })

  it('two players at three to one differ by log 3', () => {
    const games = [...new Array(3).fill({ winner: 'x', loser: 'y' }), { winner: 'y', loser: 'x' }]
    const { players } = bradleyTerry(games, { reference: 'y' })
    expect(players[0]).toMatchObject({ player: 'x' })
    expect(players[0]!.logStrength).toBeCloseTo(Math.log(3), 12)
  })
})

describe('bias', () => {
  it('position: 30 for the first against 12 for the second is a pull to the first', () => {
    const bias = positionBias({ firstInBoth: 30, secondInBoth: 12, consistent: 255 })
    expect(bias.test.p).toBeCloseTo(0.0079, 4)
    expect(bias.consistency.value).toBeCloseTo(255 / 297, 12)
    expect(bias.firstShare.low).toBeGreaterThan(0.5)
  })

  it('length: a judge that likes length shows an effect, and its controlled accuracy takes it out', () => {
    const random = seededRandom(21)
    const lengthDifference = Array.from({ length: 1500 }, () => 400 * (random() - 0.3))
    const correct = lengthDifference.map((d) => Number(random() < 1 / (1 + Math.exp(-(0.4 + 0.008 * d)))))
    const clusters = correct.map((_, i) => Math.floor(i / 3))
    const bias = lengthBias({ correct, lengthDifference, clusters })
    expect(bias.status).toBe('converged')
    expect(bias.effect.p).toBeLessThan(1e-6)
    expect(bias.effect.estimate).toBeGreaterThan(0)
    // chosen responses are longer on average, so the raw accuracy flatters: at equal length 1/(1 + e^−0.4) = 0.599
    expect(bias.accuracy).toBeGreaterThan(bias.controlledAccuracy.value)
    expect(bias.controlledAccuracy.low).toBeLessThan(0.599)
    expect(bias.controlledAccuracy.high).toBeGreaterThan(0.599)
    const blind = lengthBias({ correct: [1, 0, 1], lengthDifference: [0, 0, 0], clusters: [1, 2, 3] })
    expect([blind.status, blind.controlledAccuracy.value]).toEqual(['singular', Number.NaN])
  })

  it('self-preference: by family, in order of name', () => {
    const own = (
      picked: 0 | 1,
      labelled: 0 | 1,
      family = 'own',
      times = 1,
    ): { family: string; picked: 0 | 1; labelled: 0 | 1 }[] => new Array(times).fill({ family, picked, labelled })
    const [first, second] = selfPreference([
      ...own(1, 0, 'own', 9),
      ...own(0, 1),
      ...own(1, 1, 'own', 5),
      ...own(0, 0, 'other', 3),
    ])
    expect([first!.family, first!.n, first!.excess.value]).toEqual(['other', 3, 0])
    expect(second!.excess.value).toBeCloseTo(8 / 15, 12)
    // 9 against 1: 2·(1 + 10)/1024
    expect(second!.test.p).toBeCloseTo(22 / 1024, 12)
  })
})

describe('agreement', () => {
  it('test-retest finds the ids that changed', () => {
    const result = testRetest(
      new Map([
        ['p', 0],
        ['q', 1],
        ['r', 1],
        ['gone', 0],
      ]),
      new Map([
        ['r', 0],
        ['q', 1],
        ['p', 0],
      ]),
    )
    expect(result).toMatchObject({ n: 3, changed: ['r'], unmatched: 1 })
    expect(result.agreement.value).toBeCloseTo(2 / 3, 12)
  })

  it('alpha and kappa of several raters get an interval when units are resampled', () => {
    const random = seededRandom(31)
    const units = Array.from({ length: 60 }, () => {
      const truth = Math.floor(3 * random())
      return [0, 1, 2].map(() => (random() < 0.7 ? truth : Math.floor(3 * random())))
    })
    const resampling = { random, resamples: 500 }
    for (const result of [
      krippendorffAlpha(units, { level: 'nominal', resampling }),
      fleissKappa(units, { resampling }),
    ]) {
      expect(result.limits).toBe('percentile')
      expect(result.low).toBeLessThan(result.value)
      expect(result.high).toBeGreaterThan(result.value)
      expect(result.high - result.low).toBeLessThan(0.4)
    }
  })
})

describe('reliabilityCurve', () => {
  it('keeps equal probabilities in one bin of equal mass', () => {
    const curve = reliabilityCurve([0.2, 0.2, 0.2, 0.7, 0.9, 0.9], [0, 0, 1, 1, 1, 0], {
      bins: 3,
      binning: 'equal-mass',
    })
    expect(curve.map(({ n, from, to }) => [n, from, to])).toEqual([
      [3, 0.2, 0.2],
      [1, 0.7, 0.7],
      [2, 0.9, 0.9],
    ])
    expect(curve[0]!.observed.value).toBeCloseTo(1 / 3, 12)
  })
})

describe('learning curves', () => {
  const random = seededRandom(41)
  const clusters = Array.from({ length: 300 }, (_, i) => i)
  const ease = clusters.map(() => random())
  /** Three seeds at each count, judged on the same 300 prompts: easy prompts are easy for all. */
  function runsAt(counts: readonly number[], accuracyAt: (pairs: number) => number): CurveRun[] {
    return counts.flatMap((pairs) =>
      [1, 2, 3].map((seed) => ({
        pairs,
        seed,
        scores: ease.map((e) => Number(0.7 * e + 0.3 * random() < accuracyAt(pairs))),
      })),
    )
  }

  it('fits a curve exactly where it is one', () => {
    const points = [1, 4, 16, 64].map((pairs) => ({ pairs, accuracy: 0.7 - 0.3 * pairs ** -0.5 }))
    const fit = fitLearningCurve(points)
    expect(fit.plateau).toBeCloseTo(0.7, 8)
    expect(fit.exponent).toBeCloseTo(0.5, 8)
    expect(learningCurveAt(fit, 256)).toBeCloseTo(0.7 - 0.3 / 16, 8)
    expect(fitLearningCurve(points, { model: 'plateau' }).plateau).toBeCloseTo(
      0.7 - 0.075 * (1 + 0.5 + 0.25 + 0.125),
      8,
    )
  })

  it('says so where data are no power law', () => {
    const line = [10, 100, 1000, 10_000].map((pairs, i) => ({ pairs, accuracy: 0.5 + 0.05 * i }))
    expect(fitLearningCurve(line).status).toBe('at bound')
  })

  it('resamples prompts together: a difference between counts is known better than each accuracy', () => {
    const runs = runsAt([100, 400, 1600, 4800], (pairs) => 0.75 - 0.8 * pairs ** -0.4)
    const band = learningCurveBand(runs, { clusters, random: seededRandom(42), resamples: 300, at: [200, 4800] })
    expect(band.n).toBe(300)
    expect(band.measured.map(({ pairs, seeds }) => [pairs, seeds])).toEqual([
      [100, 3],
      [400, 3],
      [1600, 3],
      [4800, 3],
    ])
    for (const { low, value, high } of band.measured) {
      expect(low).toBeLessThan(value)
      expect(high).toBeGreaterThan(value)
    }
    expect(band.curve.map(({ pairs }) => pairs)).toEqual([200, 4800])
    const { steps } = smallestSufficientCount(runs, {
      clusters,
      margin: 0.05,
      random: seededRandom(43),
      resamples: 1000,
    })
    const difference = steps[0]!
    const single = band.measured[3]!
    expect(difference.value - difference.low).toBeLessThan(single.value - single.low)
  })

  it('weighs a number of pairs by its runs', () => {
    const at = (pairs: number, seed: number, right: number): CurveRun => ({
      pairs,
      seed,
      scores: clusters.map((i) => Number(i < right)),
    })
    const runs = [
      at(10, 1, 100),
      at(10, 2, 120),
      at(10, 3, 110),
      at(100, 1, 190),
      at(1000, 1, 180),
      at(1000, 2, 190),
      at(5000, 1, 230),
    ]
    const { fit, measured } = learningCurveBand(runs, { clusters, random: seededRandom(47), resamples: 20 })
    const points = [
      { pairs: 10, accuracy: 110 / 300, weight: 3 },
      { pairs: 100, accuracy: 190 / 300, weight: 1 },
      { pairs: 1000, accuracy: 185 / 300, weight: 2 },
      { pairs: 5000, accuracy: 230 / 300, weight: 1 },
    ]
    expect(measured.map(({ value }) => value)).toEqual(points.map(({ accuracy }) => expect.closeTo(accuracy, 12)))
    expect(fit.exponent).toBeCloseTo(fitLearningCurve(points).exponent, 6)
    expect(fit.plateau).toBeCloseTo(fitLearningCurve(points).plateau, 6)
  })

  it('finds a smallest sufficient count, or says not shown', () => {
    const flat = runsAt([100, 400, 1600, 4800], () => 0.6)
    const enough = smallestSufficientCount(flat, { clusters, margin: 0.08, random: seededRandom(44), resamples: 1000 })
    expect([enough.status, enough.pairs]).toEqual(['shown', 100])
    const rising = runsAt([100, 400, 1600, 4800], (pairs) => 0.2 + 0.1 * Math.log10(pairs))
    const none = smallestSufficientCount(rising, { clusters, margin: 0.01, random: seededRandom(45), resamples: 1000 })
    expect([none.status, none.pairs]).toEqual(['not shown', null])
    expect(none.steps.map(({ pairs }) => pairs)).toEqual([1600, 400, 100])
  })

  it('does not skip a count that failed', () => {
    const runs = runsAt([100, 400, 1600, 4800], (pairs) => (pairs === 400 ? 0.3 : 0.6))
    const result = smallestSufficientCount(runs, { clusters, margin: 0.08, random: seededRandom(46), resamples: 500 })
    expect(result.pairs).toBe(1600)
    expect(result.steps.map(({ shown }) => shown)).toEqual([true, false, false])
  })
})

describe('integrate', () => {
  it('is exact for a polynomial of degree 31, and near for a smooth function', () => {
    expect(Math.abs(integrate((x) => 32 * x ** 31, 0, 1, 1) - 1)).toBeLessThan(1e-14)
    expect(Math.abs(integrate(Math.exp, -1, 2, 3) - (Math.exp(2) - Math.exp(-1)))).toBeLessThan(1e-13)
  })
})

describe('coverage', () => {
  it('of Wilson at n = 72 never falls far below the level, by enumeration', () => {
    const intervals = Array.from({ length: 73 }, (_, x) => proportionInterval(x, 72))
    const coverageAt = (p: number): number =>
      intervals.reduce((sum, { low, high }, x) => sum + (low <= p && p <= high ? binomialProbability(x, 72, p) : 0), 0)
    const coverages = Array.from({ length: 99 }, (_, i) => coverageAt((i + 1) / 100))
    // exact sums, no chance: the least over 0.01 … 0.99 and the mean, as in docs/statistics.md
    expect(Math.min(...coverages)).toBeGreaterThan(0.82)
    expect(coverages.reduce((sum, x) => sum + x, 0) / 99).toBeGreaterThan(0.947)
  })
})
