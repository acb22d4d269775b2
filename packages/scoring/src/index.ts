export { creditOf, type Policies, type Score, scoreOf } from './credit.js'
export {
  type ArenaHardLabel,
  type ArenaHardScore,
  arenaHardLabel,
  arenaHardPoints,
  arenaHardScore,
} from './official/arena-hard.js'
export {
  type JudgeBenchScore,
  judgeBenchCategory,
  judgeBenchCategoryScores,
  judgeBenchNet,
  judgeBenchScore,
} from './official/judge-bench.js'
export { type LlmbarScore, llmbarScore } from './official/llmbar.js'
export { type OfficialCredit, type OfficialScore, officialScoreOf } from './official/official-score.js'
export {
  REWARD_BENCH_PRIOR_SETS,
  REWARD_BENCH_SECTIONS,
  REWARD_BENCH_WEIGHTS,
  type RewardBenchSection,
  type RewardBenchSectionScore,
  rewardBenchCredit,
  rewardBenchScore,
  rewardBenchSections,
} from './official/reward-bench/sections.js'
export { fourWayCredit, fourWaySlots, tryParseFourWay } from './official/reward-bench-2/four-way.js'
export {
  type BetterProtocol,
  betterProtocol,
  type LeaderboardPercent,
  leaderboardPercent,
  REWARD_BENCH_2_SUBSETS,
} from './official/reward-bench-2/leaderboard.js'
export { type PanelMajority, type PanelVote, panelMajority, panelVote } from './official/reward-bench-2/panel.js'
export { ratingsCredit, tryParseRating } from './official/reward-bench-2/ratings.js'
export {
  type RewardBench2Options,
  type RewardBench2Protocol,
  type RewardBench2SubsetScore,
  rewardBench2Scores,
} from './official/reward-bench-2/scores.js'
export { sequenceClassifierCredit } from './official/reward-bench-2/sequence-classifier.js'
export {
  type TiesPrompt,
  type TiesPromptStats,
  type TiesScore,
  type TiesTerms,
  tiesPromptStats,
  tiesScore,
} from './official/reward-bench-2/ties.js'
export { type TogetherDecision, type TogetherScore, togetherDecision, togetherScore } from './official/together.js'
export { panelVerdicts } from './panels.js'
export { bestOfResult, classedResult, passResult, preferredSlot, ratedResult } from './pass.js'
export { combineRepeats } from './repeats.js'
export { combinePasses } from './rules.js'
export { isStrong } from './strength.js'
export { type Asked, verdictOf, verdictsOf } from './verdicts.js'
