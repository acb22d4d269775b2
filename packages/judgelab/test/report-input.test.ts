import type { ContrastResult } from '@judgelab/analysis'
import { describe, expect, it } from 'vitest'
import { bibtexText } from '../src/study/report-input.js'
import { someFlips } from '../src/study/some-flips.js'

type Flipped = ContrastResult['flipped'][number]

const flip = (subset: string, kind: Flipped['kind'], at: number): Flipped => ({
  comparisonId: `${subset}-${kind}-${at}`,
  subset,
  kind,
  before: 'rejected',
  after: 'chosen',
})

describe('someFlips', () => {
  const many = Array.from({ length: 500 }, (_, at) => flip('Math', 'fixed', at))
  const flipped = [...many, flip('Math', 'broken', 0), flip('Safety', 'fixed', 0), flip('Safety', 'fixed', 1)]

  it('takes the first of each subset and kind in turn, in their order', () => {
    expect(someFlips(flipped, 5).map(({ comparisonId }) => comparisonId)).toEqual([
      'Math-fixed-0',
      'Math-fixed-1',
      'Math-broken-0',
      'Safety-fixed-0',
      'Safety-fixed-1',
    ])
    expect(someFlips(flipped, 300)).toHaveLength(300)
    expect(someFlips(flipped, 300)).toEqual(someFlips(flipped, 300))
  })

  it('takes all where there is room', () => {
    expect(someFlips(flipped, 503)).toEqual(flipped)
    expect(someFlips([], 300)).toEqual([])
  })
})

describe('bibtexText', () => {
  it('keeps signs that LaTeX would take for markup', () => {
    expect(bibtexText('R&D: 50% of {a}_1 \\ x^2 ~')).toBe(
      'R\\&D: 50\\% of \\{a\\}\\_1 \\textbackslash{} x\\textasciicircum{}2 \\textasciitilde{}',
    )
  })
})
