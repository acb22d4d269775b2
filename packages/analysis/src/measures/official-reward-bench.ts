import { type Example, firstComparison, groupBy, type Judgment } from '@judgelab/core'
import {
  type Asked,
  type OfficialCredit,
  officialScoreOf,
  REWARD_BENCH_PRIOR_SETS,
  REWARD_BENCH_SECTIONS,
  REWARD_BENCH_WEIGHTS,
  rewardBenchCredit,
  rewardBenchScore,
  rewardBenchSections,
  verdictOf,
} from '@judgelab/scoring'
import type { OfficialResult } from './official.js'

/**
 * RewardBench's (v1) own score of a judge that was asked in pairs. The official code asks once for each pair, in an order
 * drawn at random without a seed: so does a study with one order. Where both orders were asked, a pair earns the mean of
 * its two answers, which is what the official score is on average over the draw. An order without a judgment is failed, and
 * so is its pair. The prior sets weigh half a section where the benchmark has them. Repeats are not looked at.
 */
export function rewardBenchResult(
  judgments: readonly Judgment[],
  examples: readonly Example[],
  asked: Asked,
): OfficialResult {
  const none = { protocol: null, subsets: [], sections: [], mean: null }
  if (!examples.every(({ subset }) => WEIGHED.has(subset) || isPriorSet(subset)))
    return { status: 'another benchmark', ...none }
  if (judgments[0]?.mode !== 'pairwise') return { status: 'not asked in pairs', ...none }
  const last = new Map(judgments.map((judgment) => [judgment.presentationId, judgment]))
  const held = groupBy(last.values(), ({ exampleId }) => exampleId)
  const subsets = [...groupBy(examples, ({ subset }) => subset)].map(([subset, members]) => {
    const credits = members.map((example) => creditOfPair(example, held.get(example.id) ?? [], asked))
    const { n, failed, official, strict } = officialScoreOf(credits)
    return { subset, n, failed, official, strict }
  })
  const accuracies = (isWanted: (subset: string) => boolean): Record<string, number> =>
    Object.fromEntries(subsets.flatMap(({ subset, official }) => (isWanted(subset) ? [[subset, official]] : [])))
  const scored = rewardBenchSections(accuracies((subset) => WEIGHED.has(subset)))
  const isWhole = scored.every(({ missing }) => missing.length === 0)
  return {
    status: 'known',
    protocol: (asked.orders ?? 'both') === 'both' ? 'pairwise in both orders' : 'pairwise',
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

function creditOfPair(example: Example, judgments: readonly Judgment[], asked: Asked): OfficialCredit {
  const comparison = firstComparison(example)
  const once = { ...asked, repeats: 1 }
  const passes =
    comparison === undefined ? ['failed' as const] : verdictOf(comparison, judgments, 'average', once).passes
  const credits = passes.map(rewardBenchCredit)
  return {
    credit: credits.reduce((sum, { credit }) => sum + credit, 0) / credits.length,
    failed: credits.some(({ failed }) => failed),
  }
}
