import { createNumpyRandom, groupBy, type PreferencePair } from '@judgelab/core'

/**
 * Subsets of preference pairs for an ablation on their number, each smaller one inside every larger one, so that the points
 * of a learning curve differ by added pairs alone.
 *
 * Within each subset of the benchmark the pairs (by id) are put into an order drawn with the seed; the pair at place r
 * (from 0) of a subset with s pairs gets the rank (r + 1/2) / s, and all pairs are lined up by rank. A subset of n pairs is
 * the first n of that line. It nests whatever the sizes are, and has of each subset of the benchmark what rounding s·t for
 * one common t gives, the allocation of Webster and Sainte-Laguë. Rounding quotas instead (largest remainders) would not
 * nest: a larger total can give a subset fewer seats.
 *
 * @param pairs in any order: which pairs are taken does not depend on it
 * @param options.sizes how many pairs each subset has; integers in [1, pairs.length]
 * @returns for each size, in the order of `sizes`, its pairs in the order of `pairs`
 * @throws {RangeError} if a size is outside that range, or an id occurs twice
 * @see Balinski & Young (2001), Fair Representation, 2nd ed., Brookings: divisor methods are house-monotone
 */
export function nestedSubsets(
  pairs: readonly PreferencePair[],
  { sizes, seed }: { readonly sizes: readonly number[]; readonly seed: number },
): PreferencePair[][] {
  for (const size of sizes)
    if (!Number.isInteger(size) || size < 1 || size > pairs.length)
      throw new RangeError(`nestedSubsets needs integer sizes in [1, pairs], got size=${size}, pairs=${pairs.length}`)
  const placeOf = new Map(lineOf(pairs, seed).map(({ id }, place) => [id, place]))
  if (placeOf.size < pairs.length)
    throw new RangeError(`nestedSubsets needs ids that occur once, got ${placeOf.size} ids of ${pairs.length} pairs`)
  return sizes.map((size) => pairs.filter(({ id }) => (placeOf.get(id) as number) < size))
}

/** All pairs by rank; of equal ranks, by the name of the subset. */
function lineOf(pairs: readonly PreferencePair[], seed: number): PreferencePair[] {
  const { shuffle } = createNumpyRandom(seed)
  const ranked = bySubsetName(pairs).flatMap((ofSubset) => {
    shuffle(ofSubset)
    return ofSubset.map((pair, place) => ({ pair, rank: (place + 0.5) / ofSubset.length }))
  })
  return ranked.sort((a, b) => a.rank - b.rank).map(({ pair }) => pair)
}

/** The pairs of each subset by id, subsets by name: by UTF-16 code units, the same on every machine. */
function bySubsetName(pairs: readonly PreferencePair[]): PreferencePair[][] {
  const byId = pairs.toSorted((a, b) => byCodeUnits(a.id, b.id))
  const subsets = groupBy(byId, ({ origin }) => origin.subset)
  return [...subsets].sort(([a], [b]) => byCodeUnits(a, b)).map(([, held]) => held)
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
