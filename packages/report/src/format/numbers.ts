/**
 * Numbers as a reader sees them. The only place where a proportion becomes a percentage: everywhere else rates and
 * differences are in [0, 1]. All functions give `MISSING` for what is not a finite number.
 */
import type { IntervalValue } from '@judgelab/analysis'

/** What stands where there is no value; never a zero. */
export const MISSING = '–'

const MINUS = '−'

/** `0.6263` as `62.6`: one decimal when n < 1,000 or unknown, else two. */
export function formatPercent(proportion: number, n?: number): string {
  return fixed(100 * proportion, percentDigits(n))
}

/** `62.6 [57.0, 67.9]`. */
export function formatInterval({ value, low, high, n }: IntervalValue): string {
  return bracketed((x) => formatPercent(x, n), value, low, high)
}

/** A difference of proportions in points, with its sign: `+4.1`, `−0.3`, `0.0`. */
export function formatPoints(difference: number, n?: number): string {
  const text = formatPercent(difference, n)
  return difference > 0 && /[1-9]/.test(text) ? `+${text}` : text
}

/** `+4.1 [−1.0, +9.2]`. */
export function formatPointsInterval({ value, low, high, n }: IntervalValue): string {
  return bracketed((x) => formatPoints(x, n), value, low, high)
}

/** Two significant digits: `0.61`, `0.043`, `0.0012`; `< 0.001` below that. */
export function formatP(p: number): string {
  if (!Number.isFinite(p)) return MISSING
  return p < 0.001
    ? '< 0.001'
    : Number(p.toPrecision(2)) >= 1
      ? '1.0'
      : fixed(p, 1 - Math.floor(Math.log10(Number(p.toPrecision(2)))))
}

/** `1,865`. */
export function formatInteger(count: number): string {
  return fixed(count, 0)
}

/** A plain number with a fixed count of decimals, thousands apart. */
export function formatNumber(value: number, digits: number): string {
  return fixed(value, digits)
}

function percentDigits(n: number | undefined): number {
  return n === undefined || n < 1_000 ? 1 : 2
}

function bracketed(format: (x: number) => string, value: number, low: number, high: number): string {
  if (!Number.isFinite(value)) return MISSING
  if (!Number.isFinite(low) || !Number.isFinite(high)) return format(value)
  return `${format(value)} [${format(low)}, ${format(high)}]`
}

/** A fixed count of decimals, thousands apart, a real minus sign, and no negative zero. */
function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return MISSING
  const size = Math.abs(value).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return value < 0 && /[1-9]/.test(size) ? `${MINUS}${size}` : size
}
