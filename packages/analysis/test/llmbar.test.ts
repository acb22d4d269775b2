import { type Comparison, createNumpyRandom, type Judgment, type Rule, type Verdict } from '@judgelab/core'
import { creditOf } from '@judgelab/scoring'
import { binomialTest, cohenKappa, mcnemar, pairedDifference, pairedScores, proportionInterval } from '@judgelab/stats'
import { beforeAll, describe, expect, it } from 'vitest'
import { accuracyOf, orderCounts, pairedResult, type Sureness } from '../src/index.js'
import {
  type Expected,
  type ExpectedKappa,
  type ExpectedTable,
  hasLlmbar,
  LLMBAR,
  loadComparisons,
  loadExpected,
  loadRecordedJudgments,
  verdictsOn,
} from './llmbar.js'

const SURENESS: Sureness = { level: 0.95, resamples: 100, newRandom: () => createNumpyRandom(1).randomSample }
const WRONG = { ties: 'wrong', failures: 'wrong' } as const
const HALF = { ties: 'half', failures: 'wrong' } as const

/** expected.json holds 12 significant digits; ours must agree to nine. */
function expectClose(actual: number | null | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(expected), 1e-3))
}

function expectRange(
  actual: { readonly low: number | null; readonly high: number | null } | null,
  expected: readonly [number, number],
): void {
  expectClose(actual?.low, expected[0])
  expectClose(actual?.high, expected[1])
}

const expected: Expected = hasLlmbar ? loadExpected() : { judges: {}, pairs: {} }
const judges = [
  ...new Set([
    ...Object.keys(expected.judges),
    ...Object.values(expected.pairs).flatMap(({ judge1, judge2 }) => [judge1, judge2]),
  ]),
]
let comparisons: Comparison[] = []
const recorded = new Map<string, Judgment[]>()

const verdicts = (judge: string, group: string, rule: Rule): Verdict[] =>
  verdictsOn(group, comparisons, recorded.get(judge) as Judgment[], rule)

/** Whose answer won a pass in its original identity, A or B; `tie`, or `failed`. */
function winner({ slots }: Verdict, pass: 0 | 1): 'A' | 'B' | 'tie' | 'failed' {
  const slot = slots[pass]
  if (slot === 'tie' || slot === 'failed' || slot === undefined) return slot ?? 'failed'
  return (slot + pass) % 2 === 0 ? 'A' : 'B'
}

/** The winner that both passes name; a tie where they differ. */
function combinedWinner(verdict: Verdict): string {
  const [first, second] = [winner(verdict, 0), winner(verdict, 1)]
  return first === second ? first : 'tie'
}

if (!hasLlmbar)
  describe('recorded verdicts on LLMBar', () => {
    it.skip(`skipped: no LLMBar data beside the repository; set JUDGELAB_LLMBAR to their folder`, () => undefined)
  })

describe.skipIf(!hasLlmbar)('recorded verdicts on LLMBar', () => {
  beforeAll(async () => {
    comparisons = await loadComparisons()
    for (const judge of judges) recorded.set(judge, await loadRecordedJudgments(comparisons, judge))
  })

  it('are of 419 items', () => {
    expect(LLMBAR).not.toBe('')
    expect(comparisons).toHaveLength(419)
    expect([...recorded.values()].map(({ length }) => length)).toEqual(judges.map(() => 838))
  })

  const ofJudges = Object.entries(expected.judges).flatMap(([judge, { groups }]) =>
    Object.entries(groups).map(([group, values]) => [judge, group, values] as const),
  )

  describe.each(ofJudges)('%s on %s', (judge, group, values) => {
    it('counts as upstream counts', () => {
      const orders = orderCounts(verdicts(judge, group, 'net'), SURENESS)
      const net = accuracyOf(verdicts(judge, group, 'net'), WRONG, SURENESS)
      const results = verdicts(judge, group, 'net').map(({ result }) => result)
      const of = (result: string): number => results.filter((held) => held === result).length
      const passes = verdicts(judge, group, 'net').map((verdict) => [winner(verdict, 0), winner(verdict, 1)] as const)
      const both = (word: string): number => passes.filter(([a, b]) => a === word && b === word).length
      expect(net.n).toBe(values.n)
      expect({
        correctAB: orders.rightInFirst,
        correctBA: orders.rightInSecond,
        bothCorrect: orders.rightInBoth,
        someCorrect: orders.rightInOne,
        bothNotCorrect: orders.n - orders.rightInBoth - orders.rightInOne,
        bothPickWrong: orders.wrongInBoth,
        netCorrect: of('chosen'),
        netIncorrect: of('rejected'),
        // Upstream has no failures: two unreadable passes are a net of zero.
        netTie: of('tie') + of('failed'),
        // Upstream lets two unreadable passes agree; ours do not.
        inconsistent: orders.n - orders.consistent - orders.failedInBoth,
        tieDecisions: orders.tiedPasses,
        tieAB: passes.filter(([a]) => a === 'tie').length,
        tieBA: passes.filter(([, b]) => b === 'tie').length,
        bothTie: both('tie'),
        nullDecisions: orders.failedPasses,
        nullPairs: passes.filter((pass) => pass.includes('failed')).length,
        bothNull: orders.failedInBoth,
        first: orders.firstSlotPasses,
        second: orders.secondSlotPasses,
        bothFirst: orders.bothFirst,
        bothSecond: orders.bothSecond,
      }).toEqual(values.counts)
      expect(of('failed')).toBe(orders.failedInBoth)
    })

    it('has upstream’s accuracies', () => {
      const accuracyBy = (rule: Rule, policies: typeof WRONG | typeof HALF = WRONG) =>
        accuracyOf(verdicts(judge, group, rule), policies, SURENESS).value
      const { n, rightInSecond } = orderCounts(verdicts(judge, group, 'consistent'), SURENESS)
      expectClose(accuracyBy('net'), values.accuracyNet)
      expectClose(accuracyBy('first-order'), values.accuracyAB)
      expectClose(rightInSecond / n, values.accuracyBA)
      expectClose(accuracyBy('consistent'), values.accuracyBothOrders)
      expectClose(accuracyBy('average'), values.accuracyHalfCredit)
      expectClose(accuracyBy('average', HALF), values.accuracyHalfCreditTieHalf)
    })

    it('has Wilson’s and Clopper and Pearson’s intervals', () => {
      const net = accuracyOf(verdicts(judge, group, 'net'), WRONG, SURENESS)
      const both = accuracyOf(verdicts(judge, group, 'consistent'), WRONG, SURENESS)
      expect([net.method, both.method]).toEqual(['wilson', 'wilson'])
      expectRange(net, values.accuracyNetWilson95)
      expectRange(both, values.accuracyBothOrdersWilson95)
      expectRange(
        proportionInterval(both.credit, both.n, { method: 'clopper-pearson' }),
        values.accuracyBothOrdersClopperPearson95,
      )
    })

    it('has upstream’s agreement between orders and rates', () => {
      const orders = orderCounts(verdicts(judge, group, 'together'), SURENESS)
      const { n, consistent, failedInBoth, firstSlotPasses, secondSlotPasses } = orders
      expectClose(consistent / n, values.positionalAgreementStrict)
      expectClose((consistent + failedInBoth) / n, values.positionalAgreement)
      expectClose((n - consistent - failedInBoth) / n, values.inconsistentRate)
      expectClose(orders.tiedPasses / (2 * n), values.tieDecisionRate)
      expectClose(orders.failedPasses / (2 * n), values.nullDecisionRate)
      expectClose(firstSlotPasses / (firstSlotPasses + secondSlotPasses), values.firstPositionRate)
    })

    it('tests its position bias on items, not on passes', () => {
      const { bothFirst, bothSecond, positionP } = orderCounts(verdicts(judge, group, 'consistent'), SURENESS)
      expectClose(positionP, binomialTest(bothFirst, bothFirst + bothSecond).p)
      // Upstream's test takes the two passes of an item for independent: its p is another one throughout.
      expect(Math.abs(Math.log((positionP as number) / values.firstPositionP))).toBeGreaterThan(1e-6)
    })

    it('agrees with the label as kappa says', () => {
      const label = new Map(comparisons.map(({ id, chosen }) => [id, 'AB'[chosen] as string]))
      for (const [pass, kappa] of [
        [0, values.kappaVsLabelAB],
        [1, values.kappaVsLabelBA],
      ] as const) {
        // A pass that could not be read is a word of its own here, which the label never uses.
        const judged = verdicts(judge, group, 'net')
        const ours = cohenKappa(
          judged.map((verdict) => winner(verdict, pass)),
          judged.map(({ comparisonId }) => label.get(comparisonId) as string),
        )
        expectClose(ours.value, kappa)
      }
    })
  })

  const ofPairs = Object.entries(expected.pairs).flatMap(([pair, { judge1, judge2, groups }]) =>
    Object.entries(groups).map(([group, values]) => [pair, group, judge1, judge2, values] as const),
  )

  describe.each(ofPairs)('%s on %s', (_pair, group, judge1, judge2, values) => {
    const check = (rule: Rule, table: ExpectedTable): void => {
      const result = pairedResult(verdicts(judge1, group, rule), verdicts(judge2, group, rule), WRONG, SURENESS)
      expect(result.n).toBe(table.n)
      expect(result.table).toEqual({ both: table.n11, onlyA: table.b, onlyB: table.c, neither: table.n00 })
      expect(result.test).toBe('exact McNemar')
      expectClose(result.p, table.mcnemarExactP)
      expectClose(result.difference.value, table.diff)
      expect(result.difference.method).toBe('tango')
      expectRange(result.difference, table.ciTango)
      expectRange(result.newcombe, table.ciNewcombe10)
      const counts = result.table as NonNullable<typeof result.table>
      expectClose(mcnemar(counts, { method: 'chi2' }).p, table.mcnemarChi2P)
      // With as many of one kind as of the other, statsmodels lets the correction pass zero: (|0| - 1)² / m. Ours stops there.
      const corrected = counts.onlyA === counts.onlyB ? 1 : table.mcnemarChi2CorrP
      expectClose(mcnemar(counts, { method: 'chi2-corrected' }).p, corrected)
      expectRange(pairedDifference(counts, { method: 'wald' }), table.ciWaldN)
      expectClose((counts.both + counts.onlyA) / result.n, table.acc1)
      expectClose((counts.both + counts.onlyB) / result.n, table.acc2)
    }

    it('has the paired table, tests and intervals of the net rule', () => check('net', values.net))
    it('has them for right in both orders', () => check('consistent', values.bothOrders))
    it('has them for the first order alone', () => check('first-order', values.AB))

    it('has the difference of half credit', () => {
      const [a, b] = [judge1, judge2].map((judge) => verdicts(judge, group, 'average')) as [Verdict[], Verdict[]]
      const result = pairedResult(a, b, WRONG, SURENESS)
      expect(result.n).toBe(values.halfCredit.n)
      expectClose(result.difference.value, values.halfCredit.diff)
      const credits = (held: readonly Verdict[]) =>
        new Map(held.map((verdict) => [verdict.comparisonId, creditOf(verdict, WRONG) as number]))
      const scores = pairedScores(credits(a), credits(b), (id) => id)
      expectClose(mean(scores.a), values.halfCredit.mean1)
      expectClose(mean(scores.b), values.halfCredit.mean2)
    })

    it('has the agreement of the judges’ winners', () => {
      const [a, b] = [judge1, judge2].map((judge) => verdicts(judge, group, 'net')) as [Verdict[], Verdict[]]
      const words = (held: readonly Verdict[], pass: 0 | 1): string[] => held.map((verdict) => winner(verdict, pass))
      checkKappa(words(a, 0), words(b, 0), values.kappaAB)
      checkKappa([...words(a, 0), ...words(a, 1)], [...words(b, 0), ...words(b, 1)], values.kappaPooledOrders)
      checkKappa(a.map(combinedWinner), b.map(combinedWinner), values.kappaCombined)
    })
  })
})

function checkKappa(a: readonly string[], b: readonly string[], expectedKappa: ExpectedKappa): void {
  const read = a.flatMap((word, at) => (word === 'failed' || b[at] === 'failed' ? [] : [at]))
  const ours = cohenKappa(
    read.map((at) => a[at] as string),
    read.map((at) => b[at] as string),
  )
  expect(ours.n).toBe(expectedKappa.n)
  expectClose(ours.observedAgreement, expectedKappa.observedAgreement)
  expectClose(ours.value, expectedKappa.kappa)
  expectRange(ours, expectedKappa.kappaCI95statsmodels)
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length
}
