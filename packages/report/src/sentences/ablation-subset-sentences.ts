import { type AblationArm, ablationOf, armLabel, type CountContrast, type StudyResults } from '@judgelab/analysis'
import { formatInteger, formatPoints } from '../format/numbers.js'
import { isShown } from './arm-sentences.js'
import { pWords } from './p-words.js'
import { listed } from './subset-sentence.js'

/** In which subsets which numbers of pairs are shown to differ, from the untuned judge and from the largest number. */
export function ablationSubsetSentences(results: StudyResults): string[] {
  return [
    sentenceOf(results, 'the untuned judge', ({ againstUntuned }) => againstUntuned),
    sentenceOf(results, 'the largest number of pairs', ({ againstAll }) => againstAll),
  ].filter((sentence) => sentence !== '')
}

type Point = AblationArm['counts'][number]['subsets'][number]

interface Tested {
  readonly words: string
  readonly contrast: CountContrast
}

/** Empty where nothing is compared with it. */
function sentenceOf(
  results: StudyResults,
  against: string,
  contrastOf: (point: Point) => CountContrast | null,
): string {
  const { arms } = ablationOf(results)
  const tested = arms.flatMap((arm) => testedIn(results, arm, contrastOf))
  if (tested.length === 0) return ''
  const over = `after Holm’s correction over the numbers of pairs and subsets${arms.length > 1 ? ' of each arm' : ''}`
  const shown = bySize(tested.filter(({ contrast }) => isShown(contrast, 1 - results.statistics.level)))
  const [largest] = bySize(tested)
  if (shown.length === 0)
    return `Within subsets nothing is shown to differ from ${against} ${over}; the largest difference is ${wordsOf(largest as Tested)}.`
  const named = shown.slice(0, MOST_NAMED).map(wordsOf)
  const most = shown.length > MOST_NAMED ? 'the largest of them ' : ''
  return `Within subsets ${formatInteger(shown.length)} of ${formatInteger(tested.length)} differences to ${against} are shown ${over}: ${most}${listed(named)}.`
}

const MOST_NAMED = 3

/** The untuned judge against the largest number is the largest number against the untuned judge. */
function testedIn(
  results: StudyResults,
  arm: AblationArm,
  contrastOf: (point: Point) => CountContrast | null,
): Tested[] {
  const label = armLabel(ablationOf(results), arm)
  return arm.counts.flatMap(({ pairs, subsets }) =>
    subsets.flatMap((point) => {
      const contrast = contrastOf(point)
      if (pairs === 0 || contrast === null) return []
      return {
        words: `${point.subset} with ${formatInteger(pairs)} pairs${label === '' ? '' : `, ${label}`}`,
        contrast,
      }
    }),
  )
}

function bySize(tested: readonly Tested[]): Tested[] {
  return tested.toSorted((a, b) => Math.abs(b.contrast.difference.value) - Math.abs(a.contrast.difference.value))
}

function wordsOf({ words, contrast: { difference, adjusted, p } }: Tested): string {
  return `${words} (${formatPoints(difference.value)} points, ${pWords(adjusted?.adjusted ?? p)})`
}
