import type { TiePolicy, Verdict } from '@judgelab/core'
import { creditOf, type Policies } from '@judgelab/scoring'
import {
  type AdjustedP,
  adjustPValues,
  mcnemar,
  type PairedTable,
  pairedBootstrap,
  pairedDifference,
  pairedScores,
  pairedTable,
  signFlipTest,
} from '@judgelab/stats'
import type { Sureness } from './accuracy.js'
import { promptKey } from './prompts.js'

/** A difference of accuracies, judge minus against, in [-1, 1]; null where nothing could be paired. */
export interface Difference {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly method: 'tango' | 'newcombe' | 'bootstrap by prompt'
}

/** Two judges on the comparisons that count for both, under one tie policy. */
export interface PairedResult {
  readonly ties: TiePolicy
  /** Comparisons that count for both judges. */
  readonly n: number
  /** Only where every credit is 0 or 1 and each prompt occurs once. */
  readonly table: Pick<PairedTable, 'both' | 'onlyA' | 'onlyB' | 'neither'> | null
  readonly difference: Difference
  /** A second interval by another method, where the data are right or wrong. */
  readonly newcombe: Difference | null
  /** Exact two-sided p; 1 when no comparison tells the judges apart; null when n is 0. */
  readonly p: number | null
  readonly test: 'exact McNemar' | 'sign-flip by prompt' | 'none'
}

/** Compares two judges comparison by comparison; `a` minus `b`. Verdicts that do not count for both are left out. */
export function pairedResult(
  a: readonly Verdict[],
  b: readonly Verdict[],
  policies: Policies,
  sureness: Sureness,
): PairedResult {
  const creditsA = credits(a, policies)
  const creditsB = credits(b, policies)
  const prompts = new Map([...a, ...b].map((verdict) => [verdict.comparisonId, promptKey(verdict)]))
  const promptOf = (id: string): string => prompts.get(id) as string
  const scores = pairedScores(creditsA, creditsB, promptOf)
  const n = scores.ids.length
  const base = { ties: policies.ties, n }
  if (n === 0)
    return { ...base, table: null, difference: { ...NOTHING, method: 'tango' }, newcombe: null, p: null, test: 'none' }
  const [rightA, rightB] = [rightOrWrong(scores.ids, scores.a), rightOrWrong(scores.ids, scores.b)]
  if (rightA !== undefined && rightB !== undefined && new Set(scores.clusters).size === n)
    return { ...base, ...binaryResult(pairedTable(rightA, rightB, { promptOf }), sureness) }
  const { value, low, high } = pairedBootstrap(scores, {
    random: sureness.newRandom(),
    resamples: sureness.resamples,
    level: sureness.level,
  })
  const { p } = signFlipTest(scores, { random: sureness.newRandom(), resamples: sureness.resamples })
  return {
    ...base,
    table: null,
    difference: { value, low, high, method: 'bootstrap by prompt' },
    newcombe: null,
    p,
    test: 'sign-flip by prompt',
  }
}

const NOTHING = { value: null, low: null, high: null }

function binaryResult(counts: PairedTable, { level }: Sureness): Omit<PairedResult, 'ties' | 'n'> {
  const { both, onlyA, onlyB, neither } = counts
  return {
    table: { both, onlyA, onlyB, neither },
    difference: differenceBy(counts, 'tango', level),
    newcombe: differenceBy(counts, 'newcombe', level),
    p: mcnemar(counts).p,
    test: 'exact McNemar',
  }
}

function differenceBy(counts: PairedTable, method: 'tango' | 'newcombe', level: number): Difference {
  const { value, low, high } = pairedDifference(counts, { method, level })
  return { value, low, high, method }
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
  const tested = results.flatMap(({ subset, p }) => (p === null ? [] : [{ subset, p }]))
  const adjusted = adjustPValues(
    tested.map(({ p }) => p),
    'holm',
    'subsets of one contrast',
  )
  const bySubset = new Map(tested.map(({ subset }, at) => [subset, adjusted[at] as AdjustedP]))
  return results.map((result) => ({ ...result, adjusted: bySubset.get(result.subset) ?? null }))
}

function inSubset(verdicts: readonly Verdict[], subset: string): Verdict[] {
  return verdicts.filter((verdict) => verdict.subset === subset)
}
