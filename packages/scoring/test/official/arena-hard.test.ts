import type { Comparison, Outcome } from '@judgelab/core'
import {
  type ArenaHardLabel,
  arenaHardLabel,
  arenaHardPoints,
  arenaHardScore,
  creditOf,
  panelVerdicts,
  scoreOf,
  verdictOf,
  verdictsOf,
} from '@judgelab/scoring'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choose, FAILED, gameOf, rate } from './support/made.js'

const COMPARISON: Comparison = { id: 'ex1:0>1', exampleId: 'ex1', subset: 'Math', chosen: 0, rejected: 1 }
const OTHER: Comparison = { id: 'ex2:2>0', exampleId: 'ex2', subset: 'Math', chosen: 2, rejected: 0 }

const LABELS: readonly [Outcome, ArenaHardLabel][] = [
  [choose(0, 'strong'), 'A>>B'],
  [choose(0, 'slight'), 'A>B'],
  [choose('tie'), 'A=B'],
  [choose(1, 'slight'), 'B>A'],
  [choose(1, 'strong'), 'B>>A'],
]

describe('arenaHardLabel', () => {
  it.each(LABELS)('of %j is %s', (outcome, label) => {
    expect(arenaHardLabel(outcome)).toBe(label)
  })

  it('takes a preference without a strength for a slight one, and knows no other outcomes', () => {
    expect([choose(0), choose(1), choose('tie', 'strong')].map(arenaHardLabel)).toEqual(['A>B', 'B>A', 'A=B'])
    expect([FAILED, rate(3), choose(2)].map(arenaHardLabel)).toEqual([null, null, null])
  })
})

describe('arenaHardPoints', () => {
  it('counts a strong label three times', () => {
    expect(LABELS.map(([, label]) => arenaHardPoints(label))).toEqual([[1, 1, 1], [1], [0.5], [0], [0, 0, 0]])
  })
})

describe('arenaHardScore', () => {
  it('matches a case worked by hand', () => {
    const judgments = [
      gameOf(COMPARISON, [0, 1], choose(0, 'strong')), // 1 1 1
      gameOf(COMPARISON, [1, 0], choose(0, 'slight')), // the rejected one: 0
      gameOf(OTHER, [0, 2], choose('tie')), // 0.5
      gameOf(OTHER, [2, 0], choose(1, 'strong')), // the rejected one: 0 0 0
    ]
    expect(arenaHardScore([COMPARISON, OTHER], judgments)).toEqual({
      n: 2,
      failed: 0,
      official: 3.5 / 8,
      strict: 3.5 / 8,
      answered: 3.5 / 8,
      battles: 8,
    })
  })

  it('drops a comparison with an unreadable game, and says what it would be with it lost', () => {
    const judgments = [
      gameOf(COMPARISON, [0, 1], choose(0)),
      gameOf(COMPARISON, [1, 0], choose(1, 'strong')),
      gameOf(OTHER, [0, 2], choose(0, 'strong')),
      gameOf(OTHER, [2, 0], FAILED),
    ]
    // four won battles; strict: 4 / (4 + 2)
    expect(arenaHardScore([COMPARISON, OTHER], judgments)).toEqual({
      n: 2,
      failed: 1,
      official: 1,
      strict: 4 / 6,
      answered: 1,
      battles: 4,
    })
    expect(arenaHardScore([COMPARISON, OTHER], judgments.slice(0, 3))).toMatchObject({ n: 2, failed: 1 })
  })

  it('takes the last judgment of a presentation, and refuses repeats and nothing', () => {
    const twice = [
      gameOf(COMPARISON, [0, 1], FAILED),
      gameOf(COMPARISON, [0, 1], choose(0)),
      gameOf(COMPARISON, [1, 0], choose(1)),
    ]
    expect(arenaHardScore([COMPARISON], twice)).toMatchObject({ failed: 0, official: 1 })
    expect(() => arenaHardScore([COMPARISON], [...twice, gameOf(COMPARISON, [0, 1], choose(1), 1)])).toThrow(
      'arenaHardScore needs one game in each order, got 3 of comparison ex1:0>1',
    )
    expect(() => arenaHardScore([COMPARISON], [])).toThrow('arenaHardScore needs judgments of 1 comparisons, got none')
    expect(arenaHardScore([], [])).toMatchObject({ n: 0, official: Number.NaN })
  })

  it('is mirrored when chosen and rejected change places, and never below strict', () => {
    const outcome = fc.constantFrom(...LABELS.map(([held]) => held), FAILED)
    fc.assert(
      fc.property(outcome, outcome, outcome, outcome, (...said) => {
        const judgments = [
          gameOf(COMPARISON, [0, 1], said[0]),
          gameOf(COMPARISON, [1, 0], said[1]),
          gameOf(OTHER, [0, 2], said[2]),
          gameOf(OTHER, [2, 0], said[3]),
        ]
        const score = arenaHardScore([COMPARISON, OTHER], judgments)
        const turned = [COMPARISON, OTHER].map((held) => ({ ...held, chosen: held.rejected, rejected: held.chosen }))
        const mirrored = arenaHardScore(turned, judgments)
        expect(mirrored.battles).toBe(score.battles)
        if (score.battles === 0) return
        expect(score.official + mirrored.official).toBeCloseTo(1, 12)
        expect(score.official).toBeGreaterThanOrEqual(score.strict)
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})

describe('the rule strength', () => {
  const said = fc.constantFrom(...LABELS.map(([held]) => held), choose(0), choose(1), FAILED)
  const ARENA_HARD = { ties: 'half', failures: 'excluded' } as const

  it('gives a comparison what arena-hard gives it alone: two games, five labels, a strong one three times', () => {
    fc.assert(
      fc.property(said, said, (first, second) => {
        const judgments = [gameOf(COMPARISON, [0, 1], first), gameOf(COMPARISON, [1, 0], second)]
        const verdict = verdictOf(COMPARISON, judgments, 'strength')
        const { official, strict, failed } = arenaHardScore([COMPARISON], judgments)
        expect(creditOf(verdict, ARENA_HARD)).toBe(failed === 1 ? null : official)
        expect(creditOf(verdict, { ties: 'half', failures: 'wrong' })).toBe(strict)
        const expected = failed === 1 ? 'failed' : official === 0.5 ? 'tie' : official > 0.5 ? 'chosen' : 'rejected'
        expect(verdict.result).toBe(expected)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('weighs comparisons alike, where arena-hard weighs battles', () => {
    const judgments = [
      gameOf(COMPARISON, [0, 1], choose(0, 'strong')), // 1 1 1
      gameOf(COMPARISON, [1, 0], choose(1, 'strong')), // 1 1 1
      gameOf(OTHER, [0, 2], choose(0)), // the rejected one: 0
      gameOf(OTHER, [2, 0], choose(1)), // the rejected one: 0
    ]
    const verdicts = verdictsOf([COMPARISON, OTHER], judgments, 'strength')
    expect(scoreOf(verdicts, ARENA_HARD).accuracy).toBe(1 / 2)
    expect(arenaHardScore([COMPARISON, OTHER], judgments).official).toBe(6 / 8)
  })

  it('lets ties be left out or wrong, and counts one order alone', () => {
    const games = [gameOf(COMPARISON, [0, 1], choose('tie')), gameOf(COMPARISON, [1, 0], choose(1, 'strong'))]
    const verdict = verdictOf(COMPARISON, games, 'strength')
    expect(verdict).toMatchObject({ result: 'chosen', strong: [false, true] })
    const credits = (['wrong', 'half', 'excluded'] as const).map((ties) =>
      creditOf(verdict, { ties, failures: 'wrong' }),
    )
    expect(credits).toEqual([3 / 4, 3.5 / 4, 1])
    const tied = verdictOf(
      COMPARISON,
      [0, 1].map((at) => gameOf(COMPARISON, [at, 1 - at], choose('tie'))),
      'strength',
    )
    expect(creditOf(tied, { ties: 'excluded', failures: 'wrong' })).toBeNull()
    const once = verdictOf(COMPARISON, games.slice(0, 1), 'strength', { orders: 'first' })
    expect([once.result, creditOf(once, ARENA_HARD)]).toEqual(['tie', 0.5])
  })

  it('calls repeats strong where most of the answers for the slot are, and has no strength of a panel', () => {
    const asked = { repeats: 3 }
    const repeats = (...outcomes: Outcome[]) => outcomes.map((outcome, at) => gameOf(COMPARISON, [0, 1], outcome, at))
    const weak = repeats(choose(0, 'strong'), choose(0), choose(1, 'strong'))
    const strong = repeats(choose(0, 'strong'), choose(0, 'strong'), choose(0))
    const against = gameOf(COMPARISON, [1, 0], choose(0))
    const of = (games: ReturnType<typeof repeats>) => verdictOf(COMPARISON, [...games, against], 'strength', asked)
    expect(of(weak)).toMatchObject({ result: 'tie' })
    expect(of(weak)).not.toHaveProperty('strong')
    expect(of(strong)).toMatchObject({ result: 'chosen', strong: [true, false] })
    const [panel] = panelVerdicts([[of(strong)], [of(strong)]])
    expect(panel).toMatchObject({ result: 'chosen', passes: ['chosen'] })
    expect(panel).not.toHaveProperty('strong')
  })
})
