import { type Comparison, DatasetFormatError, type Judgment, type Rule, type Verdict } from '@judgelab/core'
import { passResult, preferredSlot, ratedResult } from './pass.js'
import { combinePasses } from './rules.js'

/**
 * The verdict of every comparison, in the order given, from the judgments of one run. A comparison without judgments is
 * failed: it is counted, never dropped.
 *
 * @param judgments of one run, in any order; a presentation that was answered twice counts with its last judgment
 * @throws {DatasetFormatError} if there are comparisons but no judgment belongs to any of them
 */
export function verdictsOf(comparisons: readonly Comparison[], judgments: readonly Judgment[], rule: Rule): Verdict[] {
  const byComparison = groupByComparison(judgments)
  if (comparisons.length > 0 && !comparisons.some(({ id }) => byComparison.has(id)))
    throw new DatasetFormatError(`expected judgments of ${comparisons.length} comparisons, found none`, {
      file: 'judgments.jsonl',
    })
  return comparisons.map((comparison) => verdictOf(comparison, byComparison.get(comparison.id) ?? [], rule))
}

/** The verdict of one comparison from its judgments. */
export function verdictOf(comparison: Comparison, judgments: readonly Judgment[], rule: Rule): Verdict {
  const ordered = judgments.toSorted(byOrderThenRepeat)
  const rated = ordered[0]?.mode === 'rating'
  const passes = rated
    ? [ratedResult(ordered, comparison)]
    : ordered.map(({ outcome, slots }) => passResult(outcome, slots, comparison))
  return {
    comparisonId: comparison.id,
    exampleId: comparison.exampleId,
    subset: comparison.subset,
    rule,
    result: combinePasses(passes, rule),
    passes,
    slots: rated ? [] : ordered.map(({ outcome }) => preferredSlot(outcome)),
  }
}

/** The response with the lower index in slot 0 first, repeats in turn: the order in which presentations are made. */
function byOrderThenRepeat(a: Judgment, b: Judgment): number {
  return (a.slots[0] as number) - (b.slots[0] as number) || a.repeat - b.repeat
}

function groupByComparison(judgments: readonly Judgment[]): Map<string, Judgment[]> {
  const last = new Map(judgments.map((judgment) => [judgment.presentationId, judgment]))
  const groups = new Map<string, Judgment[]>()
  for (const judgment of last.values()) {
    if (judgment.comparisonId === undefined) continue
    const group = groups.get(judgment.comparisonId)
    if (group) group.push(judgment)
    else groups.set(judgment.comparisonId, [judgment])
  }
  return groups
}
