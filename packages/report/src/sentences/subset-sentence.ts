import { type ContrastResult, isTuningContrast, labelOf, type StudyResults } from '@judgelab/analysis'
import { formatPoints } from '../format/numbers.js'
import { counted } from './counted.js'
import { countedComparisons, syntheticWord } from './counted-synthetic.js'
import { pWords } from './p-words.js'

/** Where a contrast gained and lost, subset by subset, with what survives the correction for looking at several. */
export function subsetSentence(results: StudyResults, contrast: ContrastResult): string {
  return joined(countWords(results, contrast), significanceWords(results, contrast))
}

function joined(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

function significanceWords(results: StudyResults, { subsets }: ContrastResult): string {
  const alpha = 1 - results.statistics.level
  const measured = subsets.flatMap(({ subset, difference, adjusted }) =>
    difference.value === null ? [] : [{ subset, difference: difference.value, adjusted: adjusted?.adjusted ?? 1 }],
  )
  const over = `Holm’s correction over ${counted(measured.length, 'subset')}`
  const shown = measured.filter(({ adjusted }) => adjusted <= alpha)
  if (shown.length > 0)
    return `After ${over} the difference is significant in ${listed(shown.map(({ subset, difference, adjusted }) => `${subset} (${formatPoints(difference)} points, ${pWords(adjusted)})`))}.`
  const [largest] = measured.toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
  if (largest === undefined) return ''
  return `No subset is significant after ${over}; the largest difference is in ${largest.subset} (${formatPoints(largest.difference)} points, ${pWords(largest.adjusted)}).`
}

/** Who alone was right on the comparisons that count for both; changed verdicts where credit is partial. */
function countWords(results: StudyResults, contrast: ContrastResult): string {
  const { table } = contrast.primary
  if (table === null) return flipWords(results, contrast)
  const { ties, failures } = results.evaluation
  if (isTuningContrast(results, contrast) && ties === 'wrong' && failures === 'wrong')
    return fixedWords(results, table.onlyA, table.onlyB)
  return onlyWords(results, contrast, [table.onlyA, table.onlyB], 'is right')
}

function flipWords(results: StudyResults, contrast: ContrastResult): string {
  const { fixed, broken } = contrast.flips
  if (isTuningContrast(results, contrast)) return fixedWords(results, fixed, broken)
  return onlyWords(results, contrast, [fixed, broken], 'names the chosen response')
}

function fixedWords(results: StudyResults, fixed: number, broken: number): string {
  const kind = syntheticWord(results)
  return `${counted(fixed, `${kind}comparison was`, `${kind}comparisons were`)} fixed and ${broken} broken.`
}

function onlyWords(
  results: StudyResults,
  { judge, against }: ContrastResult,
  [onlyA, onlyB]: readonly [number, number],
  does: string,
): string {
  return `On ${countedComparisons(results, onlyA)} only ${labelOf(results, judge)} ${does}, on ${onlyB} only ${labelOf(results, against)}.`
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}
