import { describe, expect, it } from 'vitest'
import { ablationResult } from '../src/index.js'
import { CELLS, cell, sureness, verdicts } from './made-ablation.js'

const MATRIX = { tuning: 't', margin: 0.1, axes: { count: [0, 10, 20, 40], seed: [1, 2] } }
const WRONG = { ties: 'wrong', failures: 'wrong' } as const

describe('ablationResult', () => {
  const [arm] = ablationResult(MATRIX, CELLS, WRONG, sureness).arms

  it('means seeds, counts a shared run once, and takes subsets apart, worked by hand', () => {
    expect(arm?.counts.map(({ pairs, runs, accuracy }) => [pairs, runs.length, accuracy.value])).toEqual([
      [0, 1, 20 / 40],
      [10, 2, 23 / 40],
      [20, 2, 29 / 40],
      [40, 2, 31 / 40],
    ])
    expect(arm?.counts[2]?.subsets.map(({ subset, n, accuracy }) => [subset, n, accuracy.value])).toEqual([
      ['even', 20, 14.5 / 20],
      ['odd', 20, 14.5 / 20],
    ])
  })

  it('compares every count with the untuned judge and with the largest', () => {
    const [untuned, ten, , forty] = arm?.counts ?? []
    expect(untuned?.againstUntuned).toBeNull()
    expect(forty?.againstAll).toBeNull()
    expect(forty?.againstUntuned?.difference.value).toBeCloseTo(11 / 40, 12)
    expect(ten?.againstAll?.difference.value).toBeCloseTo(-8 / 40, 12)
    // mean scores differ on comparisons 20 … 31, all one way: half of them by a half; exact sign-flip
    expect(forty?.againstUntuned?.p).toBeCloseTo(2 / 2 ** 12, 12)
    expect(forty?.againstUntuned?.adjusted).toMatchObject({ method: 'holm', familySize: 3 })
    expect(forty?.againstUntuned?.detectable).toBeGreaterThan(0.2)
  })

  it('compares every count within every subset, and corrects over counts and subsets together, worked by hand', () => {
    const even = arm?.counts.map(({ subsets }) => subsets.find(({ subset }) => subset === 'even')) ?? []
    expect(even[0]?.againstUntuned).toBeNull()
    expect(even[3]?.againstAll).toBeNull()
    // even comparisons 20, 22, … 30 differ for 40 pairs: six prompts, all one way
    expect(even[3]?.againstUntuned?.difference.value).toBeCloseTo(5.5 / 20, 12)
    expect(even[3]?.againstUntuned?.p).toBeCloseTo(2 / 2 ** 6, 12)
    // three counts in two subsets; the smallest p of six, which both subsets have
    expect(even[3]?.againstUntuned?.adjusted).toMatchObject({
      method: 'holm',
      familySize: 6,
      family: 'counts and subsets against the untuned judge',
    })
    expect(even[3]?.againstUntuned?.adjusted?.adjusted).toBeCloseTo((6 * 2) / 2 ** 6, 12)
    // the untuned judge and two numbers, in two subsets
    expect(even[1]?.againstAll?.adjusted).toMatchObject({ familySize: 6 })
  })

  it('fits a curve through the counts above 0, with a band that holds the fit', () => {
    expect(arm?.curve?.fit.n).toBe(3)
    for (const { low, value, high } of arm?.curve?.points ?? []) expect(low <= value && value <= high).toBe(true)
    expect(arm?.curve?.points.map(({ pairs }) => pairs)).toEqual(expect.arrayContaining([10, 20, 40]))
    expect(arm?.sufficient?.margin).toBe(0.1)
  })

  it('makes an arm of every combination of the other axes', () => {
    const cells = [0.1, 0.3].flatMap((beta) =>
      CELLS.map((held) => ({ ...held, at: { 'tuning.beta': beta, ...held.at } })),
    )
    const { arms } = ablationResult(MATRIX, cells, WRONG, sureness)
    expect(arms.map(({ at }) => at)).toEqual([{ 'tuning.beta': 0.1 }, { 'tuning.beta': 0.3 }])
    expect(arms[0]?.counts).toEqual(arm?.counts)
  })

  it('stands on the comparisons that count for every run', () => {
    const cells = [...CELLS.slice(0, -1), { ...cell(40, 2, 32), verdicts: verdicts(32, 'tie') }]
    const [held] = ablationResult(MATRIX, cells, { ties: 'excluded', failures: 'wrong' }, sureness).arms
    expect(held?.n).toBe(32)
    expect(held?.counts[0]?.accuracy.value).toBe(20 / 32)
  })

  it('says nothing that it does not know: one count, one seed', () => {
    const [held] = ablationResult(MATRIX, [cell(10, 1, 22)], WRONG, sureness).arms
    expect(held).toMatchObject({ curve: null, sufficient: null })
    expect(held?.counts[0]).toMatchObject({ againstUntuned: null, againstAll: null })
  })

  it('counts a number that is named twice, as 40 and as all, once', () => {
    const [held] = ablationResult(MATRIX, [...CELLS, ...CELLS.slice(-2)], WRONG, sureness).arms
    expect(held?.counts.at(-1)?.runs.map(({ seed }) => seed)).toEqual([1, 2])
  })

  it('needs as many prompts as make a loss of the margin improbable, or shows nothing enough', () => {
    // 0.9^29 = 0.0471 is at most 0.05, 0.9^28 = 0.0523 is not; 0.95^58 = 0.0510, 0.95^59 = 0.0485
    expect(ablationResult(MATRIX, CELLS, WRONG, sureness).promptsNeeded).toBe(29)
    const narrow = ablationResult({ ...MATRIX, margin: 0.05 }, CELLS, WRONG, sureness)
    expect(narrow.promptsNeeded).toBe(59)
    expect(narrow.arms[0]?.sufficient).toBeNull()
  })

  it('has no limits where there are too few prompts for any, never ones of no width', () => {
    const few = CELLS.map((held) => ({ ...held, verdicts: held.verdicts.slice(18, 22) }))
    const [held] = ablationResult(MATRIX, few, WRONG, sureness).arms
    for (const { accuracy } of held?.counts ?? []) expect(accuracy).toMatchObject({ low: null, high: null })
    expect(held?.counts[1]?.againstUntuned?.difference).toMatchObject({ low: null, high: null })
  })

  it('compares arms with the first, and values of an axis over the arms that share them, worked by hand', () => {
    const right = { '0.1/1': 20, '0.1/3': 24, '0.3/1': 28, '0.3/3': 36 }
    const cells = [0.1, 0.3].flatMap((beta) =>
      [1, 3].flatMap((epochs) =>
        [1, 2].map((seed) =>
          cell(40, seed, right[`${beta}/${epochs}` as keyof typeof right] + seed, {
            'tuning.beta': beta,
            'tuning.epochs': epochs,
          }),
        ),
      ),
    )
    const axes = { ...MATRIX.axes, 'tuning.beta': [0.1, 0.3], 'tuning.epochs': [1, 3] }
    const { arms, effects } = ablationResult({ ...MATRIX, axes }, cells, WRONG, sureness)
    expect(arms.map(({ againstFirst }) => againstFirst?.difference.value ?? null)).toEqual([
      null,
      expect.closeTo(4 / 40, 12),
      expect.closeTo(8 / 40, 12),
      expect.closeTo(16 / 40, 12),
    ])
    expect(arms[3]?.againstFirst?.adjusted).toMatchObject({ method: 'holm', familySize: 3 })
    // beta: (28 + 36 − 20 − 24) / 2 = 10 comparisons; epochs: (24 + 36 − 20 − 28) / 2 = 6
    expect(
      effects.map(({ axis, value, against, arms: over, difference }) => [axis, value, against, over, difference.value]),
    ).toEqual([
      ['tuning.beta', 0.3, 0.1, 2, expect.closeTo(10 / 40, 12)],
      ['tuning.epochs', 3, 1, 2, expect.closeTo(6 / 40, 12)],
    ])
    expect(effects[0]?.adjusted).toMatchObject({ familySize: 2 })
  })

  it('compares arms with the number of pairs that all have, or else each with its largest', () => {
    const arm = (strategy: string, counts: Readonly<Record<number, number>>) =>
      Object.entries(counts).map(([pairs, right]) => cell(Number(pairs), 1, right, { 'pairs.strategy': strategy }))
    const axes = { ...MATRIX.axes, 'pairs.strategy': ['responses', 'verdicts'] }
    const compared = (verdicts: Readonly<Record<number, number>>) =>
      ablationResult(
        { ...MATRIX, axes },
        [...arm('responses', { 0: 10, 10: 20, 20: 24 }), ...arm('verdicts', { 0: 10, ...verdicts })],
        WRONG,
        sureness,
      )
    const equal = compared({ 10: 22, 40: 34 })
    expect(equal.comparedWith).toBe(10)
    expect(equal.arms[1]?.againstFirst?.difference.value).toBeCloseTo(2 / 40, 12)
    const apart = compared({ 40: 34 })
    expect(apart.comparedWith).toBeNull() // 0 is the untuned judge, the same in both
    expect(apart.arms[1]?.againstFirst?.difference.value).toBeCloseTo(10 / 40, 12)
  })

  it('refuses cells that judged different comparisons', () => {
    const odd = { ...cell(10, 1, 22), verdicts: verdicts(22).slice(1) }
    expect(() => ablationResult(MATRIX, [cell(0, 1, 20), odd], WRONG, sureness)).toThrow(
      'ablationResult needs the same comparisons of every run, got e1:0>1 in place of e0:0>1',
    )
  })
})
