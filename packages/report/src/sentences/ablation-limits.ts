import { ablationOf, type StudyResults, seedRange } from '@judgelab/analysis'
import { formatInteger, formatPercent } from '../format/numbers.js'
import { counted } from './counted.js'

/** What the study's design leaves open, one line each; an empty list where it leaves nothing of this kind open. */
export function ablationLimits(results: StudyResults): string[] {
  const ablation = ablationOf(results)
  const { arms } = ablation
  if (arms.every(({ n }) => n === 0)) return ['No comparison counts for every run.']
  const { fewest } = seedRange(ablation)
  const tried = Math.min(...arms.map((arm) => arm.counts.filter(({ pairs }) => pairs > 0).length))
  const short = arms.filter(({ prompts }) => prompts < ablation.promptsNeeded)
  return [
    ...(fewest === 1
      ? [
          'One seed for each number of pairs: how much another seed would move a number is in no interval here, and every interval is too narrow.',
        ]
      : []),
    ...(fewest === 2 ? ['Two seeds for each number of pairs say little of how much seeds differ.'] : []),
    ...(arms.every(({ counts }) => counts[0]?.pairs !== 0)
      ? ['Without “count” 0 nothing is compared with the untuned judge.']
      : []),
    ...(tried === 1 && arms.length > 1
      ? ['One number of pairs says nothing of how many are enough, and no curve can be drawn.']
      : []),
    ...(tried === 2 ? ['Two numbers of pairs above 0 make a difference, not a curve: none is fitted.'] : []),
    ...(tried > 1 && short.length > 0
      ? [
          `${counted(Math.min(...short.map(({ prompts }) => prompts)), 'held-out prompt')} are too few for the margin of ${formatPercent(ablation.margin)} points, which takes at least ${formatInteger(ablation.promptsNeeded)}.`,
        ]
      : []),
  ]
}
