import type { StudyResults } from '@judgelab/analysis'
import { describe, expect, it } from 'vitest'
import { judgedOn, leftOutFact, notedFact, reportFacts } from '../src/study/report-facts.js'
import { bibtexText, headlineCaption } from '../src/study/report-input.js'
import type { ManifestOf } from '../src/study/run-manifests.js'
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

describe('the caption of the headline figure', () => {
  const caption = (kinds: readonly string[], rehearsed = false): string =>
    headlineCaption({
      evaluation: { n: 4, rule: 'together', ties: 'wrong', failures: 'wrong', orders: 'both' },
      statistics: { level: 0.95 },
      judges: kinds.map((kind) => ({ kind })),
      study: { rehearsed },
      benchmark: { synthetic: false, about: '' },
      stopped: null,
    } as unknown as StudyResults)

  it('names the policies, and only the marks that there are', () => {
    expect(caption(['judge'])).not.toMatch(/filled|grey/)
    expect(caption(['baseline', 'tuned'])).toContain('comparisons; filled marks are tuned judges. Rule “together”')
    expect(caption(['tuned', 'control'])).toContain('filled marks are tuned judges, grey ones are null baselines.')
    expect(caption(['judge'], true)).toContain('Rehearsed')
  })
})

describe('the facts of what was read', () => {
  const data = {
    policy: 'report' as const,
    rows: 9,
    skipped: { tied: 1, 'empty-chosen': 2 },
    notes: { 'formula-like': 1, 'nul-character': 3, 'long-response': 2 },
  }

  it('are what was left out, and what is odd among the kept, with counts', () => {
    expect([...leftOutFact(data), ...notedFact(data)]).toEqual([
      { label: 'Left out', value: '3 of 9 rows (tied 1, empty-chosen 2)' },
      {
        label: 'Noted',
        value:
          'among the examples kept: 3 with a NUL character, 1 with a text that begins like a spreadsheet formula, 2 with a response of 100,000 characters or more',
      },
    ])
  })

  it('are none where there is nothing to say', () => {
    const clean = { ...data, skipped: {}, notes: {} }
    expect([...leftOutFact(clean), ...notedFact(clean), ...leftOutFact(null), ...notedFact(null)]).toEqual([])
  })
})

describe('the facts of the first screen', () => {
  const run = (startedAt: string, completedAt: string | null): ManifestOf =>
    ({ label: 'A', manifest: { startedAt, completedAt } }) as ManifestOf
  const facts = (parts: object, runs: readonly ManifestOf[] = []): Record<string, string> => {
    const results = {
      benchmark: { name: 'B', fingerprint: 'f'.repeat(64), data: null },
      split: { method: 'random', seed: 7 },
      evaluation: { n: 1_498, side: 'test', rule: 'net', ties: 'half', failures: 'wrong' },
      statistics: { seed: 5 },
      judges: [],
      contrasts: [],
      tuning: [],
      ablation: null,
      ...parts,
    } as unknown as StudyResults
    return Object.fromEntries(reportFacts(results, runs).map(({ label, value }) => [label, value]))
  }

  it('hold the days of the first and the last answer, in UTC', () => {
    const early = run('2026-11-27T23:59:00.000Z', '2026-11-28T00:01:00.000Z')
    const open = run('2026-11-29T08:00:00.000Z', null)
    expect(judgedOn([open, early])).toEqual({ first: '2026-11-27', last: '2026-11-29' })
    expect(facts({}, [open]).Judged).toBe('2026-11-29')
    expect(facts({}, [open, early]).Judged).toBe('2026-11-27 to 2026-11-29')
    expect(facts({})).not.toHaveProperty('Judged')
  })

  it('hold every seed by what it is the seed of', () => {
    const tuned = (...seeds: number[]): object[] => seeds.map((seed) => ({ parameters: { seed } }))
    expect(facts({}).Seeds).toBe('split 7, statistics 5')
    expect(facts({ tuning: tuned(3, 3) }).Seeds).toBe('split 7, training 3, statistics 5')
    expect(facts({ tuning: tuned(3, 9) }).Seeds).toBe('split 7, training 3 and 9, statistics 5')
    expect(facts({ ablation: { axes: { seed: [3, 1, 2], count: [100] } } }).Seeds).toContain('training 1 to 3')
  })

  it('hold counts with their thousands apart', () => {
    expect(facts({}).Comparisons).toBe('1,498, test side')
  })
})
