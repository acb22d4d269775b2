import type { CueFigures, LengthFigures, OverallLengthFigures, StudyResults } from '@judgelab/analysis'
import { formatInteger, formatNumber, formatPercent } from '../format/numbers.js'
import { counted } from './counted.js'
import { syntheticWord } from './counted-synthetic.js'
import { capital } from './sentence-list.js'
import { listed } from './subset-sentence.js'

/** How far the strongest shallow cue goes, and what the audit found: whether the benchmark can be answered without judging. */
export function benchmarkAnswer(results: StudyResults): string {
  const strongest = strongestOverall(results)
  const cue =
    strongest === undefined
      ? 'No cue can be tried, since no response is rejected'
      : `The strongest shallow cue over all subsets is right on ${formatPercent(rightRate(strongest.all))} % of the ${syntheticWord(results)}pairs of responses, where a coin is on 50 %`
  return `${cue}; ${auditWords(results)}.`
}

function auditWords({ audit }: StudyResults): string {
  if (audit === null) return 'what stands on both sides of the split was not audited'
  const leaks = audit.findings.filter(({ verdict }) => verdict === 'leak')
  const warnings = audit.findings.filter(({ verdict }) => verdict === 'warning')
  const warned = warnings.length === 0 ? '' : ` and ${counted(warnings.length, 'warning')}`
  const found = leaks.length === 0 ? 'no leak' : counted(leaks.length, 'leak')
  const which = leaks.length === 0 ? '' : `: ${listed(leaks.map(({ summary }) => summary))}`
  return `the audit finds ${found}${warned}${which}`
}

/** How many examples stand on each side of the split, and on neither. */
export function splitSentence(results: StudyResults): string {
  const { benchmark, split, evaluation } = results
  const examples = counted(benchmark.examples, `${syntheticWord(results)}example`)
  if (split.method === 'none')
    return `There is no split: all ${examples} are judged, in ${counted(evaluation.n, 'comparison')}.`
  const neither = benchmark.examples - split.train - split.test
  const left = neither === 0 ? '' : `, ${formatInteger(neither)} on neither`
  return `Of ${examples}, ${formatInteger(split.train)} stand on the training side and ${formatInteger(split.test)} on the test side${left}. ${pairShareSentence(results)}`.trim()
}

/** The subset whose share of the pairs is furthest above its share of the training examples; nothing where no pairs are built. */
export function pairShareSentence(results: StudyResults): string {
  const { pairs, benchmark, split } = results
  if (pairs === null || pairs.train === 0 || split.train === 0) return ''
  const shares = benchmark.subsets
    .map(({ subset, train }) => ({
      subset,
      ofExamples: train / split.train,
      ofPairs: (pairs.trainBySubset[subset] ?? 0) / pairs.train,
    }))
    .filter(({ ofExamples }) => ofExamples > 0)
  const [most] = shares.toSorted((a, b) => b.ofPairs / b.ofExamples - a.ofPairs / a.ofExamples)
  if (most === undefined || most.ofPairs <= most.ofExamples) return ''
  return `${most.subset} is ${formatPercent(most.ofExamples)} % of the ${syntheticWord(results)}training examples and ${formatPercent(most.ofPairs)} % of the training pairs.`
}

/** The median lengths of both roles, and the subset in which they are furthest apart. */
export function lengthsSentence(results: StudyResults): string {
  const { lengths, lengthsOverall } = results.benchmark
  const [chosen, rejected] = bothRoles(lengthsOverall)
  if (chosen === undefined || rejected === undefined) return 'No response is rejected: there are no lengths to compare.'
  const gaps = [...new Set(lengths.map(({ subset }) => subset))].flatMap((subset) => {
    const [a, b] = bothRoles<LengthFigures>(lengths.filter((held) => held.subset === subset))
    return a === undefined || b === undefined ? [] : [{ subset, chosen: a.medianWords, rejected: b.medianWords }]
  })
  const [widest] = gaps.toSorted((a, b) => Math.abs(b.chosen - b.rejected) - Math.abs(a.chosen - a.rejected))
  const apart =
    widest === undefined || widest.chosen === widest.rejected
      ? ''
      : `; they are furthest apart in ${widest.subset}, ${words(widest.chosen)} against ${words(widest.rejected)}`
  return `${inBenchmark(results)} median chosen response has ${words(chosen.medianWords)} words, the median rejected one ${words(rejected.medianWords)}${apart}.`
}

/** The mean lengths of both roles. */
export function meanLengthsSentence(results: StudyResults): string {
  const [chosen, rejected] = bothRoles(results.benchmark.lengthsOverall)
  if (chosen === undefined || rejected === undefined) return 'No response is rejected: there are no lengths to compare.'
  const mean = ({ meanWords, meanCharacters }: OverallLengthFigures): string =>
    `${words(meanWords)} words and ${words(meanCharacters)} characters`
  return `${inBenchmark(results)} average chosen response has ${mean(chosen)}, the average rejected one ${mean(rejected)}.`
}

/** `The`, and of a synthetic benchmark, that it is one. */
function inBenchmark({ benchmark }: StudyResults): string {
  return benchmark.synthetic ? 'In this synthetic benchmark the' : 'The'
}

function bothRoles<T extends OverallLengthFigures>(lengths: readonly T[]): [T | undefined, T | undefined] {
  return [lengths.find(({ role }) => role === 'chosen'), lengths.find(({ role }) => role === 'rejected')]
}

function words(count: number): string {
  return formatNumber(count, Number.isInteger(count) ? 0 : 1)
}

/** The cue that says most over all subsets, and the one that says most within a subset. */
export function cueSentence(results: StudyResults): string {
  const overall = strongestOverall(results)
  if (overall === undefined) return 'No response is rejected: no cue can be tried.'
  const inSubsets = results.benchmark.cues.flatMap(({ cue, bySubset }) =>
    Object.entries(bySubset).flatMap(([subset, rate]) => (rate === null ? [] : [{ cue, subset, rate }])),
  )
  const [most] = inSubsets.toSorted((a, b) => rightRate(b.rate) - rightRate(a.rate))
  const within =
    most === undefined ? '' : `; within a subset, “${most.cue}” in ${most.subset}, in ${formatPercent(most.rate)} %`
  return `Over all subsets “${overall.cue}” says most, and picks the chosen response in ${formatPercent(overall.all)} % of the ${syntheticWord(results)}pairs of responses${within}. A rate below 50 % says as much as one that is as far above it.`
}

function strongestOverall({ benchmark }: StudyResults): (CueFigures & { readonly all: number }) | undefined {
  const known = benchmark.cues.flatMap((held) => (held.all === null ? [] : [{ ...held, all: held.all }]))
  return known.toSorted((a, b) => rightRate(b.all) - rightRate(a.all))[0]
}

/** How often a cue, or its reverse, is right. */
function rightRate(rate: number): number {
  return Math.max(rate, 1 - rate)
}

/** What the benchmark holds twice. */
export function duplicateSentence(results: StudyResults): string {
  const { prompts, responses, identicalSides } = results.benchmark.duplicates
  const repeated =
    prompts.exact + prompts.near === 0
      ? 'no prompt repeats an earlier one, nor nearly does'
      : `${formatInteger(prompts.exact)} of ${counted(prompts.count, 'prompt')} ${prompts.exact === 1 ? 'repeats' : 'repeat'} an earlier one, and ${formatInteger(prompts.near)} nearly`
  const recur = `${formatInteger(responses.exact)} of ${counted(responses.count, 'response')} of five words or more ${responses.exact === 1 ? 'repeats' : 'repeat'} an earlier one`
  const both =
    identicalSides === 0
      ? ''
      : `; ${counted(identicalSides, 'example has', 'examples have')} the same response on both sides, and nothing to be right about`
  const sentence = `${repeated}; ${recur}${both}.`
  return results.benchmark.synthetic ? `In this synthetic benchmark ${sentence}` : capital(sentence)
}
