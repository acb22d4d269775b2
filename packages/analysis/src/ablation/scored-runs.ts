import type { AxisValue, StudyEvaluation, Verdict } from '@judgelab/core'
import { creditOf } from '@judgelab/scoring'
import type { CurveRun } from '@judgelab/stats'

/** One cell of a matrix as it was evaluated. */
export interface JudgedCell {
  readonly at: Readonly<Record<string, AxisValue>>
  /** Training pairs; 0 for the untuned judge. */
  readonly pairs: number
  readonly seed: number
  readonly runId: string
  readonly verdicts: readonly Verdict[]
}

/** A run with what each comparison that counts earned, in [0, 1]. */
export interface ScoredRun extends CurveRun {
  readonly seed: number
  readonly runId: string
  readonly scores: readonly number[]
}

/** Runs and the comparisons that they are scored on: same length and order as the scores of every run. */
export interface ScoredRuns {
  readonly runs: readonly ScoredRun[]
  readonly verdicts: readonly Verdict[]
}

/**
 * The credits of every run on the comparisons that count for all of them.
 *
 * @throws {RangeError} if cells judged different comparisons
 */
export function scoredRuns(
  cells: readonly JudgedCell[],
  policies: Pick<StudyEvaluation, 'ties' | 'failures'>,
): ScoredRuns {
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

/** The untuned judge is one run, whatever the seed; and a number of pairs may be named twice, as 4,853 and as all of them. */
export function oncePerRun(cells: readonly JudgedCell[]): JudgedCell[] {
  return [...new Map(cells.map((cell) => [cell.pairs === 0 ? 'untuned' : `${cell.pairs} ${cell.seed}`, cell])).values()]
}

/** The mean score of each comparison over the runs of one number of pairs. */
export function meanScores(runs: readonly ScoredRun[], pairs: number): number[] {
  const held = runs.filter((run) => run.pairs === pairs)
  return (held[0]?.scores ?? []).map((_, at) => mean(held.map(({ scores }) => scores[at] as number)))
}

/** NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length
}
