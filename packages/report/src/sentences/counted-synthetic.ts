import type { StudyResults } from '@judgelab/analysis'
import { counted } from './counted.js'

/** `297 comparisons`, of a synthetic benchmark `297 synthetic comparisons`: no number stands without what it is of. */
export function countedComparisons(results: Pick<StudyResults, 'benchmark'>, count: number): string {
  return counted(count, `${syntheticWord(results)}comparison`)
}

/** `synthetic ` before a noun, where the data are; else nothing. */
export function syntheticWord({ benchmark }: Pick<StudyResults, 'benchmark'>): string {
  return benchmark.synthetic ? 'synthetic ' : ''
}
