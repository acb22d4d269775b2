import type { Verdict, VerdictResult } from '@judgelab/core'
import { panelVerdicts } from '@judgelab/scoring'
import { describe, expect, it } from 'vitest'

function verdictsOf(...results: VerdictResult[]): Verdict[] {
  return results.map((result, at) => ({
    comparisonId: `e${at}:0>1`,
    exampleId: `e${at}`,
    subset: 's',
    rule: 'consistent',
    result,
    passes: [result, result],
    slots: [0, 1],
  }))
}

const resultsOf = (verdicts: readonly Verdict[]): VerdictResult[] => verdicts.map(({ result }) => result)

describe('panelVerdicts', () => {
  const members = [
    verdictsOf('chosen', 'chosen', 'failed', 'tie', 'failed'),
    verdictsOf('chosen', 'rejected', 'rejected', 'chosen', 'failed'),
    verdictsOf('rejected', 'tie', 'failed', 'tie', 'failed'),
  ]

  it('follows the majority; equals tie, failures have no vote, all failed is failed', () => {
    expect(resultsOf(panelVerdicts(members))).toEqual(['chosen', 'tie', 'rejected', 'tie', 'failed'])
    expect(panelVerdicts(members)[0]).toMatchObject({ comparisonId: 'e0:0>1', passes: ['chosen'], slots: [] })
  })

  it('weighs votes', () => {
    expect(resultsOf(panelVerdicts(members, { weights: [1, 1, 3] }))).toEqual([
      'rejected',
      'tie',
      'rejected',
      'tie',
      'failed',
    ])
  })

  it('refuses no members, other comparisons, and weights that do not fit', () => {
    expect(() => panelVerdicts([])).toThrow('panelVerdicts needs at least 1 member, got 0')
    expect(() => panelVerdicts([verdictsOf('tie', 'tie'), verdictsOf('tie')])).toThrow('got e1:0>1 and none')
    expect(() => panelVerdicts(members, { weights: [1] })).toThrow('got 1 for 3')
  })
})
