import {
  type ContrastResult,
  contenders,
  familyCaption,
  type IntervalValue,
  intervalOf,
  type JudgeResult,
  labelOf,
  levelText,
  policyWords,
  type StudyResults,
  type SubsetContrast,
  syntheticWords,
} from '@judgelab/analysis'
import { type AccuracyRow, accuracyChart } from '../charts/accuracy-chart.js'
import { countChart } from '../charts/count-chart.js'
import { type DifferenceRow, differenceChart } from '../charts/difference-chart.js'
import { flipChart } from '../charts/flip-chart.js'
import { type SlopeRow, slopeChart } from '../charts/slope-chart.js'
import { type SubsetRow, subsetChart } from '../charts/subset-chart.js'
import { trainingChart } from '../charts/training-chart.js'
import type { VegaLiteSpec } from '../charts/vega-lite-spec.js'
import { formatInteger, formatPercent, formatPoints } from '../format/numbers.js'
import { counted } from '../sentences/counted.js'
import { countedComparisons } from '../sentences/counted-synthetic.js'
import { bestOf } from '../sentences/judge-sentences.js'
import { subsetSentence } from '../sentences/subset-sentence.js'
import { flipSubsetsSentence } from '../sentences/tuning-sentences.js'
import { CHANCE } from './chance.js'
import { familyOf, judgeColours } from './judge-colours.js'

/** Accuracy of every judge under the study's policies. */
export function accuracyFigure(results: StudyResults): VegaLiteSpec {
  const rows = results.judges.flatMap((judge): AccuracyRow[] => {
    const interval = accuracyInterval(results, judge)
    if (interval === null) return []
    const { value, low, high } = interval
    const n = judge.accuracy[results.evaluation.ties].n
    return [
      {
        judge: familyOf(results, judge.name),
        label: judge.label,
        kind: chartKind(judge),
        accuracy: value,
        low,
        high,
        n,
      },
    ]
  })
  return accuracyChart(rows, {
    finding: `${bestSentence(results)} ${policyWords(results)}`,
    head: `% [${levelText(results.statistics.level)} interval]`,
    chance: CHANCE,
    colours: judgeColours(results),
  })
}

/** Baseline and tuned judge, over all and in each subset, on the comparisons that count for both. */
export function slopeFigure(results: StudyResults, contrast: ContrastResult): VegaLiteSpec {
  const judge = labelOf(results, contrast.judge)
  const against = labelOf(results, contrast.against)
  const rows = [{ subset: 'All', ...contrast.primary }, ...contrast.subsets].flatMap(
    ({ subset, accuracyA, accuracyB, n }): SlopeRow[] => {
      const [before, after] = [intervalOf(accuracyB), intervalOf(accuracyA)]
      return before && after ? [{ judge, subset, before, after, n }] : []
    },
  )
  return slopeChart(rows, {
    finding: `From ${against} (before, open) to ${judge} (after, filled), over all and by subset: ${risesWords(contrast)} Each rate with its own interval; the tests of the differences are paired and stand in the tables. ${policyWords(results)}`,
    ends: ['before', 'after'],
    colours: judgeColours(results),
  })
}

/** `the rate rises in 5 subsets of 6 and falls in 1.` */
function risesWords({ subsets }: ContrastResult): string {
  const known = subsets.flatMap(({ difference: { value } }) => (value === null ? [] : [value]))
  const rises = known.filter((value) => value > 0).length
  const falls = known.filter((value) => value < 0).length
  const same = known.length - rises - falls
  return `the rate rises in ${rises} of ${counted(known.length, 'subset')}, falls in ${falls}${same === 0 ? '' : ` and stays in ${same}`}.`
}

/** Accuracy by subset of the judges named; by default of all that are no null baselines. */
export function subsetFigure(results: StudyResults, names: readonly string[] = contenders(results)): VegaLiteSpec {
  const { ties } = results.evaluation
  const rows = results.judges
    .filter(({ name }) => names.includes(name))
    .flatMap((judge) =>
      judge.subsets.flatMap(({ subset, accuracy }): SubsetRow[] => {
        const interval = intervalOf(accuracy[ties])
        if (interval === null) return []
        const { value, low, high } = interval
        return [
          {
            subset,
            judge: judge.label,
            accuracy: value,
            low,
            high,
            n: accuracy[ties].n,
            isTuned: judge.kind === 'tuned',
          },
        ]
      }),
    )
  return subsetChart(rows, {
    finding: `${subsetFinding(results, names)} ${policyWords(results)}`,
    chance: CHANCE.value,
    colours: judgeColours(results),
  })
}

/** What was fixed and broken in each subset. */
export function flipFigure(results: StudyResults, contrast: ContrastResult): VegaLiteSpec {
  const rows = contrast.subsets.map(({ subset, flips }) => ({ subset, fixed: flips.fixed, broken: flips.broken }))
  return flipChart(rows, { finding: `${flipSubsetsSentence(results, contrast)} ${policyWords(results)}` })
}

/** Differences of all contrasts with their intervals. */
export function contrastFigure(results: StudyResults): VegaLiteSpec {
  const rows = results.contrasts.flatMap((contrast) =>
    differenceRow(`${labelOf(results, contrast.judge)} − ${labelOf(results, contrast.against)}`, {
      ...contrast.primary,
      adjusted: contrast.adjusted,
    }),
  )
  return differenceChart(rows, {
    finding: `${contrastsSentence(results)} ${policyWords(results)}`,
    head: differenceHead(results),
  })
}

/** Differences of one contrast by subset. */
export function subsetDifferenceFigure(results: StudyResults, contrast: ContrastResult): VegaLiteSpec {
  const rows = contrast.subsets.flatMap((result) => differenceRow(result.subset, result))
  return differenceChart(rows, {
    finding: `${differencesSentence(results, contrast)} ${familyCaption(contrast.subsets)} ${policyWords(results)}`,
    head: differenceHead(results),
  })
}

function differenceHead({ statistics }: StudyResults): string {
  return `points [${levelText(statistics.level)} interval], Holm’s p`
}

/** The curves of one tuning. */
export function trainingFigure(results: StudyResults, name: string): VegaLiteSpec {
  const tuning = results.tuning.find((held) => held.name === name)
  if (tuning === undefined) throw new RangeError(`trainingFigure needs a tuning of this study, got "${name}"`)
  const last = tuning.validation.at(-1)
  const finding = last
    ? `Validation loss of ${labelOf(results, name)} goes from ln 2 = 0.693 before the first step to ${last.loss.toFixed(3)} nats after ${counted(tuning.steps.length, 'step')}.${syntheticWords(results)}`
    : `Training loss of ${labelOf(results, name)} over ${counted(tuning.steps.length, 'step')}.${syntheticWords(results)}`
  return trainingChart(tuning.steps, tuning.validation, { finding })
}

/** How many examples each subset has. */
export function subsetCountFigure(results: StudyResults): VegaLiteSpec {
  const { benchmark } = results
  const rows = benchmark.subsets.map(({ subset, examples }) => ({ label: subset, count: examples }))
  const largest = rows.toSorted((a, b) => b.count - a.count)[0]
  return countChart(rows, {
    finding: `${formatInteger(benchmark.examples)} examples; ${largest?.label ?? 'none'} is the largest subset.${syntheticWords(results)}`,
  })
}

/** Between which subsets the differences of a contrast lie. */
function differencesSentence(results: StudyResults, { judge, against, subsets }: ContrastResult): string {
  const name = `${labelOf(results, judge)} minus ${labelOf(results, against)}`
  const known = subsets
    .flatMap(({ subset, difference: { value } }) => (value === null ? [] : [{ subset, value }]))
    .toSorted((a, b) => a.value - b.value)
  const [least, most] = [known[0], known.at(-1)]
  if (least === undefined || most === undefined) return `${name}: no subset has a difference.`
  return `${name} goes from ${formatPoints(least.value)} points in ${least.subset} to ${formatPoints(most.value)} in ${most.subset}.`
}

/** The p is the adjusted one: a figure that shows several must not invite to pick the smallest. */
function differenceRow(
  label: string,
  { difference: { value, low, high }, adjusted }: Pick<SubsetContrast, 'difference' | 'adjusted'>,
): DifferenceRow[] {
  return value === null || adjusted === null
    ? []
    : [{ label, difference: value, low: low ?? Number.NaN, high: high ?? Number.NaN, p: adjusted.adjusted }]
}

function judgeOf(results: StudyResults, name: string): JudgeResult {
  return results.judges.find((judge) => judge.name === name) as JudgeResult
}

function accuracyInterval({ evaluation }: StudyResults, judge: JudgeResult): IntervalValue | null {
  return intervalOf(judge.accuracy[evaluation.ties])
}

function chartKind({ kind }: JudgeResult): AccuracyRow['kind'] {
  const kinds = {
    control: 'null',
    tuned: 'tuned',
    baseline: 'baseline',
    judge: 'replay',
    repeat: 'replay',
    panel: 'replay',
    variant: 'replay',
  } as const
  return kinds[kind]
}

/** Who is right most often, and how many judges there are. */
function bestSentence(results: StudyResults): string {
  const best = bestOf(results, results.judges)
  if (best === undefined) return 'No judge has an accuracy.'
  const { value, n } = best.accuracy[results.evaluation.ties]
  return `${best.label} is right most often of ${counted(results.judges.length, 'judge')}, on ${formatPercent(value as number, n)} % of ${countedComparisons(results, n)}.`
}

/** How many of the contrasts are significant after Holm's correction. */
function contrastsSentence({ contrasts, statistics }: StudyResults): string {
  const alpha = 1 - statistics.level
  const shown = contrasts.filter(({ adjusted }) => adjusted !== null && adjusted.adjusted <= alpha).length
  return `${shown} of ${counted(contrasts.length, 'paired difference')} ${shown === 1 || contrasts.length === 1 ? 'is' : 'are'} significant after Holm’s correction. ${familyCaption(contrasts)}`
}

/** Where the judges of a figure stand: a contrast of both in it, else the ends of each judge's range. */
function subsetFinding(results: StudyResults, names: readonly string[]): string {
  const [first] = results.contrasts
  if (names.length > MOST_RANGES) return extremesSentence(results, names)
  if (first !== undefined && names.includes(first.judge) && names.includes(first.against))
    return subsetSentence(results, first)
  return names.map((name) => rangeSentence(results, judgeOf(results, name))).join(' ')
}

/** How many judges a finding goes through one by one. */
const MOST_RANGES = 2

/** The lowest and the highest rate that any of several judges has in a subset. */
function extremesSentence({ judges, evaluation }: StudyResults, names: readonly string[]): string {
  const rated = judges
    .filter(({ name }) => names.includes(name))
    .flatMap(({ label, subsets }) =>
      subsets.flatMap(({ subset, accuracy }) => {
        const { value, n } = accuracy[evaluation.ties]
        return value === null ? [] : [{ value, text: `${formatPercent(value, n)} % (${label} in ${subset})` }]
      }),
    )
    .toSorted((a, b) => a.value - b.value)
  const [lowest, highest] = [rated[0], rated.at(-1)]
  if (lowest === undefined || highest === undefined) return 'No judge has an accuracy in any subset.'
  return `The lowest rate is ${lowest.text}, the highest ${highest.text}.`
}

function rangeSentence({ evaluation }: StudyResults, { label, subsets }: JudgeResult): string {
  const rated = subsets.flatMap(({ subset, accuracy }) => {
    const { value, n } = accuracy[evaluation.ties]
    return value === null ? [] : [{ subset, value, text: `${subset} (${formatPercent(value, n)} %)` }]
  })
  const [lowest] = rated.toSorted((a, b) => a.value - b.value)
  const [highest] = rated.toSorted((a, b) => b.value - a.value)
  if (lowest === undefined || highest === undefined) return `${label} has no accuracy in any subset.`
  return `${label} is right most often in ${highest.text} and least often in ${lowest.text}.`
}
