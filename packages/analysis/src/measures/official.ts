import type { Example, Judgment, StudyEvaluation } from '@judgelab/core'
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
  readonly status:
    | 'known'
    | 'another benchmark'
    | 'pairwise judging'
    | 'not every response was rated'
    | 'not asked once among four'
  readonly protocol: RewardBench2Protocol | null
  readonly subsets: readonly (Omit<OfficialScore, 'answered'> & { readonly subset: string })[]
  /** The leaderboard's mean over all six subsets; null where one of them was not judged. */
  readonly mean: number | null
}

/**
 * The official score where the judge was asked as RewardBench 2 asks: one answer among four, or a rating of every response.
 * Ties is rated by both protocols, so that the mean over subsets needs ratings. Answers count as the judge's own prompt
 * reads them: its form need not be that of the official prompts.
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
  if (protocol === 'four-way' && !isOnceAmongFour(judgments)) return none('not asked once among four')
  const subsets = rewardBench2Scores(judged, judgments, { protocol, reading: 'outcome' }).map(
    ({ subset, n, failed, official, strict }) => ({ subset, n, failed, official, strict }),
  )
  const isWhole = names.every((name) => subsets.some(({ subset }) => subset === name))
  const mean = isWhole ? subsets.reduce((sum, { official }) => sum + official, 0) / subsets.length : null
  return { status: 'known', protocol, subsets, mean }
}

/** The official code asks for one order of four; both orders of a study are two answers, and one example may have more. */
function isOnceAmongFour(judgments: readonly Judgment[]): boolean {
  const placements = new Map(
    judgments.flatMap(({ presentationId, exampleId, repeat }) =>
      repeat === 0 ? [[presentationId, exampleId] as const] : [],
    ),
  )
  return new Set(placements.values()).size === placements.size && judgments.every(({ slots }) => slots.length === 4)
}
