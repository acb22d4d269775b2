import { describe, expect, it } from 'vitest'
import { bibtexText } from '../src/study/report-input.js'
import { spreadChoice } from '../src/study/spread-choice.js'

describe('spreadChoice', () => {
  const many = Array.from({ length: 500 }, (_, at) => `Math-fixed-${at}`)
  const items = [...many, 'Math-broken-0', 'Safety-fixed-0', 'Safety-fixed-1']
  const choose = (most: number, among: readonly string[] = items): readonly string[] =>
    spreadChoice(among, most, (item) => item.replace(/-\d+$/, ''))

  it('takes the first of each group in turn, in their order', () => {
    expect(choose(5)).toEqual(['Math-fixed-0', 'Math-fixed-1', 'Math-broken-0', 'Safety-fixed-0', 'Safety-fixed-1'])
    expect(choose(300)).toHaveLength(300)
    expect(choose(300)).toEqual(choose(300))
  })

  it('takes all where there is room', () => {
    expect(choose(503)).toEqual(items)
    expect(choose(300, [])).toEqual([])
  })
})

describe('bibtexText', () => {
  it('keeps signs that LaTeX would take for markup', () => {
    expect(bibtexText('R&D: 50% of {a}_1 \\ x^2 ~')).toBe(
      'R\\&D: 50\\% of \\{a\\}\\_1 \\textbackslash{} x\\textasciicircum{}2 \\textasciitilde{}',
    )
  })
})
