import type { PrintedCount } from '@judgelab/core'

/** The counts that a printed figure allows, both ends included. */
export interface CountRange {
  readonly low: number
  readonly high: number
}

/** What a printed figure says of a count out of `n`. */
export interface PrintedFigure {
  /** As it is printed: `186`, `62.63 %`. */
  readonly text: string
  readonly n: number
  /** null where no whole number of `n` rounds to the printed percentage. */
  readonly counts: CountRange | null
  /** The counts next below and above an impossible percentage, with what they would be printed as; empty else. */
  readonly nearest: readonly { readonly count: number; readonly text: string }[]
}

/**
 * The counts behind a printed figure: itself, or every k with |100·k/n − percentage| at most half a unit of the last
 * printed digit. A k just on a half counts, as software rounds halves up, to even or as the binary number falls.
 *
 * @param printed a whole number, or a percentage with its digits, as `62.63 %`
 * @param n comparisons, at least 1
 * @throws {RangeError} if a count is above n, or a text is no percentage
 * @example printedFigure('62.6 %', 297).counts // { low: 186, high: 186 }
 */
export function printedFigure(printed: PrintedCount, n: number): PrintedFigure {
  if (typeof printed === 'number') {
    if (printed > n) throw new RangeError(`printedFigure needs a count <= n, got ${printed}, n=${n}`)
    return { text: String(printed), n, counts: { low: printed, high: printed }, nearest: [] }
  }
  const { units, digits } = percentageOf(printed)
  const perCount = 200 * 10 ** digits
  const low = Math.max(0, Math.ceil(((2 * units - 1) * n) / perCount))
  const high = Math.min(n, Math.floor(((2 * units + 1) * n) / perCount))
  const text = `${(units / 10 ** digits).toFixed(digits)} %`
  if (low <= high) return { text, n, counts: { low, high }, nearest: [] }
  const nearest = [high, low].map((count) => ({ count, text: percentText(count, n, digits) }))
  return { text, n, counts: null, nearest }
}

/** A percentage in units of its last printed digit. */
function percentageOf(text: string): { units: number; digits: number } {
  const [, whole, decimals = ''] = /^(\d{1,3})(?:\.(\d+))?\s*%$/.exec(text) ?? []
  if (whole === undefined) throw new RangeError(`printedFigure needs a percentage as 62.63 %, got "${text}"`)
  return { units: Number(whole + decimals), digits: decimals.length }
}

/** A count as a percentage with a fixed number of digits. */
export function percentText(count: number, n: number, digits: number): string {
  return `${((100 * count) / n).toFixed(digits)} %`
}

/** The sum of ranges. */
export function sumOfRanges(ranges: readonly CountRange[]): CountRange {
  return ranges.reduce((sum, { low, high }) => ({ low: sum.low + low, high: sum.high + high }), { low: 0, high: 0 })
}

/** What two ranges share; null where they share nothing. */
export function overlapOf(a: CountRange, b: CountRange): CountRange | null {
  const [low, high] = [Math.max(a.low, b.low), Math.min(a.high, b.high)]
  return low <= high ? { low, high } : null
}
