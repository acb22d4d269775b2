import { readFileSync } from 'node:fs'
import { type Comparison, type Outcome, RULES, type VerdictResult } from '@judgelab/core'
import {
  arenaHardPoints,
  combinePasses,
  creditOf,
  judgeBenchScore,
  llmbarScore,
  officialScoreOf,
  panelMajority,
  REWARD_BENCH_WEIGHTS,
  ratingsCredit,
  rewardBenchSections,
  tiesScore,
  togetherScore,
  tryParseRating,
  verdictOf,
} from '@judgelab/scoring'
import { describe, expect, it } from 'vitest'
import { choose, FAILED, gameOf, verdictWith } from './support/made.js'

const PAGE = readFileSync(new URL('../../../../docs/scoring.md', import.meta.url), 'utf8')
const WORDS = PAGE.replaceAll(/\s+/g, ' ')

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}

/** The rows of the table whose first line this is. */
function rowsOf(head: string): string[][] {
  const [, after = ''] = PAGE.split(`${head}\n`)
  const lines = after.split('\n').slice(1)
  return lines
    .slice(
      0,
      lines.findIndex((line) => !line.startsWith('|')),
    )
    .map(cellsOf)
}

function outcomeOf(label: string): Outcome {
  if (label === 'unreadable') return FAILED
  if (label === 'A=B') return choose('tie')
  return choose(label.startsWith('A') ? 0 : 1, label.includes('>>') ? 'strong' : 'slight')
}

describe('docs/scoring.md', () => {
  it('works every rule as the code does', () => {
    const rows = rowsOf('| passes | `consistent` | `together` | `net` | `average` | `strength` | `first-order` |')
    expect(rows).toHaveLength(7)
    for (const [said = '', ...results] of rows) {
      const passes = said.split(', ') as VerdictResult[]
      expect(results).toEqual(RULES.map((rule) => combinePasses(passes, rule)))
    }
  })

  it('works the strength labels as the code does', () => {
    const rows = rowsOf('| first order | second order | verdict | credit |')
    expect(rows).toHaveLength(7)
    const comparison: Comparison = { id: 'e:0>1', exampleId: 'e', subset: 'Math', chosen: 0, rejected: 1 }
    for (const [first = '', second = '', result, said = ''] of rows) {
      const judgments = [gameOf(comparison, [0, 1], outcomeOf(first)), gameOf(comparison, [1, 0], outcomeOf(second))]
      const verdict = verdictOf(comparison, judgments, 'strength')
      expect(verdict.result).toBe(result)
      if (result === 'failed') expect(said).toBe('as the failure policy says')
      else expect(creditOf(verdict, { ties: 'half', failures: 'wrong' })).toBe(Number(said.split('= ').at(-1)))
    }
  })

  it('says which rules and scores a study knows, and which are functions of the library only', () => {
    const [rules = [], scores = []] = rowsOf('| | in a study | library functions only |')
    expect(rules).toEqual(['rules', `\`evaluation.rule\`: ${RULES.map((rule) => `\`${rule}\``).join(', ')}`, 'none'])
    expect(scores[2]).toContain('arena-hard')
    expect(WORDS).toContain(
      'weighs under the rule `strength` and in `arenaHardScore`; the other rules do not look at it',
    )
  })

  it('lists the weights of RewardBench', () => {
    const rows = rowsOf('| section | subsets (weight) |')
    expect(rows.map(([section]) => section)).toEqual(Object.keys(REWARD_BENCH_WEIGHTS))
    for (const [section = '', subsets = ''] of rows) {
      const weights = Object.entries(REWARD_BENCH_WEIGHTS[section as keyof typeof REWARD_BENCH_WEIGHTS])
      const written = weights.map(([subset, weight]) => (weight === 164 ? subset : `${subset} (${weight})`)).join(', ')
      expect(subsets).toBe(section === 'Reasoning' ? `${written} (164 each)` : written)
    }
  })

  it('works RewardBench 2 as the code does', () => {
    const four = officialScoreOf([1, 0, 0.25, 0.25].map((credit) => ({ credit, failed: credit === 0.25 })))
    expect([four.official, four.strict, four.answered]).toEqual([0.375, 0.25, 0.5])
    expect(WORDS).toContain('Official (1 + 0 + 0.25 + 0.25) / 4 = 0.375. Strict 1 / 4 = 0.25. Answered 1 / 2 = 0.5.')

    const read = (text: string): number | string => {
      const outcome = tryParseRating(text)
      return outcome.kind === 'rating' ? outcome.value : outcome.kind
    }
    for (const [texts = '', said] of rowsOf('| text | read as |'))
      for (const [, text = ''] of texts.matchAll(/`([^`]+)`/g)) expect(String(read(text))).toBe(said)

    const earned = [
      [9, 9, 5, 3],
      [9, 9, 5, null],
      [null, 1, 1, 1],
      [1, null, null, null],
      [null, null, null, null],
    ].map((ratings) => ratingsCredit(ratings).credit)
    expect(earned).toEqual([0.5, 0.5, 0, 1, 0.25])

    const ties = tiesScore([
      { id: 'ref:0', numCorrect: 1, scores: [9, 1] },
      { id: 'tied:0', numCorrect: 3, scores: [9, null, 9, 2] },
    ])
    expect(ties.official.toFixed(6)).toBe('0.291383')
    expect([ties.strict, ties.answered, ties.failed]).toEqual([0.29, Number.NaN, 1])
    expect(WORDS).toContain('0.01 x tanh(-3/10 - 1) = 0.291383. Strict: 0.30 x 1 + 0.01 x -1 = 0.29.')
    expect(panelMajority([1, 1, 0, 0, 2], ([first]) => first)).toMatchObject({ tied: [0, 1], votes: 2 })
  })

  it('works the other scores as the code does', () => {
    expect(rewardBenchSections({ 'mt-bench-easy': 1, 'mt-bench-med': 0.5 })[0]?.score.toFixed(4)).toBe('0.7059')
    const verdicts = [
      verdictWith(['chosen', 'chosen']),
      verdictWith(['chosen', 'rejected']),
      verdictWith(['chosen', 'failed']),
      verdictWith(['failed', 'failed']),
    ]
    const rows = rowsOf('| score | official | strict | answered | failed | and |')
    const scores = [judgeBenchScore(verdicts), llmbarScore(verdicts), togetherScore(verdicts)]
    expect(rows.map(([name]) => name)).toEqual(['JudgeBench', 'LLMBar', 'Together'])
    rows.forEach(([, ...cells], at) => {
      const { official, strict, answered, failed } = scores[at] as (typeof scores)[number]
      const written = cells.slice(0, 4).map((cell) => Number(cell.split(' = ').at(-1)))
      expect(written).toEqual([official, strict, answered, failed])
    })
    expect(scores[0]).toMatchObject({ correct: 2, incorrect: 0, tie: 2 })
    expect(scores[1]).toMatchObject({ agreement: 0.5, agreementStrict: 0.25 })
    expect(scores[2]).toMatchObject({ decidedByOnePass: 1 })
    expect([...arenaHardPoints('A>>B'), 1 - (arenaHardPoints('A>B')[0] as number)]).toEqual([1, 1, 1, 0])
  })
})
