import type { Verdict } from '@judgelab/core'
import { mcnemar } from '@judgelab/stats'

/**
 * What the two orders of each comparison say. Counts of comparisons asked in both orders, unless a name says passes;
 * positions are counted on slots, never on chosen and rejected.
 */
export interface OrderCounts {
  readonly n: number
  /** The first pass (lower response index in the first slot) right; the second pass right. */
  readonly rightInFirst: number
  readonly rightInSecond: number
  readonly rightInBoth: number
  readonly rightInOne: number
  /** The rejected response in both orders. */
  readonly wrongInBoth: number
  /** One response named in both orders, or a tie in both; never when a pass failed. */
  readonly consistent: number
  /** Both passes failed. */
  readonly failedInBoth: number
  readonly tiedPasses: number
  readonly failedPasses: number
  /** Passes that named the first slot, the second slot. */
  readonly firstSlotPasses: number
  readonly secondSlotPasses: number
  /** Named the first slot in both orders: two different responses, so that the position decided. */
  readonly bothFirst: number
  readonly bothSecond: number
  /** Exact two-sided p of bothFirst against bothSecond; 1 when there is neither. */
  readonly positionP: number
}

/**
 * How a judge answers the two orders of a comparison, and its position bias.
 *
 * The exact test takes each comparison once: without bias, one that is decided by position goes as likely to the first
 * slot in both orders as to the second. Counting every pass by itself would treat the two orders of one comparison as
 * independent, which they are not.
 */
export function orderCounts(verdicts: readonly Verdict[]): OrderCounts {
  const pairs = verdicts.filter(({ slots }) => slots.length === 2)
  const count = (holds: (verdict: Verdict) => boolean): number => pairs.filter(holds).length
  const countPasses = (slot: Verdict['slots'][number]): number =>
    pairs.reduce((sum, { slots }) => sum + slots.filter((held) => held === slot).length, 0)
  const right = (verdict: Verdict): number => verdict.passes.filter((pass) => pass === 'chosen').length
  const bothFirst = count(({ slots: [a, b] }) => a === 0 && b === 0)
  const bothSecond = count(({ slots: [a, b] }) => a === 1 && b === 1)
  return {
    n: pairs.length,
    rightInFirst: count(({ passes }) => passes[0] === 'chosen'),
    rightInSecond: count(({ passes }) => passes[1] === 'chosen'),
    rightInBoth: count((verdict) => right(verdict) === 2),
    rightInOne: count((verdict) => right(verdict) === 1),
    wrongInBoth: count(({ passes }) => passes.every((pass) => pass === 'rejected')),
    consistent: count(({ passes: [a, b] }) => a === b && a !== 'failed'),
    failedInBoth: count(({ passes }) => passes.every((pass) => pass === 'failed')),
    tiedPasses: countPasses('tie'),
    failedPasses: countPasses('failed'),
    firstSlotPasses: countPasses(0),
    secondSlotPasses: countPasses(1),
    bothFirst,
    bothSecond,
    positionP: mcnemar({ onlyA: bothFirst, onlyB: bothSecond }).p,
  }
}
