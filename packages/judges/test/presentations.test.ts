import { allComparisons, comparisonOf, type Example } from '@judgelab/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { presentationsDigest, presentComparisons, show } from '../src/index.js'
import { firstComparisons, someExamples } from './benchmark.js'

const [three, two] = someExamples(2) as [Example, Example]

describe('presentComparisons', () => {
  it('shows both orders, the response of lower index first', () => {
    const shown = presentComparisons(firstComparisons([three, two]), { mode: 'pairwise', orders: 'both' })
    expect(shown.map(({ id, slots }) => [id, slots])).toEqual([
      ['e0|pairwise|0-2#0', [0, 2]],
      ['e0|pairwise|2-0#0', [2, 0]],
      ['e1|pairwise|0-1#0', [0, 1]],
      ['e1|pairwise|1-0#0', [1, 0]],
    ])
  })

  it('comes to the same list where it is long, and lazy', () => {
    const comparisons = Array.from({ length: 25_000 }, (_, at) =>
      comparisonOf({ ...two, id: `e${at}` }, at % 2, 1 - (at % 2)),
    )
    const asked = { mode: 'pairwise', orders: 'both', repeats: 2 } as const
    const long = presentComparisons(comparisons, asked)
    const parts = [0, 10_000, 20_000].flatMap((from) => [
      ...presentComparisons(comparisons.slice(from, from + 10_000), asked),
    ])
    expect([long.length, presentationsDigest(long)]).toEqual([100_000, presentationsDigest(parts)])
    expect([long[77_777], long.at(-1)]).toEqual([parts[77_777], parts.at(-1)])
  })

  it('shows one order, the response of lower index first', () => {
    const shown = presentComparisons(firstComparisons([three, two]), { mode: 'pairwise', orders: 'first' })
    expect(shown.map(({ slots, repeat }) => [slots, repeat])).toEqual([
      [[0, 2], 0],
      [[0, 1], 0],
    ])
  })

  it('shows each response alone for a rating, which belongs to no comparison', () => {
    const shown = presentComparisons(firstComparisons([three]), { mode: 'rating', orders: 'both' })
    expect(shown).toEqual([
      { id: 'e0|rating|0#0', exampleId: 'e0', mode: 'rating', slots: [0], repeat: 0 },
      { id: 'e0|rating|2#0', exampleId: 'e0', mode: 'rating', slots: [2], repeat: 0 },
    ])
  })

  it('asks for the rating of a response once, however many comparisons have it', () => {
    const shown = presentComparisons(allComparisons(three), { mode: 'rating', orders: 'both' })
    expect(shown.map(({ id }) => id)).toEqual(['e0|rating|0#0', 'e0|rating|2#0', 'e0|rating|1#0'])
  })

  it.each(['both', 'first'] as const)('never looks at the label, %s orders', (orders) => {
    const responses = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(responses, fc.nat(), fc.nat(), (texts, i, j) => {
        const first = i % texts.length
        const second = (first + 1 + (j % (texts.length - 1))) % texts.length
        const labelled = (chosen: number, rejected: number): string[][] =>
          presentComparisons([{ id: 'c', exampleId: 'x', subset: 's', chosen, rejected }], {
            mode: 'pairwise',
            orders,
          }).map((presentation) => [...show(presentation, exampleOf(texts, chosen)).slots])
        expect(labelled(first, second)).toEqual(labelled(second, first))
      }),
    )
  })

  it('gives every comparison of an example presentations of its own', () => {
    const example = { ...three, chosen: [1, 2] }
    const shown = presentComparisons(allComparisons(example), { mode: 'pairwise', orders: 'both' })
    expect(new Set(shown.map(({ id }) => id)).size).toBe(4)
  })

  it('shows the chosen response among all rejected ones for best-of-n, ascending and descending', () => {
    const example = { ...three, chosen: [1, 2] }
    const [first, second] = presentComparisons(
      allComparisons(example),
      { mode: 'best-of-n', orders: 'both' },
      () => example,
    )
    expect([first?.slots, second?.slots]).toEqual([
      [0, 1],
      [1, 0],
    ])
    const all = presentComparisons(firstComparisons([three]), { mode: 'best-of-n', orders: 'first' }, () => three)
    expect(all.map(({ slots, comparisonId }) => [slots, comparisonId])).toEqual([[[0, 1, 2], 'e0:2>0']])
    expect(() => presentComparisons(firstComparisons([two]), { mode: 'best-of-n', orders: 'both' })).toThrow(
      'presentComparisons needs the examples for best-of-n, got none',
    )
  })

  it('draws one order by seed and comparison, whatever else is asked', () => {
    const examples = someExamples(400)
    const asked = { mode: 'pairwise', orders: 'random', orderSeed: 7 } as const
    const shown = presentComparisons(firstComparisons(examples), asked)
    expect(shown).toHaveLength(400)
    const swapped = shown.filter(({ slots }) => (slots[0] as number) > (slots[1] as number)).length
    expect(Math.abs(swapped - 200)).toBeLessThan(60) // six standard deviations of 400 coins
    const [last] = presentComparisons(firstComparisons(examples.slice(-1)), asked)
    expect(last).toEqual(shown.at(-1))
    const other = presentComparisons(firstComparisons(examples), { ...asked, orderSeed: 8 })
    expect(other.map(({ id }) => id)).not.toEqual(shown.map(({ id }) => id))
  })

  it('asks as often as it is told, from the repeat it is told', () => {
    const asked = { mode: 'pairwise', orders: 'first', repeats: 2, firstRepeat: 1 } as const
    expect(presentComparisons(firstComparisons([two]), asked).map(({ id }) => id)).toEqual([
      'e1|pairwise|0-1#1',
      'e1|pairwise|0-1#2',
    ])
  })
})

describe('show', () => {
  const [presentation] = presentComparisons(firstComparisons([three]), { mode: 'pairwise', orders: 'both' })

  it('gives texts by slot and nothing that tells the label', () => {
    expect(show(presentation!, three)).toEqual({
      mode: 'pairwise',
      subset: three.subset,
      prompt: 'What is 0 + 1?',
      slots: ['so', 'It is 1.'],
    })
  })

  it('shows what stands in the metadata as the reference', () => {
    const example = { ...three, metadata: { answer: { text: '1' }, none: null } }
    expect(show(presentation!, example, { reference: 'answer.text' }).reference).toBe('1')
    expect(() => show(presentation!, example, { reference: 'none' })).toThrow(
      'show needs a reference at metadata.none of example "e0", got null',
    )
  })

  it('refuses another example, and a response that the example does not have', () => {
    expect(() => show(presentation!, two)).toThrow('show needs the example "e0", got "e1"')
    expect(() => show({ ...presentation!, slots: [0, 3] }, three)).toThrow(
      'show needs response 3 of example "e0", which has 3',
    )
  })
})

function exampleOf(texts: readonly string[], chosen: number): Example {
  return {
    v: 1,
    id: 'x',
    subset: 's',
    prompt: 'p',
    responses: texts.map((text) => ({ text })),
    chosen: [chosen],
    metadata: {},
  }
}
