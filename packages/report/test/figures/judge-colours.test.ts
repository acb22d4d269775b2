import { expect, it } from 'vitest'
import { judgeColours } from '../../src/figures/judge-colours.js'
import { accuracyFigure, subsetFigure } from '../../src/index.js'
import { smallResults, withTuning } from '../support/small-results.js'

const results = withTuning(smallResults(), 0.5)
const coloursIn = (figure: object): Set<string> =>
  new Set(JSON.stringify(figure).match(/(?<="colour":")#[0-9a-f]{6}/g) ?? [])

it('gives a baseline and what tuning made of it one colour, and null baselines none', () => {
  const judges = results.judges.map((judge) =>
    judge.name === 'longer' ? { ...judge, kind: 'control' as const } : judge,
  )
  const { base, 'base+dpo': tuned, ...others } = judgeColours({ ...results, judges })
  expect(base).toBe(tuned)
  expect(others).toEqual({})
  const untuned = judgeColours({ ...results, judges, tuning: [] })
  expect(untuned.base).not.toBe(untuned['base+dpo'])
})

it('is the same in every figure, whoever else is drawn', () => {
  const untuned = { ...results, tuning: [] }
  const colours = judgeColours(untuned)
  expect(colours.base).not.toBe(colours['base+dpo'])
  expect(coloursIn(subsetFigure(untuned, ['base+dpo']))).toEqual(new Set([colours['base+dpo']]))
  expect(coloursIn(accuracyFigure(untuned))).toContain(colours['base+dpo'])
  expect(coloursIn(subsetFigure(results, ['base', 'base+dpo']))).toEqual(new Set([judgeColours(results).base]))
})
