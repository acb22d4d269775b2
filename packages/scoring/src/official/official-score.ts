/** What one example earns in an official score. */
export interface OfficialCredit {
  /** As the official code gives it, in [0, 1]; a failure may earn part of a point there. */
  readonly credit: number
  /** True when any call that this credit needs failed: the judge's answer is not fully known. */
  readonly failed: boolean
}

/**
 * An official score and what it is without the gifts that it makes to failures. All three are in the score's own unit,
 * mostly [0, 1]; `official` is never below `strict`.
 */
export interface OfficialScore {
  /** Examples (comparisons, prompts) scored. */
  readonly n: number
  /** Those among them with a failed call. */
  readonly failed: number
  /** Bug for bug what the official code says, over all n. */
  readonly official: number
  /** Over all n, where a failed one earns the least there is. */
  readonly strict: number
  /** Over the n - failed answered ones; NaN when there are none. */
  readonly answered: number
}

/**
 * The mean of what examples earn, in [0, 1].
 *
 * official = sum of credits / n; strict = sum of credits of answered ones / n; answered = the same sum / (n - failed).
 * Undefined for n = 0: all three are NaN.
 */
export function officialScoreOf(credits: readonly OfficialCredit[]): OfficialScore {
  const n = credits.length
  const answered = credits.filter(({ failed }) => !failed)
  return {
    n,
    failed: n - answered.length,
    official: sumOf(credits) / n,
    strict: sumOf(answered) / n,
    answered: sumOf(answered) / answered.length,
  }
}

function sumOf(credits: readonly OfficialCredit[]): number {
  return credits.reduce((sum, { credit }) => sum + credit, 0)
}
