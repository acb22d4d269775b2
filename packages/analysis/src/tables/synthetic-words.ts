import type { StudyResults } from '../results/study-results.js'

/** ` Synthetic benchmark.` for the end of a caption, where the data are synthetic; nothing where people wrote them. */
export function syntheticWords({ benchmark }: Pick<StudyResults, 'benchmark'>): string {
  return benchmark.synthetic ? ' Synthetic benchmark.' : ''
}
