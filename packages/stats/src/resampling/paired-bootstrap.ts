import { type ClusterDifferences, clusterDifferences, type PairedScores } from '../paired/paired-scores.js'
import type { RandomGenerator } from '../random-generator.js'
import { binomialTable } from './binomial-table.js'
import {
  type BootstrapInterval,
  type BootstrapOptions,
  bootstrapInterval,
  requireBootstrapOptions,
} from './bootstrap.js'
import { drawBinomial } from './draw-binomial.js'

/** The mean paired difference with its bootstrap interval; `n` counts clusters. */
export interface PairedBootstrap extends BootstrapInterval {
  readonly quantity: 'paired difference'
  readonly comparisons: number
}

/**
 * Bootstrap interval for the mean difference in score of two judges, first minus second, resampling prompts.
 *
 * Draws clusters with replacement and takes Σ(a − b) / Σ size over those drawn, so that all comparisons of a prompt
 * stay together. Scores may be half credit or any finite number. Clusters that are alike (same sum of differences,
 * same size) are drawn together as one multinomial where that is faster, so that the cost for right-or-wrong data does
 * not grow with the number of comparisons.
 *
 * Assumes independent clusters. Undefined for no comparisons: value, low and high are NaN. With one cluster the
 * interval has no width, which says nothing about its precision.
 *
 * @param scores a, b, clusters: same length and order
 * @param options.random uniform numbers in [0, 1)
 * @param options.resamples defaults to 10,000
 * @param options.level coverage in (0, 1); defaults to 0.95
 * @param options.method `percentile` (default) or `bca`, with a jackknife over clusters
 * @returns difference in the unit of the scores; n is the number of clusters
 * @throws {RangeError} if lengths differ, a score is not finite, resamples < 1, or level is outside (0, 1)
 * @see Davison, Hinkley (1997), Bootstrap Methods and their Application, section 3.8
 * @example pairedBootstrap({ a: [1, 0.5, 1], b: [0, 0.5, 1], clusters: ['p', 'p', 'q'] }, { random })
 */
export function pairedBootstrap(
  scores: PairedScores,
  { random, resamples = 10_000, level = 0.95, method = 'percentile' }: BootstrapOptions,
): PairedBootstrap {
  requireBootstrapOptions('pairedBootstrap', resamples, level)
  const differences = clusterDifferences('pairedBootstrap', scores)
  const kinds = clusterKinds(differences)
  const n = differences.sums.length
  const drawn =
    n > 20 * kinds.counts.length ? drawKinds(kinds, resamples, random) : drawClusters(differences, resamples, random)

  const leftOut = (): Float64Array => leaveKindOut(kinds)
  const value = meanOf(kinds)
  const parts = {
    quantity: 'paired difference',
    value,
    drawn,
    leftOut,
    weights: kinds.counts,
    n,
    resamples,
    level,
    method,
  }
  return { ...bootstrapInterval(parts), quantity: 'paired difference', comparisons: differences.comparisons }
}

/** Clusters of one sum and size, and how many of them there are; aligned arrays. */
export interface ClusterKinds {
  readonly sums: readonly number[]
  readonly sizes: readonly number[]
  readonly counts: readonly number[]
}

function clusterKinds({ sums, sizes }: ClusterDifferences): ClusterKinds {
  const places = new Map<string, number>()
  const kinds = { sums: [] as number[], sizes: [] as number[], counts: [] as number[] }
  for (let i = 0; i < sums.length; i++) {
    const key = `${sums[i]} ${sizes[i]}`
    const place = places.get(key) ?? places.size
    if (place === places.size) {
      places.set(key, place)
      kinds.sums.push(sums[i]!)
      kinds.sizes.push(sizes[i]!)
      kinds.counts.push(0)
    }
    kinds.counts[place]!++
  }
  return kinds
}

/** Σ count·sum / Σ count·size: the mean difference over all comparisons. */
export function meanOf({ sums, sizes, counts }: ClusterKinds): number {
  let sum = 0
  let size = 0
  for (let i = 0; i < counts.length; i++) {
    sum += counts[i]! * sums[i]!
    size += counts[i]! * sizes[i]!
  }
  return sum / size
}

function drawClusters({ sums, sizes }: ClusterDifferences, resamples: number, random: RandomGenerator): Float64Array {
  const n = sums.length
  const drawn = new Float64Array(n === 0 ? 0 : resamples)
  for (let r = 0; r < drawn.length; r++) {
    let sum = 0
    let size = 0
    for (let i = 0; i < n; i++) {
      const at = Math.floor(random() * n)
      sum += sums[at]!
      size += sizes[at]!
    }
    drawn[r] = sum / size
  }
  return drawn
}

/**
 * Resampled means by multinomial counts of the kinds: one binomial draw for each kind but the last.
 *
 * The first draw always has the same n and p, and is read from a table.
 */
export function drawKinds(kinds: ClusterKinds, resamples: number, random: RandomGenerator): Float64Array {
  const { counts } = kinds
  const total = counts.reduce((sum, count) => sum + count, 0)
  const resampled = { ...kinds, counts: counts.slice() }
  const drawn = new Float64Array(total === 0 ? 0 : resamples)
  const drawFirst = binomialTable(total, total === 0 ? 0 : counts[0]! / total)
  for (let r = 0; r < drawn.length; r++) {
    let toDraw = total - drawFirst(random)
    let left = total - counts[0]!
    resampled.counts[0] = total - toDraw
    for (let i = 1; i < counts.length; i++) {
      const count = left === counts[i] ? toDraw : drawBinomial(toDraw, counts[i]! / left, random)
      resampled.counts[i] = count
      toDraw -= count
      left -= counts[i]!
    }
    drawn[r] = meanOf(resampled)
  }
  return drawn
}

/** The mean with one cluster of each kind left out. */
export function leaveKindOut(kinds: ClusterKinds): Float64Array {
  return Float64Array.from(kinds.counts, (_, i) =>
    meanOf({ ...kinds, counts: kinds.counts.map((count, j) => (i === j ? count - 1 : count)) }),
  )
}
