import { describe, expect, it } from 'vitest'
import {
  ablationOf,
  ablationSubsetContrastTable,
  ablationSubsetTable,
  ablationTable,
  armLabel,
  armTable,
  effectTable,
  shortArmLabel,
  sufficientTable,
} from '../src/index.js'
import { curveResults, recipeResults, resultsWith, withoutMatrix } from './ablation-results.js'
import { cell } from './made-ablation.js'

describe('the tables of an ablation', () => {
  it('have a row a number of pairs, the untuned judge and the largest without a difference to themselves', () => {
    const { rows, columns, caption } = ablationTable(curveResults())
    expect(rows.map(({ pairs, seeds, n }) => [pairs, seeds, n])).toEqual([
      [0, null, 40],
      [10, 2, 40],
      [20, 2, 40],
      [40, 2, 40],
    ])
    expect(rows[0]?.untuned).toBeUndefined()
    expect(rows[3]?.all).toBeUndefined()
    expect(rows[1]?.untuned).toMatchObject({ value: expect.closeTo(3 / 40, 12) })
    expect(columns.map(({ label }) => label)).toContain('To all')
    expect(caption).toMatch(/Mean over 2 seeds; .* Synthetic benchmark\.$/)
  })

  it('leave out the questions that the matrix does not ask', () => {
    const { columns, caption } = ablationTable(resultsWith([cell(10, 1, 22)], { count: [10] }))
    expect(columns.map(({ key }) => key)).toEqual(['pairs', 'seeds', 'n', 'accuracy'])
    expect(caption).toContain('One seed for each')
    expect(caption).not.toContain('Differences')
  })

  it('say in the head how many comparisons a subset has', () => {
    const { columns, rows } = ablationSubsetTable(curveResults())
    expect(columns.map(({ label }) => label)).toEqual(['Pairs', 'even, n 20', 'odd, n 20'])
    expect(rows[2]).toMatchObject({ pairs: 20, 'subset:even': 14.5 / 20 })
  })

  it('test every number of pairs within every subset, subset by subset', () => {
    const { columns, rows, caption } = ablationSubsetContrastTable(curveResults())
    expect(rows.map(({ subset, pairs, n }) => [subset, pairs, n])).toEqual(
      ['even', 'odd'].flatMap((subset) => [10, 20, 40].map((pairs) => [subset, pairs, 20])),
    )
    expect(columns.map(({ key }) => key)).toEqual(['subset', 'pairs', 'n', 'untuned', 'untunedP', 'all', 'allP'])
    expect(rows[2]).toMatchObject({ untuned: { value: expect.closeTo(5.5 / 20, 12) } })
    expect(rows[2]?.all).toBeUndefined()
    expect(caption).toContain('corrects for all numbers of pairs in all subsets, apart for each difference')
  })

  it('say why a value stands without an interval, and nothing where none does', () => {
    const said = 'A value without an interval: there are too few prompts for one, or every prompt says the same'
    expect(ablationSubsetContrastTable(curveResults()).caption).not.toContain('without an interval')
    // 10 pairs say the same as 40, comparison by comparison.
    const alike = resultsWith([cell(0, 1, 20), cell(10, 1, 30), cell(20, 1, 28), cell(40, 1, 30)])
    for (const table of [ablationTable, ablationSubsetContrastTable]) expect(table(alike).caption).toContain(said)
  })

  it('go down from the largest number until one is not shown to be enough', () => {
    const { rows } = sufficientTable(curveResults())
    expect(rows.map(({ pairs }) => pairs)).toEqual([20, 10])
    expect(rows.at(-1)?.shown).toBe('no')
  })

  it('have a column an axis, the untuned judge once, and the first arm as what the others are compared with', () => {
    const results = recipeResults()
    expect(
      ablationTable(results).rows.map((row) => [row['axis:tuning.beta'], row['axis:tuning.epochs'], row.pairs]),
    ).toEqual([
      [undefined, undefined, 0],
      ['0.1', '1', 10],
      ['0.1', '3', 10],
      ['0.3', '1', 10],
      ['0.3', '3', 10],
    ])
    const { rows } = armTable(results)
    expect(rows.map(({ difference }) => (difference as { value: number } | null)?.value ?? null)).toEqual([
      null,
      expect.closeTo(2 / 40, 12),
      expect.closeTo(4 / 40, 12),
      expect.closeTo(6 / 40, 12),
    ])
    expect(effectTable(results).rows.map(({ axis, value, against }) => [axis, value, against])).toEqual([
      ['beta', '0.3', '0.1'],
      ['epochs', '3', '1'],
    ])
  })

  it('refuse a study without a matrix', () => {
    expect(() => ablationOf(withoutMatrix())).toThrow(
      'ablationOf needs a study with a matrix, got "small", which has none',
    )
  })
})

describe('armLabel', () => {
  const axes = {
    seed: [1, 2],
    'tuning.learningRate': [1, 2],
    'pairs.cap': [{ Ties: 0.1 }, 0.5],
    'pairs.strategy': [['responses', 'verdicts'], 'responses'],
    'tuning.beta': [0.1],
  }
  const at = {
    'tuning.learningRate': 1,
    'pairs.cap': { Ties: 0.1 },
    'pairs.strategy': ['responses', 'verdicts'],
    'tuning.beta': 0.1,
  }

  it('names what differs between arms, and nothing else', () => {
    expect(armLabel({ axes }, { at })).toBe('learning rate 1, cap Ties 0.1, strategy responses + verdicts')
    expect(shortArmLabel({ axes }, { at })).toBe('1 / Ties 0.1 / responses + verdicts')
    expect(armLabel({ axes: { 'tuning.beta': [0.1] } }, { at })).toBe('')
  })

  it('keeps the whole name of two axes that would be called the same', () => {
    const same = { 'pairs.seed': [1, 2], 'tuning.seed': [1, 2] }
    expect(armLabel({ axes: same }, { at: { 'pairs.seed': 1, 'tuning.seed': 2 } })).toBe('pairs.seed 1, tuning.seed 2')
  })
})
