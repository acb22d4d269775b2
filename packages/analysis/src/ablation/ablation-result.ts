import { type AxisValue, finish, type Steps, type StudyEvaluation } from '@judgelab/core'
import {
  type LearningCurveFit,
  learningCurveBand,
  type SufficientCount,
  smallestSufficientCount,
} from '@judgelab/stats'
import type { Sureness } from '../accuracy.js'
import { promptKeys } from '../prompts.js'
import { type AxisEffect, armContrasts } from './arm-contrasts.js'
import { bandOptions, countAccuracies, type MeanAccuracy } from './count-accuracies.js'
import { type CountContrast, countContrasts } from './count-contrasts.js'
import { type JudgedCell, mean, oncePerRun, type ScoredRun, scoredRuns } from './scored-runs.js'
import { type SubsetPoint, subsetSteps } from './subset-points.js'

/** What an ablation found: one arm for every combination of the axes other than count and seed. */
export interface AblationResult {
  readonly tuning: string
  readonly margin: number
  /** Prompts that it takes to show anything within the margin: with fewer, not even the same verdict on each would. */
  readonly promptsNeeded: number
  readonly axes: Readonly<Record<string, readonly AxisValue[]>>
  /** The number of pairs with which arms are compared, the largest that all have; null where none is common: then each has its largest. */
  readonly comparedWith: number | null
  readonly arms: readonly AblationArm[]
  /** Every value of every other axis against the axis's first; empty with fewer than two such axes of two values or more. */
  readonly effects: readonly AxisEffect[]
}

/** All counts and seeds of one arm. Accuracies in [0, 1] under the study's policies. */
export interface AblationArm {
  /** The values of the other axes; empty where there are none. */
  readonly at: Readonly<Record<string, AxisValue>>
  /** Comparisons that count for every run; prompts behind them. */
  readonly n: number
  readonly prompts: number
  /** Ascending; empty where no comparison counts for every run. */
  readonly counts: readonly AblationCount[]
  /** The fitted curve over the counts above 0, pointwise band; null with fewer than three of them. */
  readonly curve: {
    readonly fit: LearningCurveFit
    readonly points: readonly AblationPoint[]
    /** Share of resamples in which the fit ended at a bound. */
    readonly atBound: number
  } | null
  /** The smallest count shown to be within the margin of the largest; null with one count, or fewer prompts than needed. */
  readonly sufficient: SufficientCount | null
  /** This arm less the first, with `comparedWith` pairs each, on what counts for every arm; null for the first. */
  readonly againstFirst: CountContrast | null
}

/** A point of the fitted curve. */
export interface AblationPoint {
  readonly pairs: number
  readonly value: number
  readonly low: number
  readonly high: number
}

/** One number of pairs. */
export interface AblationCount {
  readonly pairs: number
  readonly runs: readonly { readonly seed: number; readonly runId: string; readonly accuracy: number }[]
  /** The mean over seeds; limits for prompts and seeds together. */
  readonly accuracy: MeanAccuracy
  readonly subsets: readonly SubsetPoint[]
  /** This count less the untuned judge, and less the largest count; null for those themselves. */
  readonly againstUntuned: CountContrast | null
  readonly againstAll: CountContrast | null
}

/**
 * Everything that an ablation shows, from the verdicts of its cells on one list of held-out comparisons.
 *
 * Comparisons that do not count for some run (ties or failures that are excluded) count for none, so that all counts
 * stand on the same ones. Bands and differences resample prompts and seeds together; the tests average the seeds and flip
 * signs by prompt. p is adjusted by Holm over the counts of one arm, apart for each of the two questions; within subsets,
 * over the counts and subsets of one arm.
 *
 * @throws {RangeError} if cells judged different comparisons
 */
export function ablationResult(...asked: Parameters<typeof ablationSteps>): AblationResult {
  return finish(ablationSteps(...asked))
}

/** The same, a question at a time. */
export function* ablationSteps(
  { tuning, margin, axes }: Pick<AblationResult, 'tuning' | 'margin' | 'axes'>,
  cells: readonly JudgedCell[],
  evaluation: Pick<StudyEvaluation, 'ties' | 'failures'>,
  sureness: Sureness,
): Steps<AblationResult> {
  const held = cellsByArm(cells)
  const { comparedWith, againstFirst, effects } = armContrasts(held, axes, evaluation, sureness)
  yield
  const setting = { margin, promptsNeeded: promptsNeeded(margin, sureness.level), evaluation, sureness }
  const arms: AblationArm[] = []
  for (const [index, arm] of held.entries())
    arms.push({ ...(yield* armSteps(arm, setting)), againstFirst: againstFirst[index] ?? null })
  return { tuning, margin, promptsNeeded: setting.promptsNeeded, axes, comparedWith, arms, effects }
}

function cellsByArm(cells: readonly JudgedCell[]): JudgedCell[][] {
  const arms = new Map<string, JudgedCell[]>()
  for (const cell of cells) {
    const key = JSON.stringify(otherAxes(cell.at))
    arms.set(key, [...(arms.get(key) ?? []), cell])
  }
  return [...arms.values()].map(oncePerRun)
}

function otherAxes(at: JudgedCell['at']): JudgedCell['at'] {
  return Object.fromEntries(Object.entries(at).filter(([axis]) => axis !== 'count' && axis !== 'seed'))
}

/** Where all n prompts say the same, a loss of margin on each with probability margin is refuted if (1 − margin)^n ≤ 1 − level. */
function promptsNeeded(margin: number, level: number): number {
  return Math.ceil(Math.log(1 - level) / Math.log(1 - margin) - 1e-9)
}

interface ArmSetting {
  readonly margin: number
  readonly promptsNeeded: number
  readonly evaluation: Pick<StudyEvaluation, 'ties' | 'failures'>
  readonly sureness: Sureness
}

function* armSteps(cells: readonly JudgedCell[], setting: ArmSetting): Steps<Omit<AblationArm, 'againstFirst'>> {
  const { sureness } = setting
  const { runs, verdicts } = scoredRuns(cells, setting.evaluation)
  if (verdicts.length === 0)
    return { at: otherAxes(cells[0]?.at ?? {}), n: 0, prompts: 0, counts: [], curve: null, sufficient: null }
  const clusters = promptKeys(verdicts, sureness.promptOf)
  const counts = [...new Set(runs.map(({ pairs }) => pairs))].sort((a, b) => a - b)
  const tunedCounts = counts.filter((pairs) => pairs > 0)
  const accuracies = countAccuracies(runs, clusters, sureness)
  yield
  const contrasts = (other: number | undefined, family: string): Map<number, CountContrast> =>
    other === undefined ? new Map() : countContrasts(runs, { against: other, family, clusters, sureness })
  const against = { untuned: counts.includes(0) ? 0 : undefined, all: tunedCounts.at(-1) }
  const untuned = contrasts(against.untuned, 'counts against the untuned judge')
  yield
  const all = contrasts(against.all, 'counts against the largest')
  yield
  const subsets = yield* subsetSteps(runs, verdicts, clusters, against, sureness)
  const curve = tunedCounts.length < 3 ? null : curveOf(runs, tunedCounts, clusters, sureness)
  yield
  return {
    at: otherAxes(cells[0]?.at ?? {}),
    n: verdicts.length,
    prompts: new Set(clusters).size,
    counts: counts.map((pairs) => ({
      pairs,
      runs: runs
        .filter((run) => run.pairs === pairs)
        .map(({ seed, runId, scores }) => ({ seed, runId, accuracy: mean(scores) })),
      accuracy: accuracies.get(pairs) as MeanAccuracy,
      subsets: subsets.get(pairs) as SubsetPoint[],
      againstUntuned: untuned.get(pairs) ?? null,
      againstAll: all.get(pairs) ?? null,
    })),
    curve,
    sufficient: tunedCounts.length < 2 ? null : sufficientOf(runs, clusters, setting),
  }
}

function curveOf(
  runs: readonly ScoredRun[],
  counts: readonly number[],
  clusters: readonly string[],
  sureness: Sureness,
): AblationArm['curve'] {
  const tuned = runs.filter(({ pairs }) => pairs > 0)
  const { fit, atBound, curve } = learningCurveBand(tuned, { clusters, at: spread(counts), ...bandOptions(sureness) })
  return { fit, atBound, points: curve.map(({ pairs, value, low, high }) => ({ pairs, value, low, high })) }
}

/** Forty counts from the least to the most, evenly in their logarithms: where the curve is drawn. */
function spread(counts: readonly number[]): number[] {
  const [least, most] = [counts[0] as number, counts.at(-1) as number]
  const places = Array.from({ length: 40 }, (_, at) => least * (most / least) ** (at / 39))
  return [...new Set([...places.map(Math.round), ...counts])].sort((a, b) => a - b)
}

function sufficientOf(
  runs: readonly ScoredRun[],
  clusters: readonly string[],
  { margin, promptsNeeded: needed, sureness }: ArmSetting,
): SufficientCount | null {
  if (new Set(clusters).size < needed) return null
  const { level, resamples, newRandom } = sureness
  const tuned = runs.filter(({ pairs }) => pairs > 0)
  return smallestSufficientCount(tuned, { clusters, margin, level, resamples, random: newRandom() })
}
