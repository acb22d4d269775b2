import {
  type ContrastResult,
  type JudgeResult,
  labelOf,
  type PairedResult,
  type StudyResults,
} from '@judgelab/analysis'
import { formatInteger, formatP, formatPercent, formatPoints } from '../format/numbers.js'

/**
 * The study's question answered in one sentence: the first contrast with its numbers, interval, p and n; without a
 * contrast, the best judge with its interval.
 */
export function answerSentence(results: StudyResults): string {
  const [first] = results.contrasts
  return first === undefined ? bestJudgeSentence(results) : contrastSentence(results, first)
}

/** One contrast in one sentence, and, when it is not significant, what this n could have shown. */
export function contrastSentence(results: StudyResults, contrast: ContrastResult): string {
  const { primary } = contrast
  const judge = labelOf(results, contrast.judge)
  const against = labelOf(results, contrast.against)
  const { value, low, high } = primary.difference
  if (value === null || low === null || high === null || primary.p === null)
    return `${judge} and ${against} have no comparison in common that counts for both.`
  const difference = `${formatPoints(value)} points [${formatPoints(low)}, ${formatPoints(high)}], ${testWords(primary)}`
  const rates = ratesOf(results, contrast)
  return `${judge} agrees with the labels on ${rates} ${comparisonWords(results, primary.n)}: a difference of ${difference}.${verdictOn(contrast, 1 - results.statistics.level)}`
}

function ratesOf(results: StudyResults, { judge, against }: ContrastResult): string {
  const { ties } = results.evaluation
  const rate = (name: string): string => {
    const { value, n } = (results.judges.find((held) => held.name === name) as JudgeResult).accuracy[ties]
    return `${formatPercent(value ?? Number.NaN, n)} %`
  }
  return `${rate(judge)} and ${labelOf(results, against)} on ${rate(against)} of`
}

function comparisonWords(results: StudyResults, n: number): string {
  const unseen = results.evaluation.side === 'test' && results.tuning.length > 0 ? ' held-out' : ''
  const synthetic = results.benchmark.synthetic ? ' synthetic' : ''
  return `${formatInteger(n)}${unseen}${synthetic} comparisons`
}

function testWords({ test, p }: PairedResult): string {
  const value = formatP(p as number)
  return `${test} p ${value.startsWith('<') ? value : `= ${value}`}`
}

/** What significance does not say stands in docs; here only whether the difference is shown, or what n could have shown. */
function verdictOn({ primary, detectable }: ContrastResult, alpha: number): string {
  if ((primary.p as number) <= alpha) return ''
  if (detectable === null) return ' Not significant.'
  return ` Not significant: with this many discordant comparisons, n = ${formatInteger(primary.n)} finds a true difference of ${formatPercent(detectable)} points four times in five.`
}

function bestJudgeSentence({ judges, evaluation }: StudyResults): string {
  const rated = judges.filter(({ kind, accuracy }) => kind !== 'control' && accuracy[evaluation.ties].value !== null)
  const [best] = rated.toSorted(
    (a, b) => (b.accuracy[evaluation.ties].value ?? 0) - (a.accuracy[evaluation.ties].value ?? 0),
  )
  if (best === undefined) return 'No judge of this study has an accuracy.'
  const { value, low, high, n } = best.accuracy[evaluation.ties]
  const interval = [low, high].map((limit) => formatPercent(limit ?? Number.NaN, n)).join(', ')
  return `${best.label} agrees with the labels most often: ${formatPercent(value as number, n)} % [${interval}] of ${formatInteger(n)} comparisons.`
}
