import type { AxisValue, StudyEvaluation, Verdict } from '@judgelab/core'
import { creditOf } from '@judgelab/scoring'
import {
  type AdjustedP,
  type CountDifference,
  type CurveInterval,
  type CurveRun,
  countDifferences,
  type LearningCurveFit,
  learningCurveBand,
  minimumDetectableDifference,
  type SufficientCount,
  signFlipTest,
  smallestSufficientCount,
} from '@judgelab/stats'
import type { Sureness } from '../accuracy.js'
import { holmOver } from '../contrast.js'
import { intervalByPrompt } from '../interval-by-prompt.js'
import { promptKeys } from '../prompts.js'

/** One cell of a matrix as it was evaluated. */
export interface JudgedCell {
  readonly at: Readonly<Record<string, AxisValue>>
  /** Training pairs; 0 for the untuned judge. */
  readonly pairs: number
  readonly seed: number
  readonly runId: string
  readonly verdicts: readonly Verdict[]
}

/** What an ablation found: one arm for every combination of the axes other than count and seed. */
export interface AblationResult {
  readonly tuning: string
  readonly margin: number
  readonly axes: Readonly<Record<string, readonly AxisValue[]>>
  readonly arms: readonly AblationArm[]
}

/** All counts and seeds of one arm. Accuracies in [0, 1] under the study's policies. */
export interface AblationArm {
  /** The values of the other axes; empty where there are none. */
  readonly at: Readonly<Record<string, AxisValue>>
  /** Comparisons that count for every run; prompts behind them. */
  readonly n: number
  readonly prompts: number
  readonly counts: readonly AblationCount[]
  /** The fitted curve over the counts above 0, pointwise band; null with fewer than three of them. */
  readonly curve: {
    readonly fit: LearningCurveFit
    readonly points: readonly AblationPoint[]
    /** Share of resamples in which the fit ended at a bound. */
    readonly atBound: number
  } | null
  /** The smallest count shown to be within the margin of the largest. */
  readonly sufficient: SufficientCount | null
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
  readonly accuracy: { readonly value: number; readonly low: number | null; readonly high: number | null }
  readonly subsets: readonly { readonly subset: string; readonly n: number; readonly accuracy: number }[]
  /** This count less the untuned judge, and less the largest count; null for those themselves. */
  readonly againstUntuned: CountContrast | null
  readonly againstAll: CountContrast | null
}

/** A count against another one: seeds averaged, tested over prompts. */
export interface CountContrast {
  readonly difference: { readonly value: number; readonly low: number; readonly high: number }
  /** Sign-flip by prompt on the seeds' mean scores. */
  readonly p: number
  readonly adjusted: AdjustedP | null
  /** The smallest true difference between two single runs that this n would find with power 0.8; null where unknown. */
  readonly detectable: number | null
}

/**
 * Everything that an ablation shows, from the verdicts of its cells on one list of held-out comparisons.
 *
 * Comparisons that do not count for some run (ties or failures that are excluded) count for none, so that all counts
 * stand on the same ones. Bands and differences resample prompts and seeds together; the tests average the seeds and flip
 * signs by prompt. p is adjusted by Holm over the counts of one arm, apart for each of the two questions.
 *
 * @throws {RangeError} if cells judged different comparisons
 */
export function ablationResult(
  matrix: Pick<AblationResult, 'tuning' | 'margin' | 'axes'>,
  cells: readonly JudgedCell[],
  evaluation: Pick<StudyEvaluation, 'ties' | 'failures'>,
  sureness: Sureness,
): AblationResult {
  const arms = new Map<string, JudgedCell[]>()
  for (const cell of cells) {
    const key = JSON.stringify(otherAxes(cell.at))
    arms.set(key, [...(arms.get(key) ?? []), cell])
  }
  const { tuning, margin, axes } = matrix
  return {
    tuning,
    margin,
    axes,
    arms: [...arms.values()].map((held) => armOf(oncePerRun(held), margin, evaluation, sureness)),
  }
}

function otherAxes(at: JudgedCell['at']): JudgedCell['at'] {
  return Object.fromEntries(Object.entries(at).filter(([axis]) => axis !== 'count' && axis !== 'seed'))
}

/** Cells that agree share a run (the untuned judge is one, whatever the seed): it counts once. */
function oncePerRun(cells: readonly JudgedCell[]): JudgedCell[] {
  return [...new Map(cells.map((cell) => [`${cell.pairs} ${cell.runId}`, cell])).values()]
}

function armOf(
  cells: readonly JudgedCell[],
  margin: number,
  evaluation: Pick<StudyEvaluation, 'ties' | 'failures'>,
  sureness: Sureness,
): AblationArm {
  const { runs, verdicts } = scoredRuns(cells, evaluation)
  const clusters = promptKeys(verdicts, sureness.promptOf)
  const options = { clusters, level: sureness.level, resamples: Math.min(2000, sureness.resamples) }
  const tuned = runs.filter(({ pairs }) => pairs > 0)
  const counts = [...new Set(runs.map(({ pairs }) => pairs))].sort((a, b) => a - b)
  const tunedCounts = counts.filter((pairs) => pairs > 0)
  const band =
    tunedCounts.length < 3
      ? null
      : learningCurveBand(tuned, { ...options, at: spread(tunedCounts), random: sureness.newRandom() })
  const contrasts = (against: number | undefined): Map<number, CountContrast> =>
    against === undefined ? new Map() : contrastsAgainst(against, runs, clusters, options, sureness)
  const [untuned, all] = [contrasts(counts.includes(0) ? 0 : undefined), contrasts(tunedCounts.at(-1))]
  return {
    at: otherAxes(cells[0]?.at ?? {}),
    n: verdicts.length,
    prompts: new Set(clusters).size,
    counts: counts.map((pairs) => ({
      pairs,
      runs: runs
        .filter((run) => run.pairs === pairs)
        .map(({ seed, runId, scores }) => ({ seed, runId, accuracy: mean(scores) })),
      accuracy: intervalAt(band?.measured, { runs, pairs, clusters, sureness }),
      subsets: subsetAccuracies(runs, pairs, verdicts),
      againstUntuned: untuned.get(pairs) ?? null,
      againstAll: all.get(pairs) ?? null,
    })),
    curve:
      band === null
        ? null
        : {
            fit: band.fit,
            atBound: band.atBound,
            points: band.curve.map(({ pairs, value, low, high }) => ({ pairs, value, low, high })),
          },
    sufficient:
      tunedCounts.length < 2
        ? null
        : smallestSufficientCount(tuned, {
            clusters,
            margin,
            level: sureness.level,
            resamples: sureness.resamples,
            random: sureness.newRandom(),
          }),
  }
}

interface ScoredRun extends CurveRun {
  readonly seed: number
  readonly runId: string
  readonly scores: readonly number[]
}

/** The credits of every run on the comparisons that count for all of them. */
function scoredRuns(
  cells: readonly JudgedCell[],
  policies: Pick<StudyEvaluation, 'ties' | 'failures'>,
): { readonly runs: readonly ScoredRun[]; readonly verdicts: readonly Verdict[] } {
  const first = cells[0]?.verdicts ?? []
  const credits = cells.map(({ runId, verdicts }) =>
    first.map((verdict, at) => {
      const held = verdicts[at]
      if (held?.comparisonId !== verdict.comparisonId)
        throw new RangeError(
          `ablationResult needs the same comparisons of every run, got ${held?.comparisonId ?? 'none'} in place of ${verdict.comparisonId} in ${runId}`,
        )
      return creditOf(held, policies)
    }),
  )
  const counted = first.flatMap((_, at) => (credits.every((held) => held[at] !== null) ? [at] : []))
  return {
    verdicts: counted.map((at) => first[at] as Verdict),
    runs: cells.map(({ pairs, seed, runId }, place) => ({
      pairs,
      seed,
      runId,
      scores: counted.map((at) => credits[place]?.[at] as number),
    })),
  }
}

const POWER = 0.8

function contrastsAgainst(
  against: number,
  runs: readonly ScoredRun[],
  clusters: readonly string[],
  options: { readonly clusters: readonly string[]; readonly level: number; readonly resamples: number },
  sureness: Sureness,
): Map<number, CountContrast> {
  const other = meanScores(runs, against)
  const differences = countDifferences(runs, { ...options, against, random: sureness.newRandom() })
  const tested = differences.map(({ pairs, value, low, high }: CountDifference) => {
    const scores = meanScores(runs, pairs)
    const { p } = signFlipTest(
      { a: scores, b: other, clusters },
      { random: sureness.newRandom(), resamples: sureness.resamples },
    )
    return { pairs, difference: { value, low, high }, p, detectable: detectable(runs, pairs, against, sureness.level) }
  })
  const family = against === 0 ? 'counts against the untuned judge' : 'counts against the largest'
  const adjusted = holmOver(
    tested.map(({ p }) => p),
    family,
  )
  return new Map(tested.map(({ pairs, ...contrast }, at) => [pairs, { ...contrast, adjusted: adjusted[at] ?? null }]))
}

/** By McNemar's power at the discordance of one run with one run of the other count, of its own seed where there is one. */
function detectable(runs: readonly ScoredRun[], pairs: number, against: number, level: number): number | null {
  const others = runs.filter((run) => run.pairs === against)
  const shares = runs
    .filter((run) => run.pairs === pairs)
    .map((run) => discordance(run, others.find(({ seed }) => seed === run.seed) ?? (others[0] as ScoredRun)))
  const n = runs[0]?.scores.length ?? 0
  const share = mean(shares)
  if (n === 0 || share === 0) return null
  const alpha = Number((1 - level).toFixed(12))
  const found = minimumDetectableDifference({ n, discordance: share, alpha, power: POWER })
  return found.status === 'detectable' ? found.difference : null
}

function discordance(run: ScoredRun, other: ScoredRun): number {
  return mean(run.scores.map((score, at) => Math.abs(score - (other.scores[at] as number))))
}

/** The mean score of each comparison over the seeds of one count. */
function meanScores(runs: readonly ScoredRun[], pairs: number): number[] {
  const held = runs.filter((run) => run.pairs === pairs)
  return (held[0]?.scores ?? []).map((_, at) => mean(held.map(({ scores }) => scores[at] as number)))
}

/** From the band where it was measured there; else, and for the untuned judge, prompts alone are resampled. */
function intervalAt(
  measured: readonly CurveInterval[] | undefined,
  {
    runs,
    pairs,
    clusters,
    sureness,
  }: {
    readonly runs: readonly ScoredRun[]
    readonly pairs: number
    readonly clusters: readonly string[]
    readonly sureness: Sureness
  },
): AblationCount['accuracy'] {
  const found = measured?.find((point) => point.pairs === pairs)
  if (found !== undefined) return { value: found.value, low: found.low, high: found.high }
  const scores = meanScores(runs, pairs)
  const { value, low, high } = intervalByPrompt({ a: scores, b: scores.map(() => 0), clusters }, sureness)
  return { value, low, high }
}

function subsetAccuracies(
  runs: readonly ScoredRun[],
  pairs: number,
  verdicts: readonly Verdict[],
): AblationCount['subsets'] {
  const scores = meanScores(runs, pairs)
  return [...new Set(verdicts.map(({ subset }) => subset))].map((subset) => {
    const held = scores.filter((_, at) => verdicts[at]?.subset === subset)
    return { subset, n: held.length, accuracy: mean(held) }
  })
}

/** Forty counts from the least to the most, evenly in their logarithms: where the curve is drawn. */
function spread(counts: readonly number[]): number[] {
  const [least, most] = [counts[0] as number, counts.at(-1) as number]
  const places = Array.from({ length: 40 }, (_, at) => least * (most / least) ** (at / 39))
  return [...new Set([...places.map(Math.round), ...counts])].sort((a, b) => a - b)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length
}
