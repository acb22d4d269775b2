import { type Steps, stepEach, type Verdict } from '@judgelab/core'
import { clusteredMean, cohenKappa } from '@judgelab/stats'
import type { Sureness } from '../accuracy.js'
import type { Judged } from '../judged.js'
import { promptKeys } from '../prompts.js'

/** How often two judges say the same of the same presentation, on slots. */
export interface Agreement {
  readonly a: string
  readonly b: string
  /** Presentations that both answered, and the comparisons that they are of. */
  readonly n: number
  readonly comparisons: number
  /** Share answered alike, in [0, 1], with an interval by prompt; null where nothing can be said, the interval also where judging was stopped early. */
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  /** Cohen’s kappa over the presentations, in [−1, 1]; null where both always say the same slot. */
  readonly kappa: number | null
}

/** Agreement of every two judges: on the slot that each named in each order, or a tie; failures are left out. */
export function agreementSteps(judged: readonly Judged[], sureness: Sureness): Steps<Agreement[]> {
  const pairs = judged.flatMap((a, at) => judged.slice(at + 1).map((b) => [a, b] as const))
  return stepEach(pairs, ([a, b]) => agreementOf(a, b, sureness))
}

function agreementOf(a: Judged, b: Judged, { level, promptOf, isStoppedEarly }: Sureness): Agreement {
  const others = new Map(b.verdicts.map((verdict) => [verdict.comparisonId, verdict]))
  const pairs = a.verdicts.flatMap((verdict) => pairsOf(verdict, others.get(verdict.comparisonId)))
  const base = { a: a.name, b: b.name, n: pairs.length, comparisons: new Set(pairs.map(({ id }) => id)).size }
  if (pairs.length === 0) return { ...base, value: null, low: null, high: null, kappa: null }
  const same = pairs.map(({ slots: [x, y] }) => (x === y ? 1 : 0))
  const { value, low, high } = clusteredMean(same, promptKeys(pairs, promptOf), { level })
  const { value: kappa } = cohenKappa(
    pairs.map(({ slots }) => slots[0]),
    pairs.map(({ slots }) => slots[1]),
  )
  const isLimited = isStoppedEarly !== true && Number.isFinite(low) && Number.isFinite(high)
  return {
    ...base,
    value,
    low: isLimited ? Math.max(0, low) : null,
    high: isLimited ? Math.min(1, high) : null,
    kappa: Number.isFinite(kappa) ? kappa : null,
  }
}

interface Answered {
  readonly id: string
  readonly exampleId: string
  readonly slots: readonly [string, string]
}

function pairsOf({ comparisonId, exampleId, slots }: Verdict, other: Verdict | undefined): Answered[] {
  if (other === undefined || other.slots.length !== slots.length) return []
  return slots.flatMap((slot, order) => {
    const second = other.slots[order]
    if (slot === 'failed' || second === 'failed' || second === undefined) return []
    return [{ id: comparisonId, exampleId, slots: [String(slot), String(second)] as const }]
  })
}
