import { requireAligned } from '../check/require-aligned.js'
import { requireFinite } from '../check/require-finite.js'
import { normalTwoSidedP } from '../distribution/normal.js'
import type { RankCorrelation } from './rank-correlation.js'

/**
 * Kendall's tau-b: concordant less discordant pairs, corrected for ties.
 *
 * S / sqrt((N − Tx)(N − Ty)) with N all pairs and T those tied on one side, counted in n·log n by merge sort (Knight). p
 * from S over its deviation given the ties, normal approximation, no continuity correction.
 *
 * Assumes independent items. Undefined with fewer than two items or a constant side: value and p are NaN.
 *
 * @param x finite numbers
 * @param y finite numbers: same length and order as `x`
 * @returns value in [−1, 1]
 * @throws {RangeError} if lengths differ or a number is not finite
 * @see Knight (1966), J. Amer. Statist. Assoc. 61:436–439; Kendall (1970), Rank Correlation Methods, sections 3 and 4
 * @example kendallTauB([1, 2, 3, 4], [1, 3, 2, 4]).value // 0.6667
 */
export function kendallTauB(x: ArrayLike<number>, y: ArrayLike<number>): RankCorrelation {
  requireAligned('kendallTauB', 'x', x, 'y', y)
  requireFinite('kendallTauB', 'x', x)
  requireFinite('kendallTauB', 'y', y)
  const n = x.length
  const order = Array.from(x, (_, i) => i).sort((i, j) => x[i]! - x[j]! || y[i]! - y[j]!)
  const tiesX = tieSizes(order.map((i) => x[i]!))
  const tiesBoth = jointTieSizes(order, x, y)
  const sorted = Float64Array.from(order, (i) => y[i]!)
  const swaps = countInversions(sorted)
  const tiesY = tieSizes(sorted)
  const pairs = pairsIn(n)
  const [tiedX, tiedY, tiedBoth] = [tiesX, tiesY, tiesBoth].map((ties) => sumOver(ties, pairsIn)) as [
    number,
    number,
    number,
  ]
  const s = pairs - tiedX - tiedY + tiedBoth - 2 * swaps
  const untied = Math.sqrt(pairs - tiedX) * Math.sqrt(pairs - tiedY)
  const value = untied === 0 ? Number.NaN : Math.max(-1, Math.min(1, s / untied))
  const p = Number.isNaN(value) ? Number.NaN : normalTwoSidedP(s / Math.sqrt(varianceOfS(n, tiesX, tiesY)))
  return { quantity: 'rank correlation', method: 'kendall-tau-b', n, value, p }
}

function pairsIn(n: number): number {
  return (n * (n - 1)) / 2
}

function sumOver(sizes: readonly number[], part: (size: number) => number): number {
  return sizes.reduce((sum, size) => sum + part(size), 0)
}

/** The sizes of the groups of equal neighbours. */
function tieSizes(sorted: ArrayLike<number>): number[] {
  const sizes: number[] = []
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) sizes[sizes.length - 1]!++
    else sizes.push(1)
  }
  return sizes
}

function jointTieSizes(order: readonly number[], x: ArrayLike<number>, y: ArrayLike<number>): number[] {
  const sizes: number[] = []
  order.forEach((at, i) => {
    const before = order[i - 1]
    if (before !== undefined && x[at] === x[before] && y[at] === y[before]) sizes[sizes.length - 1]!++
    else sizes.push(1)
  })
  return sizes
}

/** Sorts the values in place by merging, and counts the pairs that stood in falling order. */
function countInversions(values: Float64Array): number {
  let from = values
  let to: Float64Array = new Float64Array(values.length)
  let inversions = 0
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      inversions += mergeRuns(
        from,
        to,
        start,
        Math.min(start + width, values.length),
        Math.min(start + 2 * width, values.length),
      )
    }
    const swap = from
    from = to
    to = swap
  }
  if (from !== values) values.set(from)
  return inversions
}

function mergeRuns(from: Float64Array, to: Float64Array, start: number, middle: number, end: number): number {
  let inversions = 0
  let left = start
  let right = middle
  for (let at = start; at < end; at++) {
    if (left < middle && (right >= end || from[left]! <= from[right]!)) to[at] = from[left++]!
    else {
      inversions += middle - left
      to[at] = from[right++]!
    }
  }
  return inversions
}

/** The variance of S given the ties (Kendall 1970, 4.9). */
function varianceOfS(n: number, tiesX: readonly number[], tiesY: readonly number[]): number {
  const cubic = (t: number): number => t * (t - 1) * (2 * t + 5)
  const pairs = (t: number): number => t * (t - 1)
  const triples = (t: number): number => t * (t - 1) * (t - 2)
  const plain = (cubic(n) - sumOver(tiesX, cubic) - sumOver(tiesY, cubic)) / 18
  const byPairs = (sumOver(tiesX, pairs) * sumOver(tiesY, pairs)) / (2 * n * (n - 1))
  const byTriples = n < 3 ? 0 : (sumOver(tiesX, triples) * sumOver(tiesY, triples)) / (9 * n * (n - 1) * (n - 2))
  return plain + byPairs + byTriples
}
