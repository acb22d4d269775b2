import type { AxisValue } from '@judgelab/core'
import type { AblationArm, AblationResult } from './ablation-result.js'

/** The axes other than count and seed that have several values: what tells arms apart. */
export function variedAxes({ axes }: Pick<AblationResult, 'axes'>): string[] {
  return Object.entries(axes).flatMap(([axis, values]) =>
    axis !== 'count' && axis !== 'seed' && values.length > 1 ? [axis] : [],
  )
}

/** What an arm is called: `beta 0.3, rejected hardest`; empty where there is one arm. */
export function armLabel(ablation: Pick<AblationResult, 'axes'>, { at }: Pick<AblationArm, 'at'>): string {
  return variedAxes(ablation)
    .map((axis) => `${axisWords(ablation, axis)} ${valueWords(at[axis] ?? null)}`)
    .join(', ')
}

/** `tuning.learningRate` as `learning rate`; the whole name where another axis would be called the same. */
export function axisWords({ axes }: Pick<AblationResult, 'axes'>, axis: string): string {
  const last = (name: string): string => name.slice(name.lastIndexOf('.') + 1)
  const isShared = Object.keys(axes).some((other) => other !== axis && last(other) === last(axis))
  return isShared ? axis : last(axis).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** A value of an axis in words: `0.1`, `responses + verdicts`, `Ties 0.1 and Math 0.2`, `none`. */
export function valueWords(value: AxisValue): string {
  if (value === null) return 'none'
  if (Array.isArray(value)) return value.map((held: AxisValue) => valueWords(held)).join(' + ')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, held]) => `${name} ${valueWords(held as AxisValue)}`)
      .join(' and ')
  return String(value)
}

/** Whether the largest number of pairs is all that there are, and not only the largest that was asked for. */
export function isAllPairs({ axes }: Pick<AblationResult, 'axes'>): boolean {
  return axes.count === undefined || axes.count.includes('all')
}

/** How many runs stand behind each number of pairs above 0, over all arms: the fewest and the most; 0 where there is none. */
export function seedRange({ arms }: Pick<AblationResult, 'arms'>): { readonly fewest: number; readonly most: number } {
  const seeds = arms.flatMap(({ counts }) => counts.filter(({ pairs }) => pairs > 0).map(({ runs }) => runs.length))
  return seeds.length === 0 ? { fewest: 0, most: 0 } : { fewest: Math.min(...seeds), most: Math.max(...seeds) }
}

/** The values alone, for a chart that has no room: `0.3 / hardest`; as `armLabel` with one axis. */
export function shortArmLabel(ablation: Pick<AblationResult, 'axes'>, arm: Pick<AblationArm, 'at'>): string {
  const axes = variedAxes(ablation)
  if (axes.length < 2) return armLabel(ablation, arm)
  return axes.map((axis) => valueWords(arm.at[axis] ?? null)).join(' / ')
}
