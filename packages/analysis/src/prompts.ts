import type { Verdict } from '@judgelab/core'

/** The prompt that a verdict belongs to: comparisons of one example are never independent. */
export function promptKey(verdict: Pick<Verdict, 'exampleId'>): string {
  return verdict.exampleId
}

/** True when some prompt stands behind more than one verdict. */
export function isClustered(verdicts: readonly Pick<Verdict, 'exampleId'>[]): boolean {
  return new Set(verdicts.map(promptKey)).size < verdicts.length
}
