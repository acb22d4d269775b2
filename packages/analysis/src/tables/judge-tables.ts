import { TIE_POLICIES } from '@judgelab/core'
import { positionBias } from '@judgelab/stats'
import type { Accuracy } from '../accuracy.js'
import type { OrderCounts } from '../orders.js'
import type { JudgeResult, StudyResults } from '../results/study-results.js'
import type { Column, IntervalValue, Table, TableRow } from '../table.js'
import { comparedRules, leftOutRules } from './compared-rules.js'
import { methodWords, stoppedWords, testCaption, testCell, testColumn, withoutInterval } from './interval-words.js'
import { inRowOrder } from './judge-order.js'
import { policyWords } from './policy-words.js'
import { syntheticWords } from './synthetic-words.js'

const JUDGE: Column = { key: 'label', label: 'Judge', kind: 'text' }
const N: Column = { key: 'n', label: 'n', kind: 'integer' }

/** Every judge: what it said, and its accuracy under the study's policies with its interval. */
export function accuracyTable(results: StudyResults): Table {
  const { ties } = results.evaluation
  return {
    columns: [
      JUDGE,
      { key: 'kind', label: 'Kind', kind: 'text' },
      { key: 'chosen', label: 'Chosen', kind: 'integer' },
      { key: 'rejected', label: 'Rejected', kind: 'integer' },
      { key: 'tie', label: 'Ties', kind: 'integer' },
      { key: 'failed', label: 'Failed', kind: 'integer' },
      N,
      { key: 'accuracy', label: 'Accuracy', unit: '%', kind: 'interval' },
    ],
    rows: inRowOrder(results).map((judge) => ({
      ...judgeCells(judge),
      n: judge.accuracy[ties].n,
      accuracy: intervalOf(judge.accuracy[ties]),
    })),
    caption: `Verdicts and accuracy of every judge. ${policyWords(results)}${withoutInterval(results.judges.map(({ accuracy }) => accuracy[ties].status))}`,
    boldRow: boldRow(results),
    missing: 'no comparison counts',
  }
}

/** Every judge under each tie policy. */
export function tiePolicyTable(results: StudyResults): Table {
  return {
    columns: [
      JUDGE,
      { key: 'wrong', label: 'Ties wrong', unit: '%', kind: 'interval' },
      { key: 'half', label: 'Ties half', unit: '%', kind: 'interval' },
      { key: 'excluded', label: 'Ties excluded', unit: '%', kind: 'interval' },
      { key: 'decided', label: 'n decided', kind: 'integer' },
    ],
    rows: inRowOrder(results).map(({ label, accuracy }) => ({
      label,
      wrong: intervalOf(accuracy.wrong),
      half: intervalOf(accuracy.half),
      excluded: intervalOf(accuracy.excluded),
      decided: accuracy.excluded.n,
    })),
    caption: `The same verdicts under each tie policy. ${tieMethodWords(results)} ${policyWords(results)}${withoutInterval(results.judges.flatMap(({ accuracy }) => TIE_POLICIES.map((ties) => accuracy[ties].status)))}`,
    boldRow: boldRow(results),
    missing: 'every comparison was tied or failed',
  }
}

/** By which method the intervals of each column were made. */
function tieMethodWords({ judges }: StudyResults): string {
  const words = TIE_POLICIES.map((ties) => ({ ties, made: methodWords(judges.map(({ accuracy }) => accuracy[ties])) }))
  const [first] = words
  if (first !== undefined && words.every(({ made }) => made === first.made)) return `Intervals: ${first.made}.`
  return `Intervals: ${words.map(({ ties, made }) => `ties ${ties}, ${made}`).join('; ')}.`
}

/** Every judge under each rule for combining the two orders that says something here, as of `policySensitivity`. */
export function ruleTable(results: StudyResults): Table {
  const { rule: ofStudy } = results.evaluation
  const rules = comparedRules(results)
  return {
    columns: [JUDGE, ...rules.map((rule): Column => ({ key: ruleKey(rule), label: rule, unit: '%', kind: 'percent' }))],
    rows: inRowOrder(results).map((judge) => ({
      label: judge.label,
      n: judge.comparisons,
      ...Object.fromEntries(judge.rules.map(({ rule, accuracy }) => [ruleKey(rule), accuracy.value])),
    })),
    caption: `What each rule for combining the two orders would say of the same judgments; the study uses “${ofStudy}”.${leftOutRules(results)}${syntheticWords(results)}`,
    boldRow: boldRow(results),
    missing: 'no comparison counts',
  }
}

/** Accuracy by subset: one row a subset, one column a judge. */
export function subsetTable(results: StudyResults, judges: readonly string[] = contenders(results)): Table {
  const { ties } = results.evaluation
  const shown = results.judges.filter(({ name }) => judges.includes(name))
  const subsets = shown[0]?.subsets.map(({ subset }) => subset) ?? []
  return {
    columns: [
      { key: 'subset', label: 'Subset', kind: 'text' },
      N,
      ...shown.map(({ name, label }): Column => ({ key: judgeKey(name), label, unit: '%', kind: 'interval' })),
    ],
    rows: subsets.map((subset, at) => ({
      subset,
      n: shown[0]?.subsets[at]?.comparisons,
      ...Object.fromEntries(
        shown.map((judge) => [judgeKey(judge.name), intervalOf(judge.subsets[at]?.accuracy[ties])]),
      ),
    })),
    caption: `Accuracy by subset. ${policyWords(results)}${withoutInterval(shown.flatMap((judge) => judge.subsets.map(({ accuracy }) => accuracy[ties].status)))}`,
    missing: 'no comparison counts',
  }
}

/** Keys that come of names are prefixed, so that no judge called `n` stands in another column. */
const judgeKey = (name: string): string => `judge:${name}`
const ruleKey = (rule: string): string => `rule:${rule}`

/** How the two orders agree, and which way a judge leans when they do not. */
export function positionTable(results: StudyResults): Table {
  const tests = results.judges.map(({ orders }) => ({ test: orders.positionTest }))
  return {
    columns: [
      JUDGE,
      N,
      { key: 'consistency', label: 'Consistent', unit: '%', kind: 'percent' },
      { key: 'bothFirst', label: 'First slot in both', kind: 'integer' },
      { key: 'bothSecond', label: 'Second slot in both', kind: 'integer' },
      { key: 'positionP', label: 'p', kind: 'p' },
      ...testColumn(tests),
    ],
    rows: inRowOrder(results).map(({ label, orders }) => ({
      label,
      n: orders.n,
      consistency: orders.consistency,
      bothFirst: orders.bothFirst,
      bothSecond: orders.bothSecond,
      positionP: orders.bothFirst + orders.bothSecond === 0 ? null : orders.positionP,
      test: testCell({ test: orders.positionTest }),
    })),
    caption: `The two orders of each comparison. Where both orders name the same slot, the position decided; the test asks whether first and second slot win as often.${testCaption(tests)}${stoppedWords(results)}${syntheticWords(results)}`,
    boldRow: boldRow(results),
    missing: 'no comparison was decided by position',
  }
}

/**
 * The position test beside the one often found instead, which counts every pass by itself and so treats the two orders
 * of one comparison as independent.
 */
export function passTestTable(results: StudyResults): Table {
  return {
    columns: [
      JUDGE,
      { key: 'bothFirst', label: 'First in both', kind: 'integer' },
      { key: 'bothSecond', label: 'Second in both', kind: 'integer' },
      { key: 'positionP', label: 'p by comparison', kind: 'p' },
      { key: 'firstSlotPasses', label: 'First, passes', kind: 'integer' },
      { key: 'secondSlotPasses', label: 'Second, passes', kind: 'integer' },
      { key: 'passP', label: 'p by pass', kind: 'p' },
    ],
    rows: inRowOrder(results).map(({ label, orders }) => ({ label, ...orders, passP: positionPByPass(orders) })),
    caption: `The test by comparison, which this study uses, and the binomial test by pass, which it does not: the passes of one comparison are not independent.${stoppedWords(results)}${syntheticWords(results)}`,
    missing: 'no pass named a slot',
  }
}

/** The position test by pass, which treats the two orders of one comparison as independent; null where no pass named a slot. */
export function positionPByPass({ firstSlotPasses, secondSlotPasses, positionP }: OrderCounts): number | null {
  // Where judging was stopped early, no test for a fixed n holds.
  if (firstSlotPasses + secondSlotPasses === 0 || positionP === null) return null
  return positionBias({ firstInBoth: firstSlotPasses, secondInBoth: secondSlotPasses, consistent: 0 }).test.p
}

/** The names of the judges that are no null baselines. */
export function contenders(results: StudyResults): string[] {
  return results.judges.filter(({ kind }) => kind !== 'control').map(({ name }) => name)
}

const KIND_WORDS = {
  judge: 'judge',
  baseline: 'baseline',
  tuned: 'tuned',
  control: 'null',
  repeat: 'run again',
  panel: 'panel',
  variant: 'control',
} as const

function judgeCells({ label, kind, counts }: JudgeResult): TableRow {
  return { label, kind: KIND_WORDS[kind], ...counts }
}

/** An accuracy as a table shows it; nothing when nothing counts, NaN for limits that there are not. */
export function intervalOf(accuracy: Accuracy | undefined): IntervalValue | null {
  if (accuracy === undefined || accuracy.value === null) return null
  const { value, low, high, n } = accuracy
  return { value, low: low ?? Number.NaN, high: high ?? Number.NaN, n }
}

/** The row of the judge that the study's question is about. */
function boldRow(results: StudyResults): number | undefined {
  const [first] = results.contrasts
  const at = inRowOrder(results).findIndex(({ name }) => name === first?.judge)
  return at < 0 ? undefined : at
}
