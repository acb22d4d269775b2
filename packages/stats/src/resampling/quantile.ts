/**
 * The quantile of values by linear interpolation between order statistics (type 7: NumPy's and R's default).
 *
 * Finds the two order statistics by selection, which puts the values into another order. NaN for no values.
 *
 * @see Hyndman, Fan (1996), Am. Stat. 50:361–365, for the type; Hoare (1961), Algorithm 65: find, for the selection
 */
export function quantileOf(values: Float64Array, fraction: number): number {
  if (values.length === 0 || Number.isNaN(fraction)) return Number.NaN
  const position = (values.length - 1) * Math.min(1, Math.max(0, fraction))
  const below = Math.floor(position)
  const low = select(values, below)
  if (position === below) return low
  let high = Number.POSITIVE_INFINITY
  for (let i = below + 1; i < values.length; i++) if (values[i]! < high) high = values[i]!
  return low + (high - low) * (position - below)
}

/** The value of rank k (from 0), with smaller ones moved before and larger ones behind it. */
function select(values: Float64Array, k: number): number {
  let left = 0
  let right = values.length - 1
  while (left < right) {
    const pivot = values[k]!
    let i = left
    let j = right
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i <= j) {
        const held = values[i]!
        values[i++] = values[j]!
        values[j--] = held
      }
    }
    if (j < k) left = i
    if (k < i) right = j
  }
  return values[k]!
}
