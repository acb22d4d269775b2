import { type ContrastResult, labelOf, type PairedResult, type StudyResults } from '@judgelab/analysis'
import { formatInteger, formatPercent, formatPoints } from '../format/numbers.js'
import { countedComparisons } from './counted-synthetic.js'
import { intervalWords } from './interval-words.js'
import { bestOf } from './judge-sentences.js'
import { pWords } from './p-words.js'

/**
 * The study's question answered in one sentence: the first contrast with its numbers, interval, p and n; without a
 * contrast, the best judge with its interval.
 */
export function answerSentence(results: StudyResults): string {
  const [first] = results.contrasts
  return first === undefined ? bestJudgeSentence(results) : contrastSentence(results, first)
}

/** One contrast in one sentence, and, when it is not significant, what this n could have shown. All of it is on the comparisons that count for both. */
export function contrastSentence(results: StudyResults, contrast: ContrastResult): string {
  const { primary } = contrast
  const judge = labelOf(results, contrast.judge)
  const against = labelOf(results, contrast.against)
  const { value } = primary.difference
  const [rate, other] = [primary.accuracyA.value, primary.accuracyB.value]
  if (value === null || rate === null || other === null || primary.p === null)
    return `${judge} and ${against} have no comparison in common that counts for both.`
  const interval = intervalWords(primary.difference, (limit) => formatPoints(limit))
  const difference = `${formatPoints(value)} points${interval}, ${testWords(primary)}`
  const rates = `${formatPercent(rate, primary.n)} % and ${against} on ${formatPercent(other, primary.n)} % of`
  return `${judge} agrees with the labels on ${rates} ${comparisonWords(results, primary.n)}: a difference of ${difference}.${verdictOn(contrast, 1 - results.statistics.level)}`
}

/** The comparisons that a contrast is on; where some count for one judge only, that these are the ones that count for both. */
function comparisonWords(results: StudyResults, n: number): string {
  const unseen = results.evaluation.side === 'test' && results.tuning.length > 0 ? ' held-out' : ''
  const synthetic = results.benchmark.synthetic ? ' synthetic' : ''
  const ofAll = n < results.evaluation.n ? ' that count for both' : ''
  return `${formatInteger(n)}${unseen}${synthetic} ${n === 1 ? 'comparison' : 'comparisons'}${ofAll}`
}

function testWords({ test, p }: PairedResult): string {
  return `${test} ${pWords(p as number)}`
}

/** What significance does not say stands in docs; here only whether the difference is shown, or what n could have shown. */
function verdictOn({ primary, detectable }: ContrastResult, alpha: number): string {
  if ((primary.p as number) <= alpha) return ''
  if (detectable === null) return ' Not significant.'
  return ` Not significant: with this many discordant comparisons, n = ${formatInteger(primary.n)} finds a true difference of ${formatPercent(detectable)} points four times in five.`
}

function bestJudgeSentence(results: StudyResults): string {
  const asked = results.judges.filter(({ kind }) => kind !== 'control')
  const best = bestOf(results, asked.length > 0 ? asked : results.judges)
  if (best === undefined) return 'No judge of this study has an accuracy.'
  const accuracy = best.accuracy[results.evaluation.ties]
  const interval = intervalWords(accuracy, (limit) => formatPercent(limit, accuracy.n))
  return `${best.label} agrees with the labels most often: ${formatPercent(accuracy.value as number, accuracy.n)} %${interval} of ${countedComparisons(results, accuracy.n)}.`
}
