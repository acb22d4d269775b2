import { readFileSync } from 'node:fs'
import { type TiesPrompt, tiesPromptStats, tiesScore } from '@judgelab/scoring'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const REFERENCE = JSON.parse(
  readFileSync(new URL('../fixtures/rewardbench2-scoring.json', import.meta.url), 'utf8'),
) as {
  readonly ties: readonly {
    readonly name: string
    readonly rows: readonly { readonly id: string; readonly num_correct: number; readonly scores: readonly number[] }[]
    readonly overallScore: number
  }[]
}

function ref(number: number, scores: readonly (number | null)[]): TiesPrompt {
  return { id: `ref:${number}`, numCorrect: 1, scores }
}

function tied(number: number, numCorrect: number, scores: readonly (number | null)[]): TiesPrompt {
  return { id: `tied:${number}`, numCorrect, scores }
}

describe('tiesPromptStats', () => {
  it.each([
    [[9, 7, 8], [3, 6], { accurate: true, spread: 2, gap: 1 }],
    [[5, 5], [5], { accurate: false, spread: 0, gap: 0 }],
    [[10], [1, 1], { accurate: true, spread: undefined, gap: 9 }],
    [[4, 2], [9], { accurate: false, spread: 2, gap: -7 }],
  ])('of correct %j and incorrect %j is %j', (correct, incorrect, stats) => {
    expect(tiesPromptStats(correct, incorrect)).toEqual(stats)
  })

  it('compares NaN as Python does: it stays where it is first and is passed over elsewhere', () => {
    expect(tiesPromptStats([Number.NaN], [1])).toEqual({ accurate: false, spread: undefined, gap: Number.NaN })
    expect(tiesPromptStats([3, Number.NaN], [1])).toEqual({ accurate: true, spread: 0, gap: 2 })
  })

  it('needs both kinds', () => {
    expect(() => tiesPromptStats([], [1])).toThrow(
      'tiesPromptStats needs correct and incorrect scores, got 0 correct, 1 incorrect',
    )
    expect(() => tiesPromptStats([1], [])).toThrow('got 1 correct, 0 incorrect')
  })
})

describe('tiesScore', () => {
  // numpy sums in another order and has another tanh: a few units in the last place of a number near 1
  it.each(REFERENCE.ties)('matches the official code on $name', ({ rows, overallScore }) => {
    const prompts = rows.map(({ id, num_correct, scores }) => ({ id, numCorrect: num_correct, scores }))
    expect(tiesScore(prompts).official).toBeCloseTo(overallScore, 14)
  })

  it('matches it with -1 told as failed, and counts the prompts', () => {
    const held = REFERENCE.ties.find(({ name }) => name === 'missing-as-minus-one')
    expect(held).toBeDefined()
    const prompts = (held?.rows ?? []).map(({ id, num_correct, scores }) => ({
      id,
      numCorrect: num_correct,
      scores: scores.map((score) => (score === -1 ? null : score)),
    }))
    const score = tiesScore(prompts)
    expect(score.official).toBeCloseTo(held?.overallScore ?? Number.NaN, 14)
    expect(score.n).toBe(24)
    expect(score.failed).toBe(prompts.filter(({ scores }) => scores.includes(null)).length)
    expect(score.failed).toBeGreaterThan(0)
  })

  it('has four reference lists of 24 prompts', () => {
    expect(REFERENCE.ties.map(({ rows }) => rows.length)).toEqual([24, 24, 24, 24])
  })

  // the golden vectors: their code, executed, printed to six digits
  it.each<[string, readonly TiesPrompt[], number]>([
    ['a perfect judge: 1.01, not clipped', [ref(0, [10, 1, 1]), tied(0, 3, [9, 9, 9, 1, 1])], 1.01],
    ['a spread above the gap', [ref(0, [10, 1, 1]), tied(0, 3, [10, 6, 5, 3, 2])], 0.59463],
    ['all equal: 0/0 contributes 0', [ref(0, [5, 5]), tied(0, 2, [5, 5, 5])], 0],
    ['all failed', [ref(0, [-1, -1]), tied(0, 2, [-1, -1, -1])], 0],
    ['a wrong reference: -4/0 contributes -1', [ref(0, [3, 7]), tied(0, 2, [9, 9, 1])], 0.49],
    ['a failed correct answer', [ref(0, [9, 1]), tied(0, 3, [9, -1, 9, 2])], 0.291383],
    [
      'two numbers',
      [ref(0, [2, 1]), tied(0, 2, [3, 2.5, 0.5]), ref(1, [0.2, 0.9]), tied(1, 3, [1.5, 1, 0.8, 0.7, 0.1])],
      0.648988,
    ],
  ])('gives the golden vector of %s', (_, prompts, expected) => {
    expect(tiesScore(prompts).official).toBeCloseTo(expected, 6)
  })

  it('matches a case worked by hand', () => {
    // ref gap 4; tied spread 2, gap 3: accurate both, preferred (3 > 2), h = 3 > 2, tanh(3/2 - 1) = tanh(0.5)
    const { official, terms } = tiesScore([ref(4, [8, 4, 1]), tied(4, 2, [9, 7, 4])])
    expect(terms.official).toMatchObject({ tiedAccuracy: 1, refAccuracy: 1, preferred: 1, preferredHard: 1, pairs: 1 })
    expect(terms.official.margin).toBeCloseTo(0.46211715726001, 14)
    expect(official).toBeCloseTo(1.0046211715726, 12)
  })

  it('averages accuracy over all prompts, margins over numbers that have both', () => {
    const { terms } = tiesScore([ref(0, [9, 1]), tied(0, 2, [9, 9, 1]), tied(1, 2, [1, 1, 5]), ref(7, [1, 5])])
    expect(terms.official).toMatchObject({ tiedAccuracy: 0.5, refAccuracy: 0.5, preferred: 1, margin: 1, pairs: 1 })
  })

  it('is NaN without a pair, as upstream', () => {
    expect(tiesScore([ref(0, [9, 1]), tied(1, 2, [9, 9, 1])]).official).toBeNaN()
    expect(tiesScore([tied(1, 2, [9, 9, 1])]).terms.official).toMatchObject({ tiedAccuracy: 1, refAccuracy: 0 })
    expect(tiesScore([])).toMatchObject({ n: 0, failed: 0, official: Number.NaN, strict: Number.NaN })
  })

  it('shows failures apart: a failed prompt earns nothing in strict and is left out of answered', () => {
    const score = tiesScore([
      ref(0, [9, 1]),
      tied(0, 2, [9, 9, 1]),
      ref(1, [9, null]),
      tied(1, 2, [9, 9, 1]),
      ref(2, [9, 1]),
      tied(2, 2, [9, null, 1]),
    ])
    expect([score.n, score.failed]).toEqual([6, 2])
    // upstream: ref:1 accurate against -1; tied:2 has a correct -1: spread 10, gap -2, tanh(-1.2)
    expect(score.official).toBeCloseTo(0.3 * (2 / 3) + 0.3 + 0.2 * (2 / 3) * 2 + (0.01 * (2 + Math.tanh(-1.2))) / 3, 12)
    // strict: accuracy 2/3 and 2/3, one pair of three with every term 1, two with 0, 0, -1
    expect(score.strict).toBeCloseTo(0.6 * (2 / 3) + 0.4 / 3 - 0.01 / 3, 12)
    // answered: all accurate, one pair
    expect(score.answered).toBeCloseTo(1.01, 12)
    expect(score.terms.answered.pairs).toBe(1)
  })

  it('has no answered score when no pair is left', () => {
    const score = tiesScore([ref(0, [null, null]), tied(0, 2, [null, null, null])])
    expect(score).toMatchObject({ n: 2, failed: 2, official: 0, answered: Number.NaN })
    expect(score.strict).toBeCloseTo(-0.01, 15)
  })

  it('throws prompts of one kind and number together, as upstream', () => {
    // alone, both references are accurate; together their worst correct score 7 is below the best incorrect one 8
    const [one, other] = [ref(0, [7, 3]), ref(0, [9, 8])]
    for (const both of [
      [one, other],
      [other, one],
    ]) {
      const twice = tiesScore([...both, tied(0, 2, [9, 9, 1])])
      expect(twice.n).toBe(2)
      expect(twice.terms.official).toMatchObject({ refAccuracy: 0, preferred: 1, preferredHard: 0, pairs: 1 })
    }
    expect(tiesScore([ref(0, [9, null]), ref(0, [9, 8]), tied(0, 2, [9, 9, 1])]).failed).toBe(1)
  })

  it('refuses ids and counts that upstream stops at', () => {
    expect(() => tiesScore([{ id: '12', numCorrect: 1, scores: [9, 1] }])).toThrow(
      'tiesScore needs ids ref:<n> and tied:<n>, got 12',
    )
    expect(() => tiesScore([ref(3, [9, 1]), tied(3, 1, [9, 1])])).toThrow(
      'tiesScore needs at least 2 correct answers in a tied prompt, got 1 in tied:3',
    )
    expect(() => tiesScore([tied(3, 2, [9, 1])])).toThrow('got 2 correct, 0 incorrect')
  })

  const score = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 10 }) }, fc.constant(null))
  const prompts = fc
    .array(
      fc.tuple(
        fc.array(score, { minLength: 2, maxLength: 4 }),
        fc.array(score, { minLength: 2, maxLength: 4 }),
        fc.array(score, { minLength: 1, maxLength: 4 }),
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((drawn) =>
      drawn.flatMap(([reference, correct, incorrect], at) => [
        ref(at, reference),
        tied(at, correct.length, [...correct, ...incorrect]),
      ]),
    )

  it('is never below strict, equal to it without failures, and within its range', () => {
    fc.assert(
      fc.property(prompts, (drawn) => {
        const { failed, official, strict, answered } = tiesScore(drawn)
        expect(official).toBeGreaterThanOrEqual(strict - 1e-12)
        expect(official).toBeLessThanOrEqual(1.01)
        expect(strict).toBeGreaterThanOrEqual(-0.01)
        if (failed === 0) expect([strict, answered]).toEqual([official, official])
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('does not change when responses of one kind, or prompts, change places', () => {
    fc.assert(
      fc.property(prompts, (drawn) => {
        const turned = drawn
          .map(({ id, numCorrect, scores }) => ({
            id,
            numCorrect,
            scores: [...scores.slice(0, numCorrect).reverse(), ...scores.slice(numCorrect).reverse()],
          }))
          .reverse()
        const [one, other] = [tiesScore(drawn), tiesScore(turned)]
        expect(other.official).toBeCloseTo(one.official, 12)
        expect(other.strict).toBeCloseTo(one.strict, 12)
        expect(other.failed).toBe(one.failed)
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('does not change when every score is moved and stretched', () => {
    fc.assert(
      fc.property(prompts, fc.integer({ min: -8, max: 8 }), (drawn, by) => {
        const complete = drawn.map((prompt) => ({ ...prompt, scores: prompt.scores.map((held) => held ?? 3) }))
        const moved = complete.map((prompt) => ({ ...prompt, scores: prompt.scores.map((held) => 4 * held + by) }))
        expect(tiesScore(moved).official).toBe(tiesScore(complete).official)
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})
