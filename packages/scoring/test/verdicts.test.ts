import {
  allComparisons,
  type Comparison,
  type Example,
  type Judgment,
  type Mode,
  type Outcome,
  presentationOf,
  RULES,
  type Rule,
  slotsByOrder,
  type Verdict,
} from '@judgelab/core'
import { combineRepeats, passResult, preferredSlot, ratedResult, verdictOf, verdictsOf } from '@judgelab/scoring'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const COMPARISON: Comparison = { id: 'ex1:0>1', exampleId: 'ex1', subset: 'Math', chosen: 0, rejected: 1 }
const OTHER: Comparison = { id: 'ex2:2>0', exampleId: 'ex2', subset: 'Safety', chosen: 2, rejected: 0 }
const FAILED: Outcome = { kind: 'failed', reason: 'unparsed' }

function choose(slot: number | 'tie'): Outcome {
  return { kind: 'choice', slot }
}

function rate(value: number): Outcome {
  return { kind: 'rating', value, scale: { min: 1, max: 10 } }
}

/** A judgment of a comparison: which responses stood in the slots, and what the judge said. */
function judgmentOf(
  { id: comparisonId, exampleId }: Comparison,
  slots: readonly number[],
  outcome: Outcome,
  { repeat = 0, mode = 'pairwise' as Mode } = {},
): Judgment {
  const { id, ...shown } = presentationOf({ exampleId, comparisonId, mode, slots, repeat })
  return { v: 1, presentationId: id, ...shown, outcome, latencyMs: 1, at: '2026-02-02T12:00:00.000Z' }
}

describe('passResult', () => {
  it.each([
    [choose(0), [0, 1], 'chosen'],
    [choose(1), [0, 1], 'rejected'],
    [choose(0), [1, 0], 'rejected'],
    [choose(1), [1, 0], 'chosen'],
    [choose('tie'), [1, 0], 'tie'],
    [FAILED, [0, 1], 'failed'],
    [choose(2), [0, 1], 'failed'],
    [choose(0), [3, 0], 'failed'],
    [rate(9), [0, 1], 'failed'],
    [{ kind: 'class', label: 'a', labels: ['a', 'b'] }, [0, 1], 'failed'],
  ] as const)('of %j with slots %j is %3$s', (outcome, slots, expected) => {
    expect(passResult(outcome, slots, COMPARISON)).toBe(expected)
  })
})

describe('preferredSlot', () => {
  it('is the slot, whoever stood in it; failures stay failures', () => {
    expect([choose(1), choose('tie'), FAILED, rate(3)].map(preferredSlot)).toEqual([1, 'tie', 'failed', 'failed'])
  })
})

describe('verdictsOf', () => {
  it('combines the orders of each comparison, in the order of the comparisons, whatever the order of the log', () => {
    const judgments = [
      judgmentOf(OTHER, [2, 0], choose(1)),
      judgmentOf(COMPARISON, [1, 0], choose(1)),
      judgmentOf(OTHER, [0, 2], choose(0)),
      judgmentOf(COMPARISON, [0, 1], choose(0)),
    ]
    expect(verdictsOf([COMPARISON, OTHER], judgments, 'consistent')).toEqual([
      {
        comparisonId: 'ex1:0>1',
        exampleId: 'ex1',
        subset: 'Math',
        rule: 'consistent',
        result: 'chosen',
        passes: ['chosen', 'chosen'],
        slots: [0, 1],
      },
      {
        comparisonId: 'ex2:2>0',
        exampleId: 'ex2',
        subset: 'Safety',
        rule: 'consistent',
        result: 'rejected',
        passes: ['rejected', 'rejected'],
        slots: [0, 1],
      },
    ])
  })

  it('takes for the first pass the one with the lower response index in slot 0, also when that is the rejected one', () => {
    const judgments = [judgmentOf(OTHER, [2, 0], choose('tie')), judgmentOf(OTHER, [0, 2], choose(0))]
    const [verdict] = verdictsOf([OTHER], judgments, 'first-order')
    expect(verdict).toMatchObject({ result: 'rejected', passes: ['rejected', 'tie'], slots: [0, 'tie'] })
  })

  it('counts a comparison without judgments as failed, never drops it', () => {
    const verdicts = verdictsOf([OTHER, COMPARISON], [judgmentOf(COMPARISON, [0, 1], choose(0))], 'together')
    expect(verdicts.map(({ comparisonId, result, passes }) => ({ comparisonId, result, passes }))).toEqual([
      { comparisonId: 'ex2:2>0', result: 'failed', passes: ['failed', 'failed'] },
      { comparisonId: 'ex1:0>1', result: 'chosen', passes: ['chosen', 'failed'] },
    ])
  })

  it('takes the last of several judgments of one presentation', () => {
    const judgments = [
      judgmentOf(COMPARISON, [0, 1], FAILED),
      judgmentOf(COMPARISON, [1, 0], choose(1)),
      judgmentOf(COMPARISON, [0, 1], choose(0)),
    ]
    expect(verdictsOf([COMPARISON], judgments, 'consistent')[0]).toMatchObject({
      result: 'chosen',
      passes: ['chosen', 'chosen'],
    })
    expect(verdictsOf([COMPARISON], judgments.toReversed(), 'consistent')[0]?.result).toBe('failed')
  })

  it('takes for failed the order that is not there, whichever it is', () => {
    const first = judgmentOf(COMPARISON, [0, 1], choose(0))
    const swapped = judgmentOf(COMPARISON, [1, 0], choose(1))
    const said = (held: Judgment, rule: Rule): Verdict => verdictsOf([COMPARISON], [held], rule)[0] as Verdict
    expect(said(first, 'consistent')).toMatchObject({ passes: ['chosen', 'failed'], slots: [0, 'failed'] })
    expect(said(swapped, 'consistent')).toMatchObject({ passes: ['failed', 'chosen'], slots: ['failed', 1] })
    expect(RULES.map((rule) => said(first, rule).result)).toEqual([
      'failed',
      'chosen',
      'chosen',
      'chosen',
      'failed',
      'chosen',
    ])
    expect(RULES.map((rule) => said(swapped, rule).result)).toEqual([
      'failed',
      'chosen',
      'chosen',
      'chosen',
      'failed',
      'failed',
    ])
  })

  it('has one pass where one order was asked, whatever else the log holds', () => {
    const judgments = [judgmentOf(COMPARISON, [0, 1], choose(0)), judgmentOf(COMPARISON, [1, 0], choose(0))]
    for (const rule of RULES)
      expect(verdictsOf([COMPARISON, OTHER], judgments, rule, { orders: 'first' })).toMatchObject([
        { result: 'chosen', passes: ['chosen'], slots: [0] },
        { result: 'failed', passes: ['failed'], slots: ['failed'] },
      ])
  })

  it('takes repeat 0 of each order: repeats of one order are never two orders', () => {
    const judgments = [
      judgmentOf(COMPARISON, [1, 0], choose(0), { repeat: 1 }),
      judgmentOf(COMPARISON, [0, 1], choose(0), { repeat: 1 }),
      judgmentOf(COMPARISON, [1, 0], choose('tie')),
      judgmentOf(COMPARISON, [0, 1], choose(1)),
    ]
    expect(verdictsOf([COMPARISON], judgments, 'net')[0]?.passes).toEqual(['rejected', 'tie'])
    const twice = [0, 1].map((repeat) => judgmentOf(COMPARISON, [0, 1], choose(0), { repeat }))
    expect(verdictsOf([COMPARISON], twice, 'consistent')[0]).toMatchObject({
      result: 'failed',
      passes: ['chosen', 'failed'],
    })
  })

  it('is an error when no judgment belongs to any comparison: a score of nothing would look complete', () => {
    expect(() => verdictsOf([COMPARISON, OTHER], [], 'net')).toThrow(
      'judgments.jsonl: expected judgments of 2 comparisons, found none',
    )
    const strange = { ...COMPARISON, id: 'ex9:0>1', exampleId: 'ex9' }
    expect(() => verdictsOf([COMPARISON], [judgmentOf(strange, [0, 1], choose(0))], 'net')).toThrow('found none')
    expect(verdictsOf([], [], 'net')).toEqual([])
  })

  it('refuses judgments of several modes', () => {
    const mixed = [judgmentOf(COMPARISON, [0, 1], choose(0)), judgmentOf(COMPARISON, [0], rate(3), { mode: 'rating' })]
    expect(() => verdictOf(COMPARISON, mixed, 'net')).toThrow('got pairwise and rating')
  })

  it('is mirrored when chosen and rejected change places, under every rule', () => {
    const outcome = fc.oneof(fc.constantFrom(choose(0), choose(1), choose('tie'), FAILED))
    const mirror = { chosen: 'rejected', rejected: 'chosen', tie: 'tie', failed: 'failed' } as const
    fc.assert(
      fc.property(outcome, outcome, fc.constantFrom(...RULES), (first, second, rule) => {
        const judgments = [judgmentOf(COMPARISON, [0, 1], first), judgmentOf(COMPARISON, [1, 0], second)]
        const swapped = { ...COMPARISON, chosen: 1, rejected: 0 }
        const verdict = verdictOf(COMPARISON, judgments, rule)
        const mirrored = verdictOf(swapped, judgments, rule)
        expect(mirrored.result).toBe(mirror[verdict.result])
        expect(mirrored.slots).toEqual(verdict.slots)
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})

describe('verdictsOf best-of-n', () => {
  const four: Comparison = { ...COMPARISON, id: 'ex1:1>0', chosen: 1, rejected: 0 }
  const shown = (slots: readonly number[], outcome: Outcome, repeat = 0): Judgment =>
    judgmentOf(four, slots, outcome, { mode: 'best-of-n', repeat })

  it.each([
    [choose(1), choose(2), ['chosen', 'chosen'], 'chosen'],
    [choose(3), choose(2), ['rejected', 'chosen'], 'tie'],
    [choose('tie'), choose('tie'), ['tie', 'tie'], 'tie'],
    [choose(0), FAILED, ['rejected', 'failed'], 'failed'],
  ] as const)('of %j and %j is %4$s: any response but the chosen one is rejected', (up, down, passes, result) => {
    const [verdict] = verdictsOf([four], [shown([3, 2, 1, 0], down), shown([0, 1, 2, 3], up)], 'consistent')
    expect([verdict?.passes, verdict?.result]).toEqual([passes, result])
  })

  it('misses an order that is not there, and takes whichever there is of one drawn by seed', () => {
    const judgments = [shown([3, 2, 1, 0], choose(2))]
    expect(verdictOf(four, judgments, 'consistent').passes).toEqual(['failed', 'chosen'])
    expect(verdictOf(four, judgments, 'consistent', { orders: 'random' }).passes).toEqual(['chosen'])
  })
})

describe('verdictsOf classes', () => {
  const classed = (response: number, label: string, repeat = 0): Judgment =>
    judgmentOf(
      COMPARISON,
      [response],
      { kind: 'class', label, labels: ['good', 'fair', 'poor'] },
      { mode: 'classify', repeat },
    )

  it.each([
    ['good', 'poor', 'chosen'],
    ['poor', 'fair', 'rejected'],
    ['fair', 'fair', 'tie'],
  ])('of %s for the chosen and %s for the rejected response is %s', (chosen, rejected, expected) => {
    expect(verdictOf(COMPARISON, [classed(1, rejected), classed(0, chosen)], 'consistent').result).toBe(expected)
  })

  it('take the most frequent class of repeats, the better one among equals, and fail without one', () => {
    const judgments = [classed(0, 'poor'), classed(0, 'good', 1), classed(0, 'good', 2), classed(1, 'good')]
    expect(verdictOf(COMPARISON, judgments, 'consistent').result).toBe('tie')
    expect(verdictOf(COMPARISON, [...judgments.slice(0, 2), classed(1, 'fair')], 'consistent').result).toBe('chosen')
    expect(verdictOf(COMPARISON, judgments.slice(0, 3), 'consistent').result).toBe('failed')
  })
})

describe('verdictsOf one order drawn by seed', () => {
  it('looks for the order that the seed draws, and for no other', () => {
    const asked = { orders: 'random', orderSeed: 3 } as const
    const [slots] = slotsByOrder(COMPARISON, asked) as [[number, number]]
    const there = judgmentOf(COMPARISON, slots, choose(slots.indexOf(0)))
    expect(verdictOf(COMPARISON, [there], 'consistent', asked)).toMatchObject({ passes: ['chosen'], result: 'chosen' })
    const other = judgmentOf(COMPARISON, slots.toReversed(), choose(0))
    expect(verdictOf(COMPARISON, [other], 'consistent', asked).passes).toEqual(['failed'])
  })
})

describe('verdictsOf repeats', () => {
  const repeated = (slots: (number | 'tie' | undefined)[]): Judgment[] =>
    slots.map((slot, repeat) => judgmentOf(COMPARISON, [0, 1], slot === undefined ? FAILED : choose(slot), { repeat }))
  const asked = { orders: 'first', repeats: 5 } as const

  it.each([
    [[0, 0, 1, 1, 0], 'chosen'],
    [[1, undefined, 1, 0, undefined], 'rejected'],
    [[0, 1, undefined, undefined, undefined], 'tie'],
    [['tie', 'tie', 0], 'tie'],
    [[undefined, undefined], 'failed'],
  ] as const)('of slots %j by majority is %s: failures drop out', (slots, expected) => {
    expect(verdictOf(COMPARISON, repeated([...slots]), 'consistent', asked).result).toBe(expected)
  })

  it('counts only as many repeats as were asked: repeat 0 where nothing is said', () => {
    const judgments = repeated([1, 0, 0])
    expect(verdictOf(COMPARISON, judgments, 'consistent', { orders: 'first' }).result).toBe('rejected')
    expect(verdictOf(COMPARISON, judgments, 'consistent', { ...asked, repeats: 3 }).result).toBe('chosen')
  })

  it('means probabilities: two faint votes lose to one sure one', () => {
    const sure = (first: number, repeat: number): Judgment =>
      judgmentOf(
        COMPARISON,
        [0, 1],
        { kind: 'choice', slot: first > 0.5 ? 0 : 1, probabilities: [first, 1 - first] },
        { repeat },
      )
    const judgments = [sure(0.45, 0), sure(0.4, 1), sure(0.95, 2)]
    expect(verdictOf(COMPARISON, judgments, 'consistent', asked).result).toBe('rejected')
    expect(verdictOf(COMPARISON, judgments, 'consistent', { ...asked, consistency: 'mean' }).result).toBe('chosen')
  })
})

describe('combineRepeats', () => {
  it('means answers without probabilities as sure ones, ties as spread ones', () => {
    expect(combineRepeats([choose(1), choose('tie'), FAILED, choose(0)], 'mean', 2)).toEqual({
      kind: 'choice',
      slot: 'tie',
      probabilities: [0.5, 0.5],
    })
  })

  it('does not depend on the order of the repeats, and keeps the reason of a failure', () => {
    const outcome = fc.oneof(
      fc.constantFrom(choose(0), choose(1), choose('tie'), FAILED),
      fc
        .double({ min: 0, max: 1, noNaN: true })
        .map((p): Outcome => ({ kind: 'choice', slot: p > 0.5 ? 0 : 1, probabilities: [p, 1 - p] })),
    )
    const mixed = fc
      .array(outcome, { minLength: 2, maxLength: 6 })
      .filter((all) => all.some(({ kind }) => kind === 'choice'))
    fc.assert(
      fc.property(mixed, fc.constantFrom('majority' as const, 'mean' as const), (outcomes, consistency) => {
        expect(combineRepeats(outcomes.toReversed(), consistency, 2)).toEqual(combineRepeats(outcomes, consistency, 2))
      }),
      { seed: 1, numRuns: 300 },
    )
    expect(combineRepeats([FAILED, { kind: 'failed', reason: 'length' }], 'mean', 2)).toEqual(FAILED)
    expect(() => combineRepeats([], 'mean', 2)).toThrow('combineRepeats needs at least 1 outcome, got 0')
  })
})

describe('verdictsOf ratings', () => {
  const rated = (response: number, outcome: Outcome, repeat = 0): Judgment =>
    judgmentOf(COMPARISON, [response], outcome, { mode: 'rating', repeat })

  it.each([
    [rate(8), rate(3), 'chosen'],
    [rate(3), rate(8), 'rejected'],
    [rate(5), rate(5), 'tie'],
    [FAILED, rate(1), 'failed'],
    [rate(10), FAILED, 'failed'],
    [FAILED, FAILED, 'failed'],
  ] as const)('of %j for the chosen and %j for the rejected response is %s', (chosen, rejected, expected) => {
    const judgments = [rated(1, rejected), rated(0, chosen)]
    for (const rule of RULES)
      expect(verdictsOf([COMPARISON], judgments, rule)[0]).toMatchObject({
        result: expected,
        passes: [expected],
        slots: [],
      })
  })

  it('has one failed pass for a comparison whose responses nobody rated', () => {
    const judgments = [rated(0, rate(9)), rated(1, rate(2))]
    expect(verdictsOf([COMPARISON, OTHER], judgments, 'consistent')[1]).toMatchObject({
      result: 'failed',
      passes: ['failed'],
      slots: [],
    })
  })

  it('is failed where only one response was rated', () => {
    expect(verdictsOf([COMPARISON], [rated(0, rate(9))], 'net')[0]?.result).toBe('failed')
  })

  it('averages repeats; failed ones among them drop out', () => {
    // chosen (4 + 8) / 2 = 6; rejected 5
    const judgments = [rated(0, rate(4)), rated(0, rate(8), 1), rated(1, rate(5)), rated(1, FAILED, 1)]
    expect(ratedResult(judgments, COMPARISON)).toBe('chosen')
  })

  it('ties the same repeats in another order, though sums of fractions differ by it', () => {
    // 0.1 + 0.2 + 0.3 is 0.6000000000000001, 0.3 + 0.2 + 0.1 is 0.6
    const turned = [0.1, 0.2, 0.3].flatMap((value, at) => [
      rated(0, rate(value), at),
      rated(1, rate([0.3, 0.2, 0.1][at] as number), at),
    ])
    expect(ratedResult(turned, COMPARISON)).toBe('tie')
  })

  it('counts one rating of a response in every comparison of that response', () => {
    const example: Example = {
      v: 1,
      id: 'ex1',
      subset: 'Math',
      prompt: 'p',
      responses: [{ text: 'a' }, { text: 'b' }, { text: 'c' }],
      chosen: [0],
      metadata: {},
    }
    const comparisons = allComparisons(example)
    expect(comparisons.map(({ id }) => id)).toEqual(['ex1:0>1', 'ex1:0>2'])
    const [first, second] = comparisons as [Comparison, Comparison]
    const ratings = [rate(7), rate(2), rate(9)]
    const once = ratings.map((outcome, response) => rated(response, outcome))
    expect(verdictsOf(comparisons, once, 'net').map(({ result }) => result)).toEqual(['chosen', 'rejected'])
    // asked for by each comparison: the chosen response is rated twice under one presentation id
    const asked = [first, second].flatMap((comparison) =>
      [comparison.chosen, comparison.rejected].map((response) =>
        judgmentOf(comparison, [response], ratings[response] as Outcome, { mode: 'rating' }),
      ),
    )
    expect(verdictsOf(comparisons, asked, 'net').map(({ result }) => result)).toEqual(['chosen', 'rejected'])
  })

  it('does not take the ratings of another example', () => {
    const other = { ...COMPARISON, id: 'ex2:0>1', exampleId: 'ex2' }
    const judgments = [rated(0, rate(9)), rated(1, rate(1))]
    expect(verdictsOf([COMPARISON, other], judgments, 'net').map(({ result }) => result)).toEqual(['chosen', 'failed'])
  })
})
