export const DECISIONS = ['label', 'structured', 'logprobs'] as const
/**
 * How a model says what it decided: a label on the last line of its text, JSON by a schema, or the probabilities of its
 * first token.
 */
export type Decision = (typeof DECISIONS)[number]

/** How a model is asked, beside the text of its prompt: part of what makes the judge this judge. */
export interface Asking {
  readonly decision: Decision
  /** Whether the judge may call a tie. */
  readonly allowTie: boolean
  /** Whether the judge is asked how strongly it prefers. */
  readonly askStrength: boolean
  /** Of a rating; whole numbers from `min` to `max`. */
  readonly scale?: { readonly min: number; readonly max: number } | undefined
  /** Of a classification, best first. */
  readonly classes?: readonly string[] | undefined
  /** True hides the user's prompt from the judge. */
  readonly blind: boolean
  /** A dotted path into an example's metadata: the reference answer or source text that the judge sees. */
  readonly reference?: string | undefined
  /** What to look for, by subset; `*` is for the subsets that are not named. */
  readonly criteria?: Readonly<Record<string, string>> | undefined
  /** Solved examples of the training side that are shown before the question. */
  readonly shots?: number | undefined
  /** With logprobs: a tie when the two probabilities differ by less than this, in [0, 1]. */
  readonly tieBand?: number | undefined
}
