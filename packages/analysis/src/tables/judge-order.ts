import type { MeasuredJudge, StudyResults } from '../results/study-results.js'
import { measuredJudges } from './bias-tables.js'
import { mostSetAgainst, referenceJudge } from './cost-tables.js'

/**
 * The judge that the others of a study are set against: its reference judge; without one, the judge that its question is about,
 * be it the tuned judge's own baseline; a null baseline where they are set against no other; undefined where no contrast names one.
 */
export function comparedWith(results: StudyResults): MeasuredJudge | undefined {
  const [question] = results.contrasts
  const asked = measuredJudges(results).find(({ name }) => name === question?.against)
  return referenceJudge(results) ?? asked ?? mostSetAgainst(results, results.judges)
}

/** Judges as a table lists them: the reference judge first, then by accuracy under the study's policies, the highest first. */
export function inRowOrder(
  results: StudyResults,
  judges: readonly MeasuredJudge[] = results.judges,
): readonly MeasuredJudge[] {
  const { ties } = results.evaluation
  const reference = comparedWith(results)
  const height = ({ name, accuracy }: MeasuredJudge): number =>
    name === reference?.name ? Number.POSITIVE_INFINITY : (accuracy[ties].value ?? Number.NEGATIVE_INFINITY)
  // Two without an accuracy keep their order: ∞ − ∞ is NaN, which sorts as equal.
  return judges.toSorted((a, b) => height(b) - height(a) || 0)
}
