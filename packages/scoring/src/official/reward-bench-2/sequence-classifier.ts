import type { OfficialCredit } from '../official-score.js'

/**
 * What the scores of a reward model (sequence classifier) earn: with M the highest score, 1 / (number of scores equal to
 * M) when the chosen response has M, else 0.
 *
 * A NaN among the scores makes M NaN, which nothing equals: credit 0, and it counts as failed.
 *
 * @param scores any real numbers, the chosen response's first
 * @throws {RangeError} if there are no scores
 * @see allenai/reward-bench 05a9005, rewardbench/utils.py, `reroll_and_score_dataset`
 * @example sequenceClassifierCredit([2.5, 2.5, -1, 0]) // { credit: 0.5, failed: false }
 */
export function sequenceClassifierCredit(scores: readonly number[]): OfficialCredit {
  if (scores.length === 0) throw new RangeError('sequenceClassifierCredit needs at least 1 score, got 0')
  const highest = Math.max(...scores)
  const credit = scores[0] === highest ? 1 / scores.filter((score) => score === highest).length : 0
  return { credit, failed: Number.isNaN(highest) }
}
