import { mkdirSync, writeFileSync } from 'node:fs'
import { projectAt, RULES, saveJson } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import {
  accuracyTable,
  buildResults,
  contrastBySubsetTable,
  contrastByTiePolicyTable,
  contrastTable,
  loadResults,
  positionTable,
  resultSteps,
  resultsFile,
  ruleTable,
  subsetTable,
  type Table,
  tiePolicyTable,
} from '../src/index.js'
import { EXAMPLES, type Passes, smallStudy } from './small-study.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

// Comparisons on the test side: e1 (Math), e3 (Safety), e4 0>2 and e4 1>2 (Ties). Slot 0 of the first pass is the chosen one.
const RIGHT = [0, 1] as const
const WRONG = [1, 0] as const
const SAID = {
  base: [RIGHT, WRONG, [0, 0], ['failed', 1]],
  longer: [['tie', 'tie'], RIGHT, ['failed', 'failed'], [1, 1]],
  'base+dpo': [RIGHT, RIGHT, RIGHT, [0, 0]],
} as const satisfies Record<string, Passes>

describe('buildResults', () => {
  const results = buildResults(smallStudy(SAID))
  const [base, tuned, longer] = results.judges

  it('counts examples, sides and comparisons by subset', () => {
    expect(results.benchmark.subsets).toEqual([
      { subset: 'Math', examples: 2, train: 1, test: 1, comparisons: 1 },
      { subset: 'Safety', examples: 2, train: 1, test: 1, comparisons: 1 },
      { subset: 'Ties', examples: 2, train: 1, test: 1, comparisons: 2 },
    ])
    expect(results.evaluation.n).toBe(4)
    expect(results.split).toMatchObject({ method: 'together-2026', seed: 42, train: 3, test: 3 })
  })

  it('counts the verdicts and failures of every judge, null baselines last', () => {
    expect(
      results.judges.map(({ name, counts, failures, judgments, runId }) => [name, counts, failures, judgments, runId]),
    ).toEqual([
      ['base', { chosen: 1, rejected: 1, tie: 1, failed: 1 }, { refused: 1 }, 8, 'run of base'],
      ['base+dpo', { chosen: 3, rejected: 0, tie: 1, failed: 0 }, {}, 8, 'run of base+dpo'],
      ['longer', { chosen: 1, rejected: 0, tie: 2, failed: 1 }, { refused: 2 }, 8, 'run of longer'],
    ])
  })

  it('adds up: every comparison is in one verdict, and subsets make the whole', () => {
    for (const judge of results.judges) {
      for (const scored of [judge, ...judge.subsets, ...judge.rules])
        expect(Object.values(scored.counts).reduce((sum, count) => sum + count, 0)).toBe(
          'comparisons' in scored ? scored.comparisons : 4,
        )
      for (const ties of ['wrong', 'half', 'excluded'] as const) {
        const sumOf = (key: 'n' | 'credit'): number =>
          judge.subsets.reduce((sum, { accuracy }) => sum + accuracy[ties][key], 0)
        expect([sumOf('n'), sumOf('credit')]).toEqual([judge.accuracy[ties].n, judge.accuracy[ties].credit])
      }
      expect(judge.rules.map(({ rule }) => rule)).toEqual(RULES)
    }
  })

  it('shows each accuracy under each tie policy', () => {
    expect([base, longer, tuned].map((judge) => judge?.accuracy.wrong.value)).toEqual([1 / 4, 1 / 4, 3 / 4])
    expect([base, longer, tuned].map((judge) => judge?.accuracy.half.value)).toEqual([1.5 / 4, 2 / 4, 3.5 / 4])
    // Failures stay wrong where ties are left out.
    expect([base, longer, tuned].map((judge) => judge?.accuracy.excluded.value)).toEqual([1 / 3, 1 / 2, 1])
  })

  it('shows what the other rules make of the same judgments', () => {
    const chosenBy = Object.fromEntries((base?.rules ?? []).map(({ rule, counts }) => [rule, counts.chosen]))
    // The last comparison: unreadable, then right. Rules that let the readable pass decide call it chosen.
    expect(chosenBy).toEqual({ consistent: 1, together: 2, net: 2, average: 2, strength: 1, 'first-order': 2 })
  })

  it('holds the contrasts in the study’s order, with flips that fit the verdicts', () => {
    const [first, second] = results.contrasts
    expect([first?.judge, first?.against, first?.runIds]).toEqual([
      'base+dpo',
      'base',
      ['run of base+dpo', 'run of base'],
    ])
    expect(first?.primary).toMatchObject({ n: 4, difference: { value: 0.5 } })
    expect(first?.flips).toEqual({
      ...{ fixed: 2, broken: 0, 'to-tie': 0, 'from-tie': 0, other: 1 },
      ...{ 'kept-right': 1, 'kept-wrong': 0, 'kept-tie': 0, 'kept-failed': 0 },
    })
    expect(first?.flipped.map(({ comparisonId, kind }) => [comparisonId, kind])).toEqual([
      ['e3:0>1', 'fixed'],
      ['e4:0>2', 'fixed'],
      ['e4:1>2', 'other'],
    ])
    for (const contrast of results.contrasts) {
      const sum = (kind: 'fixed' | 'broken'): number =>
        contrast.subsets.reduce((total, { flips }) => total + flips[kind], 0)
      expect([sum('fixed'), sum('broken')]).toEqual([contrast.flips.fixed, contrast.flips.broken])
      expect(contrast.subsets.reduce((total, { n }) => total + n, 0)).toBe(contrast.primary.n)
      expect(contrast.byTiePolicy.map(({ ties }) => ties)).toEqual(['wrong', 'half', 'excluded'])
      expect(contrast.byTiePolicy[0]).toEqual(contrast.primary)
    }
    expect(second?.judge).toBe('base')
  })

  it('tests by prompt, as two comparisons are of one prompt', () => {
    expect(results.contrasts[0]?.primary).toMatchObject({
      test: 'sign-flip by prompt',
      table: { both: 1, onlyA: 2, onlyB: 0, neither: 1 },
      newcombe: null,
    })
    expect(results.contrasts[0]?.subsets.map(({ subset, test }) => [subset, test])).toEqual([
      ['Math', 'exact McNemar'],
      ['Safety', 'exact McNemar'],
      ['Ties', 'sign-flip by prompt'],
    ])
  })

  it('swapping judge and against negates every difference and keeps every p', () => {
    const evidence = smallStudy(SAID)
    const contrasts = evidence.study.contrasts.map(({ judge, against }) => ({ judge: against, against: judge }))
    const swapped = buildResults({ ...evidence, study: { ...evidence.study, contrasts } })
    results.contrasts.forEach((there, at) => {
      const back = swapped.contrasts[at]!
      const all = (contrast: typeof there) => [contrast.primary, ...contrast.byTiePolicy, ...contrast.subsets]
      all(there).forEach((result, place) => {
        const mirrored = all(back)[place]!
        expect(mirrored.p).toBe(result.p)
        if (result.difference.value === null) expect(mirrored.difference.value).toBeNull()
        else expect(mirrored.difference.value).toBeCloseTo(-result.difference.value, 12)
      })
      expect([back.flips.fixed, back.flips.broken]).toEqual([there.flips.broken, there.flips.fixed])
    })
  })

  it('survives JSON: no NaN, no undefined, no infinity', () => {
    expect(JSON.parse(JSON.stringify(results))).toEqual(results)
    const silent = [
      ['failed', 'failed'],
      ['failed', 'failed'],
      ['tie', 'tie'],
      ['tie', 'tie'],
    ] as const
    const nothing = buildResults(smallStudy({ base: silent, longer: silent, 'base+dpo': silent }))
    expect(JSON.parse(JSON.stringify(nothing))).toEqual(nothing)
    expect(nothing.contrasts[0]).toMatchObject({ detectable: null, primary: { p: 1 } })
  })

  it('says why wherever there is no interval', () => {
    const estimates = estimatesIn(results)
    expect(estimates.length).toBeGreaterThan(50)
    for (const { low, high, status, method } of estimates) {
      const hasLimits = status === 'estimated'
      expect([low !== null, high !== null, method !== 'none']).toEqual([hasLimits, hasLimits, hasLimits])
    }
    expect(new Set(estimates.map(({ status }) => status))).toContain('too few prompts')
  })

  it('adjusts every contrast by Holm within its family: the tuned judge against its own baseline apart', () => {
    expect(results.contrasts.map(({ adjusted }) => adjusted)).toMatchObject([
      { method: 'holm', family: 'tuned against its own baseline', familySize: 1 },
      { method: 'holm', family: 'judges against Longer', familySize: 1 },
    ])
    for (const { primary, adjusted } of results.contrasts) expect(adjusted?.raw).toBe(primary.p)
    const table = contrastTable(results)
    expect(table.columns.map(({ key }) => key)).toContain('adjustedP')
    expect(table.caption).toContain(
      'Holm’s p corrects within each family: a, tuned against its own baseline (1 test); b, judges against Longer (1 test).',
    )
  })

  it('takes examples with equal prompts together, wherever they stand', () => {
    const evidence = smallStudy(SAID)
    const examples = EXAMPLES.map((example) => ({ ...example, prompt: 'The same question' }))
    const same = buildResults({ ...evidence, benchmark: { ...evidence.benchmark, examples } })
    expect(same.judges[0]?.accuracy.wrong).toMatchObject({ n: 4, method: 'none', status: 'too few prompts' })
    expect(same.contrasts[0]?.primary).toMatchObject({ p: 1, test: 'sign-flip by prompt' })
  })

  it('finds what n could have shown at the study’s own level', () => {
    const said = {
      base: [WRONG, WRONG, RIGHT, RIGHT],
      longer: SAID.longer,
      'base+dpo': [RIGHT, RIGHT, RIGHT, RIGHT],
    } as const
    const many = (level: number) => {
      const evidence = smallStudy(said)
      const copies = Array.from({ length: 40 }, (_, at) => at)
      const judged = evidence.judged.map((judge) => ({
        ...judge,
        verdicts: copies.flatMap((copy) =>
          judge.verdicts.slice(0, 2).map((verdict) => ({
            ...verdict,
            result: copy % 5 === 0 ? verdict.result : ('chosen' as const),
            exampleId: `${verdict.exampleId} ${copy}`,
            comparisonId: `${verdict.comparisonId} ${copy}`,
          })),
        ),
      }))
      return buildResults({ ...evidence, judged, sureness: { ...evidence.sureness, level } }).contrasts[0]
        ?.detectable as number
    }
    expect(many(0.99)).toBeGreaterThan(many(0.95))
  })

  it('holds null only where nothing counts', () => {
    const nulls = pathsOfNull(results)
    expect(nulls.length).toBeGreaterThan(0)
    for (const path of nulls)
      expect(path).toMatch(
        /(accuracy\.excluded|accuracy[AB])\.value$|\.(low|high)$|orders\.consistency$|\.(table|newcombe|detectable|adjusted|power|p)$|difference\.value$|^\.(pairs|audit|ablation|stopped)$|^\.benchmark\.data$|\.(unrepeated|noise)$|\.sensitivity\.rankings\.\d+\.judges\.\d+\.(value|rank)$|\.agreement\.\d+\.kappa$|\.official\.(protocol|mean)$|\.bias\.length\.(effect|controlled|longer|accuracy)$|\.bias\.selfPreference\.own$|\.bias\.verbosity\.mean|\.bias\.verbosity\.median|\.bias\.calibration\.(brier|error|auc|meanConfidence)$|\.cost\.(usdPerThousand|list)$|\.cost\.summary\.(firstByteMs|tokensPerSecond|usage|costUsd|paidUsd)$/,
      )
  })

  it('is the same twice', () => {
    expect(buildResults(smallStudy(SAID))).toEqual(results)
  })

  it('comes in steps: an example, a judge, a contrast, a question of an ablation at a time', () => {
    const evidence = smallStudy(SAID)
    const steps = resultSteps(evidence)
    let pauses = 0
    for (;;) {
      const { done, value } = steps.next()
      if (done) {
        expect(value).toEqual(results)
        break
      }
      pauses += 1
    }
    const { benchmark, judged, study } = evidence
    expect(pauses).toBeGreaterThan(benchmark.examples.length + judged.length + study.contrasts.length)
  })

  it('refuses a contrast with a judge that has no run', () => {
    const evidence = smallStudy(SAID)
    expect(() => buildResults({ ...evidence, judged: evidence.judged.slice(0, 2) })).toThrow(
      'buildResults needs a run of every judge in a contrast, got none of "base+dpo"',
    )
  })

  it('makes tables whose cells belong to their columns', () => {
    const contrast = results.contrasts[0]!
    const tables: Table[] = [
      accuracyTable(results),
      tiePolicyTable(results),
      ruleTable(results),
      subsetTable(results),
      positionTable(results),
      contrastTable(results),
      contrastByTiePolicyTable(results, contrast),
      contrastBySubsetTable(results, contrast),
    ]
    for (const { columns, rows, caption } of tables) {
      expect(rows.length).toBeGreaterThan(0)
      for (const row of rows) for (const { key } of columns) expect(Object.keys(row)).toContain(key)
      expect(caption).toMatch(/\.$/)
    }
  })
})

interface Estimate {
  readonly low: number | null
  readonly high: number | null
  readonly status: string
  readonly method: string
}

function estimatesIn(value: unknown): Estimate[] {
  if (typeof value !== 'object' || value === null) return []
  const found = 'status' in value && 'low' in value ? [value as Estimate] : []
  return [...found, ...Object.values(value).flatMap(estimatesIn)]
}

function pathsOfNull(value: unknown, path = ''): string[] {
  if (value === null) return [path]
  if (typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, held]) => pathsOfNull(held, `${path}.${key}`))
}

describe('loadResults', () => {
  it('gives back what was saved', async () => {
    const project = projectAt(newFolder())
    const results = buildResults(smallStudy(SAID))
    await saveJson(resultsFile(project, 'small'), results)
    expect(await loadResults('small', project)).toEqual(results)
  })

  it('names the command where the study was never run', async () => {
    await expect(loadResults('small', projectAt(newFolder()))).rejects.toThrow(
      /results\.json: expected the results of a finished study, found none: run `pnpm judgelab run studies\/small\.yaml`/,
    )
  })

  it.each([
    ['{"formatVersion":2}', 'formatVersion: expected format version 1, found 2'],
    ['{"study":{}}', 'formatVersion: expected format version 1, found undefined'],
    ['null', 'formatVersion: expected format version 1, found undefined'],
    ['{"formatVersion":1', 'expected JSON, found'],
  ])('refuses %s', async (text, message) => {
    const project = projectAt(newFolder())
    mkdirSync(`${project.reports}/small`, { recursive: true })
    writeFileSync(resultsFile(project, 'small'), text)
    await expect(loadResults('small', project)).rejects.toThrow(message)
  })
})
