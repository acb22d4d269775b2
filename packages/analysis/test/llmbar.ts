import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type Comparison,
  firstComparison,
  type Judgment,
  presentationOf,
  type Rule,
  type Verdict,
} from '@judgelab/core'
import { loadLlmbar, loadLlmbarVerdicts } from '@judgelab/datasets'
import { verdictsOf } from '@judgelab/scoring'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** The LLMBar data: from JUDGELAB_LLMBAR, or beside the repository. Its README says what each file is. */
export const LLMBAR: string = resolve(ROOT, process.env.JUDGELAB_LLMBAR ?? '../shared/data/llmbar')
export const hasLlmbar: boolean = existsSync(join(LLMBAR, 'expected.json'))

type Range = readonly [number, number]

/** What upstream's metric code says of one judge on one group of items. */
export interface ExpectedJudge {
  readonly n: number
  readonly accuracyNet: number
  readonly accuracyNetWilson95: Range
  readonly accuracyAB: number
  readonly accuracyBA: number
  readonly accuracyBothOrders: number
  readonly accuracyBothOrdersWilson95: Range
  readonly accuracyBothOrdersClopperPearson95: Range
  readonly accuracyHalfCredit: number
  readonly accuracyHalfCreditTieHalf: number
  readonly positionalAgreement: number
  readonly positionalAgreementStrict: number
  readonly inconsistentRate: number
  readonly tieDecisionRate: number
  readonly nullDecisionRate: number
  readonly firstPositionRate: number
  readonly firstPositionP: number
  readonly kappaVsLabelAB: number
  readonly kappaVsLabelBA: number
  readonly counts: Readonly<Record<string, number>>
}

/** What SciPy and statsmodels say of two judges that are right or wrong on the same items. */
export interface ExpectedTable {
  readonly n: number
  readonly n11: number
  readonly b: number
  readonly c: number
  readonly n00: number
  readonly acc1: number
  readonly acc2: number
  readonly diff: number
  readonly mcnemarExactP: number
  readonly mcnemarChi2CorrP: number
  readonly mcnemarChi2P: number
  readonly ciWaldN: Range
  readonly ciNewcombe10: Range
  readonly ciTango: Range
}

/** Agreement of two judges' winners. */
export interface ExpectedKappa {
  readonly n: number
  readonly observedAgreement: number
  readonly kappa: number
  readonly kappaCI95statsmodels: Range
}

/** Two judges on one group of items. */
export interface ExpectedPair {
  readonly n: number
  readonly net: ExpectedTable
  readonly bothOrders: ExpectedTable
  readonly AB: ExpectedTable
  readonly halfCredit: { readonly mean1: number; readonly mean2: number; readonly diff: number; readonly n: number }
  readonly kappaAB: ExpectedKappa
  readonly kappaPooledOrders: ExpectedKappa
  readonly kappaCombined: ExpectedKappa
}

/** `expected.json` beside the data. */
export interface Expected {
  readonly judges: Readonly<Record<string, { readonly groups: Readonly<Record<string, ExpectedJudge>> }>>
  readonly pairs: Readonly<
    Record<
      string,
      { readonly judge1: string; readonly judge2: string; readonly groups: Readonly<Record<string, ExpectedPair>> }
    >
  >
}

export function loadExpected(): Expected {
  return JSON.parse(readFileSync(join(LLMBAR, 'expected.json'), 'utf8')) as Expected
}

/** The comparison of every item, in the benchmark's order. */
export async function loadComparisons(): Promise<Comparison[]> {
  const { examples } = await loadLlmbar(LLMBAR)
  return examples.flatMap((example) => firstComparison(example) ?? [])
}

/** What a recorded judge said of the comparisons: both orders, response A first, then swapped. */
export async function loadRecordedJudgments(comparisons: readonly Comparison[], judge: string): Promise<Judgment[]> {
  const recorded = await loadLlmbarVerdicts(join(LLMBAR, 'verdicts', `${judge}.jsonl`), judge)
  return comparisons.flatMap(({ id: comparisonId, exampleId }) =>
    [
      [0, 1],
      [1, 0],
    ].map((slots): Judgment => {
      const { id: presentationId, ...rest } = presentationOf({
        exampleId,
        comparisonId,
        mode: 'pairwise',
        slots,
        repeat: 0,
      })
      const outcome = recorded.get(presentationId)?.outcome ?? { kind: 'failed', reason: 'not-recorded' }
      return { v: 1, presentationId, ...rest, outcome, latencyMs: 0, at: '2024-01-01T00:00:00Z' }
    }),
  )
}

/** Verdicts of a group of items: one subset, or `all`. */
export function verdictsOn(
  group: string,
  comparisons: readonly Comparison[],
  judgments: readonly Judgment[],
  rule: Rule,
): Verdict[] {
  const verdicts = verdictsOf(comparisons, judgments, rule)
  return group === 'all' ? verdicts : verdicts.filter(({ subset }) => subset === group)
}
