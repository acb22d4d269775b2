import { createNumpyRandom, presentationOf } from '@judgelab/core'
import { fourWayCredit, fourWaySlots, tryParseFourWay } from '@judgelab/scoring'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choose, exampleWith, FAILED, rate } from '../support/made.js'

const EXAMPLE = exampleWith('7', 'Math')

describe('fourWaySlots', () => {
  it.each([
    [0, [0, 1, 2, 3]],
    [1, [1, 0, 2, 3]],
    [2, [2, 1, 0, 3]],
    [3, [3, 1, 2, 0]],
  ])('swaps the chosen response with slot %d; the others keep their place', (slot, slots) => {
    expect(fourWaySlots(EXAMPLE, () => slot)).toEqual(slots)
  })

  it('is slots of a best-of-n presentation, wherever the chosen response stands in the example', () => {
    const example = { ...exampleWith('7', 'Math'), chosen: [2] }
    const slots = fourWaySlots(example, () => 3)
    expect(slots).toEqual([3, 0, 1, 2])
    expect(presentationOf({ exampleId: '7', mode: 'best-of-n', slots, repeat: 0 }).id).toBe('7|best-of-n|3-0-1-2#0')
  })

  it('draws as NumPy does: RandomState(42).randint(0, 4) gives 2 3 0 2 2 3', () => {
    const { randint } = createNumpyRandom(42)
    const drawn = Array.from({ length: 6 }, () => fourWaySlots(EXAMPLE, randint).indexOf(0))
    expect(drawn).toEqual([2, 3, 0, 2, 2, 3])
  })

  it('puts the chosen response in every slot equally often', () => {
    // 4,000 draws: 1,000 a slot, standard deviation sqrt(4000 x 1/4 x 3/4) = 27.4; 5 of them is 137
    const { randint } = createNumpyRandom(1)
    const counts = [0, 0, 0, 0]
    for (let draw = 0; draw < 4000; draw++) {
      const slot = fourWaySlots(EXAMPLE, randint).indexOf(0)
      counts[slot] = (counts[slot] as number) + 1
    }
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(137)
  })

  it('needs a chosen and three rejected responses', () => {
    expect(() => fourWaySlots(exampleWith('7', 'Math', { rejected: 2 }), () => 0)).toThrow(
      'fourWaySlots needs 1 chosen and 3 rejected responses, got chosen=1, rejected=2 in example 7',
    )
    expect(fourWaySlots(exampleWith('7', 'Math', { rejected: 5 }), () => 0)).toEqual([0, 1, 2, 3])
  })
})

describe('tryParseFourWay', () => {
  it.each([
    ['[[A]]', 0],
    ['B is good, but my verdict is [[D]].', 3],
    ['[[B]]', 1],
    // the traps: letters are looked for in the order A, B, C, D, not from the end of the text
    ['I first thought of [[A]], but my final verdict is [[C]]', 0],
    ['[[D]] then [[B]]', 1],
    ['"[[A]]" if assistant A is best. Verdict: [[D]]', 0],
    ['[[[C]]]', 2],
  ])('reads %j as slot %d', (text, slot) => {
    expect(tryParseFourWay(text)).toEqual({ kind: 'choice', slot })
  })

  it.each(['', 'A', '[A]', '[[a]]', '[[ A ]]', '[[E]]', '[[AB]]', '**A**', '$ERROR$', 'error', '[[tie]]'])(
    'cannot read %j',
    (text) => {
      expect(tryParseFourWay(text)).toEqual({ kind: 'failed', reason: 'unparsed' })
    },
  )

  it('finds the least letter that stands anywhere', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('[[A]]', '[[B]]', '[[C]]', '[[D]]', ' x '), { maxLength: 8 }), (parts) => {
        const slots = parts.flatMap((part) => (part === ' x ' ? [] : [part.charCodeAt(2) - 65]))
        const outcome = tryParseFourWay(parts.join(''))
        expect(outcome.kind === 'choice' ? outcome.slot : undefined).toBe(slots.sort()[0])
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})

describe('fourWayCredit', () => {
  it.each([
    [choose(2), { credit: 1, failed: false }],
    [choose(0), { credit: 0, failed: false }],
    [choose(1), { credit: 0, failed: false }],
    [choose(3), { credit: 0, failed: false }],
    [FAILED, { credit: 0.25, failed: true }],
    [choose('tie'), { credit: 0.25, failed: true }],
    [rate(9), { credit: 0.25, failed: true }],
  ])('of %j, the chosen response standing in slot 2, is %j', (outcome, credit) => {
    expect(fourWayCredit(outcome, [2, 1, 0, 3], 0)).toEqual(credit)
  })

  it('refuses a slot that was not shown', () => {
    expect(() => fourWayCredit(choose(4), [0, 1, 2, 3], 0)).toThrow('fourWayCredit needs a slot below 4, got slot=4')
  })

  it('does not change when the rejected responses change places', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([1, 2, 3], { minLength: 3 }),
        fc.integer({ min: 0, max: 3 }),
        fc.oneof(
          fc.integer({ min: 0, max: 3 }).map((slot) => choose(slot)),
          fc.constant(FAILED),
        ),
        (rejected, at, outcome) => {
          const placed = (order: number[]): number[] => order.toSpliced(at, 0, 0)
          expect(fourWayCredit(outcome, placed(rejected), 0)).toEqual(fourWayCredit(outcome, placed([1, 2, 3]), 0))
        },
      ),
      { seed: 1, numRuns: 200 },
    )
  })
})
