import { type ContrastResult, labelOf, type StudyResults } from '@judgelab/analysis'
import { formatPoints } from '../format/numbers.js'
import { counted } from './counted.js'
import { countedComparisons, syntheticWord } from './counted-synthetic.js'
import { intervalWords } from './interval-words.js'
import { pWords } from './p-words.js'

/** The same of several contrasts, each named where there are several; once where all say the same. */
export function repeatedSentences(results: StudyResults, contrasts: readonly ContrastResult[]): string[] {
  const said = contrasts.map((contrast) => repeatedSentence(results, contrast))
  if (new Set(said).size === 1) return said.slice(0, 1)
  return contrasts.map(
    ({ judge, against }, at) => `${labelOf(results, judge)} against ${labelOf(results, against)}: ${said[at]}`,
  )
}

/** What is left of a contrast without the comparisons that the training side gives away; how many these are. */
export function repeatedSentence(results: StudyResults, { primary, unrepeated }: ContrastResult): string {
  if (unrepeated === null)
    return 'No judged response of five words or more stands, word for word, on the training side.'
  const { repeated, n, difference, p } = unrepeated
  const held = `${counted(repeated, `judged ${syntheticWord(results)}comparison`)} ${repeated === 1 ? 'holds' : 'hold'} a response that stands, word for word, on the training side`
  if (difference.value === null || difference.value === undefined || p === null)
    return `${held}; nothing is left without ${repeated === 1 ? 'it' : 'them'}.`
  const interval = intervalWords(difference, (limit) => formatPoints(limit))
  return `${held}. Without ${repeated === 1 ? 'it' : 'them'}, the difference is ${formatPoints(difference.value)} points${interval} on ${countedComparisons(results, n)} (${pWords(p)}), against ${formatPoints(primary.difference.value ?? Number.NaN)} on all.`
}
