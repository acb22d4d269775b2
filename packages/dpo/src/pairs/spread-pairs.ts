import { createNumpyRandom, groupBy, type PreferencePair, type StudyPairs } from '@judgelab/core'
import { pairCounts } from './split-pairs.js'

/** What a subset or a length may weigh among the pairs. */
export type SpreadOptions = Partial<Pick<StudyPairs, 'cap' | 'weights' | 'lengths' | 'seed'>>

/** The pairs that are left, in their order, and how many of each subset went and why. */
export interface SpreadPairs {
  readonly pairs: readonly PreferencePair[]
  readonly dropped: { readonly lengths: Record<string, number>; readonly cap: Record<string, number> }
}

/**
 * Balances lengths, caps subsets and weighs pairs, in this order.
 *
 * Lengths: within each subset, pairs whose preferred output is the longer one (in characters) are made as many as those
 * where it is the shorter one, by leaving out some of the more frequent kind; pairs of equal lengths stay.
 *
 * Cap: of its n pairs each subset keeps min(n, floor(cap * T)), where T is the largest number that is the sum of what all
 * subsets keep; it is found by going down from the number of all pairs. So no subset has more than its cap of what is left.
 *
 * What is left out is drawn with the seed so that as many examples as possible keep a pair: every example's first pair (in
 * drawn order) is kept before any example's second one.
 *
 * Weights, in a mean of 1 over what is left: for `examples` in proportion to 1 / (pairs of the example), for `subsets` to
 * 1 / (pairs of the subset), times the weights that pairs had.
 *
 * @throws {RangeError} if caps are so low that no number of pairs fits them
 */
export function spreadPairs(pairs: readonly PreferencePair[], options: SpreadOptions): SpreadPairs {
  const { lengths = 'any', cap, weights = 'equal', seed = 42 } = options
  const even = lengths === 'balanced' ? keepUpTo(pairs, evenLengths(pairs), seed) : pairs
  const capped = cap === undefined ? even : keepUpTo(even, capsOf(even, cap), seed)
  return {
    pairs: weighed(capped, weights),
    dropped: { lengths: lostBySubset(pairs, even), cap: lostBySubset(even, capped) },
  }
}

/** A group of pairs, and how many of it may stay. */
interface Quota {
  readonly group: readonly PreferencePair[]
  readonly most: number
}

function evenLengths(pairs: readonly PreferencePair[]): Quota[] {
  return [...groupBy(pairs, ({ origin }) => origin.subset).values()].flatMap((group) => {
    const longer = group.filter((pair) => pair.preferred.length > pair.nonPreferred.length)
    const shorter = group.filter((pair) => pair.preferred.length < pair.nonPreferred.length)
    const most = Math.min(longer.length, shorter.length)
    return [
      { group: longer, most },
      { group: shorter, most },
    ]
  })
}

function capsOf(pairs: readonly PreferencePair[], cap: NonNullable<StudyPairs['cap']>): Quota[] {
  const groups = [...groupBy(pairs, ({ origin }) => origin.subset)]
  const shareOf = (subset: string): number => (typeof cap === 'number' ? cap : (cap[subset] ?? 1))
  const most = (subset: string, total: number): number => Math.floor(shareOf(subset) * total + HAIR)
  const left = (total: number): number =>
    groups.reduce((sum, [subset, { length }]) => sum + Math.min(length, most(subset, total)), 0)
  let total = pairs.length
  while (left(total) < total) total = left(total)
  if (total === 0 && pairs.length > 0)
    throw new RangeError(
      `spreadPairs needs caps that leave pairs, got ${JSON.stringify(cap)} for ${groups.length} subsets`,
    )
  return groups.map(([subset, group]) => ({ group, most: most(subset, total) }))
}

/** A third of nine is three, whatever floating point says. */
const HAIR = 1e-9

/** The pairs without what is over its quota; pairs in no quota stay. */
function keepUpTo(pairs: readonly PreferencePair[], quotas: readonly Quota[], seed: number): PreferencePair[] {
  const { shuffle } = createNumpyRandom(seed)
  const out = new Set(
    quotas.flatMap(({ group, most }) => (group.length <= most ? [] : examplesFirst(group, shuffle).slice(most))),
  )
  return pairs.filter((pair) => !out.has(pair))
}

/** Drawn order in which every example has its first pair before any has its second. */
function examplesFirst(group: readonly PreferencePair[], shuffle: <T>(items: T[]) => void): PreferencePair[] {
  const drawn = [...group]
  shuffle(drawn)
  const seen = new Map<string, number>()
  return drawn
    .map((pair) => {
      const rank = seen.get(pair.origin.exampleId) ?? 0
      seen.set(pair.origin.exampleId, rank + 1)
      return { pair, rank }
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ pair }) => pair)
}

function weighed(pairs: readonly PreferencePair[], weights: StudyPairs['weights']): readonly PreferencePair[] {
  if (weights === 'equal' || pairs.length === 0) return pairs
  const keyOf = ({ origin }: PreferencePair): string => (weights === 'examples' ? origin.exampleId : origin.subset)
  const groups = groupBy(pairs, keyOf)
  const raw = pairs.map((pair) => (pair.weight ?? 1) / (groups.get(keyOf(pair)) as readonly unknown[]).length)
  const mean = raw.reduce((sum, weight) => sum + weight, 0) / raw.length
  return pairs.map((pair, at) => ({ ...pair, weight: (raw[at] as number) / mean }))
}

function lostBySubset(before: readonly PreferencePair[], after: readonly PreferencePair[]): Record<string, number> {
  const left = pairCounts(after)
  const lost = Object.entries(pairCounts(before)).map(([subset, n]) => [subset, n - (left[subset] ?? 0)] as const)
  return Object.fromEntries(lost.filter(([, n]) => n > 0))
}
