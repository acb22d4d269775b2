import type { Accuracy } from '../accuracy.js'

/** The mean of a judge's accuracies over subsets, each of equal weight: the macro average. Proportions in [0, 1]. */
export interface MacroAccuracy {
  readonly subsets: number
  /** null where a subset has no accuracy. */
  readonly value: number | null
  /** null where a subset has no interval. */
  readonly low: number | null
  readonly high: number | null
  readonly method: 'mover' | 'none'
}

/**
 * The macro average with its interval: with K subsets of accuracy v and limits (l, u), the mean of v less sqrt(Σ (v − l)²)/K,
 * and with sqrt(Σ (u − v)²)/K added. Assumes that subsets are independent of each other.
 *
 * @see Zou, Donner (2008), Statist. Med. 27:1693–1702, doi:10.1002/sim.3095
 */
export function macroAccuracy(subsets: readonly Accuracy[]): MacroAccuracy {
  const count = subsets.length
  const values = subsets.flatMap(({ value }) => value ?? [])
  if (count === 0 || values.length < count)
    return { subsets: count, value: null, low: null, high: null, method: 'none' }
  const value = values.reduce((sum, held) => sum + held, 0) / count
  const limited = subsets.flatMap(({ value: v, low, high }) =>
    v === null || low === null || high === null ? [] : [{ v, low, high }],
  )
  if (limited.length < count) return { subsets: count, value, low: null, high: null, method: 'none' }
  const below = Math.sqrt(limited.reduce((sum, { v, low }) => sum + (v - low) ** 2, 0)) / count
  const above = Math.sqrt(limited.reduce((sum, { v, high }) => sum + (high - v) ** 2, 0)) / count
  return { subsets: count, value, low: value - below, high: value + above, method: 'mover' }
}
