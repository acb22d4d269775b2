import type { Outcome, Verdict } from '@judgelab/core'

/** How many times a strong preference counts beside a slight one, in arena-hard and under the rule `strength`. */
export const STRONG = 3

/** True for a choice of a slot that the judge called strong; a tie has no strength, and a choice without one is slight. */
export function isStrong(outcome: Outcome): boolean {
  return outcome.kind === 'choice' && outcome.slot !== 'tie' && outcome.strength === 'strong'
}

/** How many times a pass counts under the rule `strength`. */
export function weightOfPass(strong: Verdict['strong'], at: number): number {
  return strong?.[at] === true ? STRONG : 1
}
