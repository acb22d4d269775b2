import { mcnemarSampleSize, minimumDetectableDifference, type SampleSizePoint, sampleSizeCurve } from '@judgelab/stats'

/** How many comparisons a difference would take. */
export interface NeededComparisons {
  /**
   * Comparisons that a true difference as large as the one seen needs for probability 0.8: exact up to some three
   * thousand, beyond that to two digits, by extrapolation; null where the status says why.
   */
  readonly needed: number | null
  readonly neededStatus: 'exact' | 'about' | 'no difference' | 'above a million'
}

/** What a comparison of this size could show at one share of discordant comparisons. Proportions in [0, 1]. */
export interface PlanningRow extends NeededComparisons {
  /** Why this share is looked at: the fewest or the most that the print allows, or a round share between them. */
  readonly which: 'fewest' | 'round' | 'most'
  readonly discordance: number
  /** The smallest true difference found with probability 0.8; null where this n finds none. */
  readonly detectable: number | null
}

/** Chance that the test shall find a difference that is there. */
export const WANTED_POWER = 0.8

const ROUND_SHARES = [0.1, 0.2, 0.3]

/** Above this the exact count takes too long, and no one plans to the last comparison. */
const MOST_EXACT = 3_000
const MOST_NEEDED = 1_000_000

/**
 * The difference that n comparisons could have shown, and the n that the printed difference needs, at the fewest and the
 * most discordant comparisons that the print allows and at round shares between.
 *
 * @param input.difference of accuracies, in [−1, 1]
 * @param input.discordant counts
 */
export function claimPlanning(input: {
  readonly n: number
  readonly difference: number
  readonly discordant: { readonly min: number; readonly max: number }
  readonly alpha: number
}): PlanningRow[] {
  const [least, most] = [input.discordant.min / input.n, input.discordant.max / input.n]
  const between = ROUND_SHARES.filter((share) => share > least && share < most)
  const rows = [
    { which: 'fewest' as const, discordance: least },
    ...between.map((discordance) => ({ which: 'round' as const, discordance })),
    ...(most > least ? [{ which: 'most' as const, discordance: most }] : []),
  ]
  return rows.map((row) => ({
    ...row,
    detectable: detectable(input, row.discordance),
    ...neededComparisons(input.difference, row.discordance, input.alpha),
  }))
}

function detectable({ n, alpha }: { readonly n: number; readonly alpha: number }, discordance: number): number | null {
  const { status, difference } = minimumDetectableDifference({ n, discordance, alpha, power: WANTED_POWER })
  return status === 'detectable' ? difference : null
}

/** The comparisons that a difference takes at a share of discordant ones, for probability 0.8. */
export function neededComparisons(difference: number, discordance: number, alpha: number): NeededComparisons {
  const size = Math.abs(difference)
  if (size === 0) return { needed: null, neededStatus: 'no difference' }
  const guess = (GUESS * discordance) / size ** 2
  if (guess > 2 * MOST_NEEDED) return { needed: null, neededStatus: 'above a million' }
  if (guess <= MOST_EXACT) return { needed: exactlyNeeded(size, discordance, alpha), neededStatus: 'exact' }
  const scaled = extrapolated(size, discordance, alpha)
  return scaled > MOST_NEEDED
    ? { needed: null, neededStatus: 'above a million' }
    : { needed: Number(scaled.toPrecision(2)), neededStatus: 'about' }
}

/**
 * The count for a small difference d from those of two larger ones, as a/d² + b/d: the first part is the normal
 * approximation's, the second what a discrete test adds.
 */
function extrapolated(size: number, discordance: number, alpha: number): number {
  const larger = Math.min(discordance / 1.5, Math.sqrt((GUESS * discordance) / MOST_EXACT))
  const [n1, n2] = [exactlyNeeded(larger, discordance, alpha), exactlyNeeded(1.5 * larger, discordance, alpha)]
  const a = larger ** 2 * (3 * n1 - 4.5 * n2)
  const b = larger * (4.5 * n2 - 2 * n1)
  return a / size ** 2 + b / size
}

/** Comparisons for power 0.8 at alpha 0.05, times size²/discordance, where the difference is small. */
const GUESS = 7.85

function exactlyNeeded(size: number, discordance: number, alpha: number): number {
  const [pOnlyA, pOnlyB] = [Math.min(1, (discordance + size) / 2), Math.max(0, (discordance - size) / 2)]
  return mcnemarSampleSize({ pOnlyA, pOnlyB, alpha, power: WANTED_POWER }).n
}

/** How many comparisons differences of some points need, at some shares of discordant comparisons. */
export function neededSizes(
  differences: readonly number[] = [0.01, 0.03, 0.05],
  discordances: readonly number[] = [0.1, 0.2, 0.3],
  alpha = 0.05,
): readonly SampleSizePoint[] {
  return sampleSizeCurve({ differences, discordances, alpha, power: WANTED_POWER })
}
