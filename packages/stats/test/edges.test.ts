import { describe, expect, it } from 'vitest'
import {
  type AdjustmentMethod,
  adjustPValues,
  auc,
  binomialTest,
  bradleyTerry,
  brier,
  clusteredMean,
  cochranQ,
  cohenKappa,
  equivalenceTest,
  expectedCalibrationError,
  extendPairedSequence,
  fisherExact,
  fitLearningCurve,
  fleissKappa,
  kendallTauB,
  krippendorffAlpha,
  learningCurveBand,
  lengthBias,
  logisticRegression,
  macroDifference,
  mcnemar,
  mcnemarFromMarginals,
  mcnemarPower,
  mcnemarSampleSize,
  minimumDetectableDifference,
  newcombeIndependent,
  nonInferiorityTest,
  pairedBootstrap,
  pairedDifference,
  pairedScores,
  pairedTable,
  pairedTableBootstrap,
  permutationTest,
  positionBias,
  powerCurve,
  probabilityGreaterPaired,
  proportionInterval,
  rawAgreement,
  reliabilityCurve,
  selfPreference,
  signFlipTest,
  smallestSufficientCount,
  spearman,
  startPairedSequence,
  subsetHeterogeneity,
  testRetest,
} from '../src/index.js'
import { seededRandom } from './support/seeded-random.js'

const nothing = { both: 0, onlyA: 0, onlyB: 0, neither: 0 }
const agreed = { both: 5, onlyA: 0, onlyB: 0, neither: 4 }
const random = seededRandom(1)

describe('nothing at all', () => {
  it('leaves intervals NaN and tests without a claim', () => {
    const intervals = [
      proportionInterval(0, 0),
      pairedDifference(nothing),
      pairedTableBootstrap(nothing, { random }),
      pairedBootstrap({ a: [], b: [], clusters: [] }, { random }),
      newcombeIndependent({ k1: 0, n1: 0, k2: 1, n2: 2 }),
      clusteredMean([], []),
      macroDifference([]),
      cohenKappa([], []),
      fleissKappa([]),
      krippendorffAlpha([], { level: 'nominal' }),
      rawAgreement([], []),
      testRetest(new Map(), new Map()).agreement,
      auc([], []),
      positionBias({ firstInBoth: 0, secondInBoth: 0, consistent: 0 }).consistency,
    ]
    for (const { value, low, high } of intervals)
      expect([value, low, high]).toEqual([Number.NaN, Number.NaN, Number.NaN])
    expect(mcnemar(nothing).p).toBe(1)
    expect(mcnemar(nothing, { method: 'mid-p' }).p).toBe(1)
    expect(mcnemar(nothing, { method: 'chi2' }).p).toBe(1)
    expect(binomialTest(0, 0).p).toBe(1)
    expect(signFlipTest({ a: [], b: [], clusters: [] }).p).toBe(1)
    expect(fisherExact({ k1: 0, n1: 0, k2: 0, n2: 0 }).p).toBe(1)
    expect(subsetHeterogeneity([]).p).toBe(1)
    expect(probabilityGreaterPaired(nothing).value).toBeCloseTo(0.5, 14)
    expect(equivalenceTest(nothing, { margin: 0.1 }).conclusion).toBe('not shown')
    expect(nonInferiorityTest(nothing, { margin: 0.1 }).conclusion).toBe('not shown')
    expect(mcnemarFromMarginals([]).significant).toBe('never')
    expect(mcnemarPower({ n: 0, pOnlyA: 0.5, pOnlyB: 0.1 }).power).toBe(0)
    expect(minimumDetectableDifference({ n: 0, discordance: 0.5 }).status).toBe('out of reach')
    expect(adjustPValues([], 'holm')).toEqual([])
    expect(permutationTest([], [1], (x, y) => x.length - y.length, { random, resamples: 9 }).p).toBe(1)
    expect([brier([], []).value, expectedCalibrationError([], []).value]).toEqual([Number.NaN, Number.NaN])
    expect([spearman([], []).value, kendallTauB([], []).value]).toEqual([Number.NaN, Number.NaN])
    expect(reliabilityCurve([], [])).toEqual([])
    expect(selfPreference([])).toEqual([])
    expect(lengthBias({ correct: [], lengthDifference: [], clusters: [] })).toMatchObject({ n: 0, status: 'singular' })
    expect(learningCurveBand([], { clusters: [], random })).toMatchObject({ n: 0, measured: [], curve: [] })
    expect(logisticRegression([], []).status).toBe('singular')
    expect(fitLearningCurve([]).status).toBe('too few points')
    expect(fitLearningCurve([], { model: 'plateau' }).status).toBe('too few points')
    expect(extendPairedSequence(startPairedSequence(), []).p).toBe(1)
    expect(smallestSufficientCount([], { clusters: [], margin: 0.1, random }).status).toBe('not shown')
    expect(pairedTable(new Map(), new Map([['x', 1]]))).toEqual({ ...nothing, n: 0, unmatchedA: 0, unmatchedB: 1 })
  })
})

describe('all agree, all tie, one of a kind', () => {
  it('shows no difference, with an interval that still has a width', () => {
    const { low, high } = pairedDifference(agreed)
    // ±z²/(9 + z²) with z² = 3.8415
    expect(high).toBeCloseTo(3.841459 / 12.841459, 6)
    expect(low).toBe(-high)
    expect(mcnemar(agreed).p).toBe(1)
    expect(pairedDifference({ ...nothing, onlyA: 4 }).high).toBe(1)
    expect(pairedDifference({ ...nothing, onlyB: 4 }).low).toBe(-1)
  })

  it('finds no more in ties than there is', () => {
    const ties = { a: [0.5, 0.5, 0.5], b: [0.5, 0.5, 0.5], clusters: ['p', 'q', 'r'] }
    expect(signFlipTest(ties)).toMatchObject({ p: 1, n: 0, clusters: 3 })
    expect(pairedBootstrap(ties, { random, method: 'bca', resamples: 50 })).toMatchObject({ value: 0, low: 0, high: 0 })
    expect(kendallTauB([1, 1, 1], [1, 2, 3]).value).toBeNaN()
    expect(spearman([1, 1, 1], [1, 2, 3]).value).toBeNaN()
    expect(auc([3, 3, 3, 3], [0, 1, 0, 1]).value).toBe(0.5)
    expect(cohenKappa(['x', 'x'], ['x', 'x'])).toMatchObject({ value: Number.NaN, observedAgreement: 1 })
  })

  it('resamples a table of one kind to itself', () => {
    for (const onlyA of [0, 3]) {
      const table = { both: 3 - onlyA, onlyA, onlyB: 0, neither: 0 }
      const { low, value, high } = pairedTableBootstrap(table, { random, resamples: 20 })
      expect([low, value, high]).toEqual([onlyA / 3, onlyA / 3, onlyA / 3])
    }
    expect(pairedTableBootstrap({ ...nothing, onlyB: 2 }, { random, resamples: 20 }).high).toBe(-1)
  })

  it('does not invent a spread from one cluster, one comparison or one judge', () => {
    expect(clusteredMean([1, 0, 1], ['p', 'p', 'p']).standardError).toBeNaN()
    expect(clusteredMean([1, 0, 1], ['p', 'p', 'p'], { correction: 'CR0' }).low).toBeNaN()
    expect(pairedBootstrap({ a: [1, 0], b: [0, 0], clusters: ['p', 'p'] }, { random, resamples: 20 }).n).toBe(1)
    expect(() => cochranQ([[1], [0]])).toThrow('cochranQ needs at least one item and two judges')
    expect(cochranQ([[1, 1, 1]])).toMatchObject({ statistic: 0, p: 1 })
    expect(mcnemar({ onlyA: 1, onlyB: 0 }).p).toBe(1)
    expect(
      fitLearningCurve([
        { pairs: 10, accuracy: 0.5 },
        { pairs: 20, accuracy: 0.6 },
      ]).status,
    ).toBe('too few points')
  })

  it('keeps p at exactly 0 or 1', () => {
    expect(binomialTest(0, 5, { p0: 0 }).p).toBe(1)
    expect(binomialTest(5, 5, { p0: 1 }).p).toBe(1)
    expect(binomialTest(1, 5, { p0: 0 }).p).toBe(0)
    expect(binomialTest(1, 5, { p0: 0, alternative: 'greater' }).p).toBe(0)
    const methods: AdjustmentMethod[] = ['bonferroni', 'holm', 'hochberg', 'benjamini-hochberg', 'benjamini-yekutieli']
    for (const method of methods) expect(adjustPValues([0, 1], method).map((p) => p.adjusted)).toEqual([0, 1])
    expect(mcnemar({ onlyA: 0, onlyB: 5000 }).p).toBe(0)
  })
})

describe('huge counts', () => {
  it('exact p of a million discordant comparisons, a thousand of them in under five seconds', () => {
    const start = performance.now()
    for (let i = 0; i < 1000; i++) mcnemar({ onlyA: 499_000 - i, onlyB: 501_000 + i })
    expect(performance.now() - start).toBeLessThan(5000)
    expect(mcnemar({ onlyA: 499_000, onlyB: 501_000 }).p).toBeCloseTo(0.045608299865382, 13)
    const { low, high } = pairedDifference({ both: 1e6, onlyA: 499_000, onlyB: 501_000, neither: 1e6 })
    expect(high - low).toBeCloseTo((2 * 1.959964 * Math.sqrt(1e6 - 4e6 / 3e6)) / 3e6, 8)
    expect(fisherExact({ k1: 500_000, n1: 1_000_000, k2: 501_000, n2: 1_000_000 }).p).toBeCloseTo(0.1575, 3)
  })

  it('resamples a million comparisons as fast as three hundred', () => {
    const start = performance.now()
    const options = { random: seededRandom(2), resamples: 10_000 }
    const result = pairedTableBootstrap({ both: 500_000, onlyA: 120_000, onlyB: 100_000, neither: 280_000 }, options)
    expect(performance.now() - start).toBeLessThan(1000)
    expect(result.standardError).toBeCloseTo(Math.sqrt(0.22 - 0.0004) / 1000, 5)
  })

  it('sign flips of 100,000 half credits, exactly', () => {
    const a = Array.from({ length: 100_000 }, (_, i) => (i % 100 < 3 ? 1 : i % 100 < 8 ? 0.5 : 0))
    const b = Array.from({ length: 100_000 }, (_, i) => (i % 50 === 49 ? 0.5 : 0))
    const test = signFlipTest({ a, b, clusters: a.map((_, i) => i) })
    expect(test.method).toBe('exact')
    expect(test.p).toBeLessThan(1e-100)
  })

  it('falls back to Monte Carlo where exactness is out of reach, and says so', () => {
    const a = Array.from({ length: 40 }, (_, i) => Math.sin(i + 1))
    const scores = { a, b: a.map(() => 0), clusters: a.map((_, i) => i) }
    expect(() => signFlipTest(scores)).toThrow(
      'signFlipTest needs random for Monte Carlo, got 40 differences without it',
    )
    const test = signFlipTest(scores, { random: seededRandom(3), resamples: 2000 })
    expect([test.method, test.resamples]).toEqual(['monte-carlo', 2000])
    expect(test.p).toBeGreaterThan(0.5)
  })

  it('draws differences of one size together: the same p, whatever their number', () => {
    // 60 differences of two sizes that no step divides: by the normal approximation, with 18 of 40 and 20 of 20 signs up.
    const a = Array.from({ length: 60 }, (_, i) => (i < 40 ? (i < 18 ? 1 : -1) : Math.SQRT2))
    const scores = { a, b: a.map(() => 0), clusters: a.map((_, i) => i) }
    let draws = 0
    const uniform = seededRandom(5)
    const random = (): number => {
      draws += 1
      return uniform()
    }
    const { p, method } = signFlipTest(scores, { random, resamples: 20_000 })
    expect([method, draws]).toEqual(['monte-carlo', 40_000])
    // z = (20·√2 − 4) / √(40 + 20·2) = 2.715, p = 0.0066; three standard errors of 20,000 draws are 0.0018.
    expect(Math.abs(p - 0.0066)).toBeLessThan(0.0025)
  })
})

describe('refusals name the rule and the values', () => {
  const cases: [string, () => unknown, string][] = [
    [
      'too many successes',
      () => proportionInterval(11, 10),
      'proportionInterval needs 0 <= successes <= trials, got successes=11, trials=10',
    ],
    [
      'NaN successes',
      () => proportionInterval(Number.NaN, 10),
      'proportionInterval needs an integer successes, got successes=NaN, trials=10',
    ],
    [
      'half a trial',
      () => proportionInterval(1, 1.5),
      'proportionInterval needs a non-negative integer trials, got trials=1.5',
    ],
    ['level 1', () => proportionInterval(1, 2, { level: 1 }), 'proportionInterval needs 0 < level < 1, got level=1'],
    [
      'unknown method',
      () => proportionInterval(1, 2, { method: 'exact' as 'wald' }),
      'proportionInterval needs a known method, got method=exact',
    ],
    ['p0', () => binomialTest(1, 2, { p0: -1 }), 'binomialTest needs 0 <= p0 <= 1, got p0=-1'],
    [
      'negative count',
      () => mcnemar({ onlyA: -1, onlyB: 2 }),
      'mcnemar needs a non-negative integer onlyA, got onlyA=-1',
    ],
    [
      'NaN count',
      () => pairedDifference({ ...agreed, both: Number.NaN }),
      'pairedDifference needs a non-negative integer both, got both=NaN',
    ],
    [
      'outcome',
      () => pairedTable(new Map([['x', 0.5 as 1]]), new Map()),
      "pairedTable needs outcomes 0 or 1, got a.get('x')=0.5",
    ],
    [
      'two comparisons of a prompt',
      () =>
        pairedTable(
          new Map([
            ['x1', 1],
            ['x2', 0],
          ]),
          new Map([
            ['x1', 1],
            ['x2', 1],
          ]),
          { promptOf: (id) => id[0]! },
        ),
      "pairedTable needs one comparison a prompt, got 'x1' and 'x2' of prompt 'x': use pairedScores",
    ],
    [
      'lengths',
      () => signFlipTest({ a: [1], b: [1, 0], clusters: [1] }),
      'signFlipTest needs a and b of the same length, got a.length=1, b.length=2',
    ],
    [
      'score',
      () => pairedBootstrap({ a: [Number.NaN], b: [1], clusters: [1] }, { random }),
      'pairedBootstrap needs finite a, got a[0]=NaN',
    ],
    [
      'stratum',
      () => mcnemarFromMarginals([{ n: 2, correctA: 3, correctB: 1 }]),
      'mcnemarFromMarginals needs correctA <= n and correctB <= n, got correctA=3, correctB=1, n=2 in strata[0]',
    ],
    [
      'discordance',
      () => mcnemarPower({ n: 5, pOnlyA: 0.7, pOnlyB: 0.6 }),
      'mcnemarPower needs pOnlyA + pOnlyB <= 1, got pOnlyA=0.7, pOnlyB=0.6',
    ],
    [
      'no difference',
      () => mcnemarSampleSize({ pOnlyA: 0.1, pOnlyB: 0.1 }),
      'mcnemarSampleSize needs pOnlyA other than pOnlyB, got both 0.1',
    ],
    ['p value', () => adjustPValues([0.1, 1.2], 'holm'), 'adjustPValues needs 0 <= p[1] <= 1, got p[1]=1.2'],
    ['margin', () => equivalenceTest(agreed, { margin: 0 }), 'equivalenceTest needs 0 < margin < 1, got margin=0'],
    [
      'alpha',
      () => nonInferiorityTest(agreed, { margin: 0.1, alpha: 0.5 }),
      'nonInferiorityTest needs 0 < alpha < 0.5, got alpha=0.5',
    ],
    [
      'empty subset',
      () => macroDifference([agreed, nothing]),
      'macroDifference needs at least one pair in every subset, got n=0 in strata[1]',
    ],
    ['entry', () => cochranQ([[1, 2]]), 'cochranQ needs entries 0 or 1, got correct[0][1]=2'],
    [
      'difference',
      () => extendPairedSequence(startPairedSequence(), [2]),
      'extendPairedSequence needs differences in [-1, 1], got differences[0]=2',
    ],
    ['label', () => auc([0.5], [2]), 'auc needs labels 0 or 1, got labels[0]=2'],
    ['probability', () => brier([1.5], [1]), 'brier needs probabilities in [0, 1], got probabilities[0]=1.5'],
    [
      'words on a scale',
      () => krippendorffAlpha([['x', 'y']], { level: 'ordinal' }),
      "krippendorffAlpha needs numbers for ordinal ratings, got 'x'",
    ],
    [
      'pairs',
      () => fitLearningCurve([{ pairs: 0, accuracy: 0.5 }]),
      'fitLearningCurve needs pairs > 0 and weight > 0, got pairs=0, weight=1 in points[0]',
    ],
    [
      'game',
      () => bradleyTerry([{ winner: 'x', loser: 'x' }]),
      "bradleyTerry needs two players a game, got 'x' against itself",
    ],
    [
      'resamples',
      () => permutationTest([1], [2], () => 0, { random, resamples: 0 }),
      'permutationTest needs an integer resamples >= 1, got resamples=0',
    ],
    [
      'fisher',
      () => fisherExact({ k1: 3, n1: 2, k2: 0, n2: 1 }),
      'fisherExact needs k1 <= n1 and k2 <= n2, got k1=3, n1=2, k2=0, n2=1',
    ],
    [
      'discordances',
      () => powerCurve({ n: [5], differences: [0.1], discordances: [2] }),
      'powerCurve needs 0 <= discordance <= 1, got discordance=2',
    ],
    [
      'length difference',
      () => lengthBias({ correct: [1], lengthDifference: [Number.POSITIVE_INFINITY], clusters: [1] }),
      'lengthBias needs finite lengthDifference, got lengthDifference[0]=Infinity',
    ],
  ]

  it.each(cases)('%s', (_, call, message) => {
    expect(call).toThrow(message)
  })

  it('with RangeError for values and TypeError for words', () => {
    expect(() => proportionInterval(11, 10)).toThrow(RangeError)
    expect(() => mcnemar(agreed, { method: 'x' as 'exact' })).toThrow(TypeError)
  })
})

describe('pairedTable and pairedScores', () => {
  it('pair by id, whatever the order, and count what is left over', () => {
    const a = new Map<string, 0 | 1>([
      ['w', 1],
      ['x', 1],
      ['y', 0],
      ['z', 0],
      ['only a', 1],
    ])
    const b = new Map<string, 0 | 1>([
      ['z', 0],
      ['y', 1],
      ['x', 0],
      ['w', 1],
      ['only b', 1],
      ['b too', 0],
    ])
    expect(pairedTable(a, b)).toEqual({ both: 1, onlyA: 1, onlyB: 1, neither: 1, n: 4, unmatchedA: 1, unmatchedB: 2 })
    const scores = pairedScores(a, b, (id) => (id < 'y' ? 'first' : 'second'))
    expect(scores).toEqual({
      a: [1, 1, 0, 0],
      b: [1, 0, 1, 0],
      clusters: ['first', 'first', 'second', 'second'],
      ids: ['w', 'x', 'y', 'z'],
      unmatchedA: 1,
      unmatchedB: 2,
    })
    // the prompt's differences, +1 and −1, are flipped whole: every assignment is as far from 0
    expect(signFlipTest(scores).p).toBe(1)
  })
})
