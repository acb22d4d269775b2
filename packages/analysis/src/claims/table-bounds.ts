import { type MarginalBounds, type MarginalStratum, mcnemarFromMarginals, type ValueRange } from '@judgelab/stats'
import { type CountRange, overlapOf } from './printed-count.js'

/** What is known of two judges on one stratum: its size, and the counts of right answers that the print allows. */
export interface PrintedStratum {
  readonly n: number
  readonly a: CountRange
  readonly b: CountRange
}

/** What every paired table that fits what is printed can say; differences are first judge minus second, in [−1, 1]. */
export interface TableBounds {
  readonly n: number
  readonly strata: number
  readonly level: number
  readonly alpha: number
  /** One value where the print fixes the counts. */
  readonly difference: ValueRange
  /** Comparisons that exactly one judge got right. */
  readonly discordant: ValueRange
  /** Exact McNemar p. */
  readonly p: ValueRange
  readonly significant: MarginalBounds['significant']
  /**
   * The fewest discordant comparisons at which some table that fits has p > alpha; with fewer, every table that fits is
   * significant. null where none has.
   */
  readonly losesFrom: number | null
  /** The range of both limits of Tango's interval. */
  readonly low: ValueRange
  readonly high: ValueRange
}

/** More ways than this to combine counts are not enumerated. */
const MOST_WAYS = 1_000_000

/**
 * Sharp bounds over every paired table that fits what is printed: `mcnemarFromMarginals` where the counts are known; where
 * a percentage allows several, over every choice of counts that also adds up to the printed totals.
 *
 * For a fixed total difference, p rises with the discordant total, so that for each difference two choices decide: the one
 * with the fewest and the one with the most discordant comparisons. They are found by adding stratum to stratum.
 *
 * @param strata one for each subset, or one for the whole
 * @param totals the counts that printed totals allow, where they are printed beside the subsets
 * @throws {RangeError} if no choice of counts adds up to the totals, or there are too many to enumerate
 */
export function tableBounds(
  strata: readonly PrintedStratum[],
  { level, totals }: { readonly level: number; readonly totals?: Pick<PrintedStratum, 'a' | 'b'> | undefined },
): TableBounds {
  const bounds = extremesByDifference(strata, totals).flatMap(({ least, most }) =>
    [...new Set([least.strata, most.strata])].map((chosen) => mcnemarFromMarginals(unrolled(chosen), { level })),
  )
  const [first] = bounds as [MarginalBounds, ...MarginalBounds[]]
  const range = (of: (bound: MarginalBounds) => ValueRange): ValueRange => ({
    min: Math.min(...bounds.map((bound) => of(bound).min)),
    max: Math.max(...bounds.map((bound) => of(bound).max)),
  })
  const p = range((bound) => bound.p)
  const lost = bounds.flatMap(({ significanceLostAt }) => significanceLostAt ?? [])
  return {
    n: first.n,
    strata: strata.length,
    level,
    alpha: first.alpha,
    difference: range(({ value }) => ({ min: value, max: value })),
    discordant: range(({ discordant }) => discordant),
    p,
    significant: p.max <= first.alpha ? 'always' : p.min <= first.alpha ? 'depends' : 'never',
    losesFrom: lost.length === 0 ? null : Math.min(...lost),
    low: range(({ low }) => low),
    high: range(({ high }) => high),
  }
}

/** The strata of one choice of counts, last one first. */
interface Chosen {
  readonly last: MarginalStratum
  readonly before: Chosen | null
}

interface Extreme {
  readonly discordant: number
  readonly strata: Chosen | null
}

/** Both judges' totals, and the choices of counts that reach them with the fewest and the most discordant comparisons. */
interface Reached {
  readonly a: number
  readonly b: number
  readonly least: Extreme
  readonly most: Extreme
}

function extremesByDifference(
  strata: readonly PrintedStratum[],
  totals: Pick<PrintedStratum, 'a' | 'b'> | undefined,
): Pick<Reached, 'least' | 'most'>[] {
  const nothing: Extreme = { discordant: 0, strata: null }
  let reached: Reached[] = [{ a: 0, b: 0, least: nothing, most: nothing }]
  for (const stratum of strata) reached = added(reached, stratum)
  const fitting = reached.filter(({ a, b }) => totals === undefined || (isIn(a, totals.a) && isIn(b, totals.b)))
  if (fitting.length === 0)
    throw new RangeError(
      `tableBounds needs counts that add up to the totals, got ${JSON.stringify({ strata, totals })}`,
    )
  return merged(fitting, ({ a, b }) => a - b)
}

function added(reached: readonly Reached[], stratum: PrintedStratum): Reached[] {
  const ways = reached.length * (1 + stratum.a.high - stratum.a.low) * (1 + stratum.b.high - stratum.b.low)
  if (ways > MOST_WAYS)
    throw new RangeError(
      `tableBounds needs fewer counts to choose from, got ${ways} ways in one stratum: give counts, or percentages with more digits`,
    )
  const choices = choicesOf(stratum)
  const next = reached.flatMap(({ a, b, least, most }) =>
    choices.map((choice): Reached => {
      const { n, correctA, correctB } = choice
      const fewest = Math.abs(correctA - correctB)
      const greatest = Math.min(correctA + correctB, 2 * n - correctA - correctB)
      return {
        a: a + correctA,
        b: b + correctB,
        least: { discordant: least.discordant + fewest, strata: { last: choice, before: least.strata } },
        most: { discordant: most.discordant + greatest, strata: { last: choice, before: most.strata } },
      }
    }),
  )
  return merged(next, ({ a, b }) => a * 2 ** 26 + b)
}

function choicesOf({ n, a, b }: PrintedStratum): MarginalStratum[] {
  const counts = ({ low, high }: CountRange): number[] => Array.from({ length: high - low + 1 }, (_, i) => low + i)
  return counts(a).flatMap((correctA) => counts(b).map((correctB) => ({ n, correctA, correctB })))
}

/** One of each key, with the fewest and the most discordant comparisons of all that have it. */
function merged(reached: readonly Reached[], keyOf: (held: Reached) => number): Reached[] {
  const byKey = new Map<number, Reached>()
  for (const next of reached) {
    const key = keyOf(next)
    const held = byKey.get(key)
    if (held === undefined) {
      byKey.set(key, next)
      continue
    }
    const least = next.least.discordant < held.least.discordant ? next.least : held.least
    const most = next.most.discordant > held.most.discordant ? next.most : held.most
    if (least !== held.least || most !== held.most) byKey.set(key, { ...held, least, most })
  }
  return [...byKey.values()]
}

function unrolled(chosen: Chosen | null): MarginalStratum[] {
  const strata: MarginalStratum[] = []
  for (let at = chosen; at !== null; at = at.before) strata.unshift(at.last)
  return strata
}

function isIn(count: number, { low, high }: CountRange): boolean {
  return overlapOf({ low: count, high: count }, { low, high }) !== null
}
