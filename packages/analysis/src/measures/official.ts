import type { Example, StudyEvaluation } from '@judgelab/core'
import {
  type OfficialScore,
  REWARD_BENCH_2_SUBSETS,
  type RewardBench2Protocol,
  rewardBench2Scores,
} from '@judgelab/scoring'
import type { Judged } from '../judged.js'

/** RewardBench 2's own score of a judge, as far as what it was asked allows. */
export interface OfficialResult {
  /** `known`, or why there is none. */
  readonly status: 'known' | 'another benchmark' | 'pairwise judging' | 'not every response was rated'
  readonly protocol: RewardBench2Protocol | null
  readonly subsets: readonly (Omit<OfficialScore, 'answered'> & { readonly subset: string })[]
  /** The leaderboard's mean over all six subsets; null where one of them was not judged. */
  readonly mean: number | null
}

/**
 * The official score where the judge was asked as RewardBench 2 asks: one answer among four, or a rating of every response.
 * Ties is rated by both protocols, so that the mean over subsets needs ratings.
 */
export function officialResult(
  { judgments }: Pick<Judged, 'judgments'>,
  examples: readonly Example[],
  { comparisons }: Pick<StudyEvaluation, 'comparisons'>,
): OfficialResult {
  const none = (status: OfficialResult['status']): OfficialResult => ({
    status,
    protocol: null,
    subsets: [],
    mean: null,
  })
  const names: readonly string[] = REWARD_BENCH_2_SUBSETS
  if (!examples.every(({ subset }) => names.includes(subset))) return none('another benchmark')
  const mode = judgments[0]?.mode
  if (mode !== 'rating' && mode !== 'best-of-n') return none('pairwise judging')
  if (mode === 'rating' && comparisons !== 'all') return none('not every response was rated')
  const protocol = mode === 'rating' ? 'ratings' : 'four-way'
  const judged = protocol === 'ratings' ? examples : examples.filter(({ subset }) => subset !== 'Ties')
  if (judged.length === 0) return none('pairwise judging')
  const subsets = rewardBench2Scores(judged, judgments, { protocol }).map(
    ({ subset, n, failed, official, strict }) => ({ subset, n, failed, official, strict }),
  )
  const isWhole = names.every((name) => subsets.some(({ subset }) => subset === name))
  const mean = isWhole ? subsets.reduce((sum, { official }) => sum + official, 0) / subsets.length : null
  return { status: 'known', protocol, subsets, mean }
}
