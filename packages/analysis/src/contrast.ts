import type { TiePolicy, Verdict } from '@judgelab/core'
import { creditOf, type Policies } from '@judgelab/scoring'
import {
  type AdjustedP,
  adjustPValues,
  mcnemar,
  type PairedScores,
  type PairedTable,
  pairedDifference,
  pairedScores,
  pairedTable,
  signFlipTest,
} from '@judgelab/stats'
import { type Accuracy, accuracyOf, type Sureness } from './accuracy.js'
import { type IntervalStatus, intervalByPrompt } from './interval-by-prompt.js'
import { signFlipName } from './orders.js'
import { isClustered, promptKeys } from './prompts.js'

/** A difference of accuracies, judge minus against, in [-1, 1]; null where nothing could be paired. */
export interface Difference {
  readonly value: number | null
  /** null where there is no interval; `status` says why. */
  readonly low: number | null
  readonly high: number | null
  readonly method: 'tango' | 'newcombe' | 'bootstrap by prompt' | 'anytime-valid' | 'none'
  readonly status: IntervalStatus
}

/** Two judges on the comparisons that count for both, under one tie policy. */
export interface PairedResult {
  readonly ties: TiePolicy
  /** Comparisons that count for both judges. */
  readonly n: number
  /** Both judges' accuracy on these comparisons, and on no others: their values differ by exactly `difference.value`. */
  readonly accuracyA: Accuracy
  readonly accuracyB: Accuracy
  /** Only where every credit is 0 or 1. */
  readonly table: Pick<PairedTable, 'both' | 'onlyA' | 'onlyB' | 'neither'> | null
  readonly difference: Difference
  /** A second interval by another method, where the first one is Tango's. */
  readonly newcombe: Difference | null
  /** Two-sided p; 1 when no comparison tells the judges apart; null when n is 0. */
  readonly p: number | null
  readonly test: 'exact McNemar' | 'sign-flip by prompt' | 'sign-flip by prompt, Monte Carlo' | 'anytime-valid' | 'none'
}

/**
 * Compares two judges comparison by comparison; `a` minus `b`. Verdicts that do not count for both are left out.
 *
 * Exact McNemar and Tango's interval where credits are right or wrong and comparisons are not clustered by prompt; else
 * signs are flipped and prompts resampled whole.
 */
export function pairedResult(
  a: readonly Verdict[],
  b: readonly Verdict[],
  policies: Policies,
  sureness: Sureness,
): PairedResult {
  const examples = new Map([...a, ...b].map((verdict) => [verdict.comparisonId, verdict]))
  const promptOf = (id: string): string => promptKeys([examples.get(id) as Verdict], sureness.promptOf)[0] as string
  const scores = pairedScores(credits(a, policies), credits(b, policies), promptOf)
  const paired = new Set(scores.ids)
  const accuracyOn = (verdicts: readonly Verdict[]): Accuracy =>
    accuracyOf(
      verdicts.filter(({ comparisonId }) => paired.has(comparisonId)),
      policies,
      sureness,
    )
  const base = { ties: policies.ties, n: scores.ids.length, accuracyA: accuracyOn(a), accuracyB: accuracyOn(b) }
  if (base.n === 0) return { ...base, table: null, difference: NOTHING, newcombe: null, p: null, test: 'none' }
  if (sureness.isStoppedEarly === true) return { ...base, ...withoutSureness(scores) }
  const [rightA, rightB] = [rightOrWrong(scores.ids, scores.a), rightOrWrong(scores.ids, scores.b)]
  if (rightA === undefined || rightB === undefined) return { ...base, table: null, ...resultByPrompt(scores, sureness) }
  const { both, onlyA, onlyB, neither } = pairedTable(rightA, rightB, { promptOf: (id) => id })
  const table = { both, onlyA, onlyB, neither }
  return isClustered(scores.clusters)
    ? { ...base, table, ...resultByPrompt(scores, sureness) }
    : { ...base, table, ...binaryResult(table, sureness) }
}

/** The difference alone: an interval or p for a fixed n means nothing where n was not fixed. */
function withoutSureness({ a, b }: PairedScores): Tested & Pick<PairedResult, 'table'> {
  const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0)
  const value = (sum(a) - sum(b)) / a.length
  return {
    table: null,
    difference: { ...NOTHING, value, status: 'stopped early' },
    newcombe: null,
    p: null,
    test: 'none',
  }
}

const NOTHING: Difference = { value: null, low: null, high: null, method: 'none', status: 'nothing counts' }

type Tested = Pick<PairedResult, 'difference' | 'newcombe' | 'p' | 'test'>

function resultByPrompt(scores: PairedScores, sureness: Sureness): Tested {
  const { p, method } = signFlipTest(scores, { random: sureness.newRandom(), resamples: sureness.resamples })
  return { difference: intervalByPrompt(scores, sureness), newcombe: null, p, test: signFlipName(method) }
}

function binaryResult(counts: NonNullable<PairedResult['table']>, { level }: Sureness): Tested {
  return {
    difference: differenceBy(counts, 'tango', level),
    newcombe: differenceBy(counts, 'newcombe', level),
    p: mcnemar(counts).p,
    test: 'exact McNemar',
  }
}

function differenceBy(
  counts: NonNullable<PairedResult['table']>,
  method: 'tango' | 'newcombe',
  level: number,
): Difference {
  const { value, low, high } = pairedDifference(counts, { method, level })
  return { value, low, high, method, status: 'estimated' }
}

function credits(verdicts: readonly Verdict[], policies: Policies): Map<string, number> {
  const earned = new Map<string, number>()
  for (const verdict of verdicts) {
    const credit = creditOf(verdict, policies)
    if (credit !== null) earned.set(verdict.comparisonId, credit)
  }
  return earned
}

/** Credits by comparison where each is 0 or 1; undefined where one is not. */
function rightOrWrong(ids: readonly string[], credits: readonly number[]): ReadonlyMap<string, 0 | 1> | undefined {
  if (!credits.every((credit) => credit === 0 || credit === 1)) return undefined
  return new Map(ids.map((id, at) => [id, credits[at] as 0 | 1]))
}

/** One subset of a contrast, with p adjusted over the family of this contrast's subsets; null where p is. */
export interface SubsetContrast extends PairedResult {
  readonly subset: string
  readonly adjusted: AdjustedP | null
}

/** The contrast within each subset, in the order given, with Holm's p over the family of its subsets. */
export function contrastBySubset(
  a: readonly Verdict[],
  b: readonly Verdict[],
  subsets: readonly string[],
  policies: Policies,
  sureness: Sureness,
): SubsetContrast[] {
  const results = subsets.map((subset) => ({
    subset,
    ...pairedResult(inSubset(a, subset), inSubset(b, subset), policies, sureness),
  }))
  const adjusted = holmOver(
    results.map(({ p }) => p),
    'subsets of one contrast',
  )
  return results.map((result, at) => ({ ...result, adjusted: adjusted[at] ?? null }))
}

/** Each p with Holm's over the family of those that are there; null where p is. In the order of `values`. */
export function holmOver(values: readonly (number | null)[], family: string): (AdjustedP | null)[] {
  const tested = values.flatMap((p, at) => (p === null ? [] : [{ at, p }]))
  const adjusted = adjustPValues(
    tested.map(({ p }) => p),
    'holm',
    family,
  )
  const places = new Map(tested.map(({ at }, place) => [at, adjusted[place] as AdjustedP]))
  return values.map((_, at) => places.get(at) ?? null)
}

function inSubset(verdicts: readonly Verdict[], subset: string): Verdict[] {
  return verdicts.filter((verdict) => verdict.subset === subset)
}
