import type { StudyEvaluation } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import {
  accuracyTable,
  averageTable,
  benchmarkTable,
  buildResults,
  contrastBySubsetTable,
  contrastByTiePolicyTable,
  contrastTable,
  cueFigures,
  cueTable,
  duplicateTable,
  flipBySubsetTable,
  flipTable,
  intervalOf,
  leaderboardTable,
  levelText,
  passTestTable,
  positionTable,
  ruleTable,
  type StudyEvidence,
  type StudyResults,
  subsetTable,
  type Table,
  tiePolicyTable,
  trainingTable,
} from '../src/index.js'
import { undetectableWords } from '../src/tables/undetectable-words.js'
import { EXAMPLES, type Passes, smallStudy } from './small-study.js'

const RIGHT = [0, 1] as const
const WRONG = [1, 0] as const
const SAID = {
  base: [RIGHT, WRONG, [0, 0], ['failed', 1]],
  longer: [['tie', 'tie'], RIGHT, ['failed', 'failed'], [1, 1]],
  'base+dpo': [RIGHT, RIGHT, RIGHT, [0, 0]],
} as const satisfies Record<string, Passes>

/** The small study under other policies. */
function resultsUnder(evaluation: Partial<StudyEvaluation>): StudyResults {
  const evidence: StudyEvidence = smallStudy(SAID)
  return buildResults({
    ...evidence,
    study: { ...evidence.study, evaluation: { ...evidence.study.evaluation, ...evaluation } },
  })
}

/** The small study with its tuning named, so that what `base+dpo` is against `base` is no question of a reference judge. */
function tunedResults(): StudyResults {
  const tuning = [{ name: 'base+dpo', base: 'base' }] as unknown as StudyResults['tuning']
  return { ...resultsUnder({}), tuning }
}

/** Judges renamed to what a column could be called. */
function renamed(results: StudyResults): StudyResults {
  const names: Readonly<Record<string, string>> = { base: 'n', 'base+dpo': 'subset', longer: 'label' }
  return { ...results, judges: results.judges.map((judge) => ({ ...judge, name: names[judge.name] as string })) }
}

describe('levelText', () => {
  it.each([
    [0.95, '95 %'],
    [0.995, '99.5 %'],
    [0.07, '7 %'],
    [0.999, '99.9 %'],
  ])('%s is %s', (level, text) => {
    expect(levelText(level)).toBe(text)
  })

  it('stands in captions as the study set it', () => {
    const results = resultsUnder({})
    const caption = accuracyTable({ ...results, statistics: { ...results.statistics, level: 0.995 } }).caption
    expect(caption).toContain('99.5 % intervals')
  })
})

describe('the tables of a study', () => {
  it('keep every column apart from the others, whatever a judge, a subset or an example is called', () => {
    const results = renamed(resultsUnder({}))
    const examples = EXAMPLES.map((example) => ({ ...example, subset: example.subset === 'Math' ? 'cue' : 'all' }))
    const cues = { study: results.study, benchmark: { ...results.benchmark, cues: cueFigures(examples) } }
    for (const { columns } of [subsetTable(results, ['n', 'subset', 'label']), ruleTable(results), cueTable(cues)])
      expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length)
    const [row] = subsetTable(results, ['n', 'subset', 'label']).rows
    expect(row).toMatchObject({ subset: 'Math', n: 1, 'judge:n': { value: 1 } })
    expect(cueTable(cues).rows[0]?.cue).toBe('longer')
  })

  it('set the flips of a second run beside those of a contrast, or say that there was none', () => {
    const results = resultsUnder({})
    const [contrast] = results.contrasts
    const once = flipTable(results, contrast!)
    expect(once.caption).toContain('was run once, so that how many verdicts flip by themselves is not known')
    expect(once.columns.some(({ key }) => key === 'again')).toBe(false)
    const noise = { runId: 'r', n: 4, flips: { ...contrast!.flips, fixed: 1, 'kept-right': 3 } }
    const twice = flipTable(results, { ...contrast!, noise })
    expect(twice.rows[0]).toMatchObject({ again: 1, againShare: 0.25 })
    const local = flipTable(results, { ...contrast!, runIds: ['local-a', 'local-b'] })
    expect(local.caption).toContain('the same every time')
  })

  it('set judges against the reference judge, whichever side of the contrast it stands on', () => {
    const results = tunedResults()
    const labels = (which: 'baseline' | 'post-DPO') => leaderboardTable(results, which).rows.map(({ label }) => label)
    expect(labels('baseline')).toEqual(['base', 'longer'])
    expect(labels('post-DPO')).toEqual(['base', 'base+dpo', 'longer'])
    const [base, longer] = leaderboardTable(results, 'baseline').rows
    const { difference, p } = results.contrasts[1]!.primary
    expect(longer).toMatchObject({ n: 4, p, difference: { value: -difference.value! } })
    expect(base).not.toHaveProperty('difference')
    const turned = results.contrasts.map((held) =>
      held.judge === 'base' ? { ...held, judge: 'longer', against: 'base' } : held,
    )
    const own = { ...results.contrasts[0]!, judge: 'longer', against: 'base' }
    const reverse = leaderboardTable({ ...results, contrasts: [...turned, own] }, 'baseline')
    expect(reverse.columns.find(({ key }) => key === 'difference')?.label).toBe('Against base')
    expect(reverse.rows[1]).toMatchObject({ label: 'longer', difference: { value: difference.value } })
  })

  it('list the reference judge first and the others by accuracy, in every table of judges', () => {
    const results = tunedResults()
    const rows = (table: Table) => table.rows.map(({ label }) => label)
    for (const table of [accuracyTable, tiePolicyTable, ruleTable, positionTable])
      expect(rows(table(results))).toEqual(['base', 'base+dpo', 'longer'])
    expect(accuracyTable(results).boldRow).toBe(1)
    const others = results.contrasts.slice(1)
    expect(rows(accuracyTable({ ...results, contrasts: others }))).toEqual(['longer', 'base+dpo', 'base'])
    expect(rows(accuracyTable({ ...results, contrasts: [] }))).toEqual(['base+dpo', 'base', 'longer'])
  })

  it('hold in each leaderboard every column, the row of the claim in bold, and why a dash stands where one does', () => {
    const results = tunedResults()
    const keys = [
      'label',
      'type',
      'chosen',
      'rejected',
      'tie',
      'failed',
      'n',
      'accuracy',
      'difference',
      'p',
      'adjustedP',
    ]
    const spent = ['usdPerThousand', 'latency', 'tokensPerSecond']
    for (const which of ['baseline', 'post-DPO'] as const) {
      const { columns, rows } = leaderboardTable(results, which)
      expect(columns.map(({ key }) => key)).toEqual([...keys, ...(which === 'post-DPO' ? ['family'] : []), ...spent])
      for (const { chosen, rejected, tie, failed } of rows)
        expect(Number(chosen) + Number(rejected) + Number(tie) + Number(failed)).toBe(results.evaluation.n)
    }
    const table = leaderboardTable(results, 'post-DPO')
    expect(table.rows[table.boldRow!]?.label).toBe('base+dpo')
    expect(table.missing).toContain('base is the judge that the others are set against.')
    const against = results.contrasts.slice(1)
    expect(leaderboardTable({ ...results, contrasts: against }, 'post-DPO').missing).toContain(
      'longer is the judge that the others are set against. No contrast sets base+dpo against it.',
    )
    expect(table.missing).toContain('Where no price is known, none is guessed.')
    const leading = leaderboardTable(results, 'baseline')
    expect(leading.rows[leading.boldRow!]?.label).toBe('base')
  })

  it('name the family of each adjusted p', () => {
    const results = resultsUnder({})
    const [tuned, other] = results.contrasts.map(({ adjusted }) => adjusted!.family)
    const table = contrastTable(results)
    expect(table.rows.map(({ family }) => family)).toEqual(['a', 'b'])
    expect(table.caption).toContain(`within each family: a, ${tuned} (1 test); b, ${other} (1 test).`)
    const same = results.contrasts.map((contrast) => ({ ...contrast, adjusted: results.contrasts[0]!.adjusted }))
    const single = contrastTable({ ...results, contrasts: same })
    expect(single.columns.map(({ key }) => key)).not.toContain('family')
    expect(single.caption).toContain(`within its family: ${tuned} (1 test).`)
  })

  it('say of each smallest difference that is not there why', () => {
    const table = (onlyA: number, onlyB: number) => ({ both: 16 - onlyA - onlyB, onlyA, onlyB, neither: 0 })
    const row = { label: 'Ties', n: 16, table: table(1, 0), test: 'exact McNemar' as const, detectable: null }
    expect(undetectableWords([{ ...row, detectable: 0.1 }])).toBe('')
    expect(undetectableWords([row, { ...row, label: 'Math', table: table(1, 1) }])).toMatch(
      /^Ties \(n 16, 1 discordant\), Math \(n 16, 2 discordant\): at so few discordant comparisons/,
    )
    expect(undetectableWords([{ ...row, table: table(0, 0) }])).toMatch(/^Ties: both judges are right on the same/)
    expect(undetectableWords([{ ...row, table: null, test: 'sign-flip by prompt' }])).toContain('the test is another')
    expect(undetectableWords([{ ...row, n: 0, table: null, test: 'none' }])).toContain('no comparison counts for both')
    expect(undetectableWords([{ ...row, test: 'none' }])).toBe(
      'Ties: no test was made, and none with a fixed n could be.',
    )
  })

  it('call tuned judges by their labels', () => {
    const results = tunedResults()
    const validation = [{ step: 1, epoch: 1, loss: 0.6, rewardAccuracy: 0.7, margin: 0.1 }]
    const tuning = results.tuning.map((held) => ({ ...held, validation }))
    const judges = results.judges.map((judge) => ({ ...judge, label: `the judge ${judge.name}` }))
    expect(trainingTable({ ...results, tuning, judges }).rows[0]).toMatchObject({ label: 'the judge base+dpo' })
  })

  it('count every kind of change in each subset, and every comparison in one of them', () => {
    const results = resultsUnder({})
    const { rows, columns } = flipBySubsetTable(results, results.contrasts[0]!)
    expect(rows.map(({ subset, n }) => [subset, n])).toEqual(
      results.contrasts[0]!.subsets.map(({ subset, flips }) => [
        subset,
        Object.values(flips).reduce((a, b) => a + b, 0),
      ]),
    )
    const kinds = columns.slice(2).map(({ key }) => key)
    expect(kinds).not.toContain('flip:kept-failed')
    for (const row of rows) expect(kinds.reduce((sum, key) => sum + Number(row[key]), 0)).toBe(row.n)
    const total = (key: string): number => rows.reduce((sum, row) => sum + Number(row[key]), 0)
    expect([total('flip:fixed'), total('flip:kept-right')]).toEqual([2, 1])
  })

  it('call a synthetic benchmark synthetic and a rehearsal one in every caption, and no other', () => {
    const results = resultsUnder({})
    const contrast = results.contrasts[0]!
    const tables = [
      accuracyTable,
      benchmarkTable,
      contrastTable,
      cueTable,
      duplicateTable,
      passTestTable,
      positionTable,
      ruleTable,
      subsetTable,
      tiePolicyTable,
      trainingTable,
      (held: StudyResults) => leaderboardTable(held, 'post-DPO'),
      (held: StudyResults) => contrastBySubsetTable(held, contrast),
      (held: StudyResults) => contrastByTiePolicyTable(held, contrast),
      (held: StudyResults) => flipTable(held, contrast),
      (held: StudyResults) => flipBySubsetTable(held, contrast),
    ]
    const written = { ...results, benchmark: { ...results.benchmark, synthetic: false, about: 'Six examples.' } }
    const rehearsed = { ...results, study: { ...results.study, rehearsed: true } }
    for (const table of tables) {
      expect(table(rehearsed).caption).toContain('Rehearsed: an emulator answered in the models’ place.')
      expect(table(results).caption).not.toContain('Rehearsed')
      expect(table(results).caption).toMatch(/synthetic/i)
      expect(table(written).caption).not.toMatch(/synthetic/i)
    }
  })

  it('show a value without interval, and why', () => {
    const results = resultsUnder({})
    const [base] = results.judges
    expect(intervalOf(base?.accuracy.wrong)).toEqual({ value: 0.25, low: Number.NaN, high: Number.NaN, n: 4 })
    expect(accuracyTable(results).caption).toContain('A value without an interval: there are too few prompts for one.')
  })

  it('name the intervals that there are under each tie policy', () => {
    const results = resultsUnder({})
    const evidence = smallStudy(SAID)
    const judged = evidence.judged.map((judge) => ({ ...judge, verdicts: judge.verdicts.slice(0, 3) }))
    expect(tiePolicyTable(results).caption).not.toContain('the others are Wilson’s')
    expect(tiePolicyTable(buildResults({ ...evidence, judged })).caption).toContain('Intervals: Wilson’s.')
  })

  it('count by subset what the paired result counts: never more than n', () => {
    for (const [ties, failures] of [
      ['wrong', 'wrong'],
      ['excluded', 'excluded'],
      ['excluded', 'wrong'],
    ] as const) {
      const results = resultsUnder({ ties, failures })
      for (const contrast of results.contrasts)
        contrastBySubsetTable(results, contrast).rows.forEach((row, at) => {
          expect([row.onlyA, row.onlyB]).toEqual([
            contrast.subsets[at]?.table?.onlyA,
            contrast.subsets[at]?.table?.onlyB,
          ])
          if (row.onlyA !== undefined)
            expect((row.onlyA as number) + (row.onlyB as number)).toBeLessThanOrEqual(row.n as number)
        })
    }
  })

  it('call them fixed and broken only where that is what they count', () => {
    const labels = (results: StudyResults) =>
      contrastBySubsetTable(results, results.contrasts[0]!).columns.map(({ label }) => label)
    const { tuning } = tunedResults()
    expect(labels(tunedResults())).toEqual(expect.arrayContaining(['Fixed', 'Broken']))
    expect(labels({ ...resultsUnder({ ties: 'excluded' }), tuning })).toEqual(
      expect.arrayContaining(['Only base+dpo right', 'Only base right']),
    )
  })

  it('name the test of every p: in the caption when there is one, else in each row', () => {
    const results = resultsUnder({})
    expect(contrastTable(results).caption).toContain('p: sign-flip by prompt.')
    const bySubset = contrastBySubsetTable(results, results.contrasts[0]!)
    expect(bySubset.rows.map(({ test }) => test)).toEqual(['exact McNemar', 'exact McNemar', 'sign-flip by prompt'])
    expect(bySubset.columns.map(({ label }) => label)).toContain('Test')
    for (const table of [contrastTable(results), bySubset, positionTable(results), passTestTable(results)])
      expect(table.columns.map(({ label }) => label)).not.toContain('Exact p')
  })
})

describe('averageTable', () => {
  const results = resultsUnder({})
  /** The small study as if every judge had this official score. */
  const tableWith = (official: Partial<StudyResults['judges'][number]['official']>): ReturnType<typeof averageTable> =>
    averageTable({
      ...results,
      judges: results.judges.map((judge) => ({ ...judge, official: { ...judge.official, ...official } })),
    })

  it.each([
    ['pairwise', 'RewardBench', 'RewardBench: the official score, the mean of its four sections'],
    ['pairwise in both orders', 'RewardBench', 'here both orders were asked, and a pair earns the mean of the two'],
    ['four-way', 'RewardBench 2', 'RewardBench 2: the official score, the mean of its six subsets'],
  ] as const)('names the official score that was asked %s', (protocol, label, words) => {
    const { columns, rows, caption } = tableWith({ status: 'known', protocol, mean: 0.75 })
    expect(columns.at(-1)).toMatchObject({ key: 'official', label })
    expect(rows.map(({ official }) => official)).toEqual(results.judges.map(() => 0.75))
    expect(caption).toContain(words)
    expect(caption).toContain('Answers are read as the judge’s own prompt asks, not by the official parser.')
  })

  it('says why RewardBench’s is not there', () => {
    const { columns, caption } = tableWith({ status: 'not asked in pairs', protocol: null, mean: null })
    expect(columns.some(({ key }) => key === 'official')).toBe(false)
    expect(caption).toContain('RewardBench’s official score needs answers in pairs')
  })
})
