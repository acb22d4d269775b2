import { requireAligned } from '../check/require-aligned.js'
import { requireFinite } from '../check/require-finite.js'
import type { RandomGenerator } from '../random-generator.js'

/** One tuned judge of an ablation, evaluated on the test set that all of them share. */
export interface CurveRun {
  /** number of preference pairs that it was tuned on, ≥ 0; a curve can only be fitted above 0 */
  readonly pairs: number
  readonly seed: number | string
  /** score of each test comparison: same length and order as the clusters */
  readonly scores: ArrayLike<number>
}

/** Mean accuracy for each number of pairs, ascending; aligned arrays. */
export interface CurveAccuracies {
  readonly pairs: readonly number[]
  /** runs at each number of pairs */
  readonly seeds: readonly number[]
  /** over all runs and prompts, as they are */
  readonly accuracies: readonly number[]
  /** one resample: prompts drawn once for all runs, seeds drawn within each number of pairs */
  readonly draw: (random: RandomGenerator) => readonly number[]
}

/** Groups runs by number of pairs, 0 only where that is allowed, and prepares joint resampling of prompts and seeds. */
export function curveAccuracies(
  caller: string,
  runs: readonly CurveRun[],
  clusters: ArrayLike<string | number>,
  { isZeroAllowed = false }: { readonly isZeroAllowed?: boolean } = {},
): CurveAccuracies {
  for (const { pairs, scores } of runs) {
    if (!((isZeroAllowed ? pairs >= 0 : pairs > 0) && Number.isFinite(pairs)))
      throw new RangeError(`${caller} needs pairs ${isZeroAllowed ? '>=' : '>'} 0, got pairs=${pairs}`)
    requireAligned(caller, 'scores', scores, 'clusters', clusters)
    requireFinite(caller, 'scores', scores)
  }
  const places = new Map<string | number, number>()
  const clusterOf = Array.from(clusters, (cluster) => {
    if (!places.has(cluster)) places.set(cluster, places.size)
    return places.get(cluster)!
  })
  const sizes = sumByCluster(clusterOf, places.size, () => 1)
  const pairs = [...new Set(runs.map((run) => run.pairs))].sort((x, y) => x - y)
  const sums = pairs.map((count) =>
    runs.filter((run) => run.pairs === count).map((run) => sumByCluster(clusterOf, places.size, (i) => run.scores[i]!)),
  )
  const once = new Float64Array(places.size).fill(1)
  const accuracies = sums.map((seeds) => meanOf(seeds.map((seed) => weightedMean(seed, sizes, once))))
  const draw = (random: RandomGenerator): readonly number[] => drawAccuracies(sums, sizes, random)
  return { pairs, seeds: sums.map((seeds) => seeds.length), accuracies, draw }
}

function sumByCluster(clusterOf: readonly number[], clusters: number, value: (i: number) => number): Float64Array {
  const sums = new Float64Array(clusters)
  clusterOf.forEach((cluster, i) => {
    sums[cluster]! += value(i)
  })
  return sums
}

function drawAccuracies(
  sums: readonly (readonly Float64Array[])[],
  sizes: Float64Array,
  random: RandomGenerator,
): readonly number[] {
  const times = new Float64Array(sizes.length)
  for (let i = 0; i < sizes.length; i++) times[Math.floor(random() * sizes.length)]!++
  return sums.map((seeds) =>
    meanOf(seeds.map(() => weightedMean(seeds[Math.floor(random() * seeds.length)]!, sizes, times))),
  )
}

function weightedMean(sums: Float64Array, sizes: Float64Array, times: Float64Array): number {
  let sum = 0
  let size = 0
  for (let i = 0; i < times.length; i++) {
    sum += times[i]! * sums[i]!
    size += times[i]! * sizes[i]!
  }
  return sum / size
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
