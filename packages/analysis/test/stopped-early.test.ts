import { extendPairedSequence, startPairedSequence } from '@judgelab/stats'
import { describe, expect, it } from 'vitest'
import {
  accuracyTable,
  agreementTable,
  buildResults,
  contrastTable,
  lengthTable,
  passTestTable,
  positionTable,
  type StoppedEarly,
  selfPreferenceTable,
  verbosityTable,
} from '../src/index.js'
import { smallStudy } from './small-study.js'

const SAID = {
  base: [
    [0, 1],
    [1, 0],
    [0, 0],
    ['failed', 1],
  ],
  longer: [
    ['tie', 'tie'],
    [0, 1],
    ['failed', 'failed'],
    [1, 1],
  ],
  'base+dpo': [
    [0, 1],
    [0, 1],
    [0, 1],
    [0, 0],
  ],
} as const

/** Where in the results a limit, a p or a number that is made of them stands. */
function sure(held: unknown, path = ''): string[] {
  if (held === null || typeof held !== 'object')
    return /(^|\.)(low|high|p|positionP)$/.test(path) && held !== null ? [path] : []
  return Object.entries(held).flatMap(([key, value]) => sure(value, path === '' ? key : `${path}.${key}`))
}

describe('results of a study that was stopped early', () => {
  const evidence = smallStudy(SAID)
  const [contrast] = evidence.study.contrasts
  const stopped: StoppedEarly = {
    judge: contrast!.against,
    against: contrast!.judge,
    sequence: extendPairedSequence(startPairedSequence(), [-1, -1, 0, -1, 0, -1]),
    comparisons: evidence.comparisons.map(({ id }) => id),
    of: 100,
  }
  const results = buildResults({ ...evidence, stopped })

  it('give the anytime-valid interval and p, from the side that the contrast looks from', () => {
    const { primary } = results.contrasts[0]!
    const { low, high, p } = stopped.sequence
    expect(primary).toMatchObject({ p, test: 'anytime-valid' })
    expect(primary.difference).toMatchObject({ low: -high, high: -low, method: 'anytime-valid' })
    expect(primary.difference.value).toBeCloseTo(4 / 6, 12)
    expect(contrastTable(results).caption).toContain('anytime-valid')
  })

  it('give no interval and no p for a fixed n, anywhere', () => {
    for (const { accuracy, subsets } of results.judges)
      for (const held of [accuracy, ...subsets.map((subset) => subset.accuracy)])
        for (const { low, high, status } of Object.values(held)) {
          expect([low, high]).toEqual([null, null])
          expect(['stopped early', 'nothing counts']).toContain(status)
        }
    const [first, ...others] = results.contrasts
    const fixed = [...first!.byTiePolicy, ...first!.subsets, ...others.map(({ primary }) => primary)]
    for (const { p, difference } of fixed) expect([p, difference.low]).toEqual([null, null])
    expect(accuracyTable(results).caption).toContain('stopped early')
    for (const table of [
      lengthTable,
      verbosityTable,
      selfPreferenceTable,
      agreementTable,
      positionTable,
      passTestTable,
    ]) {
      expect(table(results).caption).toContain('stopped early')
      expect(table(buildResults(evidence)).caption).not.toContain('stopped early')
    }
    const known = /^(stopped|contrasts\.0\.(primary|adjusted)|pairs|tuning)\b/
    expect(sure(results).filter((path) => !known.test(path))).toEqual([])
    expect(sure(buildResults(evidence)).filter((path) => !known.test(path))).not.toEqual([])
  })

  it('leave a study alone that was not', () => {
    const { contrasts, stopped: none } = buildResults(evidence)
    expect(none).toBeNull()
    expect(contrasts[0]?.primary.test).not.toBe('anytime-valid')
  })
})
