import { createNumpyRandom } from '@judgelab/core'
import { type PanelVote, panelMajority, panelVote } from '@judgelab/scoring'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choose, FAILED, rate } from '../support/made.js'

const first = (tied: readonly PanelVote[]): PanelVote | undefined => tied[0]

describe('panelVote', () => {
  it('is the slot, or failed for anything else', () => {
    expect([choose(2), choose('tie'), FAILED, rate(3)].map(panelVote)).toEqual([2, 'failed', 'failed', 'failed'])
  })
})

describe('panelMajority', () => {
  it.each<[readonly PanelVote[], PanelVote, number, readonly PanelVote[]]>([
    [[3], 3, 1, [3]],
    [[2, 0, 2], 2, 2, [2]],
    [['failed', 0, 'failed'], 'failed', 2, ['failed']],
    [['failed', 0, 0], 0, 2, [0]],
    [[1, 1, 0, 0, 2], 0, 2, [0, 1]],
    [[3, 'failed', 1], 1, 1, [1, 3, 'failed']],
  ])('of %j is %j with %d votes among %j', (votes, vote, count, tied) => {
    expect(panelMajority(votes, first)).toEqual({ vote, votes: count, tied })
  })

  it('lets the caller say who wins a tie, and asks only then', () => {
    expect(panelMajority([1, 1, 0, 0, 2], (tied) => tied.at(-1)).vote).toBe(1)
    const refuse = (): never => {
      throw new Error('asked')
    }
    expect(panelMajority([1, 1, 0], refuse).vote).toBe(1)
    expect(() => panelMajority([1, 2, 0], refuse)).toThrow('asked')
    expect(() => panelMajority([1, 2, 0], () => 3)).toThrow(
      'panelMajority needs breakTie to take one of 0, 1, 2, got 3',
    )
  })

  it('breaks a tie the same way for the same seed', () => {
    const drawn = (seed: number): PanelVote[] => {
      const { randint } = createNumpyRandom(seed)
      return Array.from({ length: 20 }, () => panelMajority([0, 1, 2], (tied) => tied[randint(0, tied.length)]).vote)
    }
    expect(drawn(7)).toEqual(drawn(7))
    expect(new Set(drawn(7)).size).toBe(3)
  })

  it('refuses an even panel, as upstream', () => {
    expect(() => panelMajority([], first)).toThrow('panelMajority needs an odd number of votes, got 0')
    expect(() => panelMajority([1, 2], first)).toThrow('got 2')
  })

  it('does not look at the order of the judges', () => {
    const votes = fc
      .array(fc.constantFrom<PanelVote>(0, 1, 2, 3, 'failed'), { minLength: 1, maxLength: 9 })
      .filter((drawn) => drawn.length % 2 === 1)
    fc.assert(
      fc.property(votes, (drawn) => {
        expect(panelMajority(drawn.toReversed(), first)).toEqual(panelMajority(drawn, first))
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})
