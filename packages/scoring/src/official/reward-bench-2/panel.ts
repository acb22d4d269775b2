import type { Outcome } from '@judgelab/core'

/** What one judge of a panel says: a slot, or nothing that can be read. */
export type PanelVote = number | 'failed'

/** What a panel says. */
export interface PanelMajority {
  /** The vote that most judges gave; of several such votes the one that `breakTie` took. */
  readonly vote: PanelVote
  /** How many judges gave it. */
  readonly votes: number
  /** Every vote that as many judges gave: slots ascending, then `failed`. More than one: the panel is tied. */
  readonly tied: readonly PanelVote[]
}

/** The slot that an outcome votes for; anything but one slot is a failed vote. */
export function panelVote(outcome: Outcome): PanelVote {
  return outcome.kind === 'choice' && outcome.slot !== 'tie' ? outcome.slot : 'failed'
}

/**
 * The majority of a panel of judges (PoLL) over one presentation: the most frequent vote, failed votes counted as one
 * more candidate, so that a panel whose judges mostly fail has failed.
 *
 * Upstream takes `max(set(votes), key=votes.count)`: among votes given equally often it takes whichever the set yields
 * first, which changes from process to process. Here the caller says who wins: `breakTie` gets the tied votes. With a
 * seed: `(tied) => tied[randint(0, tied.length)]`.
 *
 * @param votes one for each judge, an odd number
 * @throws {RangeError} if the number of votes is even (upstream refuses such panels), or breakTie takes another vote
 * @see allenai/reward-bench 05a9005, scripts/run_generative_v2.py; Verga et al. (2024), arXiv:2404.18796
 * @example panelMajority([2, 0, 2], (tied) => tied[0] as number) // { vote: 2, votes: 2, tied: [2] }
 */
export function panelMajority(
  votes: readonly PanelVote[],
  breakTie: (tied: readonly PanelVote[]) => PanelVote | undefined,
): PanelMajority {
  if (votes.length % 2 === 0) throw new RangeError(`panelMajority needs an odd number of votes, got ${votes.length}`)
  const counts = new Map<PanelVote, number>()
  for (const vote of votes) counts.set(vote, (counts.get(vote) ?? 0) + 1)
  const most = Math.max(...counts.values())
  const tied = [...counts.keys()].filter((vote) => counts.get(vote) === most).sort(slotsFirst)
  const vote = tied.length === 1 ? tied[0] : breakTie(tied)
  if (vote === undefined || !tied.includes(vote))
    throw new RangeError(`panelMajority needs breakTie to take one of ${tied.join(', ')}, got ${vote}`)
  return { vote, votes: most, tied }
}

function slotsFirst(a: PanelVote, b: PanelVote): number {
  return (a === 'failed' ? Number.POSITIVE_INFINITY : a) < (b === 'failed' ? Number.POSITIVE_INFINITY : b) ? -1 : 1
}
