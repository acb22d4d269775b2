import {
  type AblationArm,
  type AblationCount,
  type AblationResult,
  ablationOf,
  armLabel,
  isAllPairs,
  levelText,
  type StudyResults,
} from '@judgelab/analysis'
import { formatInteger, formatPercent, formatPoints } from '../format/numbers.js'
import { armSentences } from './arm-sentences.js'
import { counted } from './counted.js'
import { countedComparisons } from './counted-synthetic.js'
import { overArms, tunedCounts } from './over-arms.js'
import { listed } from './subset-sentence.js'

/**
 * What an ablation answers: how many pairs are enough, and what its other axes do; empty where a study has no matrix.
 */
export function ablationAnswer(results: StudyResults): string {
  const { ablation } = results
  if (ablation === null) return ''
  const isOneCount = ablation.arms.every((arm) => tunedCounts(arm).length < 2)
  const [axes] = armSentences(results)
  if (ablation.arms.length === 1) return sufficient(results, false).join(' ')
  return [...(isOneCount ? [] : [sufficientTogether(results, ablation)]), axes].join(' ')
}

/** The smallest number of pairs shown to lose less than the margin, and the next that is not. */
export function sufficientSentences(results: StudyResults): string[] {
  return sufficient(results, true)
}

function sufficient(results: StudyResults, hasNext: boolean): string[] {
  const ablation = ablationOf(results)
  return overArms(ablation, {
    ofArm: (arm) => sufficientWords(results, ablation, arm, hasNext),
    ofAll: () => sufficientTogether(results, ablation),
  })
}

/** In which arms a smaller number of pairs is shown to be enough. */
function sufficientTogether(results: StudyResults, ablation: AblationResult): string {
  const shown = ablation.arms.flatMap((arm) =>
    arm.sufficient?.pairs ? [`${formatInteger(arm.sufficient.pairs)} with ${armLabel(ablation, arm)}`] : [],
  )
  const n = Math.min(...ablation.arms.map((arm) => arm.n))
  const which = shown.length === 0 ? '' : `: ${listed(shown)}`
  return `In ${shown.length} of ${counted(ablation.arms.length, 'arm')} a smaller number of pairs is shown to lose less than ${formatPercent(ablation.margin)} points against the arm’s largest, on ${countedComparisons(results, n)}${which}.`
}

function sufficientWords(results: StudyResults, ablation: AblationResult, arm: AblationArm, hasNext: boolean): string {
  const [largest] = tunedCounts(arm).slice(-1)
  const margin = `${formatPercent(ablation.margin)} points`
  if (largest === undefined) return 'no number of pairs above 0 was tried: nothing was tuned.'
  if (tunedCounts(arm).length < 2)
    return `one number of pairs was tried, ${formatInteger(largest.pairs)}: this cannot say how many are enough.`
  if (arm.sufficient === null)
    return `${counted(arm.prompts, 'held-out prompt')} cannot show that a smaller number of pairs loses less than ${margin} against ${largestWords(ablation, largest)}: even with the same verdict on each, it takes ${formatInteger(ablation.promptsNeeded)}.`
  const { steps, pairs } = arm.sufficient
  const on = `on ${countedComparisons(results, arm.n)}`
  const limit = `one-sided ${levelText(results.statistics.level)} lower limit`
  const against = `is shown to lose less than ${margin} against ${largestWords(ablation, largest)}`
  const found = steps.find((step) => step.pairs === pairs)
  const failed = steps.find(({ shown }) => !shown)
  if (found === undefined)
    return failed === undefined
      ? 'there is no smaller number to compare.'
      : `no smaller number of pairs ${against} ${on}: ${formatInteger(failed.pairs)} are at ${formatPoints(failed.value)} points, ${limit} ${formatPoints(failed.low)}. Not shown is not the same as worse.`
  const next =
    failed === undefined
      ? ' It is the smallest that was tried.'
      : ` ${formatInteger(failed.pairs)} are not shown to: ${formatPoints(failed.value)}, lower limit ${formatPoints(failed.low)}.`
  return `${formatInteger(found.pairs)} is the smallest number of pairs that ${against} ${on}: ${formatPoints(found.value)} points, ${limit} ${formatPoints(found.low)}.${hasNext ? next : ''}`
}

function largestWords(ablation: AblationResult, { pairs }: AblationCount): string {
  return isAllPairs(ablation) ? `all ${formatInteger(pairs)}` : `the largest number, ${formatInteger(pairs)}`
}
