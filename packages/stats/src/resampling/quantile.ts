/**
 * The quantile of ascending values by linear interpolation between order statistics (type 7: NumPy's and R's default).
 *
 * NaN for no values.
 */
export function quantileOfSorted(sorted: ArrayLike<number>, fraction: number): number {
  if (sorted.length === 0 || Number.isNaN(fraction)) return Number.NaN
  const position = (sorted.length - 1) * Math.min(1, Math.max(0, fraction))
  const below = Math.floor(position)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!
  return low + (high - low) * (position - below)
}
