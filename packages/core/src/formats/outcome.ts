/** The judge preferred a slot, or called a tie. */
export interface Choice {
  readonly kind: 'choice'
  /** Index of the preferred slot, from 0. */
  readonly slot: number | 'tie'
  /** How strongly, where the judge was asked: arena-hard's "much better" is `strong`. */
  readonly strength?: 'slight' | 'strong' | undefined
  /** Probability of each slot, in [0, 1], where the judge gives one; aligned with the slots. */
  readonly probabilities?: readonly number[] | undefined
}

/** The judge rated the one response it was shown. */
export interface Rating {
  readonly kind: 'rating'
  readonly value: number
  readonly scale: { readonly min: number; readonly max: number }
}

/** The judge put the one response it was shown into a class. */
export interface Classed {
  readonly kind: 'class'
  readonly label: string
  /** The classes it could choose from. */
  readonly labels: readonly string[]
}

export const FAILURE_REASONS = [
  'unparsed',
  'length',
  'refused',
  'content-filter',
  'timeout',
  'error',
  'not-recorded',
] as const
/**
 * Why there is no answer: unreadable text, cut by the token limit, the judge would not, the service's filter, out of
 * time, the call failed, or a replayed run has no line for it.
 */
export type FailureReason = (typeof FAILURE_REASONS)[number]

/** A third state, never a zero or a tie. */
export interface Failed {
  readonly kind: 'failed'
  readonly reason: FailureReason
  readonly detail?: string | undefined
}

/** What one call of a judge came to. */
export type Outcome = Choice | Rating | Classed | Failed
