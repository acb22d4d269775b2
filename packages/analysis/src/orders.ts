import type { Verdict } from '@judgelab/core'
import { positionBias, signFlipTest } from '@judgelab/stats'
import type { Sureness } from './accuracy.js'
import { isClustered, promptKeys } from './prompts.js'

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
  /** The share of `n` that is consistent, in [0, 1]; null where n = 0. */
  readonly consistency: number | null
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
  /** Two-sided p of bothFirst against bothSecond; 1 when there is neither, null where judging was stopped early. */
  readonly positionP: number | null
  /** Signs are flipped by prompt where comparisons are clustered by prompt. */
  readonly positionTest: 'exact binomial' | 'sign-flip by prompt' | 'sign-flip by prompt, Monte Carlo' | 'none'
}

/**
 * How a judge answers the two orders of a comparison, and its position bias.
 *
 * The exact test takes each comparison once: without bias, one that is decided by position goes as likely to the first
 * slot in both orders as to the second. Counting every pass by itself would treat the two orders of one comparison as
 * independent, which they are not; and so would counting several comparisons of one prompt, whose signs are therefore
 * flipped together.
 */
export function orderCounts(verdicts: readonly Verdict[], sureness: Sureness): OrderCounts {
  const pairs = verdicts.filter(({ slots }) => slots.length === 2)
  const count = (holds: (verdict: Verdict) => boolean): number => pairs.filter(holds).length
  const countPasses = (slot: Verdict['slots'][number]): number =>
    pairs.reduce((sum, { slots }) => sum + slots.filter((held) => held === slot).length, 0)
  const right = (verdict: Verdict): number => verdict.passes.filter((pass) => pass === 'chosen').length
  const bothFirst = count(({ slots: [a, b] }) => a === 0 && b === 0)
  const bothSecond = count(({ slots: [a, b] }) => a === 1 && b === 1)
  const consistent = count(({ passes: [a, b] }) => a === b && a !== 'failed')
  return {
    n: pairs.length,
    rightInFirst: count(({ passes }) => passes[0] === 'chosen'),
    rightInSecond: count(({ passes }) => passes[1] === 'chosen'),
    rightInBoth: count((verdict) => right(verdict) === 2),
    rightInOne: count((verdict) => right(verdict) === 1),
    wrongInBoth: count(({ passes }) => passes.every((pass) => pass === 'rejected')),
    consistent,
    consistency: pairs.length === 0 ? null : consistent / pairs.length,
    failedInBoth: count(({ passes }) => passes.every((pass) => pass === 'failed')),
    tiedPasses: countPasses('tie'),
    failedPasses: countPasses('failed'),
    firstSlotPasses: countPasses(0),
    secondSlotPasses: countPasses(1),
    bothFirst,
    bothSecond,
    ...positionTestOf(pairs, sureness),
  }
}

function positionTestOf(
  pairs: readonly Verdict[],
  { newRandom, resamples, promptOf, isStoppedEarly }: Sureness,
): Pick<OrderCounts, 'positionP' | 'positionTest'> {
  if (isStoppedEarly === true) return { positionP: null, positionTest: 'none' }
  const decided = pairs.filter(({ slots: [a, b] }) => a === b && typeof a === 'number')
  if (decided.length === 0) return { positionP: 1, positionTest: 'none' }
  const indicators = (slot: 0 | 1): number[] => decided.map(({ slots }) => (slots[0] === slot ? 1 : 0))
  const [first, second] = [indicators(0), indicators(1)]
  const clusters = promptKeys(decided, promptOf)
  if (!isClustered(promptKeys(pairs, promptOf))) {
    const firstInBoth = first.reduce((sum, held) => sum + held, 0)
    const { test } = positionBias({ firstInBoth, secondInBoth: decided.length - firstInBoth, consistent: 0 })
    return { positionP: test.p, positionTest: 'exact binomial' }
  }
  const { p, method } = signFlipTest({ a: first, b: second, clusters }, { random: newRandom(), resamples })
  return { positionP: p, positionTest: signFlipName(method) }
}

/** The name of a sign-flip test by prompt, which says when its p was drawn rather than counted. */
export function signFlipName(
  method: 'exact' | 'monte-carlo',
): 'sign-flip by prompt' | 'sign-flip by prompt, Monte Carlo' {
  return method === 'exact' ? 'sign-flip by prompt' : 'sign-flip by prompt, Monte Carlo'
}
