import { parseClaim } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { claimContrastTable, claimJudgeTable, claimPlanningTable, claimResult } from '../../src/index.js'

const claim = (text: string) => claimResult(parseClaim(`version: 1\ntitle: t\n${text}`, 'c.yaml'))

describe('claimResult', () => {
  it('says that a percentage is impossible, and leaves out the comparison that needs it', () => {
    const result = claim(
      'n: 297\njudges: [{ name: a, correct: 62.5 % }, { name: b, correct: 183 }, { name: c, correct: 60 }]',
    )
    expect(result.problems).toMatchObject([
      { kind: 'impossible percentage', judge: 'a', subset: null, printed: { text: '62.5 %' } },
    ])
    expect(result.contrasts).toEqual([])
    expect(claimJudgeTable(result).rows[0]).toMatchObject({ printed: '62.5 %', right: null, accuracy: null })
  })

  it('says that totals and subsets disagree', () => {
    const result = claim(`n: 30
subsets: { x: 10, y: 20 }
judges:
  - { name: a, correct: 50 %, subsets: { x: 4, y: 12 } }
  - { name: b, correct: 16, subsets: { x: 40 %, y: 60 % } }`)
    expect(result.problems).toMatchObject([
      { kind: 'total and subsets disagree', judge: 'a', sum: { low: 16, high: 16 } },
    ])
    expect(result.contrasts).toEqual([])
    expect(result.judges[1]?.counts).toEqual({ low: 16, high: 16 })
  })

  it('keeps the total of a judge whose figure for one subset is impossible', () => {
    const result = claim(`n: 30
subsets: { x: 10, y: 20 }
judges:
  - { name: a, correct: 24, subsets: { x: 43 %, y: 12 } }
  - { name: b, correct: 9, subsets: { x: 1, y: 8 } }`)
    expect(result.problems).toMatchObject([{ kind: 'impossible percentage', judge: 'a', subset: 'x' }])
    expect(result.contrasts).toMatchObject([{ strata: 1, significant: 'always', subsets: [] }])
  })

  it('spans the counts that a coarse percentage allows', () => {
    const result = claim('n: 1865\njudges: [{ name: a, correct: 63 % }, { name: b, correct: 62 % }]')
    const [contrast] = result.contrasts
    expect(contrast?.difference.min).toBeCloseTo(1 / 1865, 12)
    expect(contrast?.difference.max).toBeCloseTo(37 / 1865, 12)
    expect(contrast).toMatchObject({ significant: 'depends', curve: [], independent: null })
    expect(claimContrastTable(result).rows[0]?.holds).toBe('under some')
    expect(claimJudgeTable(result).rows[0]?.right).toBe('1,166 to 1,184')
  })

  it('knows nothing to find where both are right as often', () => {
    const [contrast] = claim('n: 50\njudges: [{ name: a, correct: 20 }, { name: b, correct: 20 }]').contrasts
    expect(contrast).toMatchObject({ p: { min: 1, max: 1 }, significant: 'never' })
    expect(contrast?.planning[0]).toMatchObject({ discordance: 0, detectable: null, neededStatus: 'no difference' })
  })

  it('keeps the exact count of comparisons up to some three thousand, and two digits beyond', () => {
    const result = claim('n: 1865\njudges: [{ name: a, correct: 1000 }, { name: b, correct: 994 }]')
    const [contrast] = result.contrasts
    expect(contrast?.planning.map(({ neededStatus }) => neededStatus)).toEqual([
      'exact',
      'about',
      'about',
      'about',
      'about',
    ])
    // 152,278 by the exact power at 20 %.
    expect(Math.abs((contrast?.planning[2]?.needed as number) / 152_278 - 1)).toBeLessThan(0.05)
    const far = claim('n: 1865\njudges: [{ name: a, correct: 1000 }, { name: b, correct: 999 }]')
    const table = claimPlanningTable(far, far.contrasts[0] as (typeof far.contrasts)[number])
    expect(table.rows.at(-1)?.needed).toBe('more than 1,000,000')
  })
})
