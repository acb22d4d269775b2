import { type Example, firstComparison, groupBy, type Judgment } from '@judgelab/core'
import {
  officialScoreOf,
  passResult,
  REWARD_BENCH_PRIOR_SETS,
  REWARD_BENCH_SECTIONS,
  REWARD_BENCH_WEIGHTS,
  rewardBenchCredit,
  rewardBenchScore,
  rewardBenchSections,
} from '@judgelab/scoring'
import type { OfficialResult } from './official.js'
import { isOnceAmong } from './once-among.js'

/**
 * RewardBench's (v1) own score, where the judge was asked as it asks: once for each pair, in one order. A pair without a
 * judgment is failed. The prior sets weigh half a section where the benchmark has them.
 */
export function rewardBenchResult(judgments: readonly Judgment[], examples: readonly Example[]): OfficialResult {
  const none = { protocol: null, subsets: [], sections: [], mean: null }
  if (!examples.every(({ subset }) => WEIGHED.has(subset) || isPriorSet(subset)))
    return { status: 'another benchmark', ...none }
  if (judgments[0]?.mode !== 'pairwise' || !isOnceAmong(2, judgments))
    return { status: 'not asked once a pair', ...none }
  const held = new Map(judgments.flatMap((judgment) => (judgment.repeat === 0 ? [[judgment.exampleId, judgment]] : [])))
  const subsets = [...groupBy(examples, ({ subset }) => subset)].map(([subset, members]) => {
    const credits = members.map((example) => rewardBenchCredit(resultOf(example, held.get(example.id))))
    const { n, failed, official, strict } = officialScoreOf(credits)
    return { subset, n, failed, official, strict }
  })
  const accuracies = (isWanted: (subset: string) => boolean): Record<string, number> =>
    Object.fromEntries(subsets.flatMap(({ subset, official }) => (isWanted(subset) ? [[subset, official]] : [])))
  const scored = rewardBenchSections(accuracies((subset) => WEIGHED.has(subset)))
  const isWhole = scored.every(({ missing }) => missing.length === 0)
  return {
    status: 'known',
    protocol: 'pairwise',
    subsets,
    sections: scored.flatMap(({ section, score, weight, missing }) =>
      weight === 0 ? [] : [{ section, official: score, missing }],
    ),
    mean: isWhole ? rewardBenchScore(scored, accuracies(isPriorSet)) : null,
  }
}

const WEIGHED = new Set(REWARD_BENCH_SECTIONS.flatMap((section) => Object.keys(REWARD_BENCH_WEIGHTS[section])))

function isPriorSet(subset: string): boolean {
  return REWARD_BENCH_PRIOR_SETS.includes(subset)
}

function resultOf(example: Example, judgment: Judgment | undefined): ReturnType<typeof passResult> {
  const comparison = firstComparison(example)
  if (comparison === undefined || judgment === undefined) return 'failed'
  return passResult(judgment.outcome, judgment.slots, comparison)
}
