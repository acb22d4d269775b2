import { requireAligned } from '../check/require-aligned.js'
import { requireFinite } from '../check/require-finite.js'

/**
 * The scores of two judges on the same comparisons, with the prompt that each comparison belongs to.
 *
 * All three are of the same length and order. Clusters are asked for, and not optional, because several comparisons of
 * one prompt are not independent; comparisons that each have a prompt of their own carry distinct cluster ids.
 */
export interface PairedScores {
  readonly a: ArrayLike<number>
  readonly b: ArrayLike<number>
  readonly clusters: ArrayLike<string | number>
}

/** `PairedScores` with the comparison ids in the same order, and what could not be paired. */
export interface MatchedScores extends PairedScores {
  readonly a: readonly number[]
  readonly b: readonly number[]
  readonly clusters: readonly string[]
  readonly ids: readonly string[]
  readonly unmatchedA: number
  readonly unmatchedB: number
}

/**
 * Joins the scores of two judges by comparison id, keeping the prompt of each comparison.
 *
 * The order is that of `a`; comparisons that only one judge answered are left out and counted.
 *
 * @param a score of the first judge by comparison id, finite
 * @param b the same of the second judge
 * @param promptOf the prompt of a comparison id: comparisons of one prompt are resampled together
 * @returns aligned arrays a, b, clusters and ids
 * @throws {RangeError} if a score is not finite
 * @example pairedScores(new Map([['x:1', 0.5]]), new Map([['x:1', 1]]), (id) => id.slice(0, 1)).clusters // ['x']
 */
export function pairedScores(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
  promptOf: (comparisonId: string) => string,
): MatchedScores {
  const ids = [...a.keys()].filter((id) => b.has(id))
  const scoresA = ids.map((id) => a.get(id)!)
  const scoresB = ids.map((id) => b.get(id)!)
  requireFinite('pairedScores', 'a', scoresA)
  requireFinite('pairedScores', 'b', scoresB)
  return {
    a: scoresA,
    b: scoresB,
    clusters: ids.map(promptOf),
    ids,
    unmatchedA: a.size - ids.length,
    unmatchedB: b.size - ids.length,
  }
}

/** The differences a − b of paired scores, summed within clusters; aligned arrays in order of first appearance. */
export interface ClusterDifferences {
  readonly sums: Float64Array
  readonly sizes: Float64Array
  readonly comparisons: number
}

/** Sums a − b within each cluster, after checking that the arrays are aligned and finite. */
export function clusterDifferences(caller: string, { a, b, clusters }: PairedScores): ClusterDifferences {
  requireAligned(caller, 'a', a, 'b', b)
  requireAligned(caller, 'a', a, 'clusters', clusters)
  requireFinite(caller, 'a', a)
  requireFinite(caller, 'b', b)
  const places = new Map<string | number, number>()
  const sums: number[] = []
  const sizes: number[] = []
  for (let i = 0; i < a.length; i++) {
    const place = places.get(clusters[i]!) ?? places.size
    places.set(clusters[i]!, place)
    sums[place] = (sums[place] ?? 0) + a[i]! - b[i]!
    sizes[place] = (sizes[place] ?? 0) + 1
  }
  return { sums: Float64Array.from(sums), sizes: Float64Array.from(sizes), comparisons: a.length }
}
