import { isPlainJudgment, type Judgment, MODES, parseJudgment } from '@judgelab/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** Values that a field may have or that are nearly right. */
const ODD = [
  undefined,
  null,
  '',
  'x',
  -1,
  0,
  0.5,
  1,
  2,
  7.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 60,
  true,
  [],
  {},
]
const odd = fc.constantFrom<unknown>(...ODD)
const mostly = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 60, arbitrary: value }, { weight: 1, arbitrary: odd })
const record = (fields: Record<string, fc.Arbitrary<unknown>>, required: string[]): fc.Arbitrary<object> =>
  fc
    .record(Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, mostly(value)])), {
      requiredKeys: required,
    })
    .chain((made) => fc.integer({ max: 30, min: 0 }).map((draw) => (draw === 0 ? { ...made, more: 1 } : made)))

const outcome = fc.oneof(
  record(
    {
      kind: fc.constant('choice'),
      slot: fc.constantFrom(0, 1, 2, 'tie'),
      strength: fc.constantFrom('slight', 'strong'),
      probabilities: fc.array(fc.constantFrom(0, 0.25, 1, 1.5), { maxLength: 3 }),
    },
    ['kind', 'slot'],
  ),
  record(
    { kind: fc.constant('rating'), value: fc.integer({ min: 0, max: 11 }), scale: fc.constant({ min: 1, max: 10 }) },
    ['kind', 'value', 'scale'],
  ),
  record({ kind: fc.constant('class'), label: fc.constant('a'), labels: fc.constant(['a', 'b']) }, ['kind']),
  record({ kind: fc.constant('failed'), reason: fc.constantFrom('error', 'length'), detail: fc.string() }, [
    'kind',
    'reason',
  ]),
)
const usage = record(
  { inputTokens: fc.nat(), outputTokens: fc.nat(), cachedInputTokens: fc.nat(), reasoningTokens: fc.nat() },
  ['inputTokens', 'outputTokens'],
)
const judgments = record(
  {
    v: fc.constant(1),
    presentationId: fc.constant('p'),
    exampleId: fc.constant('e'),
    comparisonId: fc.constant('c'),
    mode: fc.constantFrom(...MODES),
    slots: fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
    repeat: fc.nat(2),
    outcome,
    raw: fc.string(),
    reasoning: fc.string(),
    usage,
    latencyMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
    firstByteMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
    attempts: fc.integer({ min: 1, max: 9 }),
    cached: fc.constant(true),
    at: fc.constantFrom(
      ...Array<string>(8).fill('2026-02-02T12:00:00.000Z'),
      '2026-02-31T12:00:00.000Z',
      '2026-02-02T24:00:00.000Z',
      '2026-02-02',
    ),
  },
  ['v', 'presentationId', 'exampleId', 'mode', 'slots', 'repeat', 'outcome', 'latencyMs', 'at'],
)

function accepts(value: unknown): boolean {
  try {
    parseJudgment(value, { file: 'f' })
    return true
  } catch {
    return false
  }
}

describe('isPlainJudgment', () => {
  it('never says yes to what parseJudgment refuses, and seldom no to what it accepts', () => {
    const seen = { plain: 0, accepted: 0, refused: 0 }
    fc.assert(
      fc.property(judgments, (value) => {
        const isPlain = isPlainJudgment(value as Judgment)
        const isAccepted = accepts(value)
        expect(isPlain && !isAccepted).toBe(false)
        if (isPlain) seen.plain++
        if (isAccepted) seen.accepted++
        else seen.refused++
      }),
      { numRuns: 1500, seed: 5 },
    )
    expect(seen.refused).toBeGreaterThan(300)
    expect(seen.plain).toBeGreaterThan(100)
  })

  it('says yes to judgments as they are made, at the times that clocks give', () => {
    const made: Judgment = {
      v: 1,
      presentationId: 'e|pairwise|0-1#0',
      exampleId: 'e',
      mode: 'pairwise',
      slots: [0, 1],
      repeat: 0,
      outcome: { kind: 'choice', slot: 'tie', probabilities: [0.5, 0.5] },
      usage: { inputTokens: 1, outputTokens: 2 },
      latencyMs: 0.125,
      at: new Date(Date.UTC(2026, 10, 22)).toISOString(),
    }
    expect(isPlainJudgment(made)).toBe(true)
    expect(isPlainJudgment({ ...made, latencyMs: Number.NaN })).toBe(false)
  })
})
