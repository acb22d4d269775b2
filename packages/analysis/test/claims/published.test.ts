import { fileURLToPath } from 'node:url'
import { projectAt } from '@judgelab/core'
import { loadBenchmark } from '@judgelab/datasets'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type ClaimedContrast,
  type ClaimResult,
  claimOfPublished,
  claimResult,
  claimTieTable,
  holdsUpTo,
  loadPublishedExperiment,
  neededTable,
  type PublishedExperiment,
  publishedAccuracyTable,
  publishedPriceTable,
  publishedSubsetTable,
  rebuiltPairs,
  type TableValue,
} from '../../src/index.js'

const project = projectAt(fileURLToPath(new URL('../../../../', import.meta.url)))
const CONTRASTS = [
  { judge: 'gpt-oss-120b+dpo', against: 'gpt-5.2' },
  { judge: 'gpt-oss-120b+dpo', against: 'gpt-oss-120b' },
  { judge: 'qwen3-235b+dpo', against: 'qwen3-235b' },
  { judge: 'gpt-5.2', against: 'llama-4-maverick' },
]
let published: PublishedExperiment
let result: ClaimResult
const contrast = (judge: string, against: string): ClaimedContrast =>
  result.contrasts.find((held) => held.judge === judge && held.against === against) as ClaimedContrast

/** The value of an interval's cell as a percentage with one decimal. */
function percentOf(cell: TableValue): number {
  if (typeof cell !== 'object' || cell === null) throw new Error(`no interval: ${cell}`)
  return Number((100 * cell.value).toFixed(1))
}

beforeAll(async () => {
  published = await loadPublishedExperiment('together-2026-02', project)
  result = claimResult(claimOfPublished(published, { title: 'published', contrasts: CONTRASTS }))
})

describe('the published tables, rebuilt', () => {
  it('give every accuracy to the printed digit', () => {
    const rows = publishedAccuracyTable(published).rows
    expect(rows.map(({ rebuilt }) => rebuilt)).toEqual(rows.map(({ printed }) => printed))
    expect(rows.map(({ printed }) => printed)).toEqual(
      ['61.62', '57.91', '50.17', '62.63', '62.63', '61.28'].map((percent) => `${percent} %`),
    )
  })

  it('give the printed gaps by subset: 10.3 points in Math, 6.3 in Focus, and Focus from 2.5 to 17.7 %', () => {
    const rows = new Map(publishedSubsetTable(published).rows.map((row) => [row.subset, row]))
    const percent = (subset: string, judge: string): number => {
      return percentOf(rows.get(subset)?.[`judge:${judge}`])
    }
    expect(percent('Math', 'gpt-oss-120b+dpo') - percent('Math', 'gpt-5.2')).toBeCloseTo(10.3, 9)
    expect(percent('Focus', 'gpt-oss-120b+dpo') - percent('Focus', 'gpt-5.2')).toBeCloseTo(6.3, 9)
    expect([percent('Focus', 'llama-4-maverick'), percent('Focus', 'gpt-oss-120b+dpo')]).toEqual([2.5, 17.7])
  })

  it('add up: counts by subset to the totals, verdicts to n', () => {
    for (const { chosenWins, rejectedWins, ties, n, correctBySubset } of published.results) {
      expect(chosenWins + rejectedWins + ties).toBe(n)
      if (correctBySubset) expect(Object.values(correctBySubset).reduce((a, b) => a + b)).toBe(chosenWins)
    }
    expect(result.problems).toEqual([])
  })

  it('give 15.3x, 12.4x and 9.1x the cost, and 14x, 4.2x and 1x the speed', () => {
    const rows = publishedPriceTable(published).rows.slice(1)
    expect(rows.map(({ cost }) => cost)).toEqual(['15.3x', '12.4x', '9.1x'])
    expect(rows.map(({ printedCost }) => printedCost)).toEqual(['15.3x', '12.4x', '9.1x'])
    expect(rows.map(({ faster }) => faster)).toEqual(['14x', '4.2x', '1x'])
    expect(rows.map(({ printedSpeed }) => printedSpeed)).toEqual(['14x', '4.2x', '1x'])
    // Input alone 1.75 / 0.15 = 11.7, output alone 14 / 0.6 = 23.3.
    expect(rows[0]?.anyBlend).toBe('11.7 to 23.3')
  })
})

describe('what the published marginals allow', () => {
  it('never makes tuned gpt-oss significant over GPT-5.2: p between 0.607 and 0.826', () => {
    const { p, significant, strata } = contrast('gpt-oss-120b+dpo', 'gpt-5.2')
    expect([p.min.toFixed(3), p.max.toFixed(3)]).toEqual(['0.607', '0.826'])
    expect([significant, strata]).toEqual(['never', 6])
  })

  it('makes tuned over baseline significant only up to 44 discordant comparisons: p between 0.0001 and 0.175', () => {
    const bounds = contrast('gpt-oss-120b+dpo', 'gpt-oss-120b')
    expect([bounds.p.min.toFixed(4), bounds.p.max.toFixed(3)]).toEqual(['0.0001', '0.175'])
    expect(bounds.discordant).toEqual({ min: 14, max: 92 })
    expect([bounds.significant, holdsUpTo(bounds), bounds.losesFrom]).toEqual(['depends', 44, 46])
    const p = (discordant: number): number => bounds.curve.find((row) => row.discordant === discordant)?.p as number
    expect([p(44) <= 0.05, p(46) <= 0.05]).toEqual([true, false])
  })

  it('holds GPT-5.2 over Llama 4 under every pairing: p at most 0.0011', () => {
    const { p, significant } = contrast('gpt-5.2', 'llama-4-maverick')
    expect(p.max.toFixed(4)).toBe('0.0011')
    expect(significant).toBe('always')
  })

  it('says less of Qwen3 + DPO, whose subsets are not published', () => {
    const { p, strata, subsets, difference } = contrast('qwen3-235b+dpo', 'qwen3-235b')
    expect([strata, subsets.length]).toEqual([1, 0])
    expect(difference.min).toBeCloseTo(-4 / 297, 12)
    // Four comparisons, all lost: 2 / 2^4.
    expect(p.min).toBeCloseTo(0.125, 12)
    expect(p.max.toFixed(2)).toBe('0.84')
  })

  it('leaves no subset of the headline claim significant, before and after Holm’s correction', () => {
    for (const { p, adjustedP } of contrast('gpt-oss-120b+dpo', 'gpt-5.2').subsets) {
      expect(p.min).toBeGreaterThan(0.05)
      expect(adjustedP.min).toBeGreaterThanOrEqual(p.min)
    }
  })

  it('ranks GPT-5.2 first under half credit (73.6 against 72.9 %) and without ties', () => {
    const rows = new Map(claimTieTable(result).rows.map((row) => [row.label, row]))
    const of = (label: string): string[] => {
      const row = rows.get(label)
      return [row?.wrongRank, row?.halfRank, row?.excludedRank].map(String)
    }
    const half = (label: string): number => percentOf(rows.get(label)?.half)
    expect([half('GPT-5.2'), half('gpt-oss 120B + DPO')]).toEqual([73.6, 72.9])
    expect(of('GPT-5.2')).toEqual(['3', '1', '1'])
    expect(of('gpt-oss 120B + DPO')).toEqual(['1=', '2', '2'])
  })

  it('needs 1,800 comparisons for three points and 658 for five at 20 % discordance', () => {
    const rows = neededTable().rows
    expect(rows.map((row) => row['share:0.2'])).toEqual([15889, 1800, 658])
  })
})

describe('the published pairs, rebuilt on the shape of the benchmark', () => {
  it('come out with two shuffles and not with one; 434 of 440 validation pairs share a prompt; Ties is 21 % of the pairs', async () => {
    const rebuilt = rebuiltPairs(await loadBenchmark({ source: 'builtin', problems: 'strict' }, project), published)
    expect(rebuilt.shuffles).toBe(2)
    expect(rebuilt.bySplit[0]?.trainBySubset).not.toEqual(published.pairs.trainBySubset)
    expect(rebuilt.bySplit[1]).toMatchObject({ validation: 440, shared: 434 })
    expect(rebuilt.ties).toEqual({ examples: 82, ofExamples: 1498, pairs: 1159, ofPairs: 5407 })
  })
})
