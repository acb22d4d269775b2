import type { Example, Verdict } from '@judgelab/core'
import { lengthBias, selfPreference } from '@judgelab/stats'
import type { Sureness } from '../accuracy.js'
import { promptKeys } from '../prompts.js'
import type { Limited } from '../stopped-early.js'
import type { Preference } from './preference.js'
import { preferenceOf } from './preference.js'

/** Whether a judge favours the longer response. Of the comparisons that it decided. */
export interface LengthEffect {
  readonly n: number
  /** `estimated`, or why the regression has no answer. */
  readonly status: string
  /** Change in log odds of being right when the chosen response is much longer; null where it is unknown. */
  readonly effect: (Limited & { readonly p: number | null }) | null
  readonly accuracy: number | null
  /** Accuracy that the regression predicts for responses of equal length. */
  readonly controlled: Limited | null
  /** How much more often the judge picks the longer response than the labels do; null where lengths never differ. */
  readonly longer: Preference | null
}

/** Length in words: what stands between white space. */
export function lengthEffect(
  verdicts: readonly Verdict[],
  wordsOf: (verdict: Verdict) => LengthPair,
  { level, promptOf }: Sureness,
): LengthEffect {
  const decided = verdicts.filter(({ result }) => result === 'chosen' || result === 'rejected')
  const lengths = decided.map(wordsOf)
  const correct = decided.map(({ result }) => (result === 'chosen' ? 1 : 0))
  const base = { n: decided.length, accuracy: decided.length === 0 ? null : mean(correct) }
  const longer = longerPreference(lengths, correct, level)
  if (decided.length === 0) return { ...base, status: 'nothing decided', effect: null, controlled: null, longer }
  const { status, effect, controlledAccuracy } = lengthBias(
    {
      correct,
      lengthDifference: lengths.map(({ chosen, rejected }) => chosen - rejected),
      clusters: promptKeys(decided, promptOf),
    },
    { level },
  )
  const isKnown = Number.isFinite(effect.estimate) && Number.isFinite(effect.low)
  return {
    ...base,
    status,
    effect: isKnown ? { value: effect.estimate, low: effect.low, high: effect.high, p: effect.p } : null,
    controlled: isKnown
      ? { value: controlledAccuracy.value, low: controlledAccuracy.low, high: controlledAccuracy.high }
      : null,
    longer,
  }
}

/** The lengths of both responses of a comparison, in words. */
export interface LengthPair {
  readonly chosen: number
  readonly rejected: number
}

/** Reads the lengths of a comparison's responses; a comparison is named by its responses' indices. */
export function lengthReader(
  examples: readonly Example[],
): (verdict: Pick<Verdict, 'comparisonId' | 'exampleId'>) => LengthPair {
  const words = new Map(examples.map(({ id, responses }) => [id, responses.map(({ text }) => countWords(text))]))
  return ({ comparisonId, exampleId }) => {
    const [chosen, rejected] = comparisonId
      .slice(exampleId.length + 1)
      .split('>')
      .map(Number)
    const held = words.get(exampleId)
    return { chosen: held?.[chosen as number] ?? 0, rejected: held?.[rejected as number] ?? 0 }
  }
}

/** What stands between white space. */
export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0
}

function longerPreference(
  lengths: readonly LengthPair[],
  correct: readonly number[],
  level: number,
): Preference | null {
  const unequal = lengths.flatMap(({ chosen, rejected }, at) => {
    if (chosen === rejected) return []
    const labelled = chosen > rejected ? 1 : 0
    return [{ family: 'longer', picked: (correct[at] === labelled ? 1 : 0) as 0 | 1, labelled: labelled as 0 | 1 }]
  })
  const [found] = selfPreference(unequal, { level })
  return found === undefined ? null : preferenceOf(found, unequal)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
