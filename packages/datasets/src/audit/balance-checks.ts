import type { Comparison, Example, Orders, PreferencePair } from '@judgelab/core'
import type { AuditCheck, AuditFinding } from './audit-report.js'

/**
 * How often the chosen response is the one of lower index, which stands first. Where only one order is judged, a judge with
 * a taste for the first slot gains from it; where both are, or one by chance, the place says nothing, and the verdict is ok.
 */
export function labelBalance(comparisons: readonly Comparison[], orders: Orders): AuditFinding {
  const items = comparisons.map(({ subset, chosen, rejected }) => ({ subset, side: Math.sign(rejected - chosen) }))
  const found = balance(items, { name: 'label-balance', more: 'stands first' })
  if (orders === 'first') return found
  const judged = orders === 'both' ? 'both orders are judged' : 'the order is drawn by seed'
  return { ...found, verdict: 'ok', summary: `${judged}; ${found.summary}` }
}

/** How often the chosen response is the longer one, in characters: what a judge gains that always names the longer one. */
export function lengthBalance(comparisons: readonly Comparison[], examples: readonly Example[]): AuditFinding {
  const byId = new Map(examples.map((example) => [example.id, example]))
  const items = comparisons.map(({ exampleId, subset, chosen, rejected }) => {
    const length = (index: number): number => byId.get(exampleId)?.responses[index]?.text.length ?? 0
    return { subset, side: Math.sign(length(chosen) - length(rejected)) }
  })
  return balance(items, { name: 'length-balance', more: 'is longer' })
}

/** As `lengthBalance`, for training pairs: what training learns that only learns to prefer the longer output. */
export function pairsLengthBalance(pairs: readonly PreferencePair[]): AuditFinding {
  const items = pairs.map(({ origin, preferred, nonPreferred }) => ({
    subset: origin.subset,
    side: Math.sign(preferred.length - nonPreferred.length),
  }))
  return balance(items, { name: 'pairs-length-balance', more: 'is longer' })
}

interface Balanced {
  readonly subset: string
  /** 1 where the chosen response has more of it, -1 where it has less, 0 where both are equal. */
  readonly side: number
}

/** A share is unbalanced when it is this far from one half … */
const FARTHEST = 0.1
/** … and that many standard errors of a fair coin: 1 in 370 fair subsets is so by chance. */
const STANDARD_ERRORS = 3

/** Counts by subset how often the chosen response has more of something; equal ones count half. */
function balance(
  items: readonly Balanced[],
  { name, more }: { readonly name: AuditCheck; readonly more: string },
): AuditFinding {
  const subsets = new Map<string, { of: number; more: number; equal: number }>()
  for (const { subset, side } of items) {
    const held = subsets.get(subset) ?? { of: 0, more: 0, equal: 0 }
    held.of += 1
    if (side > 0) held.more += 1
    if (side === 0) held.equal += 1
    subsets.set(subset, held)
  }
  const shares = [...subsets].map(([subset, { of, more, equal }]) => ({ subset, of, share: (more + equal / 2) / of }))
  const unbalanced = shares.filter(
    ({ of, share }) =>
      Math.abs(share - 0.5) > FARTHEST && Math.abs(share - 0.5) > (STANDARD_ERRORS * 0.5) / Math.sqrt(of),
  )
  const told = unbalanced.map(({ subset, of, share }) => `${(100 * share).toFixed(0)} % of ${of} in ${subset}`)
  return {
    name,
    verdict: unbalanced.length === 0 ? 'ok' : 'warning',
    summary:
      unbalanced.length === 0
        ? `the chosen response ${more} about as often as not in every subset`
        : `the chosen response ${more} in ${told.join(', ')}`,
    counts: { subsets: subsets.size, found: unbalanced.length },
    bySubset: Object.fromEntries(subsets),
    threshold: FARTHEST,
    examples: [],
  }
}
