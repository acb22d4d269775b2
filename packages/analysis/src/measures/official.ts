import type { BenchmarkSource, Example, StudyEvaluation } from '@judgelab/core'
import {
  type OfficialScore,
  REWARD_BENCH_2_SUBSETS,
  type RewardBench2Protocol,
  type RewardBenchSection,
  rewardBench2Scores,
} from '@judgelab/scoring'
import type { Judged } from '../judged.js'
import { rewardBenchResult } from './official-reward-bench.js'
import { isOnceAmong } from './once-among.js'

/** RewardBench 2's own score of a judge, or RewardBench's (v1) over its own file, as far as what it was asked allows. */
export interface OfficialResult {
  /** `known`, or why there is none. */
  readonly status:
    | 'known'
    | 'another benchmark'
    | 'pairwise judging'
    | 'not every response was rated'
    | 'not asked once among four'
    | 'not asked in pairs'
  /** The two that begin with `pairwise` are RewardBench's (v1), the others are RewardBench 2's. */
  readonly protocol: RewardBench2Protocol | 'pairwise' | 'pairwise in both orders' | null
  readonly subsets: readonly (Omit<OfficialScore, 'answered'> & { readonly subset: string })[]
  /** Of RewardBench (v1): each section of which something was judged, and its subsets of which nothing was. */
  readonly sections: readonly {
    readonly section: RewardBenchSection
    readonly official: number
    readonly missing: readonly string[]
  }[]
  /** The leaderboard's mean over all six subsets, or over the four sections; null where a subset was not judged. */
  readonly mean: number | null
}

/**
 * The official score where the judge was asked as the benchmark asks. RewardBench 2 asks for one answer among four, or a
 * rating of every response. Ties is rated by both protocols, so that the mean over subsets needs ratings. Answers count as the judge's own prompt
 * reads them: its form need not be that of the official prompts.
 */
export function officialResult(
  { judgments, asked }: Pick<Judged, 'judgments' | 'asked'>,
  examples: readonly Example[],
  { comparisons, source }: Pick<StudyEvaluation, 'comparisons'> & { readonly source?: BenchmarkSource | undefined },
): OfficialResult {
  const none = (status: OfficialResult['status']): OfficialResult => ({
    status,
    protocol: null,
    subsets: [],
    sections: [],
    mean: null,
  })
  if (source === 'reward-bench') return rewardBenchResult(judgments, examples, asked)
  const names: readonly string[] = REWARD_BENCH_2_SUBSETS
  if (!examples.every(({ subset }) => names.includes(subset))) return none('another benchmark')
  const mode = judgments[0]?.mode
  if (mode !== 'rating' && mode !== 'best-of-n') return none('pairwise judging')
  if (mode === 'rating' && comparisons !== 'all') return none('not every response was rated')
  const protocol = mode === 'rating' ? 'ratings' : 'four-way'
  const judged = protocol === 'ratings' ? examples : examples.filter(({ subset }) => subset !== 'Ties')
  if (judged.length === 0) return none('pairwise judging')
  if (protocol === 'four-way' && !isOnceAmong(4, judgments)) return none('not asked once among four')
  const subsets = rewardBench2Scores(judged, judgments, { protocol, reading: 'outcome' }).map(
    ({ subset, n, failed, official, strict }) => ({ subset, n, failed, official, strict }),
  )
  const isWhole = names.every((name) => subsets.some(({ subset }) => subset === name))
  const mean = isWhole ? subsets.reduce((sum, { official }) => sum + official, 0) / subsets.length : null
  return { status: 'known', protocol, subsets, sections: [], mean }
}
