import { type Steps, stepEach, type Verdict } from '@judgelab/core'
import type { Sureness } from '../accuracy.js'
import { holmOver } from '../contrast.js'
import { countAccuracies, type MeanAccuracy } from './count-accuracies.js'
import { type CountContrast, countContrasts } from './count-contrasts.js'
import type { ScoredRun } from './scored-runs.js'

/** One number of pairs in one subset. */
export interface SubsetPoint {
  readonly subset: string
  /** Comparisons. */
  readonly n: number
  readonly accuracy: MeanAccuracy
  /** As of the whole, within the subset; p is adjusted by Holm over the numbers of pairs and subsets of the arm. */
  readonly againstUntuned: CountContrast | null
  readonly againstAll: CountContrast | null
}

/** What the numbers of pairs are compared with; undefined where the matrix does not have it. */
export interface SubsetQuestions {
  readonly untuned: number | undefined
  readonly all: number | undefined
}

/**
 * Accuracies and differences within each subset, by number of pairs. One family a question holds every number of pairs in
 * every subset of an arm, so that any row of the table may be picked out.
 *
 * @param verdicts what the scores are of: same length and order as `clusters` and as the scores of every run
 */
export function* subsetSteps(
  runs: readonly ScoredRun[],
  verdicts: readonly Verdict[],
  clusters: readonly string[],
  { untuned, all }: SubsetQuestions,
  sureness: Sureness,
): Steps<Map<number, SubsetPoint[]>> {
  const names = [...new Set(verdicts.map(({ subset }) => subset))]
  const subsets = yield* stepEach(names, (subset) => {
    const places = verdicts.flatMap((verdict, at) => (verdict.subset === subset ? [at] : []))
    const within = runs.map((run) => ({ ...run, scores: places.map((at) => run.scores[at] as number) }))
    const prompts = places.map((at) => clusters[at] as string)
    const against = (pairs: number | undefined): Map<number, CountContrast> =>
      pairs === undefined
        ? new Map()
        : countContrasts(within, { against: pairs, family: 'counts of one subset', clusters: prompts, sureness })
    return {
      subset,
      n: places.length,
      accuracies: countAccuracies(within, prompts, sureness),
      untuned: against(untuned),
      all: against(all),
    }
  })
  const untunedOver = adjustedOver(
    subsets.map((held) => held.untuned),
    'counts and subsets against the untuned judge',
  )
  const allOver = adjustedOver(
    subsets.map((held) => held.all),
    'counts and subsets against the largest',
  )
  return new Map(
    [...new Set(runs.map(({ pairs }) => pairs))].map((pairs) => [
      pairs,
      subsets.map(({ subset, n, accuracies }, at) => ({
        subset,
        n,
        accuracy: accuracies.get(pairs) as MeanAccuracy,
        againstUntuned: untunedOver[at]?.get(pairs) ?? null,
        againstAll: allOver[at]?.get(pairs) ?? null,
      })),
    ]),
  )
}

/** Holm's correction over all numbers of pairs in all subsets, in the place of the one over the numbers of each. */
function adjustedOver(
  bySubset: readonly ReadonlyMap<number, CountContrast>[],
  family: string,
): Map<number, CountContrast>[] {
  const adjusted = holmOver(
    bySubset.flatMap((contrasts) => [...contrasts.values()].map(({ p }) => p)),
    family,
  ).values()
  return bySubset.map(
    (contrasts) =>
      new Map(
        [...contrasts].map(([pairs, contrast]) => [pairs, { ...contrast, adjusted: adjusted.next().value ?? null }]),
      ),
  )
}
