import { type ContrastResult, isTuningContrast, labelOf, type StudyResults } from '@judgelab/analysis'
import { formatP, formatPoints } from '../format/numbers.js'

/** Where a contrast gained and lost, subset by subset, with what survives the correction for looking at several. */
export function subsetSentence(results: StudyResults, contrast: ContrastResult): string {
  const { subsets } = contrast
  const alpha = 1 - results.statistics.level
  const measured = subsets.flatMap(({ subset, difference, adjusted }) =>
    difference.value === null ? [] : [{ subset, difference: difference.value, adjusted: adjusted?.adjusted ?? 1 }],
  )
  const total = flipWords(results, contrast)
  const shown = measured.filter(({ adjusted }) => adjusted <= alpha)
  if (shown.length > 0)
    return `${total} After Holm’s correction over ${measured.length} subsets the difference is significant in ${listed(shown.map(({ subset, difference, adjusted }) => `${subset} (${formatPoints(difference)} points, ${pWords(adjusted)})`))}.`
  const [largest] = measured.toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
  if (largest === undefined) return total
  return `${total} No subset is significant after Holm’s correction over ${measured.length}; the largest difference is in ${largest.subset} (${formatPoints(largest.difference)} points, ${pWords(largest.adjusted)}).`
}

function flipWords(results: StudyResults, contrast: ContrastResult): string {
  const { fixed, broken } = contrast.flips
  if (isTuningContrast(results, contrast)) return `${fixed} comparisons were fixed and ${broken} broken.`
  return `On ${fixed} comparisons only ${labelOf(results, contrast.judge)} is right, on ${broken} only ${labelOf(results, contrast.against)}.`
}

function pWords(p: number): string {
  const value = formatP(p)
  return `p ${value.startsWith('<') ? value : `= ${value}`}`
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}
