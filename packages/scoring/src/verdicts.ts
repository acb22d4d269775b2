import { type Comparison, DatasetFormatError, type Judgment, type Rule, type Verdict } from '@judgelab/core'
import { passResult, preferredSlot, ratedResult } from './pass.js'
import { combinePasses } from './rules.js'

/**
 * The verdict of every comparison, in the order given, from the judgments of one run. A comparison without judgments is
 * failed: it is counted, never dropped. The verdicts of an unfinished run are of the passes that it has.
 *
 * A rating belongs to a response, whichever comparison asked for it, and counts in every comparison of that response.
 *
 * @param judgments of one run, in any order; a presentation that was answered twice counts with its last judgment
 * @throws {DatasetFormatError} if there are comparisons but no judgment belongs to any of them
 * @throws {RangeError} for judgments of a mode that has no verdicts (best-of-n, classify)
 */
export function verdictsOf(comparisons: readonly Comparison[], judgments: readonly Judgment[], rule: Rule): Verdict[] {
  const groups = groupByEvidence(judgments)
  const evidence = comparisons.map((comparison) => evidenceFor(comparison).flatMap((key) => groups.get(key) ?? []))
  if (comparisons.length > 0 && evidence.every((held) => held.length === 0))
    throw new DatasetFormatError(`expected judgments of ${comparisons.length} comparisons, found none`, {
      file: 'judgments.jsonl',
    })
  return comparisons.map((comparison, at) => verdictOf(comparison, evidence[at] as Judgment[], rule))
}

/**
 * The verdict of one comparison from its judgments, each presentation once.
 *
 * @throws {RangeError} for judgments of a mode that has no verdicts (best-of-n, classify), or of several modes
 */
export function verdictOf(comparison: Comparison, judgments: readonly Judgment[], rule: Rule): Verdict {
  const ordered = judgments.toSorted(byOrderThenRepeat)
  const rated = modeOf(ordered) === 'rating'
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

function modeOf(judgments: readonly Judgment[]): 'pairwise' | 'rating' | undefined {
  const [mode, ...others] = new Set(judgments.map((judgment) => judgment.mode))
  if (mode === undefined || (others.length === 0 && (mode === 'pairwise' || mode === 'rating'))) return mode
  throw new RangeError(`verdictOf needs judgments of mode pairwise or rating, got ${[mode, ...others].join(' and ')}`)
}

/** The response with the lower index in slot 0 first, repeats in turn: the order in which presentations are made. */
function byOrderThenRepeat(a: Judgment, b: Judgment): number {
  return (a.slots[0] as number) - (b.slots[0] as number) || a.repeat - b.repeat
}

function groupByEvidence(judgments: readonly Judgment[]): Map<string, Judgment[]> {
  const last = new Map(judgments.map((judgment) => [judgment.presentationId, judgment]))
  const groups = new Map<string, Judgment[]>()
  for (const judgment of last.values()) {
    const key = evidenceOf(judgment)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(judgment)
    else groups.set(key, [judgment])
  }
  return groups
}

/** What a judgment is evidence for: a rating for its response, any other for the comparison that asked for it. */
function evidenceOf({ mode, exampleId, slots, comparisonId }: Judgment): string | undefined {
  return mode === 'rating' ? responseKey(exampleId, slots[0] as number) : comparisonId
}

function evidenceFor({ id, exampleId, chosen, rejected }: Comparison): string[] {
  return [id, responseKey(exampleId, chosen), responseKey(exampleId, rejected)]
}

function responseKey(exampleId: string, response: number): string {
  return JSON.stringify([exampleId, response])
}
