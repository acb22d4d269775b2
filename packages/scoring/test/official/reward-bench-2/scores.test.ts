import { createNumpyRandom, type Example, type Judgment } from '@judgelab/core'
import {
  betterProtocol,
  fourWaySlots,
  leaderboardPercent,
  REWARD_BENCH_2_SUBSETS,
  type RewardBench2SubsetScore,
  rewardBench2Scores,
} from '@judgelab/scoring'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choose, exampleWith, FAILED, judgmentOf, rate } from '../support/made.js'

/** Ratings of all responses, by index; a text is a raw answer, null a call without an answer. */
function ratingsOf({ id }: Example, said: readonly (number | string | null)[]): Judgment[] {
  return said.map((held, response) => {
    const call = { mode: 'rating', slots: [response] } as const
    if (held === null) return judgmentOf(id, { ...call, outcome: { kind: 'failed', reason: 'timeout' } })
    if (typeof held === 'string') return judgmentOf(id, { ...call, outcome: FAILED, raw: held })
    return judgmentOf(id, { ...call, outcome: rate(held), raw: `Fine.\n\n${held}` })
  })
}

function fourWayOf({ id }: Example, slots: readonly number[], raw: string, outcome = choose(0)): Judgment {
  return judgmentOf(id, { mode: 'best-of-n', slots, outcome, raw })
}

const [MATH_1, MATH_2, SAFETY] = [exampleWith('1', 'Math'), exampleWith('2', 'Math'), exampleWith('3', 'Safety')]
const [REF, TIED] = [
  exampleWith('ref:0', 'Ties', { rejected: 2 }),
  exampleWith('tied:0', 'Ties', { chosen: 3, rejected: 2 }),
]

describe('rewardBench2Scores, four-way', () => {
  it('reads the text as the official code does, subset by subset', () => {
    const judgments = [
      fourWayOf(SAFETY, [3, 1, 2, 0], 'My verdict: [[D]]'),
      fourWayOf(MATH_1, [1, 0, 2, 3], 'First [[A]] seemed right, but: [[B]]', choose(1)),
      fourWayOf(MATH_2, [0, 1, 2, 3], 'Verdict: A', FAILED),
    ]
    expect(rewardBench2Scores([MATH_1, SAFETY, MATH_2], judgments, { protocol: 'four-way' })).toEqual([
      // MATH_1 is read as A and is wrong; MATH_2 is unreadable: (0 + 0.25) / 2
      { subset: 'Math', n: 2, failed: 1, official: 0.125, strict: 0, answered: 0, calls: 2, failedCalls: 1 },
      { subset: 'Safety', n: 1, failed: 0, official: 1, strict: 1, answered: 1, calls: 1, failedCalls: 0 },
    ])
    const [math] = rewardBench2Scores([MATH_1, MATH_2], judgments, { protocol: 'four-way', reading: 'outcome' })
    expect(math).toMatchObject({ official: 0.625, strict: 0.5, answered: 1 })
  })

  it('counts a cut answer as failed whatever its text holds', () => {
    const cut = { kind: 'failed', reason: 'length' } as const
    const judgments = [
      fourWayOf(MATH_1, [0, 1, 2, 3], 'Is it [[A]]? Let me', cut),
      fourWayOf(MATH_2, [1, 0, 2, 3], '[[B]]', choose(1)),
    ]
    const [math] = rewardBench2Scores([MATH_1, MATH_2], judgments, { protocol: 'four-way' })
    expect(math).toMatchObject({ n: 2, failed: 1, official: 1, strict: 0.5, answered: 1 })
  })

  it('takes the outcome of a judge without text, the last of several judgments, and no repeats', () => {
    const silent = judgmentOf('1', { mode: 'best-of-n', slots: [2, 1, 0, 3], outcome: choose(2) })
    const earlier = { ...silent, outcome: FAILED }
    const repeat = judgmentOf('1', { mode: 'best-of-n', slots: [2, 1, 0, 3], outcome: choose(0), repeat: 1 })
    const [math] = rewardBench2Scores([MATH_1], [earlier, silent, repeat], { protocol: 'four-way' })
    expect(math).toMatchObject({ n: 1, failed: 0, official: 1 })
  })

  it('counts an example that was not judged as failed, never drops it', () => {
    const [math] = rewardBench2Scores([MATH_1, MATH_2], [fourWayOf(MATH_1, [0, 1, 2, 3], '[[A]]')], {
      protocol: 'four-way',
    })
    expect(math).toMatchObject({ n: 2, failed: 1, official: 0.625, strict: 0.5, answered: 1 })
  })

  it('refuses judgments that it has no score for', () => {
    const options = { protocol: 'four-way' } as const
    expect(() => rewardBench2Scores([MATH_1], [], options)).toThrow(
      'rewardBench2Scores needs judgments of mode best-of-n of 1 examples, got none',
    )
    expect(() => rewardBench2Scores([MATH_1], ratingsOf(MATH_1, [1, 2, 3, 4]), options)).toThrow('got none')
    expect(() => rewardBench2Scores([REF], [], options)).toThrow('needs judgments of mode rating of 1 examples')
    const placements = [fourWayOf(MATH_1, [0, 1, 2, 3], '[[A]]'), fourWayOf(MATH_1, [1, 0, 2, 3], '[[B]]')]
    expect(() => rewardBench2Scores([MATH_1], placements, options)).toThrow(
      'rewardBench2Scores needs one 4-way placement an example, got several of example 1',
    )
    expect(() => rewardBench2Scores([MATH_1], [fourWayOf(MATH_1, [0, 1, 2], '[[A]]')], options)).toThrow(
      'rewardBench2Scores needs 4 slots, got 3 in example 1',
    )
    expect(rewardBench2Scores([], [], options)).toEqual([])
  })
})

describe('rewardBench2Scores, ratings', () => {
  it('rates every response, the chosen one first wherever it stands', () => {
    const turned = { ...exampleWith('4', 'Focus'), chosen: [2] }
    const judgments = [
      ...ratingsOf(MATH_1, [9, 9, 3, 2]),
      ...ratingsOf(MATH_2, ['8/10', 9, 'no idea', 2]),
      ...ratingsOf(turned, [1, 2, 7, 3]),
    ]
    expect(rewardBench2Scores([MATH_1, MATH_2, turned], judgments, { protocol: 'ratings' })).toEqual([
      // MATH_1 1/2; MATH_2: 8/10 is read as 10, above 9; official (0.5 + 1) / 2
      { subset: 'Math', n: 2, failed: 1, official: 0.75, strict: 0.25, answered: 0.5, calls: 8, failedCalls: 2 },
      { subset: 'Focus', n: 1, failed: 0, official: 1, strict: 1, answered: 1, calls: 4, failedCalls: 0 },
    ])
  })

  it('gives 0.25 everywhere and 0 in Ties to a judge that never answers, and nothing in strict', () => {
    const examples = [MATH_1, SAFETY, REF, TIED]
    const judgments = examples.flatMap((example) =>
      ratingsOf(
        example,
        example.responses.map(() => null),
      ),
    )
    const scores = rewardBench2Scores(examples, judgments, { protocol: 'ratings' })
    expect(scores.map(({ official }) => official)).toEqual([0.25, 0.25, 0])
    expect(scores.map(({ strict }) => strict)).toEqual([0, 0, -0.01])
    expect(scores.every(({ n, failed, calls, failedCalls }) => n === failed && calls === failedCalls)).toBe(true)
    expect(scores.every(({ answered }) => Number.isNaN(answered))).toBe(true)
  })

  it('scores Ties by ratings under both protocols, with its terms', () => {
    const judgments = [
      ...ratingsOf(REF, [10, 1, 1]),
      ...ratingsOf(TIED, [9, 9, 9, 1, 1]),
      fourWayOf(MATH_1, [0, 1, 2, 3], '[[A]]'),
    ]
    const scores = rewardBench2Scores([REF, MATH_1, TIED], judgments, { protocol: 'four-way' })
    expect(scores.map(({ subset }) => subset)).toEqual(['Ties', 'Math'])
    expect(scores[0]?.official).toBeCloseTo(1.01, 12)
    expect(scores[0]).toMatchObject({ n: 2, failed: 0, calls: 8, failedCalls: 0, terms: { official: { pairs: 1 } } })
  })

  it('keeps a failed call that can be read apart in Ties, too', () => {
    const cut = { kind: 'failed', reason: 'length' } as const
    const judgments = [
      ...ratingsOf(REF, [10, 1, 1]),
      ...ratingsOf(TIED, [9, 9, 9, 1, 1]).map((held, at) => (at === 0 ? { ...held, outcome: cut } : held)),
    ]
    const [ties] = rewardBench2Scores([REF, TIED], judgments, { protocol: 'ratings' })
    expect(ties?.official).toBeCloseTo(1.01, 12)
    expect(ties?.terms?.official.score).toBe(ties?.official)
    // strict: only the reference is accurate; its pair earns 0, 0, -1
    expect(ties?.strict).toBeCloseTo(0.29, 12)
    expect(ties).toMatchObject({ n: 2, failed: 1, answered: Number.NaN, failedCalls: 1 })
  })
})

describe('rewardBench2Scores of any answers', () => {
  const text = fc.constantFrom('[[A]]', '[[B]]', '[[C]]', '[[D]]', 'none', '[[A]] or [[D]]', '7', '8/10', '**3**')

  it('has official at least strict, and does not look at the order of the log', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 12, maxLength: 12 }), fc.nat({ max: 1000 }), (texts, seed) => {
        const { randint } = createNumpyRandom(seed)
        const examples = [MATH_1, MATH_2, SAFETY]
        const judgments = examples.flatMap((example, at) => [
          fourWayOf(example, fourWaySlots(example, randint), texts[at] as string),
          ...ratingsOf(example, texts.slice(4, 8)),
        ])
        for (const protocol of ['four-way', 'ratings'] as const) {
          const scores = rewardBench2Scores(examples, judgments, { protocol })
          for (const { official, strict } of scores) expect(official).toBeGreaterThanOrEqual(strict)
          expect(rewardBench2Scores(examples, judgments.toReversed(), { protocol })).toEqual(scores)
        }
      }),
      { seed: 1, numRuns: 100 },
    )
  })
})

function subsetScores(official: readonly number[], strict: readonly number[] = official): RewardBench2SubsetScore[] {
  return REWARD_BENCH_2_SUBSETS.map((subset, at) => ({
    subset,
    n: 10,
    failed: 0,
    official: official[at] as number,
    strict: strict[at] as number,
    answered: official[at] as number,
    calls: 10,
    failedCalls: 0,
  }))
}

describe('leaderboardPercent', () => {
  it('is the unweighted mean of the six subsets in percent', () => {
    // (0.9 + 0.4 + 0.7 + 0.9 + 0.8 + 0.5) / 6 = 4.2 / 6
    const percent = leaderboardPercent(subsetScores([0.9, 0.4, 0.7, 0.9, 0.8, 0.5], [0.3, 0.3, 0.3, 0.3, 0.3, 0.3]))
    expect(percent.official).toBeCloseTo(70, 12)
    expect(percent.strict).toBeCloseTo(30, 12)
    expect(leaderboardPercent(subsetScores([1, 1, 1, 1, 1, 1.01])).official).toBeCloseTo(100 + 1 / 6, 12)
  })

  it('needs the six subsets, each once', () => {
    const [first, ...others] = subsetScores([1, 1, 1, 1, 1, 1]) as [RewardBench2SubsetScore]
    expect(() => leaderboardPercent(others)).toThrow(
      'leaderboardPercent needs the subsets Factuality, Precise IF, Math, Safety, Focus, Ties, got Precise IF, Math, Safety, Focus, Ties',
    )
    expect(() => leaderboardPercent([first, first, ...others])).toThrow('got Factuality, Factuality, Precise IF')
    expect(leaderboardPercent([...others, first]).official).toBe(100)
  })
})

describe('betterProtocol', () => {
  const low = subsetScores([0.5, 0.5, 0.5, 0.5, 0.5, 0.4])
  const high = subsetScores([0.6, 0.5, 0.5, 0.5, 0.5, 0.4])

  it('takes the higher number and keeps the other one', () => {
    const better = betterProtocol(low, high)
    expect(better.protocol).toBe('ratings')
    expect(better.percent).toEqual(leaderboardPercent(high))
    expect(better.other).toEqual(leaderboardPercent(low))
    expect(betterProtocol(high, low).protocol).toBe('four-way')
    expect(betterProtocol(low, low).protocol).toBe('four-way')
  })

  it('needs one Ties score', () => {
    expect(() => betterProtocol(low, subsetScores([0.6, 0.5, 0.5, 0.5, 0.5, 0.3]))).toThrow(
      'betterProtocol needs the same Ties score in both, got four-way=0.4, ratings=0.3',
    )
  })
})
