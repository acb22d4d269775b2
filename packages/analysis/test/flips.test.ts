import { VERDICT_RESULTS } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { countFlips, flipsOf } from '../src/index.js'
import { verdictList } from './verdict-list.js'

const KINDS = {
  chosen: { chosen: 'kept-right', rejected: 'broken', tie: 'broken', failed: 'broken' },
  rejected: { chosen: 'fixed', rejected: 'kept-wrong', tie: 'to-tie', failed: 'other' },
  tie: { chosen: 'fixed', rejected: 'from-tie', tie: 'kept-tie', failed: 'other' },
  failed: { chosen: 'fixed', rejected: 'other', tie: 'other', failed: 'kept-failed' },
} as const

describe('flipsOf', () => {
  it.each(VERDICT_RESULTS.flatMap((before) => VERDICT_RESULTS.map((after) => [before, after] as const)))(
    'names the change from %s to %s',
    (before, after) => {
      const [flip] = flipsOf(verdictList(before[0] as string), verdictList(after[0] as string))
      expect(flip).toEqual({
        comparisonId: 'e0:0>1',
        exampleId: 'e0',
        subset: 'even',
        before,
        after,
        kind: KINDS[before][after],
      })
    },
  )

  it('pairs by comparison in the order of before, and leaves out what only one run has', () => {
    const flips = flipsOf(verdictList('crtc'), verdictList('rcc').toReversed())
    expect(flips.map(({ comparisonId, kind }) => [comparisonId, kind])).toEqual([
      ['e0:0>1', 'broken'],
      ['e1:0>1', 'fixed'],
      ['e2:0>1', 'fixed'],
    ])
  })

  it('mirrors fixed and broken when the runs swap', () => {
    const [a, b] = [verdictList('ccrrttffcrtf'), verdictList('crcttrfcftfr')]
    const [there, back] = [countFlips(flipsOf(a, b)), countFlips(flipsOf(b, a))]
    expect([back.fixed, back.broken, back['to-tie']]).toEqual([there.broken, there.fixed, there['from-tie']])
  })
})

const KEPT_NONE = { 'kept-right': 0, 'kept-wrong': 0, 'kept-tie': 0, 'kept-failed': 0 }

describe('countFlips', () => {
  it('names every kind, and counts every flip once', () => {
    const counts = countFlips(flipsOf(verdictList('crtfc'), verdictList('rccrc')))
    expect(counts).toEqual({ fixed: 2, broken: 1, 'to-tie': 0, 'from-tie': 0, other: 1, ...KEPT_NONE, 'kept-right': 1 })
    expect(countFlips([])).toEqual({ fixed: 0, broken: 0, 'to-tie': 0, 'from-tie': 0, other: 0, ...KEPT_NONE })
  })
})
