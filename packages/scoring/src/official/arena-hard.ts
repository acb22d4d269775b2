import { type Comparison, groupBy, type Judgment, type Outcome } from '@judgelab/core'
import { isStrong, STRONG } from '../strength.js'
import type { OfficialScore } from './official-score.js'

/** arena-hard's labels, A being the response in slot 0. */
export type ArenaHardLabel = 'A>>B' | 'A>B' | 'A=B' | 'B>A' | 'B>>A'

/** The label of an answer between two slots; a preference without a strength is a slight one. Null: no label. */
export function arenaHardLabel(outcome: Outcome): ArenaHardLabel | null {
  if (outcome.kind !== 'choice' || (outcome.slot !== 'tie' && outcome.slot > 1)) return null
  if (outcome.slot === 'tie') return 'A=B'
  if (outcome.slot === 0) return isStrong(outcome) ? 'A>>B' : 'A>B'
  return isStrong(outcome) ? 'B>>A' : 'B>A'
}

/**
 * The battles that one label stands for, as points of A: a win is 1, a loss 0, a tie 0.5; a strong label is three battles.
 *
 * @see lmarena/arena-hard-auto 005ac12, show_result.py, `load_judgments` with weight 3
 * @example arenaHardPoints('B>>A') // [0, 0, 0]
 */
export function arenaHardPoints(label: ArenaHardLabel): number[] {
  switch (label) {
    case 'A>>B':
      return Array.from({ length: STRONG }, () => 1)
    case 'A>B':
      return [1]
    case 'A=B':
      return [0.5]
    case 'B>A':
      return [0]
    case 'B>>A':
      return Array.from({ length: STRONG }, () => 0)
  }
}

/** arena-hard's score and the battles behind it. */
export interface ArenaHardScore extends OfficialScore {
  /** Battles of the comparisons whose two games are both readable. */
  readonly battles: number
}

/**
 * arena-hard's score of the chosen responses against the rejected ones: the mean over all battles. Each comparison is two
 * games, one in each order; each game stands for the battles of its label, from the chosen response's side.
 *
 * Upstream drops a comparison with an unreadable game, so official and answered are the same: sum of points / battles.
 * In strict, a comparison with an unreadable game counts as two lost battles: sum of points / (battles + 2 failed).
 * Undefined (NaN) without any battle. Upstream prints the mean of 100 bootstrap means; this is the value itself.
 *
 * @param judgments of one run, mode pairwise, in any order; a presentation that was answered twice counts with its last one
 * @returns in [0, 1]; n and failed count comparisons
 * @throws {RangeError} if a comparison was judged twice in one order, or there are comparisons but no judgments of any of them
 * @see Li et al. (2024), arXiv:2406.11939; lmarena/arena-hard-auto 005ac12, show_result.py
 */
export function arenaHardScore(comparisons: readonly Comparison[], judgments: readonly Judgment[]): ArenaHardScore {
  const games = gamesByComparison(judgments)
  if (comparisons.length > 0 && !comparisons.some(({ id }) => games.has(id)))
    throw new RangeError(`arenaHardScore needs judgments of ${comparisons.length} comparisons, got none`)
  const points = comparisons.map((comparison) => pointsOf(comparison, games.get(comparison.id) ?? []))
  const failed = points.filter((held) => held === null).length
  const battles = points.flatMap((held) => held ?? [])
  const sum = battles.reduce((total, point) => total + point, 0)
  const official = sum / battles.length
  return {
    n: comparisons.length,
    failed,
    official,
    strict: sum / (battles.length + 2 * failed),
    answered: official,
    battles: battles.length,
  }
}

function gamesByComparison(judgments: readonly Judgment[]): Map<string | undefined, Judgment[]> {
  const last = new Map(judgments.map((judgment) => [judgment.presentationId, judgment]))
  const games = [...last.values()].filter(({ mode }) => mode === 'pairwise')
  return groupBy(games, ({ comparisonId }) => comparisonId)
}

/** The chosen response's points of both games, or null where a game is not there or unreadable. */
function pointsOf({ id, chosen }: Comparison, games: readonly Judgment[]): number[] | null {
  if (new Set(games.map(({ slots }) => slots[0])).size < games.length)
    throw new RangeError(`arenaHardScore needs one game in each order, got ${games.length} of comparison ${id}`)
  const points = games.map(({ outcome, slots }) => {
    const label = arenaHardLabel(outcome)
    if (label === null) return null
    return arenaHardPoints(label).map((point) => (slots[0] === chosen ? point : 1 - point))
  })
  const readable = points.filter((held) => held !== null)
  return readable.length === 2 ? readable.flat() : null
}
