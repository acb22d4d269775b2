import type { StudyResults } from '../results/study-results.js'

/**
 * ` Synthetic benchmark.` for the end of a caption, where the data are synthetic, and what a rehearsal is, where it is
 * one; nothing where people wrote the data and the models themselves answered.
 */
export function syntheticWords({ benchmark, study }: Pick<StudyResults, 'benchmark' | 'study'>): string {
  return `${benchmark.synthetic ? ' Synthetic benchmark.' : ''}${rehearsalWords({ study })}`
}

/** What a rehearsal is, for the end of a caption, where the study is one. */
export function rehearsalWords({ study }: Pick<StudyResults, 'study'>): string {
  return study.rehearsed ? ' Rehearsed: an emulator answered in the models’ place.' : ''
}
