import {
  type Comparison,
  DatasetFormatError,
  groupBy,
  type Judgment,
  type Outcome,
  type Rule,
  type Verdict,
} from '@judgelab/core'
import { passResult, preferredSlot, ratedResult } from './pass.js'
import { combinePasses } from './rules.js'

/** What a run was asked of each comparison: both orders, or the response of lower index first alone. */
export interface AskedOrders {
  /** `both` where nothing is said; ratings know no order. */
  readonly orders?: 'both' | 'first' | undefined
}

/**
 * The verdict of every comparison, in the order given, from the judgments of one run. A comparison without judgments is
 * failed: it is counted, never dropped. So is a pass that was asked and is not there: an unfinished run, or one whose
 * log lost a line, says no more than it knows.
 *
 * A rating belongs to a response, whichever comparison asked for it, and counts in every comparison of that response.
 *
 * @param judgments of one run, in any order; a presentation that was answered twice counts with its last judgment
 * @throws {DatasetFormatError} if there are comparisons but no judgment belongs to any of them
 * @throws {RangeError} for judgments of a mode that has no verdicts (best-of-n, classify)
 */
export function verdictsOf(
  comparisons: readonly Comparison[],
  judgments: readonly Judgment[],
  rule: Rule,
  asked: AskedOrders = {},
): Verdict[] {
  const groups = groupByEvidence(judgments)
  const evidence = comparisons.map((comparison) => evidenceFor(comparison).flatMap((key) => groups.get(key) ?? []))
  if (comparisons.length > 0 && evidence.every((held) => held.length === 0))
    throw new DatasetFormatError(`expected judgments of ${comparisons.length} comparisons, found none`, {
      file: 'judgments.jsonl',
    })
  const isRated = judgments.length > 0 && judgments.every(({ mode }) => mode === 'rating')
  return comparisons.map((comparison, at) => {
    const held = evidence[at] as Judgment[]
    return isRated ? ratedVerdict(comparison, held, rule) : verdictOf(comparison, held, rule, asked)
  })
}

/**
 * The verdict of one comparison from its judgments.
 *
 * Pairwise, its passes are the orders that were asked: the response of lower index in slot 0 first, then swapped. An
 * order without a judgment is a failed pass. Of an order that was asked repeatedly, repeat 0 counts and the others are
 * not looked at. Ratings give one pass, in which all repeats count.
 *
 * @throws {RangeError} for judgments of a mode that has no verdicts (best-of-n, classify), or of several modes
 */
export function verdictOf(
  comparison: Comparison,
  judgments: readonly Judgment[],
  rule: Rule,
  asked: AskedOrders = {},
): Verdict {
  if (modeOf(judgments) === 'rating') return ratedVerdict(comparison, judgments, rule)
  const outcomes = ordersOf(comparison, asked).map((slots) => ({ slots, outcome: outcomeIn(judgments, slots) }))
  return verdictWith(comparison, rule, {
    passes: outcomes.map(({ slots, outcome }) => passResult(outcome, slots, comparison)),
    slots: outcomes.map(({ outcome }) => preferredSlot(outcome)),
  })
}

function ratedVerdict(comparison: Comparison, judgments: readonly Judgment[], rule: Rule): Verdict {
  return verdictWith(comparison, rule, { passes: [ratedResult(judgments, comparison)], slots: [] })
}

function verdictWith(
  { id, exampleId, subset }: Comparison,
  rule: Rule,
  { passes, slots }: Pick<Verdict, 'passes' | 'slots'>,
): Verdict {
  return { comparisonId: id, exampleId, subset, rule, result: combinePasses(passes, rule), passes, slots }
}

/** The slots of each order that was asked, in the order in which presentations are made. */
function ordersOf({ chosen, rejected }: Comparison, { orders = 'both' }: AskedOrders): [number, number][] {
  const [low, high] = chosen < rejected ? [chosen, rejected] : [rejected, chosen]
  const first: [number, number] = [low, high]
  return orders === 'first' ? [first] : [first, [high, low]]
}

function outcomeIn(judgments: readonly Judgment[], [first, second]: readonly [number, number]): Outcome {
  const held = judgments.findLast(({ slots, repeat }) => repeat === 0 && slots[0] === first && slots[1] === second)
  return held?.outcome ?? { kind: 'failed', reason: 'not-recorded' }
}

function modeOf(judgments: readonly Judgment[]): 'pairwise' | 'rating' | undefined {
  const [mode, ...others] = new Set(judgments.map((judgment) => judgment.mode))
  if (mode === undefined || (others.length === 0 && (mode === 'pairwise' || mode === 'rating'))) return mode
  throw new RangeError(`verdictOf needs judgments of mode pairwise or rating, got ${[mode, ...others].join(' and ')}`)
}

function groupByEvidence(judgments: readonly Judgment[]): Map<string | undefined, Judgment[]> {
  const last = new Map(judgments.map((judgment) => [judgment.presentationId, judgment]))
  return groupBy(last.values(), evidenceOf)
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
