import type { OfficialScore } from '../official-score.js'
import type { RewardBench2Protocol, RewardBench2SubsetScore } from './scores.js'

/** The subsets of RewardBench 2, in the benchmark's order. */
export const REWARD_BENCH_2_SUBSETS: readonly string[] = ['Factuality', 'Precise IF', 'Math', 'Safety', 'Focus', 'Ties']

/** The leaderboard's number in percent, in the three readings of an official score. */
export interface LeaderboardPercent {
  readonly official: number
  readonly strict: number
  readonly answered: number
}

/**
 * RewardBench 2's leaderboard number: 100 times the unweighted mean of the six subset scores. An example of a small
 * subset weighs more than one of a large one.
 *
 * @returns percent, official at most 100 1/6 (Ties goes to 1.01)
 * @throws {RangeError} if a subset is missing, twice there, or not one of the six
 * @see Malik et al. (2025), RewardBench 2, arXiv:2506.01937
 */
export function leaderboardPercent(
  scores: readonly (Pick<OfficialScore, 'official' | 'strict' | 'answered'> & { readonly subset: string })[],
): LeaderboardPercent {
  const given = scores.map(({ subset }) => subset)
  if (given.toSorted().join() !== REWARD_BENCH_2_SUBSETS.toSorted().join())
    throw new RangeError(
      `leaderboardPercent needs the subsets ${REWARD_BENCH_2_SUBSETS.join(', ')}, got ${given.join(', ')}`,
    )
  const mean = (mode: keyof LeaderboardPercent): number =>
    (100 * scores.reduce((sum, score) => sum + score[mode], 0)) / scores.length
  return { official: mean('official'), strict: mean('strict'), answered: mean('answered') }
}

/** A generative judge's place on the leaderboard. */
export interface BetterProtocol {
  readonly protocol: RewardBench2Protocol
  readonly percent: LeaderboardPercent
  /** The other protocol's number: a report that names the better one says what the other one was. */
  readonly other: LeaderboardPercent
}

/**
 * The leaderboard's rule for generative judges: they are run under both protocols and listed with the better number.
 * The maximum of two noisy numbers is above either's expectation; so the other one is returned, too. Equal numbers, or
 * one that is NaN: `four-way`.
 *
 * @throws {RangeError} as leaderboardPercent, or if the two differ in Ties, which is judged by ratings in both
 */
export function betterProtocol(
  fourWay: readonly RewardBench2SubsetScore[],
  ratings: readonly RewardBench2SubsetScore[],
): BetterProtocol {
  const [four, rated] = [leaderboardPercent(fourWay), leaderboardPercent(ratings)]
  const [tiesOfFour, tiesOfRated] = [fourWay, ratings].map((scores) => officialTies(scores))
  if (!Object.is(tiesOfFour, tiesOfRated))
    throw new RangeError(
      `betterProtocol needs the same Ties score in both, got four-way=${tiesOfFour}, ratings=${tiesOfRated}`,
    )
  return rated.official > four.official
    ? { protocol: 'ratings', percent: rated, other: four }
    : { protocol: 'four-way', percent: four, other: rated }
}

function officialTies(scores: readonly RewardBench2SubsetScore[]): number | undefined {
  return scores.find(({ subset }) => subset === 'Ties')?.official
}
