import {
  type AblationArm,
  type AblationResult,
  ablationOf,
  type CountContrast,
  isAllPairs,
  type StudyResults,
} from '@judgelab/analysis'
import { formatInteger, formatPercent, formatPoints } from '../format/numbers.js'
import { isShown } from './arm-sentences.js'
import { counted } from './counted.js'
import { countedComparisons, syntheticWord } from './counted-synthetic.js'
import { overArms, tunedCounts } from './over-arms.js'
import { listed } from './subset-sentence.js'

/** Where numbers of pairs differ from the untuned judge. */
export function untunedSentences(results: StudyResults): string[] {
  const ablation = ablationOf(results)
  const alpha = 1 - results.statistics.level
  return overArms(ablation, {
    ofArm: (arm) => untunedWords(results, arm, alpha),
    ofAll: () => {
      const isBetter = (arm: AblationArm): boolean => {
        const contrast = tunedCounts(arm).at(-1)?.againstUntuned ?? null
        return contrast !== null && contrast.difference.value > 0 && isShown(contrast, alpha)
      }
      const better = ablation.arms.filter(isBetter).length
      return `in ${better} of ${counted(ablation.arms.length, 'arm')} tuning with the largest number of pairs is shown to be better than untuned, on ${leastComparisons(results, ablation)}; the table has each.`
    },
  })
}

function leastComparisons(results: StudyResults, { arms }: AblationResult): string {
  return countedComparisons(results, Math.min(...arms.map(({ n }) => n)))
}

function untunedWords(results: StudyResults, arm: AblationArm, alpha: number): string {
  const tested = tunedCounts(arm).flatMap(({ pairs, againstUntuned }) =>
    againstUntuned === null ? [] : [{ pairs, contrast: againstUntuned }],
  )
  if (tested.length === 0) return 'the untuned judge is not among the numbers of pairs: “count” has no 0.'
  const shown = tested.filter(({ contrast }) => isShown(contrast, alpha))
  const better = shown.filter(({ contrast }) => contrast.difference.value > 0)
  const worse = shown.filter(({ contrast }) => contrast.difference.value < 0)
  const open = tested.filter((held) => !shown.includes(held))
  const words = [
    ...(better.length > 0 ? [`better with ${listed(better.map(pairsPointsWords))}`] : []),
    ...(worse.length > 0 ? [`worse with ${listed(worse.map(pairsPointsWords))}`] : []),
    ...(open.length > 0 ? [`not shown to differ with ${listed(open.map(pairsPointsWords))}`] : []),
  ]
  const corrected = tested.length > 1 ? ` and after Holm’s correction over ${tested.length} numbers of pairs` : ''
  return `against the untuned judge, on ${countedComparisons(results, arm.n)}${corrected}, tuning is ${words.join('; ')}.`
}

function pairsPointsWords({ pairs, contrast }: { readonly pairs: number; readonly contrast: CountContrast }): string {
  return `${formatInteger(pairs)} pairs (${formatPoints(contrast.difference.value)} points)`
}

/** How far seeds lie apart at the largest number of pairs, and where the study's own tuning stands among them; nothing of one seed. */
export function seedSentences(results: StudyResults): string[] {
  const ablation = ablationOf(results)
  if (ablation.arms.every((arm) => (tunedCounts(arm).at(-1)?.runs.length ?? 0) < 2)) return []
  return overArms(ablation, {
    ofArm: (arm) => seedWords(results, ablation, arm),
    ofAll: () => {
      const spans = ablation.arms.map((arm) => spanOf(arm)).map(({ least, most }) => most - least)
      const known = spans.filter(Number.isFinite)
      return `within an arm, with its largest number of pairs, the seeds lie up to ${formatPercent(Math.max(...known))} points apart on ${leastComparisons(results, ablation)}.`
    },
  })
}

function seedWords(results: StudyResults, ablation: AblationResult, arm: AblationArm): string {
  const largest = tunedCounts(arm).at(-1)
  if (largest === undefined) return 'nothing was tuned.'
  const { least, most } = spanOf(arm)
  const range = `${formatPercent(least, arm.n)} and ${formatPercent(most, arm.n)} % of ${countedComparisons(results, arm.n)}`
  const words = `with ${formatInteger(largest.pairs)} pairs the ${counted(largest.runs.length, 'seed')} lie between ${range}`
  const own = ownAccuracy(results, ablation, arm)
  if (own === undefined) return `${words}.`
  const place = own > most ? ', above all of them' : own < least ? ', below all of them' : ', among them'
  return `${words}; the study’s own tuning, with another seed, stands at ${formatPercent(own, arm.n)} %${place}.`
}

function spanOf(arm: AblationArm): { readonly least: number; readonly most: number } {
  const rates = (tunedCounts(arm).at(-1)?.runs ?? []).map(({ accuracy }) => accuracy)
  return { least: Math.min(...rates), most: Math.max(...rates) }
}

/** The accuracy of the study's own tuning, where the matrix varies nothing of it but count and seed and has not its seed. */
function ownAccuracy(
  { judges, evaluation }: StudyResults,
  ablation: AblationResult,
  arm: AblationArm,
): number | undefined {
  const isSame = Object.keys(ablation.axes).every((axis) => axis === 'count' || axis === 'seed')
  const own = judges.find(({ name }) => name === ablation.tuning)
  const isOneOfThem =
    tunedCounts(arm)
      .at(-1)
      ?.runs.some(({ runId }) => runId === own?.runId) ?? false
  if (!isSame || !isAllPairs(ablation) || isOneOfThem) return undefined
  return own?.accuracy[evaluation.ties].value ?? undefined
}

/** The fitted curve in numbers, and whether it can be read. */
export function curveSentences(results: StudyResults): string[] {
  const ablation = ablationOf(results)
  return overArms(ablation, {
    ofArm: (arm) => curveWords(results, arm),
    ofAll: () => {
      const fits = ablation.arms.flatMap(({ curve }) => (curve === null ? [] : [curve]))
      const isReadable = ({ fit, atBound }: (typeof fits)[number]): boolean =>
        fit.status === 'fitted' && atBound <= MOST_AT_BOUND
      return `of ${counted(fits.length, 'fitted curve')} on ${syntheticWord(results)}comparisons, ${fits.filter(isReadable).length} can be read as a power law; the others end at a bound of their exponent, or do in too many resamples, and show no plateau.`
    },
  })
}

/** Share of the resamples that may end at a bound in a fit that is read. */
const MOST_AT_BOUND = 0.1

function curveWords(results: StudyResults, arm: AblationArm): string {
  const { curve } = arm
  if (curve === null) return 'fewer than three numbers of pairs above 0 were tried: no curve is fitted through them.'
  const { fit, atBound } = curve
  const share = `${formatPercent(atBound)} % of the resamples`
  switch (fit.status) {
    case 'too few points':
      return 'fewer than three numbers of pairs above 0 were tried: no curve is fitted through them.'
    case 'at bound':
      return `the fit ends at a bound of its exponent: over the ${counted(tunedCounts(arm).length, 'number')} of pairs tried, the accuracy on ${syntheticWord(results)}comparisons looks like a straight line in log pairs, or a step, and no plateau can be read from it.`
    case 'fitted': {
      if (atBound > MOST_AT_BOUND)
        return `no power law can be read from the accuracy on ${syntheticWord(results)}comparisons: in ${share} its fit ends at a bound of the exponent.`
      const sign = fit.drop >= 0 ? '−' : '+'
      const law = `accuracy = ${formatPercent(fit.plateau)} % ${sign} ${formatPercent(Math.abs(fit.drop))} % · pairs^−${fit.exponent.toFixed(2)}`
      const plateau = fit.plateau > 1 ? 'It has no plateau below 100 %' : 'Its plateau lies beyond what was tried'
      return `the fitted power law on ${syntheticWord(results)}comparisons is ${law}. ${plateau}; in ${share} the fit ends at a bound.`
    }
  }
}

/** What difference the held-out comparisons could have shown between two single runs. */
export function detectableSentences(results: StudyResults): string[] {
  const ablation = ablationOf(results)
  const found = (arms: readonly AblationArm[]): readonly number[] =>
    arms.flatMap((arm) => tunedCounts(arm).flatMap(({ againstAll }) => againstAll?.detectable ?? []))
  return overArms(ablation, {
    ofArm: (arm) =>
      tunedCounts(arm).length < 2
        ? 'with one number of pairs there are no two to compare.'
        : detectableWords(found([arm]), countedComparisons(results, arm.n), ablation.margin),
    ofAll: () => detectableWords(found(ablation.arms), leastComparisons(results, ablation), ablation.margin),
  })
}

function detectableWords(known: readonly number[], on: string, allowed: number): string {
  if (known.length === 0)
    return `what difference between numbers of pairs ${on} could show is not known: no two of them differ enough to say.`
  const [least, most] = [Math.min(...known), Math.max(...known)]
  const range = least === most ? formatPercent(least) : `${formatPercent(least)} to ${formatPercent(most)}`
  const margin =
    allowed < least
      ? ` The margin of ${formatPercent(allowed)} points is smaller than any of these: the mean over seeds has to show it.`
      : ''
  return `between one run with fewer pairs and one with the largest number, ${on} find a true difference of ${range} points four times in five; the closer the two judges, the smaller.${margin}`
}

/** Where the number of pairs does most: the subsets that rise most and least; of many arms, where judges stay worst. */
export function subsetCurveSentences(results: StudyResults): string[] {
  const ablation = ablationOf(results)
  return overArms(ablation, {
    ofArm: (arm) => subsetRiseWords(results, arm),
    ofAll: () => {
      const worst = ablation.arms.flatMap((arm) => lowestSubset(arm) ?? [])
      const [most] = [...new Set(worst)].toSorted((a, b) => times(worst, b) - times(worst, a))
      if (most === undefined) return 'no subset has an accuracy.'
      return `in ${times(worst, most)} of ${counted(ablation.arms.length, 'arm')} the judge with the largest number of pairs is right least often in ${most}, on ${syntheticWord(results)}comparisons.`
    },
  })
}

function times(subsets: readonly string[], subset: string): number {
  return subsets.filter((held) => held === subset).length
}

function lowestSubset(arm: AblationArm): string | undefined {
  const known = (tunedCounts(arm).at(-1)?.subsets ?? []).filter(({ accuracy }) => Number.isFinite(accuracy.value))
  return known.toSorted((a, b) => a.accuracy.value - b.accuracy.value)[0]?.subset
}

function subsetRiseWords(results: StudyResults, arm: AblationArm): string {
  const counts = tunedCounts(arm)
  const [fewest, most] = [counts[0], counts.at(-1)]
  if (fewest === undefined || most === undefined) return 'nothing was tuned.'
  if (fewest === most) {
    const lowest = lowestSubset(arm)
    return lowest === undefined
      ? 'no subset has an accuracy.'
      : `the tuned judge is right least often in ${lowest}, on ${syntheticWord(results)}comparisons.`
  }
  const rises = most.subsets.flatMap(({ subset, accuracy: { value: to } }) => {
    const from = fewest.subsets.find((held) => held.subset === subset)?.accuracy.value ?? Number.NaN
    return Number.isFinite(to - from) ? [{ subset, from, to }] : []
  })
  const sorted = rises.toSorted((a, b) => b.to - b.from - (a.to - a.from))
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined) return 'no subset has an accuracy.'
  const words = ({ subset, from, to }: typeof first): string =>
    `${subset} (from ${formatPercent(from)} to ${formatPercent(to)} %)`
  const range = `from ${formatInteger(fewest.pairs)} to ${formatInteger(most.pairs)} pairs, on ${syntheticWord(results)}comparisons`
  return first === last
    ? `${range}, the accuracy in the only subset changes: ${words(first)}.`
    : `${range}, accuracy gains most in ${words(first)} and least in ${words(last)}.`
}
