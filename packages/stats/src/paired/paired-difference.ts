import { requireCounts } from '../check/require-count.js'
import { requireOpenFraction } from '../check/require-fraction.js'
import { unknownOption } from '../check/unknown-option.js'
import { normalCriticalValue } from '../distribution/normal.js'
import type { Interval } from '../interval.js'
import { wilsonLimits } from '../proportion/proportion-interval.js'
import type { PairedCounts } from './paired-table.js'
import { tangoLimits } from './tango.js'

/** How the interval is made; `wald` is here to be compared with, not to be used. */
export type PairedDifferenceMethod = 'tango' | 'newcombe' | 'wald'

/** P(right A) − P(right B) in [−1, 1] with its interval. */
export interface PairedDifference extends Interval {
  readonly quantity: 'paired difference'
  readonly method: PairedDifferenceMethod
  /** pairs in which exactly one judge was right */
  readonly discordant: number
}

/** The method (default `tango`) and the coverage in (0, 1) (default 0.95). */
export interface PairedDifferenceOptions {
  readonly method?: PairedDifferenceMethod
  readonly level?: number
}

/**
 * Confidence interval for the difference in accuracy of two judges on the same comparisons, first minus second.
 *
 * With d = (onlyA − onlyB) / n and z the normal quantile for `level`:
 * - `tango` (default): the differences that Tango's score test does not reject (see `tangoScore`).
 * - `newcombe`: his method 10, the Wilson limits of both accuracies joined with the correlation φ, whose numerator
 *   both·neither − onlyA·onlyB, if positive, is reduced by n/2 but not below 0.
 * - `wald`: d ± z·sqrt(onlyA + onlyB − (onlyA − onlyB)²/n) / n, clipped to [−1, 1]; of no width with no discordant
 *   pair, and covers too little with few.
 *
 * Assumes independent comparisons, each 0 or 1. For several comparisons of one prompt, or half credit, use
 * `pairedBootstrap`. Undefined for n = 0: value, low and high are NaN.
 *
 * @param table both, onlyA, onlyB, neither: integers ≥ 0; a `PairedTable` will do
 * @param options.method defaults to `tango`
 * @param options.level coverage in (0, 1); defaults to 0.95
 * @returns differences in [−1, 1]; n is the number of pairs
 * @throws {RangeError} if a count is negative or no integer, or level is outside (0, 1)
 * @see Tango (1998), Statist. Med. 17:891–908
 * @see Newcombe (1998), Statist. Med. 17:2635–2650
 * @example pairedDifference({ both: 36, onlyA: 12, onlyB: 2, neither: 0 }, { method: 'newcombe' })
 *   // value 0.2, low 0.0569, high 0.3404
 */
export function pairedDifference(
  { both, onlyA, onlyB, neither }: PairedCounts,
  { method = 'tango', level = 0.95 }: PairedDifferenceOptions = {},
): PairedDifference {
  requireCounts('pairedDifference', { both, onlyA, onlyB, neither })
  requireOpenFraction('pairedDifference', 'level', level)
  const n = both + onlyA + onlyB + neither
  const table = { both, onlyA, onlyB, neither }
  const [low, high] = n === 0 ? [Number.NaN, Number.NaN] : differenceLimits(table, n, method, level)
  const value = (onlyA - onlyB) / n
  return { quantity: 'paired difference', method, value, low, high, n, level, discordant: onlyA + onlyB }
}

function differenceLimits(
  table: PairedCounts,
  n: number,
  method: PairedDifferenceMethod,
  level: number,
): [number, number] {
  const z = normalCriticalValue(level)
  switch (method) {
    case 'tango':
      return tangoLimits({ onlyA: table.onlyA, onlyB: table.onlyB, n }, z)
    case 'newcombe':
      return newcombeLimits(table, n, z)
    case 'wald':
      return waldLimits(table.onlyA, table.onlyB, n, z)
    default:
      throw unknownOption('pairedDifference', 'method', method)
  }
}

function newcombeLimits(table: PairedCounts, n: number, z: number): [number, number] {
  const rightA = table.both + table.onlyA
  const rightB = table.both + table.onlyB
  const a = rightA / n
  const b = rightB / n
  const [lowA, highA] = wilsonLimits(rightA, n, z)
  const [lowB, highB] = wilsonLimits(rightB, n, z)
  const phi = reducedPhi(table, n)
  const below = joinedWidth(a - lowA, highB - b, phi)
  const above = joinedWidth(highA - a, b - lowB, phi)
  return [a - b - below, a - b + above]
}

/** Newcombe's φ with its numerator reduced by n/2 where it is positive. */
function reducedPhi({ both, onlyA, onlyB, neither }: PairedCounts, n: number): number {
  const product = (both + onlyA) * (onlyB + neither) * (both + onlyB) * (onlyA + neither)
  if (product === 0) return 0
  const raw = both * neither - onlyA * onlyB
  return (raw > 0 ? Math.max(raw - n / 2, 0) : raw) / Math.sqrt(product)
}

function joinedWidth(a: number, b: number, phi: number): number {
  return Math.sqrt(Math.max(0, a * a - 2 * phi * a * b + b * b))
}

function waldLimits(onlyA: number, onlyB: number, n: number, z: number): [number, number] {
  const d = (onlyA - onlyB) / n
  const half = (z * Math.sqrt(Math.max(0, onlyA + onlyB - (onlyA - onlyB) ** 2 / n))) / n
  return [Math.max(-1, d - half), Math.min(1, d + half)]
}
