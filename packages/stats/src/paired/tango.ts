import { bisect } from '../numeric/bisect.js'

/** The counts that Tango's score needs; n is the number of pairs, concordant ones included. */
export interface ScoreCounts {
  readonly onlyA: number
  readonly onlyB: number
  readonly n: number
}

/**
 * Tango's score statistic for the hypothesis that P(right A) − P(right B) equals `difference`.
 *
 * (onlyA − onlyB − n·δ) / sqrt(n·(2q + δ(1 − δ))), with q the maximum-likelihood P(only B right) under that
 * hypothesis: the larger root of 2n·q² + (−onlyA − onlyB + (2n − onlyA + onlyB)·δ)·q − onlyB·δ(1 − δ) = 0, taken in the
 * form without cancellation. Standard normal in large samples. Falls in δ. At δ = ±1, or where the variance is zero,
 * it is 0 if the counts fit the hypothesis exactly and ±Infinity otherwise.
 *
 * @see Tango (1998), Statist. Med. 17:891–908, doi:10.1002/(SICI)1097-0258(19980430)17:8<891::AID-SIM780>3.0.CO;2-B
 */
export function tangoScore({ onlyA, onlyB, n }: ScoreCounts, difference: number): number {
  const distance = onlyA - onlyB - n * difference
  const q = constrainedOnlyB({ onlyA, onlyB, n }, difference)
  const variance = n * (2 * q + difference * (1 - difference))
  if (variance > 0) return distance / Math.sqrt(variance)
  return distance === 0 ? 0 : distance > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
}

/** The maximum-likelihood P(only B right) given that the difference of the two judges is `difference`. */
function constrainedOnlyB({ onlyA, onlyB, n }: ScoreCounts, difference: number): number {
  const linear = -onlyA - onlyB + (2 * n - onlyA + onlyB) * difference
  const constant = -onlyB * difference * (1 - difference)
  const root = Math.sqrt(Math.max(0, linear * linear - 8 * n * constant))
  if (linear <= 0) return (root - linear) / (4 * n)
  return (-2 * constant) / (linear + root)
}

/**
 * The limits of Tango's score interval: the differences at which the score is ±z.
 *
 * With no discordant pair they are ±z² / (n + z²).
 */
export function tangoLimits(counts: ScoreCounts, z: number): [number, number] {
  const { onlyA, onlyB, n } = counts
  if (onlyA + onlyB === 0) return [(-z * z) / (n + z * z), (z * z) / (n + z * z)]
  const estimate = (onlyA - onlyB) / n
  const low = estimate === -1 ? -1 : bisect((d) => tangoScore(counts, d) - z, -1, estimate)
  const high = estimate === 1 ? 1 : bisect((d) => tangoScore(counts, d) + z, estimate, 1)
  return [low, high]
}
