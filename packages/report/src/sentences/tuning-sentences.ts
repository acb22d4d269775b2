import {
  type ContrastResult,
  FLIP_KINDS,
  isTuningContrast,
  labelOf,
  type StudyResults,
  type TuningResult,
} from '@judgelab/analysis'
import { formatInteger, formatP, formatPercent, formatPoints } from '../format/numbers.js'
import { contrastSentence } from './answer-sentence.js'
import { counted } from './counted.js'
import { countedComparisons, syntheticWord } from './counted-synthetic.js'
import { trainingSentence } from './study-sentences.js'
import { listed } from './subset-sentence.js'

/** The contrasts of tuned judges with the ones that they were tuned from; without any, the study's first contrast. */
export function tuningContrasts(results: StudyResults): readonly ContrastResult[] {
  const tuned = results.contrasts.filter((contrast) => isTuningContrast(results, contrast))
  return tuned.length > 0 ? tuned : results.contrasts.slice(0, 1)
}

/** The contrasts whose judges are both among these, in the study's order. */
export function contrastsAmong(results: StudyResults, names: readonly string[]): readonly ContrastResult[] {
  return results.contrasts.filter(({ judge, against }) => names.includes(judge) && names.includes(against))
}

/** What every tuning did to its judge, one sentence each. */
export function tuningAnswers(results: StudyResults): string[] {
  const contrasts = tuningContrasts(results)
  if (contrasts.length === 0) return ['This study sets no two judges against each other.']
  return contrasts.map((contrast) => contrastSentence(results, contrast))
}

/** How every training went, one sentence each. */
export function trainingSentences(results: StudyResults): string[] {
  if (results.tuning.length === 0) return ['This study tunes no judge.']
  return results.tuning.map(({ name }) => trainingSentence(results, name))
}

/** Where the validation loss of every tuning was lowest: at the end, or earlier. */
export function validationSentence(results: StudyResults): string {
  const said = results.tuning.map((tuning) => `${labelOf(results, tuning.name)}: ${lowestWords(tuning)}`)
  if (said.length === 0) return 'This study tunes no judge.'
  return `${said.join('; ')}. On ${syntheticWord(results)}validation pairs, not on what is judged.`
}

function lowestWords({ validation }: TuningResult): string {
  const last = validation.at(-1)
  if (last === undefined) return 'no validation pairs were looked at'
  const lowest = validation.reduce((least, point) => (point.loss < least.loss ? point : least))
  const reward =
    last.rewardAccuracy === null
      ? ''
      : `, and ${formatPercent(last.rewardAccuracy)} % of the pairs are moved the right way at the end`
  const where =
    lowest.step === last.step
      ? `the loss is lowest where the training ends, at ${last.loss.toFixed(4)} nats`
      : `the loss is lowest after step ${formatInteger(lowest.step)} (${lowest.loss.toFixed(4)} nats) and ${last.loss.toFixed(4)} at the end`
  return `${where}${reward}`
}

/** Which contrasts are significant after Holm's correction, and which are not. */
export function contrastsSentence(results: StudyResults): string {
  const alpha = 1 - results.statistics.level
  const tested = results.contrasts.flatMap((contrast) => {
    const { value } = contrast.primary.difference
    const p = contrast.adjusted?.adjusted ?? contrast.primary.p
    return value === null || p === null ? [] : [{ contrast, value, p }]
  })
  if (tested.length === 0) return 'There is nothing to compare.'
  const words = ({ contrast, value, p }: (typeof tested)[number]): string => {
    const [judge, against] = [contrast.judge, contrast.against].map((name) => labelOf(results, name))
    return `${judge} against ${against} (${formatPoints(value)} points, p ${formatP(p).startsWith('<') ? '' : '= '}${formatP(p)})`
  }
  const [shown, open] = [tested.filter(({ p }) => p <= alpha), tested.filter(({ p }) => p > alpha)]
  const after = results.contrasts.length > 1 ? ' after Holm’s correction' : ''
  return [
    shown.length === 0 ? `No difference is significant${after}.` : `Significant${after}: ${listed(shown.map(words))}.`,
    ...(open.length === 0 || shown.length === 0 ? [] : [`Not: ${listed(open.map(words))}.`]),
  ].join(' ')
}

/** Of which contrasts the observed difference is one that this n finds four times in five. */
export function powersSentence(results: StudyResults): string {
  const known = results.contrasts.flatMap(({ judge, against, primary, detectable }) =>
    detectable === null || primary.difference.value === null
      ? []
      : [
          {
            name: `${labelOf(results, judge)} against ${labelOf(results, against)}`,
            isLarge: Math.abs(primary.difference.value) >= detectable,
            detectable,
          },
        ],
  )
  if (known.length === 0) return 'No contrast of this study has a difference that n could be held against.'
  const [least, most] = [known.map(({ detectable }) => detectable)].map((all) => [
    Math.min(...all),
    Math.max(...all),
  ])[0] as [number, number]
  const range = least === most ? formatPercent(least) : `${formatPercent(least)} to ${formatPercent(most)}`
  const small = known.filter(({ isLarge }) => !isLarge).map(({ name }) => name)
  const below =
    small.length === 0
      ? 'every observed difference is at least as large'
      : `the observed difference is smaller than that for ${listed(small)}`
  const which = least === most ? '' : ' (depending on the contrast)'
  return `At the observed discordance these ${syntheticWord(results)}comparisons find a true difference of ${range} points${which} four times in five; ${below}.`
}

/** How many verdicts changed, how many of them from or to the chosen response, and how many by themselves. */
export function flipKindsSentence(results: StudyResults, { flips, noise }: ContrastResult): string {
  const changed = FLIP_KINDS.filter((kind) => !kind.startsWith('kept')).reduce((sum, kind) => sum + flips[kind], 0)
  const n = FLIP_KINDS.reduce((sum, kind) => sum + flips[kind], 0)
  const again =
    noise === null
      ? ''
      : ` In a second run of the judge itself ${formatInteger(FLIP_KINDS.filter((kind) => !kind.startsWith('kept')).reduce((sum, kind) => sum + noise.flips[kind], 0))} of ${formatInteger(noise.n)} change.`
  return `${formatInteger(changed)} of ${countedComparisons(results, n)} changed ${changed === 1 ? 'its verdict' : 'their verdict'}: ${formatInteger(flips.fixed)} fixed, ${formatInteger(flips.broken)} broken, ${formatInteger(changed - flips.fixed - flips.broken)} otherwise.${again}`
}

/** In which subset most was fixed, and in which most broken, as shares of its comparisons. */
export function flipSubsetsSentence(results: StudyResults, { subsets }: ContrastResult): string {
  const counts = subsets.map(({ subset, flips }) => ({
    subset,
    n: FLIP_KINDS.reduce((sum, kind) => sum + flips[kind], 0),
    fixed: flips.fixed,
    broken: flips.broken,
  }))
  const most = (key: 'fixed' | 'broken'): string => {
    const [held] = counts.filter(({ n }) => n > 0).toSorted((a, b) => b[key] / b.n - a[key] / a.n)
    return held === undefined || held[key] === 0
      ? `nothing was ${key}`
      : `the largest share was ${key} in ${held.subset}, ${formatInteger(held[key])} of ${formatInteger(held.n)}`
  }
  const sentence = `${most('fixed')}; ${most('broken')}.`
  return `Of the ${syntheticWord(results)}comparisons of a subset, ${sentence}`
}

/** In which subsets more was fixed than broken, and in which it is the reverse. */
export function flipBalanceSentence(results: StudyResults, { subsets }: ContrastResult): string {
  const balance = subsets.map(({ subset, flips }) => ({ subset, gain: flips.fixed - flips.broken }))
  const named = (chosen: typeof balance): string =>
    listed(chosen.map(({ subset, gain }) => `${subset} (by ${formatInteger(Math.abs(gain))})`))
  const [up, down] = [balance.filter(({ gain }) => gain > 0), balance.filter(({ gain }) => gain < 0)]
  const of = `${up.length} of ${counted(subsets.length, 'subset')}`
  const reverse = down.length === 0 ? ' In none is it the reverse.' : ` More broken than fixed: ${named(down)}.`
  return `In ${of} more ${syntheticWord(results)}comparisons were fixed than broken${up.length === 0 ? '' : `: ${named(up)}`}.${reverse}`
}
