import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AdjustmentMethod,
  adjustPValues,
  auc,
  binomialTest,
  clusteredMean,
  cochranQ,
  cohenKappa,
  equivalenceTest,
  extendPairedSequence,
  fisherExact,
  kendallTauB,
  krippendorffAlpha,
  macroDifference,
  mcnemar,
  mcnemarFromMarginals,
  mcnemarPower,
  minimumDetectableDifference,
  type PairedCounts,
  pairedDifference,
  pairedTable,
  pairedTableBootstrap,
  probabilityGreaterIndependent,
  probabilityGreaterPaired,
  proportionInterval,
  signFlipTest,
  startPairedSequence,
  subsetHeterogeneity,
} from '../src/index.js'
import { seededRandom } from './support/seeded-random.js'

const settings = { numRuns: 200, seed: 20261122 }
const count = fc.integer({ min: 0, max: 300 })
const table = fc.record({ both: count, onlyA: count, onlyB: count, neither: count }).filter((t) => sizeOf(t) > 0)
const level = fc.double({ min: 0.5, max: 0.999, noNaN: true })

function sizeOf({ both, onlyA, onlyB, neither }: PairedCounts): number {
  return both + onlyA + onlyB + neither
}

function swapped({ both, onlyA, onlyB, neither }: PairedCounts): PairedCounts {
  return { both, onlyA: onlyB, onlyB: onlyA, neither }
}

describe('laws of paired tests', () => {
  it('swapping judges negates the difference, mirrors its limits and keeps p', () => {
    fc.assert(
      fc.property(table, (t) => {
        for (const method of ['tango', 'newcombe', 'wald'] as const) {
          const forward = pairedDifference(t, { method })
          const backward = pairedDifference(swapped(t), { method })
          expect(backward.value).toBeCloseTo(-forward.value, 12)
          expect(backward.low).toBeCloseTo(-forward.high, 10)
          expect(backward.high).toBeCloseTo(-forward.low, 10)
        }
        for (const method of ['exact', 'mid-p', 'chi2', 'chi2-corrected'] as const) {
          expect(mcnemar(swapped(t), { method }).p).toBe(mcnemar(t, { method }).p)
        }
        const [pA, pB] = [probabilityGreaterPaired(t).value, probabilityGreaterPaired(swapped(t)).value]
        expect(pA + pB).toBeCloseTo(1, 12)
        expect(equivalenceTest(swapped(t), { margin: 0.05 }).p).toBeCloseTo(equivalenceTest(t, { margin: 0.05 }).p, 12)
      }),
      settings,
    )
  })

  it('adding concordant pairs leaves the exact p and pulls the difference to 0', () => {
    fc.assert(
      fc.property(table, count, (t, more) => {
        const larger = { ...t, both: t.both + more, neither: t.neither + more }
        expect(mcnemar(larger).p).toBe(mcnemar(t).p)
        expect(Math.abs(pairedDifference(larger).value)).toBeLessThanOrEqual(Math.abs(pairedDifference(t).value))
      }),
      settings,
    )
  })

  it('the sign-flip test of right-or-wrong scores is the exact McNemar test', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom([0, 0], [0, 1], [1, 0], [1, 1]), { minLength: 1, maxLength: 80 }),
        (rows) => {
          const a = rows.map((row) => row[0]!)
          const b = rows.map((row) => row[1]!)
          const onlyA = rows.filter((row) => row[0]! > row[1]!).length
          const onlyB = rows.filter((row) => row[0]! < row[1]!).length
          const p = signFlipTest({ a, b, clusters: rows.map((_, i) => i) }).p
          expect(p).toBeCloseTo(mcnemar({ onlyA, onlyB }).p, 12)
        },
      ),
      settings,
    )
  })

  it('the enumerated sign-flip test of odd scores agrees with the lattice one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 12 }), (steps) => {
        const clusters = steps.map((_, i) => i)
        const b = steps.map(() => 0)
        for (const alternative of ['two-sided', 'greater', 'less'] as const) {
          const lattice = signFlipTest({ a: steps, b, clusters }, { alternative })
          const odd = signFlipTest({ a: steps.map((step) => step * Math.PI), b, clusters }, { alternative })
          expect(odd.p).toBeCloseTo(lattice.p, 12)
        }
      }),
      settings,
    )
  })

  it('pairing counts every id once', () => {
    const outcomes = fc.dictionary(fc.constantFrom(...'abcdefghij'), fc.constantFrom(0 as const, 1 as const))
    fc.assert(
      fc.property(outcomes, outcomes, (a, b) => {
        const t = pairedTable(new Map(Object.entries(a)), new Map(Object.entries(b)))
        expect(sizeOf(t)).toBe(t.n)
        expect(t.n + t.unmatchedA).toBe(Object.keys(a).length)
        expect(t.n + t.unmatchedB).toBe(Object.keys(b).length)
        expect(t.both + t.onlyA).toBe(Object.keys(a).filter((id) => a[id] === 1 && id in b).length)
      }),
      settings,
    )
  })
})

describe('laws of intervals', () => {
  it('nest in level and hold the estimate', () => {
    fc.assert(
      fc.property(table, level, level, (t, one, other) => {
        const [inner, outer] = [Math.min(one, other), Math.max(one, other)]
        const n = sizeOf(t)
        const pairs = [
          ...(['tango', 'newcombe', 'wald'] as const).map((method) =>
            [inner, outer].map((l) => pairedDifference(t, { method, level: l })),
          ),
          ...(['wilson', 'clopper-pearson', 'jeffreys', 'agresti-coull', 'wald'] as const).map((method) =>
            [inner, outer].map((l) => proportionInterval(t.both, n, { method, level: l })),
          ),
          [inner, outer].map((l) => macroDifference([t, swapped(t), t], { level: l })),
        ]
        for (const [narrow, wide] of pairs) {
          expect(wide!.low).toBeLessThanOrEqual(narrow!.low + 1e-12)
          expect(wide!.high).toBeGreaterThanOrEqual(narrow!.high - 1e-12)
          expect(narrow!.low).toBeLessThanOrEqual(narrow!.high)
        }
      }),
      settings,
    )
  })

  it('turn over with the outcome: the interval of failures mirrors that of successes', () => {
    fc.assert(
      fc.property(count, count, (x, rest) => {
        fc.pre(x + rest > 0)
        for (const method of ['wilson', 'clopper-pearson', 'jeffreys', 'agresti-coull', 'wald'] as const) {
          const successes = proportionInterval(x, x + rest, { method })
          const failures = proportionInterval(rest, x + rest, { method })
          expect(failures.low).toBeCloseTo(1 - successes.high, 10)
        }
      }),
      settings,
    )
  })

  it('the resampled difference of any table lies around its value', () => {
    fc.assert(
      fc.property(table, (t) => {
        const result = pairedTableBootstrap(t, { random: seededRandom(sizeOf(t)), resamples: 400 })
        expect(result.low).toBeLessThanOrEqual(result.value + 1e-12)
        expect(result.high).toBeGreaterThanOrEqual(result.value - 1e-12)
      }),
      { ...settings, numRuns: 60 },
    )
  })
})

describe('laws of several tests', () => {
  const methods: AdjustmentMethod[] = ['bonferroni', 'holm', 'hochberg', 'benjamini-hochberg', 'benjamini-yekutieli']

  it('adjusted p is never below raw, never above 1, keeps the order, and Holm is never above Bonferroni', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }), (p) => {
        for (const method of methods) {
          const adjusted = adjustPValues(p, method, 'law')
          adjusted.forEach((x, i) => {
            expect(x.adjusted).toBeGreaterThanOrEqual(x.raw)
            expect(x.adjusted).toBeLessThanOrEqual(1)
            expect([x.raw, x.family, x.familySize]).toEqual([p[i], 'law', p.length])
            for (const y of adjusted) if (x.raw < y.raw) expect(x.adjusted).toBeLessThanOrEqual(y.adjusted)
          })
        }
        const holm = adjustPValues(p, 'holm')
        adjustPValues(p, 'bonferroni').forEach((x, i) => {
          expect(holm[i]!.adjusted).toBeLessThanOrEqual(x.adjusted)
        })
      }),
      settings,
    )
  })

  it('Cochran of two judges is the uncorrected McNemar', () => {
    fc.assert(
      fc.property(table, (t) => {
        const rows = [
          ...new Array<number[]>(t.both).fill([1, 1]),
          ...new Array<number[]>(t.onlyA).fill([1, 0]),
          ...new Array<number[]>(t.onlyB).fill([0, 1]),
          ...new Array<number[]>(t.neither).fill([0, 0]),
        ]
        expect(cochranQ(rows).p).toBeCloseTo(mcnemar(t, { method: 'chi2' }).p, 12)
      }),
      settings,
    )
  })

  it('refining strata never widens the marginal bounds', () => {
    const stratum = fc
      .record({ both: fc.nat(40), onlyA: fc.nat(40), onlyB: fc.nat(40), neither: fc.nat(40) })
      .map((t) => ({ n: sizeOf(t), correctA: t.both + t.onlyA, correctB: t.both + t.onlyB }))
    fc.assert(
      fc.property(fc.array(stratum, { minLength: 2, maxLength: 6 }), (fine) => {
        const [first, second, ...rest] = fine as [(typeof fine)[0], (typeof fine)[0], ...typeof fine]
        const joined = {
          n: first.n + second.n,
          correctA: first.correctA + second.correctA,
          correctB: first.correctB + second.correctB,
        }
        const narrow = mcnemarFromMarginals(fine)
        const wide = mcnemarFromMarginals([joined, ...rest])
        expect(narrow.p.min).toBeGreaterThanOrEqual(wide.p.min)
        expect(narrow.p.max).toBeLessThanOrEqual(wide.p.max)
        expect(narrow.discordant.min).toBeGreaterThanOrEqual(wide.discordant.min)
        expect(narrow.discordant.max).toBeLessThanOrEqual(wide.discordant.max)
        if (wide.n > 0) {
          expect(narrow.low.min).toBeGreaterThanOrEqual(wide.low.min)
          expect(narrow.high.max).toBeLessThanOrEqual(wide.high.max)
        }
      }),
      settings,
    )
  })

  it('the true table is always within the marginal bounds', () => {
    fc.assert(
      fc.property(fc.array(table, { minLength: 1, maxLength: 5 }), (tables) => {
        const strata = tables.map((t) => ({ n: sizeOf(t), correctA: t.both + t.onlyA, correctB: t.both + t.onlyB }))
        const sum = (part: (t: PairedCounts) => number): number => tables.reduce((total, t) => total + part(t), 0)
        const pooled = {
          both: sum((t) => t.both),
          onlyA: sum((t) => t.onlyA),
          onlyB: sum((t) => t.onlyB),
          neither: sum((t) => t.neither),
        }
        const bounds = mcnemarFromMarginals(strata)
        const { p } = mcnemar(pooled)
        const { low, high } = pairedDifference(pooled)
        expect(p).toBeGreaterThanOrEqual(bounds.p.min * (1 - 1e-9))
        expect(p).toBeLessThanOrEqual(bounds.p.max * (1 + 1e-9))
        expect(low).toBeGreaterThanOrEqual(bounds.low.min - 1e-12)
        expect(low).toBeLessThanOrEqual(bounds.low.max + 1e-12)
        expect(high).toBeGreaterThanOrEqual(bounds.high.min - 1e-12)
        expect(high).toBeLessThanOrEqual(bounds.high.max + 1e-12)
      }),
      settings,
    )
  })

  it('heterogeneity does not depend on the order of subsets', () => {
    fc.assert(
      fc.property(fc.array(table, { minLength: 2, maxLength: 6 }), (strata) => {
        expect(subsetHeterogeneity([...strata].reverse()).statistic).toBeCloseTo(
          subsetHeterogeneity(strata).statistic,
          8,
        )
      }),
      settings,
    )
  })
})

describe('laws of planning', () => {
  const share = fc.double({ min: 0, max: 0.5, noNaN: true })

  it('without a difference power is at most alpha, and judges may swap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), share, share, (n, pOnlyA, pOnlyB) => {
        expect(mcnemarPower({ n, pOnlyA, pOnlyB: pOnlyA }).power).toBeLessThanOrEqual(0.05 + 1e-12)
        const forward = mcnemarPower({ n, pOnlyA, pOnlyB }).power
        expect(mcnemarPower({ n, pOnlyA: pOnlyB, pOnlyB: pOnlyA }).power).toBeCloseTo(forward, 10)
      }),
      { ...settings, numRuns: 60 },
    )
  })

  it('the minimum detectable difference is found with the wanted power, and a little less is not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 400 }),
        fc.double({ min: 0.05, max: 0.9, noNaN: true }),
        (n, discordance) => {
          const { difference, status } = minimumDetectableDifference({ n, discordance })
          const powerAt = (d: number): number =>
            mcnemarPower({ n, pOnlyA: (discordance + d) / 2, pOnlyB: Math.max(0, (discordance - d) / 2) }).power
          if (status === 'out of reach') expect(powerAt(discordance)).toBeLessThan(0.8)
          else expect(powerAt(difference)).toBeCloseTo(0.8, 5)
        },
      ),
      { ...settings, numRuns: 30 },
    )
  })
})

describe('laws of agreement and scores', () => {
  const ratings = fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })), {
    minLength: 2,
    maxLength: 40,
  })

  it('agreement does not depend on who is called first', () => {
    fc.assert(
      fc.property(ratings, (pairs) => {
        const a = pairs.map((pair) => pair[0])
        const b = pairs.map((pair) => pair[1])
        const [forward, backward] = [cohenKappa(a, b), cohenKappa(b, a)]
        if (Number.isNaN(forward.value)) expect(backward.value).toBeNaN()
        else expect(backward.value).toBeCloseTo(forward.value, 10)
        for (const level of ['nominal', 'ordinal', 'interval'] as const) {
          const there = krippendorffAlpha(pairs, { level }).value
          const back = krippendorffAlpha(
            pairs.map(([x, y]) => [y, x]),
            { level },
          ).value
          if (Number.isNaN(there)) expect(back).toBeNaN()
          else expect(back).toBeCloseTo(there, 10)
        }
      }),
      settings,
    )
  })

  it('Kendall by merging counts what every pair counts', () => {
    fc.assert(
      fc.property(ratings, (pairs) => {
        let s = 0
        let [untiedX, untiedY] = [0, 0]
        for (let i = 0; i < pairs.length; i++) {
          for (let j = 0; j < i; j++) {
            const [dx, dy] = [Math.sign(pairs[i]![0] - pairs[j]![0]), Math.sign(pairs[i]![1] - pairs[j]![1])]
            s += dx * dy
            untiedX += dx * dx
            untiedY += dy * dy
          }
        }
        const expected = s / Math.sqrt(untiedX * untiedY)
        const { value } = kendallTauB(
          pairs.map((pair) => pair[0]),
          pairs.map((pair) => pair[1]),
        )
        if (Number.isNaN(expected)) expect(value).toBeNaN()
        else expect(value).toBeCloseTo(expected, 10)
      }),
      settings,
    )
  })

  it('turning scores round turns the area round', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(0, 1)), { minLength: 2 }),
        (items) => {
          const labels = items.map((item) => item[1])
          const scores = items.map((item) => item[0])
          const there = auc(scores, labels).value
          if (Number.isNaN(there)) expect(new Set(labels).size).toBe(1)
          else
            expect(
              auc(
                scores.map((score) => -score),
                labels,
              ).value,
            ).toBeCloseTo(1 - there, 10)
        },
      ),
      settings,
    )
  })

  it('groups and tails of exact tests may swap', () => {
    fc.assert(
      fc.property(count, count, count, count, (k1, rest1, k2, rest2) => {
        const forward = { k1, n1: k1 + rest1, k2, n2: k2 + rest2 }
        const backward = { k1: k2, n1: k2 + rest2, k2: k1, n2: k1 + rest1 }
        expect(fisherExact(backward).p).toBeCloseTo(fisherExact(forward).p, 10)
        const less = fisherExact(backward, { alternative: 'less' }).p
        expect(less).toBeCloseTo(fisherExact(forward, { alternative: 'greater' }).p, 10)
        const there = probabilityGreaterIndependent(forward).value
        expect(probabilityGreaterIndependent(backward).value).toBeCloseTo(1 - there, 9)
        const p0 = 0.3
        const n = k1 + rest1
        const greater = binomialTest(k1, n, { p0, alternative: 'greater' }).p
        expect(binomialTest(rest1, n, { p0: 1 - p0, alternative: 'less' }).p).toBeCloseTo(greater, 10)
      }),
      settings,
    )
  })

  it('clusters of one give the plain standard error', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 50 }), (values) => {
        const mean = values.reduce((sum, x) => sum + x, 0) / values.length
        const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1)
        const { standardError } = clusteredMean(
          values,
          values.map((_, i) => i),
        )
        expect(standardError).toBeCloseTo(Math.sqrt(variance / values.length), 10)
      }),
      settings,
    )
  })
})

describe('laws of the confidence sequence', () => {
  const differences = fc.array(fc.constantFrom(-1, -0.5, 0, 0.5, 1), { minLength: 1, maxLength: 60 })

  it('only ever tightens, and ends within what one look gives', () => {
    fc.assert(
      fc.property(differences, (xs) => {
        let sequence = startPairedSequence()
        for (const x of xs) {
          const next = extendPairedSequence(sequence, [x])
          expect(next.low).toBeGreaterThanOrEqual(sequence.low)
          expect(next.high).toBeLessThanOrEqual(sequence.high)
          expect(next.p).toBeLessThanOrEqual(sequence.p)
          sequence = next
        }
        const once = extendPairedSequence(startPairedSequence(), xs)
        // limits are halved to 1e-10
        expect(sequence.low).toBeGreaterThanOrEqual(once.low - 1e-10)
        expect(sequence.high).toBeLessThanOrEqual(once.high + 1e-10)
        expect([sequence.n, sequence.tally, sequence.looks]).toEqual([once.n, once.tally, xs.length])
      }),
      { ...settings, numRuns: 40 },
    )
  })

  it('mirrors when judges swap, and is decided exactly when p is at most alpha', () => {
    fc.assert(
      fc.property(differences, (xs) => {
        const forward = extendPairedSequence(startPairedSequence(), xs)
        const backward = extendPairedSequence(
          startPairedSequence(),
          xs.map((x) => -x),
        )
        expect(backward.low).toBeCloseTo(-forward.high, 12)
        expect(backward.p).toBeCloseTo(forward.p, 12)
        if (Math.abs(forward.p - 0.05) > 1e-6) expect(forward.decided !== null).toBe(forward.p < 0.05)
      }),
      settings,
    )
  })
})
