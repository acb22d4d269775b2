import { type Example, type Judgment, presentationOf } from '@judgelab/core'
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
  return officialResult({ judgments }, EXAMPLES, { comparisons: 'first' })
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
