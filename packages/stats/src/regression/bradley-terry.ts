import { logisticRegression } from './logistic-regression.js'

/** One game: who won and who lost. */
export interface Game {
  readonly winner: string
  readonly loser: string
}

/** A player's log strength relative to the reference player. */
export interface PlayerStrength {
  readonly player: string
  readonly logStrength: number
  /** 0 for the reference player */
  readonly standardError: number
  readonly low: number
  readonly high: number
}

/** A fitted Bradley–Terry model; `n` counts games. */
export interface BradleyTerry {
  readonly quantity: 'log strength'
  readonly method: 'maximum likelihood'
  readonly n: number
  readonly level: number
  readonly reference: string
  /** as of `logisticRegression`; `separated` where a group of players never lost (or won) against the rest */
  readonly status: 'converged' | 'separated' | 'singular' | 'not converged'
  /** in order of name */
  readonly players: readonly PlayerStrength[]
}

/**
 * Bradley–Terry strengths from won and lost games: P(i beats j) = 1 / (1 + exp(sj − si)).
 *
 * Maximum likelihood with the reference player at 0, as a logistic regression without intercept; ties are not modelled
 * (leave them out, or count them as half a game each way by repeating all others).
 *
 * Assumes independent games. No finite strengths exist where some players never lost to the others: `separated`; or
 * where two groups never met: `singular`. Strengths are then NaN.
 *
 * @param games winner and loser of each
 * @param options.reference the player at 0; defaults to the first by name
 * @param options.level coverage in (0, 1); defaults to 0.95
 * @returns log strengths
 * @throws {RangeError} if there is no game, a player meets itself, or the reference did not play
 * @see Bradley, Terry (1952), Biometrika 39:324–345, doi:10.1093/biomet/39.3-4.324
 * @example bradleyTerry([{ winner: 'x', loser: 'y' }, { winner: 'y', loser: 'x' }]).players[1].logStrength // 0
 */
export function bradleyTerry(
  games: readonly Game[],
  { reference, level = 0.95 }: { readonly reference?: string; readonly level?: number } = {},
): BradleyTerry {
  const names = [...new Set(games.flatMap(({ winner, loser }) => [winner, loser]))].sort()
  const base = reference ?? names[0]
  if (base === undefined || !names.includes(base)) {
    throw new RangeError(`bradleyTerry needs a reference among the players, got ${base} among ${names.length} players`)
  }
  const others = names.filter((name) => name !== base)
  const rows = games.map(({ winner, loser }) => {
    if (winner === loser) throw new RangeError(`bradleyTerry needs two players a game, got '${winner}' against itself`)
    return others.map((name) => Number(name === winner) - Number(name === loser))
  })
  const fit = logisticRegression(rows, new Array<number>(rows.length).fill(1), { intercept: false, level })
  const players = names.map((player): PlayerStrength => {
    if (player === base) return { player, logStrength: 0, standardError: 0, low: 0, high: 0 }
    const { estimate, standardError, low, high } = fit.coefficients[others.indexOf(player)]!
    return { player, logStrength: estimate, standardError, low, high }
  })
  const { n, status } = fit
  return { quantity: 'log strength', method: 'maximum likelihood', n, level, reference: base, status, players }
}
