import type { JudgeResult, StudyResults } from '@judgelab/analysis'
import { formatPercent } from '../format/numbers.js'
import { countedComparisons } from './counted-synthetic.js'

/** The judge with the highest accuracy under the study's policies, of those that have one. */
export function bestOf({ evaluation }: StudyResults, judges: readonly JudgeResult[]): JudgeResult | undefined {
  const rateOf = ({ accuracy }: JudgeResult): number | null => accuracy[evaluation.ties].value
  const [best] = judges
    .filter((judge) => rateOf(judge) !== null)
    .toSorted((a, b) => (rateOf(b) as number) - (rateOf(a) as number))
  return best
}

/** How few comparisons the smallest subset has, and what one of them weighs there. */
export function smallestSubsetSentence(results: StudyResults): string {
  const judged = results.benchmark.subsets.filter(({ comparisons }) => comparisons > 0)
  const [smallest] = judged.toSorted((a, b) => a.comparisons - b.comparisons)
  if (smallest === undefined) return 'No subset has comparisons.'
  const { subset, comparisons } = smallest
  const weight = `one of them moves an accuracy there by ${formatPercent(1 / comparisons)} points`
  if (judged.length === 1)
    return `The only subset, ${subset}, has ${countedComparisons(results, comparisons)}: ${weight}.`
  return `The smallest subset, ${subset}, has ${countedComparisons(results, comparisons)}, so that ${weight}.`
}
