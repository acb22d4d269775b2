import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Comparison, Judgment, Verdict } from '@judgelab/core'
import { judgeBenchScore, llmbarScore, togetherScore, verdictsOf } from '@judgelab/scoring'
import { describe, expect, it } from 'vitest'
import { FAILED, gameOf, verdictWith } from './support/made.js'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
const LLMBAR = resolve(ROOT, process.env.JUDGELAB_LLMBAR ?? '../shared/data/llmbar')
const isHere = existsSync(join(LLMBAR, 'expected.json'))

describe('llmbarScore', () => {
  it('gives half a point for one right order of two', () => {
    const verdicts = [
      verdictWith(['chosen', 'chosen']),
      verdictWith(['chosen', 'rejected']),
      verdictWith(['tie', 'chosen']),
      verdictWith(['chosen', 'failed']),
      verdictWith(['failed', 'failed']),
      verdictWith(['rejected', 'rejected']),
      verdictWith(['tie', 'tie']),
      verdictWith(['rejected', 'rejected']),
    ]
    // official (1 + 0.5 + 0.5 + 0.5) / 8; strict leaves out the fourth; same winner: 1, 5, 6, 7, 8
    expect(llmbarScore(verdicts)).toEqual({
      n: 8,
      failed: 2,
      official: 2.5 / 8,
      strict: 2 / 8,
      answered: 2 / 6,
      firstOrder: 3 / 8,
      secondOrder: 2 / 8,
      bothOrders: 1 / 8,
      agreement: 5 / 8,
      agreementStrict: 4 / 8,
    })
  })

  it('is undefined for no verdicts', () => {
    expect(llmbarScore([])).toMatchObject({ n: 0, official: Number.NaN, agreement: Number.NaN })
  })
})

interface ExpectedGroup {
  readonly n: number
  readonly accuracyNet: number
  readonly accuracyAB: number
  readonly accuracyBA: number
  readonly accuracyBothOrders: number
  readonly accuracyHalfCredit: number
  readonly positionalAgreement: number
  readonly positionalAgreementStrict: number
  readonly counts: Readonly<Record<string, number>>
}

interface Expected {
  readonly judges: Readonly<Record<string, { readonly groups: Readonly<Record<string, ExpectedGroup>> }>>
}

function read<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(LLMBAR, ...path), 'utf8')) as T
}

function lines<T>(...path: string[]): T[] {
  const text = readFileSync(join(LLMBAR, ...path), 'utf8')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]))
}

/** The items as comparisons: response 0 is A, response 1 is B. */
function comparisons(): Comparison[] {
  return lines<{ id: string; category: string; label: 'A' | 'B' }>('items.jsonl').map(({ id, category, label }) => {
    const chosen = label === 'A' ? 0 : 1
    return { id: `${id}:${chosen}>${1 - chosen}`, exampleId: id, subset: category, chosen, rejected: 1 - chosen }
  })
}

function judgments(judge: string, compared: readonly Comparison[]): Judgment[] {
  const byExample = new Map(compared.map((comparison) => [comparison.exampleId, comparison]))
  return lines<{ id: string; order: 'AB' | 'BA'; verdict: 'A' | 'B' | 'tie' | null }>('verdicts', `${judge}.jsonl`).map(
    ({ id, order, verdict }) => {
      const slots = order === 'AB' ? [0, 1] : [1, 0]
      const slot = verdict === 'tie' ? 'tie' : slots.indexOf(verdict === 'A' ? 0 : 1)
      return gameOf(byExample.get(id) as Comparison, slots, verdict === null ? FAILED : { kind: 'choice', slot })
    },
  )
}

function verdictsOfJudge(judge: string): Verdict[] {
  const compared = comparisons()
  return verdictsOf(compared, judgments(judge, compared), 'net')
}

describe.skipIf(!isHere)(`the real verdicts of LLMBar (skipped unless JUDGELAB_LLMBAR or ${LLMBAR} has them)`, () => {
  const expected = isHere ? read<Expected>('expected.json') : { judges: {} }
  const groups = Object.entries(expected.judges).flatMap(([judge, held]) =>
    Object.entries(held.groups).map(([group, values]) => ({ judge, group, values })),
  )

  it('are of four judges in six groups', () => {
    expect(groups).toHaveLength(24)
  })

  it.each(groups)('$judge on $group: net, average and agreement are what upstream’s code says', (held) => {
    const { judge, group, values } = held
    const verdicts = verdictsOfJudge(judge).filter(({ subset }) => group === 'all' || subset === group)
    const net = judgeBenchScore(verdicts)
    const { counts } = values
    expect(net).toMatchObject({
      n: values.n,
      correct: counts.netCorrect,
      incorrect: counts.netIncorrect,
      tie: counts.netTie,
      bothRight: counts.bothCorrect,
      oneRight: counts.someCorrect,
      noneRight: counts.bothNotCorrect,
      inconsistent: counts.inconsistent,
      failed: counts.nullPairs,
    })
    // expected.json is printed to twelve digits
    expect(net.official).toBeCloseTo(values.accuracyNet, 11)
    const average = llmbarScore(verdicts)
    expect(average.official).toBeCloseTo(values.accuracyHalfCredit, 11)
    expect(average.firstOrder).toBeCloseTo(values.accuracyAB, 11)
    expect(average.secondOrder).toBeCloseTo(values.accuracyBA, 11)
    expect(average.bothOrders).toBeCloseTo(values.accuracyBothOrders, 11)
    expect(average.agreement).toBeCloseTo(values.positionalAgreement, 11)
    expect(average.agreementStrict).toBeCloseTo(values.positionalAgreementStrict, 11)
  })

  it('say that null == null agrees upstream: PaLM2__Vanilla has 4 such pairs of 419', () => {
    const { agreement, agreementStrict, n } = llmbarScore(verdictsOfJudge('PaLM2__Vanilla'))
    expect(Math.round((agreement - agreementStrict) * n)).toBe(4)
  })

  const judges = isHere ? readdirSync(join(LLMBAR, 'verdicts')).map((name) => name.replace(/\.jsonl$/, '')) : []

  it.each(judges)('of %s keep the laws between the rules', (judge) => {
    const verdicts = verdictsOfJudge(judge)
    const [net, average, together] = [judgeBenchScore(verdicts), llmbarScore(verdicts), togetherScore(verdicts)]
    expect(verdicts).toHaveLength(419)
    for (const { official, strict, failed } of [net, average, together]) {
      expect(official).toBeGreaterThanOrEqual(strict)
      if (failed === 0) expect(official).toBe(strict)
    }
    expect(average.official).toBeGreaterThanOrEqual(net.bothRight / net.n)
    expect(together.counts.chosen).toBeGreaterThanOrEqual(net.bothRight)
    expect(together.counts.chosen).toBeLessThanOrEqual(net.correct)
  })
})
