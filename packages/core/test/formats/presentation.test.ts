import { type Mode, presentationOf } from '@judgelab/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const fields = { exampleId: 'ref:3', mode: 'pairwise', slots: [0, 1], repeat: 0 } as const

/** Anything that could stand in a presentation, with ids that imitate the signs of an id. */
const presentation = fc.constantFrom<Mode>('pairwise', 'best-of-n', 'rating', 'classify').chain((mode) =>
  fc.record({
    exampleId: fc.string({ unit: fc.constantFrom('a', '|', '#', '-', '0', '1', 'rating', '>'), minLength: 1 }),
    mode: fc.constant(mode),
    slots: fc.array(fc.nat({ max: 12 }), {
      minLength: mode === 'pairwise' || mode === 'best-of-n' ? 2 : 1,
      maxLength: mode === 'pairwise' ? 2 : mode === 'best-of-n' ? 5 : 1,
    }),
    repeat: fc.nat({ max: 12 }),
  }),
)

describe('presentationOf', () => {
  it('makes the documented id', () => {
    expect(presentationOf(fields)).toEqual({ id: 'ref:3|pairwise|0-1#0', ...fields })
    expect(presentationOf({ ...fields, slots: [1, 0], repeat: 2 }).id).toBe('ref:3|pairwise|1-0#2')
    expect(presentationOf({ ...fields, mode: 'rating', slots: [4] }).id).toBe('ref:3|rating|4#0')
  })

  it('keeps the comparison out of the id: what is shown is the same whoever asks', () => {
    expect(presentationOf({ ...fields, comparisonId: 'ref:3:0>1' })).toEqual({
      id: 'ref:3|pairwise|0-1#0',
      comparisonId: 'ref:3:0>1',
      ...fields,
    })
  })

  it('gives different presentations different ids, whatever signs the example ids hold', () => {
    fc.assert(
      fc.property(presentation, presentation, (a, b) => {
        const same =
          JSON.stringify([a.exampleId, a.mode, a.slots, a.repeat]) ===
          JSON.stringify([b.exampleId, b.mode, b.slots, b.repeat])
        expect(presentationOf(a).id === presentationOf(b).id).toBe(same)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it.each([
    ['pairwise', [0, 1], [[0], [0, 1, 2], []]],
    ['best-of-n', Array.from({ length: 26 }, (_, i) => i), [[0], Array.from({ length: 27 }, (_, i) => i)]],
    ['rating', [3], [[], [0, 1]]],
    ['classify', [3], [[], [0, 1]]],
  ] as const)('takes as many slots as %s has', (mode, good, bad) => {
    expect(presentationOf({ ...fields, mode, slots: good }).slots).toEqual(good)
    for (const slots of bad) expect(() => presentationOf({ ...fields, mode, slots })).toThrow(RangeError)
  })

  it('says how many slots it needs and got', () => {
    expect(() => presentationOf({ ...fields, slots: [0] })).toThrow('presentationOf needs 2 slots for pairwise, got 1')
    expect(() => presentationOf({ ...fields, mode: 'best-of-n', slots: [0] })).toThrow(
      'presentationOf needs 2 to 26 slots for best-of-n, got 1',
    )
  })

  it('refuses slots and repeats that are no indices', () => {
    for (const wrong of [{ slots: [0, -1] }, { slots: [0, 0.5] }, { repeat: -1 }, { repeat: Number.NaN }])
      expect(() => presentationOf({ ...fields, ...wrong })).toThrow('presentationOf needs integers >= 0, got')
  })
})
