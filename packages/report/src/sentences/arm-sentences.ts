import {
  type AblationResult,
  ablationOf,
  armLabel,
  axisWords,
  type CountContrast,
  type MeanAccuracy,
  type StudyResults,
  valueWords,
} from '@judgelab/analysis'
import { formatInteger, formatPercent, formatPoints } from '../format/numbers.js'
import { counted } from './counted.js'
import { countedComparisons } from './counted-synthetic.js'
import { pWords } from './p-words.js'

/** How arms differ, and, where there are several axes, what each does on the whole. */
export function armSentences(results: StudyResults): string[] {
  const { effects } = ablationOf(results)
  return [...(effects.length > 0 ? [effectsSentence(results)] : []), armsSentence(results)]
}

/** How arms differ from the first, with what survives the correction. */
export function armsSentence(results: StudyResults): string {
  const ablation = ablationOf(results)
  const [first, ...others] = ablation.arms
  if (first === undefined || others.length === 0)
    return 'This ablation varies the number of pairs and the seed, and nothing else.'
  const alpha = 1 - results.statistics.level
  const tested = others.flatMap((arm) =>
    arm.againstFirst === null ? [] : [{ label: armLabel(ablation, arm), contrast: arm.againstFirst }],
  )
  const shown = bySize(tested.filter(({ contrast }) => isShown(contrast, alpha)))
  const over = `${equalWords(ablation)}on ${countedComparisons(results, first.n)}${tested.length > 1 ? ` and after Holm’s correction over ${tested.length} arms` : ''}`
  const against = `the first (${armLabel(ablation, first)})`
  const [largest] = bySize(tested)
  if (largest === undefined) return `Nothing counts for every arm: they cannot be compared.`
  if (shown.length === 0)
    return `No arm is shown to differ from ${against} ${over}; the largest difference is ${contrastWords(largest)}.${detectableWords(largest.contrast)}`
  const named = shown.slice(0, 3).map(contrastWords)
  const rest = shown.length > 3 ? `; the largest of them: ` : ': '
  return `${shown.length} of ${counted(tested.length, 'other arm')} ${shown.length === 1 ? 'differs' : 'differ'} from ${against} ${over}${rest}${named.join('; ')}.`
}

/** With how many pairs all arms are compared, where it is the same number. */
function equalWords({ comparedWith }: AblationResult): string {
  return comparedWith === null ? '' : `with ${formatInteger(comparedWith)} pairs each, `
}

interface Named {
  readonly label: string
  readonly contrast: Pick<CountContrast, 'difference' | 'p' | 'adjusted'> & Partial<Pick<CountContrast, 'detectable'>>
}

function bySize<T extends Named>(held: readonly T[]): T[] {
  const size = ({ contrast }: Named): number => Math.abs(contrast.difference.value)
  return held.toSorted((a, b) => size(b) - size(a))
}

function contrastWords({ label, contrast }: Named): string {
  return `${label} (${pointsWords(contrast.difference)}, ${pWords(adjustedPOf(contrast))})`
}

function pointsWords({ value, low, high }: MeanAccuracy): string {
  const interval = low === null || high === null ? '' : ` [${formatPoints(low)}, ${formatPoints(high)}]`
  return `${formatPoints(value)} points${interval}`
}

function detectableWords({ detectable }: Named['contrast']): string {
  return detectable === null || detectable === undefined
    ? ''
    : ` Between two single runs, n finds a true difference of ${formatPercent(detectable)} points there four times in five.`
}

/** What each axis does on the whole, where there are several. */
export function effectsSentence(results: StudyResults): string {
  const ablation = ablationOf(results)
  const { effects, arms } = ablation
  const alpha = 1 - results.statistics.level
  const named = effects.map(({ axis, value, against, ...contrast }) => ({
    label: `${axisWords(ablation, axis)} ${valueWords(value)} against ${valueWords(against)}`,
    contrast,
  }))
  const shown = bySize(named.filter(({ contrast }) => isShown(contrast, alpha)))
  const over = `on ${countedComparisons(results, effects[0]?.n ?? 0)}, averaged over ${counted(arms.length, 'arm')} and after Holm’s correction over ${counted(effects.length, 'value')}`
  if (shown.length === 0)
    return `No axis is shown to matter ${over}; the largest difference is ${contrastWords(bySize(named)[0] as Named)}.`
  return `Shown to matter ${over}: ${shown.map(contrastWords).join('; ')}.`
}

/** True where p, corrected, is at most alpha, and the interval, which holds other seeds too, is on one side of 0. */
export function isShown(contrast: Named['contrast'], alpha: number): boolean {
  const { low, high } = contrast.difference
  const isOneSided = low === null || high === null || low > 0 || high < 0
  return adjustedPOf(contrast) <= alpha && isOneSided
}

/** p after the correction, where there is one. */
function adjustedPOf({ adjusted, p }: Pick<CountContrast, 'adjusted' | 'p'>): number {
  return adjusted?.adjusted ?? p
}
