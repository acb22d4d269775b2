import {
  type AskedOrders,
  type Comparison,
  type Consistency,
  DatasetFormatError,
  groupBy,
  type Judgment,
  type Mode,
  type Outcome,
  type Rule,
  slotsByOrder,
  type Verdict,
} from '@judgelab/core'
import { bestOfResult, classedResult, passResult, preferredSlot, ratedResult } from './pass.js'
import { combineRepeats } from './repeats.js'
import { combinePasses } from './rules.js'
import { isStrong } from './strength.js'

/** What a run was asked of each comparison; what is not said is both orders, once. Ratings and classes know no order. */
export interface Asked extends Partial<AskedOrders> {
  /** How often each presentation was asked, and how the answers combine. */
  readonly repeats?: number | undefined
  /** The number of the first of them; defaults to 0. */
  readonly firstRepeat?: number | undefined
  readonly consistency?: Consistency | undefined
}

/**
 * The verdict of every comparison, in the order given, from the judgments of one run. A comparison without judgments is
 * failed: it is counted, never dropped. So is a pass that was asked and is not there: an unfinished run, or one whose
 * log lost a line, says no more than it knows.
 *
 * A rating, or a class, belongs to a response, whichever comparison asked for it, and counts in every comparison of that
 * response.
 *
 * @param judgments of one run, in any order; a presentation that was answered twice counts with its last judgment
 * @throws {DatasetFormatError} if there are comparisons but no judgment belongs to any of them
 * @throws {RangeError} for judgments of several modes
 */
export function verdictsOf(
  comparisons: readonly Comparison[],
  judgments: readonly Judgment[],
  rule: Rule,
  asked: Asked = {},
): Verdict[] {
  const groups = groupByEvidence(judgments)
  const evidence = comparisons.map((comparison) => evidenceFor(comparison).flatMap((key) => groups.get(key) ?? []))
  if (comparisons.length > 0 && evidence.every((held) => held.length === 0))
    throw new DatasetFormatError(`expected judgments of ${comparisons.length} comparisons, found none`, {
      file: 'judgments.jsonl',
    })
  const mode = modeOf(judgments)
  return comparisons.map((comparison, at) => verdictIn(mode, comparison, evidence[at] as Judgment[], rule, asked))
}

/**
 * The verdict of one comparison from its judgments.
 *
 * Pairwise, its passes are the orders that were asked: the response of lower index in slot 0 first, then swapped. An
 * order without a judgment is a failed pass. Of best-of-n they are the same: responses by ascending index, then by
 * descending. Of an order that was asked repeatedly, as many repeats count as `asked` says (one, where it says nothing).
 * Ratings and classes give one pass, in which all repeats count.
 *
 * @throws {RangeError} for judgments of several modes
 */
export function verdictOf(
  comparison: Comparison,
  judgments: readonly Judgment[],
  rule: Rule,
  asked: Asked = {},
): Verdict {
  return verdictIn(modeOf(judgments), comparison, judgments, rule, asked)
}

/** Without any judgment, passes are counted as pairwise ones. */
function verdictIn(
  mode: Mode | undefined,
  comparison: Comparison,
  judgments: readonly Judgment[],
  rule: Rule,
  asked: Asked,
): Verdict {
  switch (mode) {
    case 'rating':
      return verdictWith(comparison, rule, { passes: [ratedResult(judgments, comparison)], slots: [] })
    case 'classify':
      return verdictWith(comparison, rule, { passes: [classedResult(judgments, comparison)], slots: [] })
    case 'best-of-n': {
      const passes = bestOfPasses(judgments, asked)
      return verdictWith(comparison, rule, {
        passes: passes.map(({ slots, outcome }) => bestOfResult(outcome, slots, comparison)),
        slots: passes.map(({ outcome }) => preferredSlot(outcome)),
        strong: strongAmong(passes),
      })
    }
    default: {
      const orders = slotsByOrder(comparison, { orders: asked.orders ?? 'both', orderSeed: asked.orderSeed })
      const outcomes = orders.map((slots) => ({ slots, outcome: outcomeIn(judgments, slots, asked) }))
      return verdictWith(comparison, rule, {
        passes: outcomes.map(({ slots, outcome }) => passResult(outcome, slots, comparison)),
        slots: outcomes.map(({ outcome }) => preferredSlot(outcome)),
        strong: strongAmong(outcomes),
      })
    }
  }
}

function verdictWith(
  { id, exampleId, subset }: Comparison,
  rule: Rule,
  { passes, slots, strong }: Pick<Verdict, 'passes' | 'slots' | 'strong'>,
): Verdict {
  const result = combinePasses(passes, rule, strong)
  const held = { comparisonId: id, exampleId, subset, rule, result, passes, slots }
  return strong === undefined ? held : { ...held, strong }
}

function strongAmong(passes: readonly Pass[]): readonly boolean[] | undefined {
  const strong = passes.map(({ outcome }) => isStrong(outcome))
  return strong.includes(true) ? strong : undefined
}

interface Pass {
  readonly slots: readonly number[]
  readonly outcome: Outcome
}

/** The passes of a best-of-n comparison: both orders ascending and descending, else the one order that there is. */
function bestOfPasses(judgments: readonly Judgment[], asked: Asked): Pass[] {
  const ascending = (slots: readonly number[]): boolean => (slots[0] as number) < (slots[1] as number)
  const wanted = (asked.orders ?? 'both') === 'both' ? [true, false] : [undefined]
  return wanted.map((isAscending) => {
    const found = judgments.find(({ slots }) => isAscending === undefined || ascending(slots) === isAscending)
    const slots = found?.slots ?? []
    return { slots, outcome: outcomeIn(judgments, slots, asked) }
  })
}

/** What the judge came to on these slots, over as many repeats as were asked. */
function outcomeIn(judgments: readonly Judgment[], slots: readonly number[], asked: Asked): Outcome {
  const { repeats = 1, firstRepeat = 0, consistency = 'majority' } = asked
  const held = judgments
    .filter(
      (judgment) =>
        judgment.repeat >= firstRepeat && judgment.repeat < firstRepeat + repeats && isSame(judgment.slots, slots),
    )
    .sort((a, b) => a.repeat - b.repeat)
    .map(({ outcome }) => outcome)
  return held.length === 0
    ? { kind: 'failed', reason: 'not-recorded' }
    : combineRepeats(held, consistency, slots.length)
}

function isSame(slots: readonly number[], others: readonly number[]): boolean {
  return slots.length === others.length && slots.every((slot, at) => slot === others[at])
}

function modeOf(judgments: readonly Judgment[]): Mode | undefined {
  const [mode, ...others] = new Set(judgments.map((judgment) => judgment.mode))
  if (others.length === 0) return mode
  throw new RangeError(`verdictOf needs judgments of one mode, got ${[mode, ...others].join(' and ')}`)
}

function groupByEvidence(judgments: readonly Judgment[]): Map<string | undefined, Judgment[]> {
  const last = new Map(judgments.map((judgment) => [judgment.presentationId, judgment]))
  return groupBy(last.values(), evidenceOf)
}

/** What a judgment is evidence for: a rating or class for its response, any other for the comparison that asked for it. */
function evidenceOf({ mode, exampleId, slots, comparisonId }: Judgment): string | undefined {
  return mode === 'rating' || mode === 'classify' ? responseKey(exampleId, slots[0] as number) : comparisonId
}

function evidenceFor({ id, exampleId, chosen, rejected }: Comparison): string[] {
  return [id, responseKey(exampleId, chosen), responseKey(exampleId, rejected)]
}

function responseKey(exampleId: string, response: number): string {
  return JSON.stringify([exampleId, response])
}
