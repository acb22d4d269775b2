import type { Verdict, VerdictResult } from '@judgelab/core'
import { createNumpyRandom } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { ablationResult, type JudgedCell } from '../src/index.js'

const sureness = { level: 0.95, resamples: 200, newRandom: () => createNumpyRandom(1).randomSample }
const MATRIX = { tuning: 't', margin: 0.05, axes: { count: [0, 10, 20, 40], seed: [1, 2] } }
const WRONG = { ties: 'wrong', failures: 'wrong' } as const

/** 40 comparisons, of which the first `right` are judged right. */
function verdicts(right: number, rest: VerdictResult = 'rejected'): Verdict[] {
  return Array.from({ length: 40 }, (_, at) => {
    const result = at < right ? 'chosen' : rest
    return {
      comparisonId: `e${at}:0>1`,
      exampleId: `e${at}`,
      subset: at % 2 === 0 ? 'even' : 'odd',
      rule: 'consistent',
      result,
      passes: [result, result],
      slots: [0, 1],
    }
  })
}

function cell(pairs: number, seed: number, right: number, at: JudgedCell['at'] = {}): JudgedCell {
  const runId = pairs === 0 ? 'untuned' : `run ${pairs}/${seed}`
  return { at: { ...at, count: pairs, seed }, pairs, seed, runId, verdicts: verdicts(right) }
}

const CELLS = [
  cell(0, 1, 20),
  cell(0, 2, 20),
  cell(10, 1, 22),
  cell(10, 2, 24),
  cell(20, 1, 28),
  cell(20, 2, 30),
  cell(40, 1, 30),
  cell(40, 2, 32),
]

describe('ablationResult', () => {
  const [arm] = ablationResult(MATRIX, CELLS, WRONG, sureness).arms

  it('means seeds, counts a shared run once, and takes subsets apart, worked by hand', () => {
    expect(arm?.counts.map(({ pairs, runs, accuracy }) => [pairs, runs.length, accuracy.value])).toEqual([
      [0, 1, 20 / 40],
      [10, 2, 23 / 40],
      [20, 2, 29 / 40],
      [40, 2, 31 / 40],
    ])
    expect(arm?.counts[2]?.subsets).toEqual([
      { subset: 'even', n: 20, accuracy: 14.5 / 20 },
      { subset: 'odd', n: 20, accuracy: 14.5 / 20 },
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

  it('fits a curve through the counts above 0, with a band that holds the fit', () => {
    expect(arm?.curve?.fit.n).toBe(3)
    for (const { low, value, high } of arm?.curve?.points ?? []) expect(low <= value && value <= high).toBe(true)
    expect(arm?.curve?.points.map(({ pairs }) => pairs)).toEqual(expect.arrayContaining([10, 20, 40]))
    expect(arm?.sufficient?.margin).toBe(0.05)
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

  it('refuses cells that judged different comparisons', () => {
    const odd = { ...cell(10, 1, 22), verdicts: verdicts(22).slice(1) }
    expect(() => ablationResult(MATRIX, [cell(0, 1, 20), odd], WRONG, sureness)).toThrow(
      'ablationResult needs the same comparisons of every run, got e1:0>1 in place of e0:0>1',
    )
  })
})
