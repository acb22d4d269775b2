import { createNumpyRandom, type PreferencePair, type StudyPairs } from '@judgelab/core'
import {
  allPlaces,
  type PairSelection,
  placesBySubset,
  placesWhere,
  selectionOf,
  subsetCounts,
} from './pair-selection.js'

/** What a subset or a length may weigh among the pairs. */
export type SpreadOptions = Partial<Pick<StudyPairs, 'cap' | 'weights' | 'lengths' | 'seed'>>

/** The pairs that are left, in their order, and how many of each subset went and why. */
export interface SpreadPairs<Pairs = readonly PreferencePair[]> {
  readonly pairs: Pairs
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
  const spread = spreadSelection(selectionOf(pairs), options)
  return { ...spread, pairs: [...spread.pairs] }
}

/** The same of pairs that need not be in memory. */
export function spreadSelection(pairs: PairSelection, options: SpreadOptions): SpreadPairs<PairSelection> {
  const { lengths = 'any', cap, weights = 'equal', seed = 42 } = options
  const even = lengths === 'balanced' ? keepUpTo(pairs, evenLengths(pairs), seed) : pairs
  const capped = cap === undefined ? even : keepUpTo(even, capsOf(even, cap), seed)
  return {
    pairs: weighed(capped, weights),
    dropped: { lengths: lostBySubset(pairs, even), cap: lostBySubset(even, capped) },
  }
}

/** The places of a group of pairs, and how many of it may stay. */
interface Quota {
  readonly group: Uint32Array
  readonly most: number
}

function evenLengths(pairs: PairSelection): Quota[] {
  const { longerAt } = pairs.columns
  return [...placesBySubset(pairs).values()].flatMap((group) => {
    const longer = group.filter((place) => longerAt(place) > 0)
    const shorter = group.filter((place) => longerAt(place) < 0)
    const most = Math.min(longer.length, shorter.length)
    return [
      { group: longer, most },
      { group: shorter, most },
    ]
  })
}

function capsOf(pairs: PairSelection, cap: NonNullable<StudyPairs['cap']>): Quota[] {
  const groups = [...placesBySubset(pairs)]
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
function keepUpTo(pairs: PairSelection, quotas: readonly Quota[], seed: number): PairSelection {
  const { shuffle } = createNumpyRandom(seed)
  const isOut = new Uint8Array(pairs.length)
  for (const { group, most } of quotas)
    if (group.length > most) for (const place of examplesFirst(group, pairs, shuffle).slice(most)) isOut[place] = 1
  return pairs.take(placesWhere(pairs.length, (place) => isOut[place] === 0))
}

/** Drawn order in which every example has its first pair before any has its second. */
function examplesFirst(group: Uint32Array, { columns }: PairSelection, shuffle: <T>(items: T[]) => void): number[] {
  const drawn = [...group]
  shuffle(drawn)
  const seen = new Map<number, number>()
  const byRank: number[][] = []
  for (const place of drawn) {
    const example = columns.exampleAt(place)
    const rank = seen.get(example) ?? 0
    seen.set(example, rank + 1)
    byRank[rank] = byRank[rank] ?? []
    byRank[rank].push(place)
  }
  return byRank.flat()
}

function weighed(pairs: PairSelection, weights: StudyPairs['weights']): PairSelection {
  if (weights === 'equal' || pairs.length === 0) return pairs
  const { exampleAt, subsetAt, weightAt } = pairs.columns
  const keyAt: (place: number) => number | string = weights === 'examples' ? exampleAt : subsetAt
  const places = allPlaces(pairs.length)
  const counts = new Map<number | string, number>()
  for (const place of places) counts.set(keyAt(place), (counts.get(keyAt(place)) ?? 0) + 1)
  const raw = Float64Array.from(places, (place) => weightAt(place) / (counts.get(keyAt(place)) as number))
  const mean = raw.reduce((sum, weight) => sum + weight, 0) / raw.length
  return pairs.take(
    places,
    raw.map((weight) => weight / mean),
  )
}

function lostBySubset(before: PairSelection, after: PairSelection): Record<string, number> {
  const left = subsetCounts(after)
  const lost = Object.entries(subsetCounts(before)).map(([subset, n]) => [subset, n - (left[subset] ?? 0)] as const)
  return Object.fromEntries(lost.filter(([, n]) => n > 0))
}
