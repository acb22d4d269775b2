import { groupBy, type Judgment, type Verdict } from '@judgelab/core'
import { auc, brier, expectedCalibrationError, reliabilityCurve } from '@judgelab/stats'
import type { Limited } from '../stopped-early.js'

/** Whether a judge's probabilities can be believed. Of comparisons with a probability in every order that was asked. */
export interface Calibration {
  /** `known`, or why nothing can be said. */
  readonly status: 'known' | 'no probabilities'
  readonly n: number
  /** Comparisons without an order of preference, which have no confidence in anything; left out. */
  readonly undecided: number
  /** Mean squared difference of confidence and being right; 0 is best. */
  readonly brier: number | null
  /** Mean difference of confidence and share right, over ten bins of about equal numbers. */
  readonly error: number | null
  /** The chance that a right answer has the higher confidence than a wrong one; ½ says nothing. null where all are right, or none. */
  readonly auc: Limited | null
  readonly meanConfidence: number | null
  readonly bins: readonly CalibrationBin[]
}

/** One bin of a reliability chart. Proportions in [0, 1]. */
export interface CalibrationBin {
  readonly n: number
  readonly confidence: number
  readonly right: number
  /** null where judging was stopped early. */
  readonly low: number | null
  readonly high: number | null
}

const BINS = 10

/**
 * Calibration by comparison: the confidence is the probability of the preferred response, averaged over the orders, and is
 * right where that response is the chosen one. Orders of one comparison are one item, so that items are independent.
 */
export function calibrationOf(
  judgments: readonly Judgment[],
  verdicts: readonly Verdict[],
  level: number,
): Calibration {
  const byComparison = groupBy(
    judgments.filter(({ comparisonId }) => comparisonId !== undefined),
    ({ comparisonId }) => comparisonId as string,
  )
  const chances = verdicts.flatMap(
    ({ comparisonId, exampleId }) => chanceOf(byComparison.get(comparisonId) ?? [], comparisonId, exampleId) ?? [],
  )
  const decided = chances.filter((chance) => chance !== 0.5)
  const base = { n: decided.length, undecided: chances.length - decided.length }
  if (decided.length === 0)
    return { ...base, status: 'no probabilities', brier: null, error: null, auc: null, meanConfidence: null, bins: [] }
  const confidence = decided.map((chance) => Math.max(chance, 1 - chance))
  const right = decided.map((chance) => (chance > 0.5 ? 1 : 0))
  const isMixed = right.some((held) => held !== right[0])
  const area = isMixed ? auc(confidence, right, { level }) : null
  return {
    ...base,
    status: 'known',
    brier: brier(confidence, right).value,
    error: expectedCalibrationError(confidence, right, { bins: BINS, binning: 'equal-mass' }).value,
    auc: area === null ? null : { value: area.value, low: area.low, high: area.high },
    meanConfidence: confidence.reduce((sum, held) => sum + held, 0) / confidence.length,
    bins: reliabilityCurve(confidence, right, { bins: BINS, binning: 'equal-mass', level }).map((bin) => ({
      n: bin.n,
      confidence: bin.meanProbability,
      right: bin.observed.value,
      low: bin.observed.low,
      high: bin.observed.high,
    })),
  }
}

/** The mean probability of the chosen response over the judgments of a comparison; undefined where one has none. */
function chanceOf(judgments: readonly Judgment[], comparisonId: string, exampleId: string): number | undefined {
  const chosen = Number(comparisonId.slice(exampleId.length + 1).split('>')[0])
  const chances = judgments.map(({ outcome, slots }) =>
    outcome.kind === 'choice' && slots.length === 2 ? outcome.probabilities?.[slots.indexOf(chosen)] : undefined,
  )
  if (chances.length === 0 || chances.some((chance) => chance === undefined)) return undefined
  return (chances as number[]).reduce((sum, chance) => sum + chance, 0) / chances.length
}
