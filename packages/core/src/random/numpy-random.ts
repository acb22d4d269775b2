import { createMersenneTwister } from './mersenne-twister.js'

/**
 * NumPy's legacy generator (`numpy.random.RandomState`), equal to it number for number, so that splits published with
 * `np.random.seed` can be rebuilt. Every draw advances the one stream that `seed` began.
 */
export interface NumpyRandom {
  /** A uniform number in [0, 1) with 53 random bits: `random_sample()`. Passes as a plain random generator. */
  readonly randomSample: () => number
  /** An integer in [low, high), by masking and rejection: `randint(low, high)`, span up to 2^32. */
  readonly randint: (low: number, high: number) => number
  /** Shuffles in place from the last element down: `shuffle(items)`. */
  readonly shuffle: <T>(items: T[]) => void
  /** The integers 0 … n - 1 in random order: `permutation(n)`. */
  readonly permutation: (n: number) => number[]
  /** `size` different items in drawn order: `choice(items, size, replace=False)`. */
  readonly choice: <T>(items: readonly T[], size: number) => T[]
}

/**
 * Starts the stream that `np.random.RandomState(seed)` has.
 *
 * @param seed integer, 0 <= seed < 2^32
 * @throws {RangeError} if seed is outside that range, or a draw asks for more than there is
 * @see NumPy 1.24, numpy/random/mtrand.pyx and src/legacy; Matsumoto & Nishimura (1998), ACM TOMACS 8:3-30
 */
export function createNumpyRandom(seed: number): NumpyRandom {
  const nextUint32 = createMersenneTwister(seed)

  const randomSample = (): number => {
    const high = nextUint32() >>> 5
    const low = nextUint32() >>> 6
    return (high * 67108864 + low) / 9007199254740992
  }
  const upTo = (max: number): number => {
    if (max === 0) return 0
    const mask = 0xffffffff >>> Math.clz32(max)
    let value = (nextUint32() & mask) >>> 0
    while (value > max) value = (nextUint32() & mask) >>> 0
    return value
  }
  const randint = (low: number, high: number): number => {
    const span = high - low - 1
    if (!Number.isInteger(low) || !Number.isInteger(high) || span < 0 || span > 0xffffffff)
      throw new RangeError(`randint needs integers low < high at most 2^32 apart, got low=${low}, high=${high}`)
    return low + upTo(span)
  }
  const shuffle = <T>(items: T[]): void => {
    for (let i = items.length - 1; i > 0; i--) {
      const j = upTo(i)
      const held = items[i] as T
      items[i] = items[j] as T
      items[j] = held
    }
  }
  const permutation = (n: number): number[] => {
    if (!Number.isInteger(n) || n < 0 || n > 0xffffffff)
      throw new RangeError(`permutation needs an integer 0 <= n < 2^32, got n=${n}`)
    const order = Array.from({ length: n }, (_, i) => i)
    shuffle(order)
    return order
  }
  const choice = <T>(items: readonly T[], size: number): T[] => {
    if (!Number.isInteger(size) || size < 0 || size > items.length)
      throw new RangeError(`choice needs 0 <= size <= items, got size=${size}, items=${items.length}`)
    return permutation(items.length)
      .slice(0, size)
      .map((i) => items[i] as T)
  }
  return { randomSample, randint, shuffle, permutation, choice }
}
