import { readFileSync } from 'node:fs'
import { createMersenneTwister, createNumpyRandom } from '@judgelab/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

interface LegacyCase {
  readonly seed: number
  readonly uint32: readonly number[]
  readonly random: readonly number[]
  readonly permutation20: readonly number[]
  readonly shuffledList25: readonly number[]
  readonly shuffledAgain25: readonly number[]
  readonly choices: readonly { readonly population: number; readonly size: number; readonly drawn: readonly number[] }[]
  readonly randint4: readonly number[]
}

const legacy = JSON.parse(readFileSync(new URL('../fixtures/numpy-legacy.json', import.meta.url), 'utf8')) as {
  readonly numpy: string
  readonly cases: readonly LegacyCase[]
}
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i)

describe('createNumpyRandom', () => {
  it('has the reference of five seeds, the smallest and the largest among them', () => {
    expect(legacy.numpy).toBe('1.24.2')
    expect(legacy.cases.map(({ seed }) => seed)).toEqual([42, 0, 7, 1, 2 ** 32 - 1])
  })

  describe.each(legacy.cases)('with seed $seed equals NumPy', (expected) => {
    it('in 32-bit words, by the twister and by randint over the whole range', () => {
      const next = createMersenneTwister(expected.seed)
      expect(expected.uint32.map(() => next())).toEqual(expected.uint32)
      const { randint } = createNumpyRandom(expected.seed)
      expect(expected.uint32.map(() => randint(0, 2 ** 32))).toEqual(expected.uint32)
    })

    it('in random_sample, to the last bit', () => {
      const { randomSample } = createNumpyRandom(expected.seed)
      expect(expected.random.map(() => randomSample())).toEqual(expected.random)
    })

    it('in randint(0, 4)', () => {
      const { randint } = createNumpyRandom(expected.seed)
      expect(expected.randint4.map(() => randint(0, 4))).toEqual(expected.randint4)
    })

    it('in permutation(20)', () => {
      expect(createNumpyRandom(expected.seed).permutation(20)).toEqual(expected.permutation20)
    })

    it('in shuffling a list, and in shuffling it again in the same stream', () => {
      const { shuffle } = createNumpyRandom(expected.seed)
      const list = upTo(25)
      shuffle(list)
      expect(list).toEqual(expected.shuffledList25)
      shuffle(list)
      expect(list).toEqual(expected.shuffledAgain25)
    })

    it('in three choices without replacement in one stream', () => {
      const { choice } = createNumpyRandom(expected.seed)
      const drawn = expected.choices.map(({ population, size }) => choice(upTo(population), size))
      expect(drawn).toEqual(expected.choices.map((made) => made.drawn))
    })
  })

  it('starts each stream anew: two generators of one seed do not share state', () => {
    const first = createNumpyRandom(3)
    const second = createNumpyRandom(3)
    first.randomSample()
    first.randomSample()
    expect(second.randomSample()).toBe(createNumpyRandom(3).randomSample())
  })

  it('shuffles to a permutation and chooses different items, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 60 }), (seed, n) => {
        const { permutation, choice } = createNumpyRandom(seed)
        expect(permutation(n).toSorted((a, b) => a - b)).toEqual(upTo(n))
        expect(new Set(choice(upTo(n), Math.floor(n / 2))).size).toBe(Math.floor(n / 2))
      }),
      { seed: 1, numRuns: 50 },
    )
  })

  it('draws integers of the whole span and no others, also where the span is no power of two', () => {
    const { randint } = createNumpyRandom(5)
    expect(new Set(Array.from({ length: 500 }, () => randint(-2, 3)))).toEqual(new Set([-2, -1, 0, 1, 2]))
    expect(randint(9, 10)).toBe(9)
  })

  it('refuses seeds, spans and sizes that NumPy refuses', () => {
    for (const seed of [-1, 0.5, 2 ** 32, Number.NaN]) expect(() => createNumpyRandom(seed)).toThrow(RangeError)
    const { randint, choice, permutation } = createNumpyRandom(0)
    expect(() => randint(3, 3)).toThrow('randint needs integers low < high at most 2^32 apart, got low=3, high=3')
    expect(() => randint(0, 2 ** 32 + 1)).toThrow(RangeError)
    expect(() => choice([1, 2], 3)).toThrow('choice needs 0 <= size <= items, got size=3, items=2')
    expect(() => permutation(-1)).toThrow('permutation needs an integer 0 <= n < 2^32, got n=-1')
  })
})
