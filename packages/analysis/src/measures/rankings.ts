import { type Comparison, RULES, type Rule, type StudyEvaluation, TIE_POLICIES, type TiePolicy } from '@judgelab/core'
import { scoreOf } from '@judgelab/scoring'
import { type Judged, verdictsUnder } from '../judged.js'

/** Who stands where under every rule for two orders and every tie policy. */
export interface PolicySensitivity {
  readonly rankings: readonly PolicyRanking[]
  /** Pairs of judges that do not stand in the same order under every policy. */
  readonly swaps: readonly RankSwap[]
}

/** The judges under one rule and one tie policy. */
export interface PolicyRanking {
  readonly rule: Rule
  readonly ties: TiePolicy
  readonly judges: readonly RankedJudge[]
}

/** One judge's accuracy in [0, 1] and its place, from 1; judges of equal accuracy share one. null where nothing counts. */
export interface RankedJudge {
  readonly judge: string
  readonly value: number | null
  readonly n: number
  readonly rank: number | null
}

/** Two judges that change places: `a` is ahead under the study's policies, or both are level, and behind under these. */
export interface RankSwap {
  readonly a: string
  readonly b: string
  readonly under: readonly { readonly rule: Rule; readonly ties: TiePolicy; readonly a: number; readonly b: number }[]
}

/**
 * The ranking of judges under every rule and tie policy, from the same judgments. The rule `first-order` is left out where
 * every comparison shows its chosen response first, since one order alone then measures the slot; `strength` where no judge
 * called a preference strong, unless it is the study's own, since it then weighs nothing.
 */
export function policySensitivity(
  judged: readonly Judged[],
  comparisons: readonly Comparison[],
  evaluation: StudyEvaluation,
): PolicySensitivity {
  const isChosenFirst = comparisons.every(({ chosen, rejected }) => chosen < rejected)
  const hasStrong =
    evaluation.rule === 'strength' || judged.some(({ verdicts }) => verdicts.some(({ strong }) => strong))
  const rules = RULES.filter((rule) => (rule !== 'first-order' || !isChosenFirst) && (rule !== 'strength' || hasStrong))
  const rankings = rules.flatMap((rule) => {
    const verdicts = judged.map((held) => ({
      name: held.name,
      verdicts: verdictsUnder(held, comparisons, rule),
    }))
    return TIE_POLICIES.map((ties): PolicyRanking => {
      const scores = verdicts.map((held) => {
        const { n, accuracy } = scoreOf(held.verdicts, { ties, failures: evaluation.failures })
        return { judge: held.name, n, value: n === 0 ? null : accuracy }
      })
      return { rule, ties, judges: withRanks(scores) }
    })
  })
  return { rankings, swaps: swapsIn(rankings, evaluation) }
}

/** Accuracies that differ by less than this are equal: sums of halves in another order. */
const EQUAL = 1e-12

function withRanks(scores: readonly Omit<RankedJudge, 'rank'>[]): RankedJudge[] {
  return scores.map((score) => {
    const { value } = score
    if (value === null) return { ...score, rank: null }
    return { ...score, rank: 1 + scores.filter((other) => other.value !== null && other.value > value + EQUAL).length }
  })
}

function swapsIn(rankings: readonly PolicyRanking[], { rule, ties }: StudyEvaluation): RankSwap[] {
  const own = rankings.find((ranking) => ranking.rule === rule && ranking.ties === ties) ?? rankings[0]
  const ahead = (own?.judges ?? []).toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1))
  const pairs = ahead.flatMap(({ judge: a }, at) => ahead.slice(at + 1).map(({ judge: b }) => ({ a, b })))
  return pairs.flatMap(({ a, b }) => {
    const under = rankings.flatMap(({ rule: otherRule, ties: otherTies, judges }) => {
      const [valueA, valueB] = [a, b].map((name) => judges.find(({ judge }) => judge === name)?.value ?? null)
      if (valueA == null || valueB == null || valueB <= valueA + EQUAL) return []
      return [{ rule: otherRule, ties: otherTies, a: valueA, b: valueB }]
    })
    return under.length === 0 ? [] : [{ a, b, under }]
  })
}
