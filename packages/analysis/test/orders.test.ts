import type { Verdict, VerdictResult } from '@judgelab/core'
import { binomialTest } from '@judgelab/stats'
import { describe, expect, it } from 'vitest'
import { orderCounts } from '../src/index.js'

type Slot = Verdict['slots'][number]

/** A comparison by the slots that both passes named; the chosen response stands in slot 0 of the first pass, in slot 1 of the second. */
function bySlots(first: Slot, second: Slot): Verdict {
  const word = (slot: Slot, chosen: 0 | 1): VerdictResult =>
    typeof slot === 'number' ? (slot === chosen ? 'chosen' : 'rejected') : slot
  return {
    comparisonId: 'c',
    exampleId: 'e',
    subset: 's',
    rule: 'consistent',
    result: 'tie',
    passes: [word(first, 0), word(second, 1)],
    slots: [first, second],
  }
}

describe('orderCounts', () => {
  const verdicts = [
    bySlots(0, 1), // chosen twice
    bySlots(1, 0), // rejected twice
    bySlots(0, 0), // first slot twice
    bySlots(0, 0),
    bySlots(1, 1), // second slot twice
    bySlots('tie', 'tie'),
    bySlots('tie', 1),
    bySlots('failed', 'failed'),
    bySlots(0, 'failed'),
  ]

  it('counts comparisons, passes and slots', () => {
    expect(orderCounts(verdicts)).toEqual({
      n: 9,
      rightInFirst: 4, // 1st, 3rd, 4th, 9th
      rightInSecond: 3, // 1st, 5th, 7th
      rightInBoth: 1,
      rightInOne: 5, // 3rd, 4th, 5th, 7th, 9th
      wrongInBoth: 1,
      consistent: 3, // 1st, 2nd and both ties
      failedInBoth: 1,
      tiedPasses: 3,
      failedPasses: 3,
      firstSlotPasses: 7,
      secondSlotPasses: 5,
      bothFirst: 2,
      bothSecond: 1,
      positionP: 1,
    })
  })

  it('tests first against second slot on comparisons that position decided', () => {
    const leaning = [...Array.from({ length: 9 }, () => bySlots(0, 0)), bySlots(1, 1)]
    expect(orderCounts(leaning).positionP).toBeCloseTo(binomialTest(9, 10).p, 12)
    expect(orderCounts(leaning).positionP).toBeCloseTo(22 / 1024, 12) // 2 (1 + 10) / 2^10
    expect(orderCounts([bySlots(0, 1)]).positionP).toBe(1)
  })

  it('leaves out comparisons that were asked in one order or by rating', () => {
    const single: Verdict = { ...bySlots(0, 1), slots: [0], passes: ['chosen'] }
    expect(orderCounts([single, { ...single, slots: [] }])).toMatchObject({ n: 0, rightInFirst: 0, positionP: 1 })
  })
})
