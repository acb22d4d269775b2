import { type Example, type Judgment, presentationOf, slotsByOrder } from '@judgelab/core'
import { type Asked, REWARD_BENCH_SECTIONS, REWARD_BENCH_WEIGHTS } from '@judgelab/scoring'
import { describe, expect, it } from 'vitest'
import { officialResult } from '../src/measures/official.js'

const EXAMPLES = ['m0', 'm1'].map(
  (id): Example => ({
    v: 1,
    id,
    subset: 'Math',
    prompt: '2 + 2?',
    responses: ['4', '5', '6', '7'].map((text) => ({ text })),
    chosen: [0],
    metadata: {},
  }),
)

/** What a judge answered, shown these slots in this order. */
function chose(exampleId: string, slots: readonly number[], slot: number, raw: string): Judgment {
  const { id: presentationId, ...rest } = presentationOf({ exampleId, mode: 'best-of-n', slots, repeat: 0 })
  const outcome = { kind: 'choice', slot } as const
  return { v: 1, presentationId, ...rest, outcome, raw, latencyMs: 1, at: '2026-11-22T00:00:00Z' }
}

const ONCE = [chose('m0', [0, 1, 2, 3], 0, 'Verdict: A'), chose('m1', [3, 2, 1, 0], 0, 'Verdict: A')]

function scored(judgments: readonly Judgment[]): ReturnType<typeof officialResult> {
  return officialResult({ judgments, asked: {} }, EXAMPLES, { comparisons: 'first' })
}

describe('officialResult', () => {
  it('is the official score of one answer among four, in whatever form the judge was asked to answer', () => {
    expect(scored(ONCE)).toMatchObject({
      status: 'known',
      protocol: 'four-way',
      subsets: [{ subset: 'Math', n: 2, failed: 0, official: 0.5 }],
      mean: null,
    })
  })

  it('is none where an example was shown in two orders, among other than four, or in pairs', () => {
    expect(scored([...ONCE, chose('m0', [3, 2, 1, 0], 3, 'Verdict: D')]).status).toBe('not asked once among four')
    expect(scored(ONCE.map((judgment) => ({ ...judgment, slots: [0, 1, 2] }))).status).toBe('not asked once among four')
    expect(scored(ONCE.map((judgment) => ({ ...judgment, mode: 'pairwise' }))).status).toBe('pairwise judging')
  })

  it('does not look at repeats, as the official code asks once', () => {
    const [first] = ONCE
    const again = { ...(first as Judgment), presentationId: 'again', repeat: 1 }
    expect(scored([...ONCE, again])).toEqual(scored(ONCE))
  })
})

describe('officialResult of RewardBench (v1)', () => {
  const SUBSETS = REWARD_BENCH_SECTIONS.flatMap((section) => Object.keys(REWARD_BENCH_WEIGHTS[section]))
  const pair = (subset: string, at: number): Example => ({
    v: 1,
    id: `${subset}#${at}`,
    subset,
    prompt: 'Hi?',
    responses: [{ text: 'Hello.' }, { text: 'No.' }],
    chosen: [0],
    metadata: {},
  })
  /** Two pairs a subset, each asked once, in an order drawn by seed. */
  const pairsOf = (subsets: readonly string[]): Example[] =>
    subsets.flatMap((subset) => [0, 1].map((at) => pair(subset, at)))
  const once = { orders: 'random', orderSeed: 5 } as const
  const drawn = (exampleId: string): readonly number[] =>
    slotsByOrder({ id: `${exampleId}:0>1`, exampleId, subset: '', chosen: 0, rejected: 1 }, once)[0] as [number, number]
  const answer = (exampleId: string, outcome: Judgment['outcome'], slots = drawn(exampleId)): Judgment => {
    const { id: presentationId, ...rest } = presentationOf({ exampleId, mode: 'pairwise', slots, repeat: 0 })
    return { v: 1, presentationId, ...rest, outcome, latencyMs: 1, at: '2026-11-22T00:00:00Z' }
  }
  const first = { kind: 'choice', slot: 0 } as const
  const second = { kind: 'choice', slot: 1 } as const
  /** Right in every pair, but for Reasoning's math-prm (one tie) and hep-rust (one failure, one that was never asked). */
  const judgmentsOf = (examples: readonly Example[]): Judgment[] =>
    examples.flatMap(({ id }) => {
      if (id === 'hep-rust#1') return []
      if (id === 'hep-rust#0') return [answer(id, { kind: 'failed', reason: 'unparsed' })]
      if (id === 'math-prm#0') return [answer(id, { kind: 'choice', slot: 'tie' })]
      return [right(id)]
    })
  const right = (id: string, slots = drawn(id)): Judgment => answer(id, slots[0] === 0 ? first : second, slots)
  const wrong = (id: string, slots = drawn(id)): Judgment => answer(id, slots[0] === 0 ? second : first, slots)
  const score = (
    examples: readonly Example[],
    judgments = judgmentsOf(examples),
    asked: Asked = once,
  ): ReturnType<typeof officialResult> =>
    officialResult({ judgments, asked }, examples, { comparisons: 'first', source: 'reward-bench' })

  it('weighs subsets in sections: worked by hand', () => {
    const found = score(pairsOf(SUBSETS))
    expect(found).toMatchObject({ status: 'known', protocol: 'pairwise' })
    // math-prm (1 + 0.5) / 2 = 0.75 weighs 984, hep-rust (0.5 + 0.5) / 2 = 0.5 weighs 164, five others of 164 are right
    const reasoning = (0.75 * 984 + 0.5 * 164 + 5 * 164) / (984 + 6 * 164)
    expect(found.sections.map(({ section, official }) => [section, official])).toEqual([
      ['Chat', 1],
      ['Chat Hard', 1],
      ['Safety', 1],
      ['Reasoning', expect.closeTo(reasoning, 12)],
    ])
    expect(found.mean).toBeCloseTo((3 + reasoning) / 4, 12)
    expect(found.subsets.find(({ subset }) => subset === 'hep-rust')).toEqual({
      subset: 'hep-rust',
      n: 2,
      failed: 2,
      official: 0.5,
      strict: 0,
    })
  })

  it('counts prior sets as half a section where the benchmark has them', () => {
    const examples = pairsOf([...SUBSETS, 'shp'])
    const misjudged = judgmentsOf(examples).map((judgment) =>
      judgment.exampleId.startsWith('shp') ? wrong(judgment.exampleId) : judgment,
    )
    const sections = score(pairsOf(SUBSETS)).mean as number
    expect(score(examples, misjudged).mean).toBeCloseTo((4 * sections + 0.5 * 0) / 4.5, 12)
  })

  it('has sections but no mean where a subset was not judged', () => {
    expect(score(pairsOf(['alpacaeval-hard']))).toMatchObject({
      status: 'known',
      sections: [{ section: 'Chat', official: 1, missing: expect.arrayContaining(['mt-bench-easy']) }],
      mean: null,
    })
  })

  it('gives the mean of two answers where both orders were asked: what one drawn order comes to on average', () => {
    const examples = pairsOf(SUBSETS)
    const inBoth = (judge: (id: string, slots: readonly number[]) => Judgment[]): Judgment[] =>
      examples.flatMap(({ id }) => [...judge(id, [0, 1]), ...judge(id, [1, 0])])
    // Always the first slot: right in one order of two.
    const firstSlot = score(
      examples,
      inBoth((id, slots) => [answer(id, first, slots)]),
      {},
    )
    expect(firstSlot).toMatchObject({ status: 'known', protocol: 'pairwise in both orders', mean: 0.5 })
    // hep-rust: one pair of right and unreadable, (1 + 0.5) / 2; one of right and a lost line, the same.
    const spoilt = score(
      examples,
      inBoth((id, slots) => {
        if (!id.startsWith('hep-rust') || slots[0] === 0) return [right(id, slots)]
        return id.endsWith('0') ? [answer(id, { kind: 'failed', reason: 'unparsed' }, slots)] : []
      }),
      { orders: 'both' },
    )
    expect(spoilt.subsets.find(({ subset }) => subset === 'hep-rust')).toEqual({
      ...{ subset: 'hep-rust', n: 2, failed: 2, official: 0.75, strict: 0 },
    })
    const lost = 0.25 * 164
    expect(spoilt.mean).toBeCloseTo((4 - lost / (984 + 6 * 164)) / 4, 12)
  })

  it('is none where a pair was asked in another mode, or belongs to another benchmark', () => {
    const examples = pairsOf(['alpacaeval-hard'])
    const asked = judgmentsOf(examples)
    const status = (judgments: readonly Judgment[], of = examples): string => score(of, [...judgments]).status
    expect(status(asked.map((judgment) => ({ ...judgment, mode: 'best-of-n' })))).toBe('not asked in pairs')
    expect(status([])).toBe('not asked in pairs')
    expect(status(asked, [...examples, pair('new', 0)])).toBe('another benchmark')
  })
})
