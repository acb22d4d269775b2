import {
  type AblationArm,
  type AblationCount,
  type AblationResult,
  ablationOf,
  armLabel,
  type CountContrast,
  isAllPairs,
  levelText,
  type StudyResults,
} from '@judgelab/analysis'
import { formatInteger, formatPercent, formatPoints } from '../format/numbers.js'
import { armSentences, isShown } from './arm-sentences.js'
import { counted } from './counted.js'
import { countedComparisons, syntheticWord } from './counted-synthetic.js'
import { capital } from './sentence-list.js'
import { listed } from './subset-sentence.js'

/**
 * What an ablation answers: how many pairs are enough in each arm, and what its other axes do; empty where a study has no
 * matrix.
 */
export function ablationAnswer(results: StudyResults): string {
  const { ablation } = results
  if (ablation === null) return ''
  const isOneCount = ablation.arms.every((arm) => tunedCounts(arm).length < 2)
  const counts =
    ablation.arms.length === 1
      ? ablation.arms.map((arm) => capital(sufficientWords(results, ablation, arm, false)))
      : [sufficientOverArms(results, ablation)]
  return [
    ...(isOneCount && ablation.arms.length > 1 ? [] : counts),
    ...(ablation.arms.length > 1 ? armSentences(results).slice(0, 1) : []),
  ].join(' ')
}

/** In which arms a smaller number of pairs is shown to be enough. */
function sufficientOverArms(results: StudyResults, ablation: AblationResult): string {
  const shown = ablation.arms.flatMap((arm) =>
    arm.sufficient?.pairs ? [`${formatInteger(arm.sufficient.pairs)} with ${armLabel(ablation, arm)}`] : [],
  )
  const n = Math.min(...ablation.arms.map((arm) => arm.n))
  const which = shown.length === 0 ? '' : `: ${listed(shown)}`
  return `In ${shown.length} of ${counted(ablation.arms.length, 'arm')} a smaller number of pairs is shown to lose less than ${formatPercent(ablation.margin)} points against the arm’s largest, on ${countedComparisons(results, n)}${which}.`
}

/** The same for the number of pairs alone, and the largest number that is not shown to be enough; one text an arm. */
export function sufficientSentences(results: StudyResults): string[] {
  const ablation = ablationOf(results)
  return ablation.arms.map((arm) => armSentence(ablation, arm, sufficientWords(results, ablation, arm, true)))
}

/** A sentence about one arm, which it names where there are several. */
function armSentence(ablation: AblationResult, arm: AblationArm, words: string): string {
  const label = armLabel(ablation, arm)
  return capital(label === '' ? words : `with ${label}: ${words}`)
}

function sufficientWords(results: StudyResults, ablation: AblationResult, arm: AblationArm, hasNext: boolean): string {
  if (arm.n === 0) return NOTHING_COUNTS
  const [largest] = tunedCounts(arm).slice(-1)
  const margin = `${formatPercent(ablation.margin)} points`
  if (largest === undefined) return 'no number of pairs above 0 was tried: nothing was tuned.'
  if (tunedCounts(arm).length < 2)
    return `one number of pairs was tried, ${formatInteger(largest.pairs)}: this cannot say how many are enough.`
  if (arm.sufficient === null)
    return `${counted(arm.prompts, 'held-out prompt')} cannot show that a smaller number of pairs loses less than ${margin} against ${largestWords(ablation, largest)}: even with the same verdict on each, it takes ${formatInteger(ablation.promptsNeeded)}.`
  const { steps, pairs } = arm.sufficient
  const on = `on ${countedComparisons(results, arm.n)}`
  const limit = `one-sided ${levelText(results.statistics.level)} lower limit`
  const against = `is shown to lose less than ${margin} against ${largestWords(ablation, largest)}`
  const found = steps.find((step) => step.pairs === pairs)
  const failed = steps.find(({ shown }) => !shown)
  if (found === undefined)
    return failed === undefined
      ? 'there is no smaller number to compare.'
      : `no smaller number of pairs ${against} ${on}: ${formatInteger(failed.pairs)} are at ${formatPoints(failed.value)} points, ${limit} ${formatPoints(failed.low)}. Not shown is not the same as worse.`
  const next =
    failed === undefined
      ? ' It is the smallest that was tried.'
      : ` ${formatInteger(failed.pairs)} are not shown to: ${formatPoints(failed.value)}, lower limit ${formatPoints(failed.low)}.`
  return `${formatInteger(found.pairs)} is the smallest number of pairs that ${against} ${on}: ${formatPoints(found.value)} points, ${limit} ${formatPoints(found.low)}.${hasNext ? next : ''}`
}

/** Ties or failures are excluded, and no comparison is left that every run decided. */
const NOTHING_COUNTS = 'no comparison counts for every run, and nothing can be said.'

function tunedCounts({ counts }: AblationArm): readonly AblationCount[] {
  return counts.filter(({ pairs }) => pairs > 0)
}

function largestWords(ablation: AblationResult, { pairs }: AblationCount): string {
  return isAllPairs(ablation) ? `all ${formatInteger(pairs)}` : `the largest number, ${formatInteger(pairs)}`
}

/** Where numbers of pairs differ from the untuned judge, one sentence an arm. */
export function untunedSentences(results: StudyResults): string[] {
  const ablation = ablationOf(results)
  const alpha = 1 - results.statistics.level
  return ablation.arms.map((arm) => {
    if (arm.n === 0) return armSentence(ablation, arm, NOTHING_COUNTS)
    const tested = tunedCounts(arm).flatMap(({ pairs, againstUntuned }) =>
      againstUntuned === null ? [] : [{ pairs, contrast: againstUntuned }],
    )
    if (tested.length === 0)
      return armSentence(ablation, arm, `the untuned judge is not among the numbers of pairs: “count” has no 0.`)
    const shown = tested.filter(({ contrast }) => isShown(contrast, alpha))
    const better = shown.filter(({ contrast }) => contrast.difference.value > 0)
    const worse = shown.filter(({ contrast }) => contrast.difference.value < 0)
    const words = [
      ...(better.length > 0 ? [`better with ${listed(better.map(pairsPointsWords))}`] : []),
      ...(worse.length > 0 ? [`worse with ${listed(worse.map(pairsPointsWords))}`] : []),
      ...(shown.length < tested.length
        ? [`not shown to differ with ${listed(tested.filter((held) => !shown.includes(held)).map(pairsPointsWords))}`]
        : []),
    ]
    return armSentence(
      ablation,
      arm,
      `against the untuned judge, on ${countedComparisons(results, arm.n)}${tested.length > 1 ? ` and after Holm’s correction over ${tested.length} numbers of pairs` : ''}, tuning is ${words.join('; ')}.`,
    )
  })
}

function pairsPointsWords({ pairs, contrast }: { readonly pairs: number; readonly contrast: CountContrast }): string {
  return `${formatInteger(pairs)} pairs (${formatPoints(contrast.difference.value)} points)`
}

/** How far seeds lie apart at the largest number of pairs, and where the study's own tuning stands among them; one sentence an arm. */
export function seedSentences(results: StudyResults): string[] {
  const ablation = ablationOf(results)
  return ablation.arms.flatMap((arm) => {
    const largest = tunedCounts(arm).at(-1)
    if (largest === undefined || largest.runs.length < 2) return []
    const rates = largest.runs.map(({ accuracy }) => accuracy)
    const [least, most] = [Math.min(...rates), Math.max(...rates)]
    const range = `${formatPercent(least, arm.n)} and ${formatPercent(most, arm.n)} % of ${countedComparisons(results, arm.n)}`
    const own = ownAccuracy(results, ablation)
    const words = `with ${formatInteger(largest.pairs)} pairs the ${counted(largest.runs.length, 'seed')} lie between ${range}`
    if (own === undefined) return [armSentence(ablation, arm, `${words}.`)]
    const place = own > most ? ', above all of them' : own < least ? ', below all of them' : ', among them'
    return [
      armSentence(
        ablation,
        arm,
        `${words}; the study’s own tuning, with a seed of its own, stands at ${formatPercent(own, arm.n)} %${place}.`,
      ),
    ]
  })
}

/** The accuracy of the study's own tuning, where the matrix varies nothing of it but count and seed. */
function ownAccuracy({ judges, evaluation }: StudyResults, ablation: AblationResult): number | undefined {
  const isSame = Object.keys(ablation.axes).every((axis) => axis === 'count' || axis === 'seed')
  if (!isSame || !isAllPairs(ablation)) return undefined
  return judges.find(({ name }) => name === ablation.tuning)?.accuracy[evaluation.ties].value ?? undefined
}

/** The fitted curve of each arm in numbers, and whether it can be read. */
export function curveSentences(results: StudyResults): string[] {
  const ablation = ablationOf(results)
  return ablation.arms.map((arm) => armSentence(ablation, arm, curveWords(results, arm)))
}

function curveWords(results: StudyResults, arm: AblationArm): string {
  const { curve } = arm
  if (arm.n === 0) return NOTHING_COUNTS
  if (curve === null) return 'fewer than three numbers of pairs above 0 were tried: no curve is fitted through them.'
  const { fit, atBound } = curve
  const share = `${formatPercent(atBound)} % of the resamples`
  switch (fit.status) {
    case 'too few points':
      return 'fewer than three numbers of pairs above 0 were tried: no curve is fitted through them.'
    case 'at bound':
      return `the fit ends at a bound of its exponent: over the ${counted(tunedCounts(arm).length, 'number')} of pairs tried, the accuracy on ${syntheticWord(results)}comparisons looks like a straight line in log pairs, or a step, and no plateau can be read from it.`
    case 'fitted': {
      const sign = fit.drop >= 0 ? '−' : '+'
      const law = `accuracy = ${formatPercent(fit.plateau)} % ${sign} ${formatPercent(Math.abs(fit.drop))} % · pairs^−${fit.exponent.toFixed(2)}`
      const isShaky = atBound > 0.1
      return `the fitted power law on ${syntheticWord(results)}comparisons is ${law}. ${isShaky ? `In ${share} the fit ends at a bound, so its plateau is not to be read.` : `Its plateau lies beyond what was tried; in ${share} the fit ends at a bound.`}`
    }
  }
}

/** What difference the held-out comparisons could have shown between two single runs, one sentence an arm. */
export function detectableSentences(results: StudyResults): string[] {
  const ablation = ablationOf(results)
  return ablation.arms.map((arm) => {
    if (arm.n === 0) return armSentence(ablation, arm, NOTHING_COUNTS)
    const known = tunedCounts(arm).flatMap(({ againstAll }) => againstAll?.detectable ?? [])
    const on = countedComparisons(results, arm.n)
    if (known.length === 0)
      return armSentence(
        ablation,
        arm,
        `what difference ${on} could show is not known: no two numbers of pairs differ enough to say.`,
      )
    const [least, most] = [Math.min(...known), Math.max(...known)]
    const range = least === most ? formatPercent(least) : `${formatPercent(least)} to ${formatPercent(most)}`
    const margin =
      ablation.margin < least
        ? ` The margin of ${formatPercent(ablation.margin)} points is smaller than any of these: the mean over seeds has to show it.`
        : ''
    return armSentence(
      ablation,
      arm,
      `between one run with fewer pairs and one with the largest number, ${on} find a true difference of ${range} points four times in five; the closer the two judges, the smaller.${margin}`,
    )
  })
}
