import type { Verdict, VerdictResult } from '@judgelab/core'

export const FLIP_KINDS = [
  'fixed',
  'broken',
  'to-tie',
  'from-tie',
  'other',
  'kept-right',
  'kept-wrong',
  'kept-tie',
  'kept-failed',
] as const
/**
 * How a verdict changed between two runs: from not chosen to chosen (`fixed`), from chosen to not chosen (`broken`),
 * between rejected and tie (`to-tie`, `from-tie`), any other change (with a failure in it), or not at all: chosen both
 * times (`kept-right`), rejected (`kept-wrong`), tied or failed.
 */
export type FlipKind = (typeof FLIP_KINDS)[number]

/** One comparison before and after. */
export interface Flip {
  readonly comparisonId: string
  readonly exampleId: string
  readonly subset: string
  readonly before: VerdictResult
  readonly after: VerdictResult
  readonly kind: FlipKind
}

/** Every comparison that both runs have, in the order of `before`, with how its verdict changed. */
export function flipsOf(before: readonly Verdict[], after: readonly Verdict[]): Flip[] {
  const later = new Map(after.map((verdict) => [verdict.comparisonId, verdict.result]))
  return before.flatMap(({ comparisonId, exampleId, subset, result }) => {
    const result2 = later.get(comparisonId)
    if (result2 === undefined) return []
    return [{ comparisonId, exampleId, subset, before: result, after: result2, kind: flipKind(result, result2) }]
  })
}

function flipKind(before: VerdictResult, after: VerdictResult): FlipKind {
  if (before === after) return KEPT[before]
  if (after === 'chosen') return 'fixed'
  if (before === 'chosen') return 'broken'
  if (before === 'rejected' && after === 'tie') return 'to-tie'
  if (before === 'tie' && after === 'rejected') return 'from-tie'
  return 'other'
}

const KEPT = {
  chosen: 'kept-right',
  rejected: 'kept-wrong',
  tie: 'kept-tie',
  failed: 'kept-failed',
} as const satisfies Record<VerdictResult, FlipKind>

/** How many flips of each kind, every kind named. */
export function countFlips(flips: readonly Flip[]): Record<FlipKind, number> {
  const counts = Object.fromEntries(FLIP_KINDS.map((kind) => [kind, 0])) as Record<FlipKind, number>
  for (const { kind } of flips) counts[kind]++
  return counts
}
