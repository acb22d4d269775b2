export const RULES = ['consistent', 'together', 'net', 'average', 'strength', 'first-order'] as const
/** How the orders of one comparison combine; DESIGN's vocabulary, defined in packages/scoring. */
export type Rule = (typeof RULES)[number]

export const TIE_POLICIES = ['wrong', 'half', 'excluded'] as const
/** What a tie earns: nothing (the published policy), half a point, or the comparison does not count. */
export type TiePolicy = (typeof TIE_POLICIES)[number]

export const FAILURE_POLICIES = ['wrong', 'excluded'] as const
/** What a failure earns: nothing, or the comparison does not count. */
export type FailurePolicy = (typeof FAILURE_POLICIES)[number]

export const VERDICT_RESULTS = ['chosen', 'rejected', 'tie', 'failed'] as const
/** What one pass, or all passes of a comparison together, say against the label. */
export type VerdictResult = (typeof VERDICT_RESULTS)[number]

/** The judgments of one comparison combined under a rule. */
export interface Verdict {
  readonly comparisonId: string
  readonly exampleId: string
  readonly subset: string
  readonly rule: Rule
  readonly result: VerdictResult
  /** What each pass says by itself, one for each order that was asked, in the order of asking; failed where it is not there. */
  readonly passes: readonly VerdictResult[]
  /** True for each pass that prefers a response strongly, aligned with the passes; absent where none does. */
  readonly strong?: readonly boolean[] | undefined
  /** The slot that each pass preferred; agreement and position statistics use these, never the labels. */
  readonly slots: readonly (number | 'tie' | 'failed')[]
}
