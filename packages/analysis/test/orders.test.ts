import { createNumpyRandom, type Verdict, type VerdictResult } from '@judgelab/core'
import { binomialTest } from '@judgelab/stats'
import { describe, expect, it } from 'vitest'
import { orderCounts, type Sureness } from '../src/index.js'

const SURENESS: Sureness = { level: 0.95, resamples: 100, newRandom: () => createNumpyRandom(1).randomSample }

type Slot = Verdict['slots'][number]

let examples = 0

/** A comparison by the slots that both passes named; the chosen response stands in slot 0 of the first pass, in slot 1 of the second. */
function bySlots(first: Slot, second: Slot, exampleId = `e${examples++}`): Verdict {
  const word = (slot: Slot, chosen: 0 | 1): VerdictResult =>
    typeof slot === 'number' ? (slot === chosen ? 'chosen' : 'rejected') : slot
  return {
    comparisonId: 'c',
    exampleId,
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
    expect(orderCounts(verdicts, SURENESS)).toEqual({
      n: 9,
      rightInFirst: 4, // 1st, 3rd, 4th, 9th
      rightInSecond: 3, // 1st, 5th, 7th
      rightInBoth: 1,
      rightInOne: 5, // 3rd, 4th, 5th, 7th, 9th
      wrongInBoth: 1,
      consistent: 3, // 1st, 2nd and both ties
      consistency: 3 / 9,
      failedInBoth: 1,
      tiedPasses: 3,
      failedPasses: 3,
      firstSlotPasses: 7,
      secondSlotPasses: 5,
      bothFirst: 2,
      bothSecond: 1,
      positionP: 1,
      positionTest: 'exact binomial',
    })
  })

  it('tests first against second slot on comparisons that position decided', () => {
    const leaning = [...Array.from({ length: 9 }, () => bySlots(0, 0)), bySlots(1, 1)]
    expect(orderCounts(leaning, SURENESS).positionP).toBeCloseTo(binomialTest(9, 10).p, 12)
    expect(orderCounts(leaning, SURENESS).positionP).toBeCloseTo(22 / 1024, 12) // 2 (1 + 10) / 2^10
    expect(orderCounts([bySlots(0, 1)], SURENESS).positionP).toBe(1)
  })

  it('flips signs by prompt where one prompt has several comparisons that position decided', () => {
    // Six prompts of three comparisons, all to the first slot: 2 / 2^6; as 18 independent ones it were 2 / 2^18.
    const leaning = Array.from({ length: 18 }, (_, at) => bySlots(0, 0, `p${at % 6}`))
    expect(orderCounts(leaning, SURENESS)).toMatchObject({ positionP: 2 / 2 ** 6, positionTest: 'sign-flip by prompt' })
    const promptOf = (id: string): string => (id === 'a' || id === 'b' ? 'ab' : id)
    const equal = [bySlots(0, 0, 'a'), bySlots(0, 0, 'b'), bySlots(0, 0, 'c')]
    expect(orderCounts(equal, { ...SURENESS, promptOf }).positionP).toBe(2 / 2 ** 2)
    expect(orderCounts(equal, SURENESS)).toMatchObject({ positionP: 2 / 2 ** 3, positionTest: 'exact binomial' })
  })

  it('rejects no more often than it says with six comparisons a prompt that go alike', () => {
    const { randomSample } = createNumpyRandom(3)
    const rejected = Array.from({ length: 400 }, () => {
      const verdicts = Array.from({ length: 20 }, (_, prompt) => {
        const slot = randomSample() < 0.5 ? 0 : 1
        return Array.from({ length: 6 }, () => bySlots(slot, slot, `p${prompt}`))
      }).flat()
      return (orderCounts(verdicts, SURENESS).positionP as number) <= 0.05
    }).filter(Boolean).length
    // Three standard errors of 5 % in 400 draws above 5 %.
    expect(rejected / 400).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 400))
  })

  it('leaves out comparisons that were asked in one order or by rating', () => {
    const single: Verdict = { ...bySlots(0, 1), slots: [0], passes: ['chosen'] }
    expect(orderCounts([single, { ...single, slots: [] }], SURENESS)).toMatchObject({
      n: 0,
      rightInFirst: 0,
      positionP: 1,
    })
  })
})
