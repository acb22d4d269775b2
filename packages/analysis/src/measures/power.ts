import { type PowerCurvePoint, powerCurve } from '@judgelab/stats'
import { type NeededComparisons, neededComparisons } from '../claims/claim-planning.js'
import type { PairedResult } from '../contrast.js'

/** What a comparison of this size can show, and what the observed difference would take. */
export interface ContrastPower extends NeededComparisons {
  /** Share of comparisons that exactly one judge got right, as observed, in [0, 1]. */
  readonly discordance: number
  /** Power over true differences at that discordance, for this n, twice and four times as many. */
  readonly curve: readonly PowerPoint[]
}

/** One point of a power curve. */
export type PowerPoint = Pick<PowerCurvePoint, 'n' | 'difference' | 'power'>

const STEPS = 20

/**
 * The power of McNemar's exact test at the observed discordance; null where the test is another one, or no comparison tells
 * the judges apart. Power at the observed difference itself would only say p in another way, and is not given.
 */
export function contrastPower({ table, n, test }: PairedResult, level: number): ContrastPower | null {
  if (test !== 'exact McNemar' || table === null || table.onlyA + table.onlyB === 0) return null
  const discordance = (table.onlyA + table.onlyB) / n
  const alpha = Number((1 - level).toFixed(12))
  const widest = Math.min(discordance, 0.2)
  const differences = Array.from({ length: STEPS + 1 }, (_, step) => (widest * step) / STEPS)
  const points = powerCurve({ n: [n, 2 * n, 4 * n], differences, discordances: [discordance], alpha })
  return {
    discordance,
    curve: points.map(({ n: size, difference, power }) => ({ n: size, difference, power })),
    ...neededComparisons((table.onlyA - table.onlyB) / n, discordance, alpha),
  }
}
