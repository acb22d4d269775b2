import { createNumpyRandom } from '@judgelab/core'

/** The random choices that the generator makes, all from one seeded stream. */
export interface Draw {
  /** True with probability `p`. */
  readonly chance: (p: number) => boolean
  /** An integer from `low` to `high`, both included. */
  readonly integer: (low: number, high: number) => number
  readonly pick: <T>(items: readonly T[]) => T
  /** `size` different items in drawn order. */
  readonly sample: <T>(items: readonly T[], size: number) => T[]
  readonly shuffled: <T>(items: readonly T[]) => T[]
}

/** Starts a stream of choices from a seed. */
export function createDraw(seed: number): Draw {
  const random = createNumpyRandom(seed)
  const integer = (low: number, high: number): number => random.randint(low, high + 1)
  const sample = <T>(items: readonly T[], size: number): T[] => random.choice(items, size)
  return {
    chance: (p) => random.randomSample() < p,
    integer,
    pick: (items) => items[integer(0, items.length - 1)]!,
    sample,
    shuffled: (items) => sample(items, items.length),
  }
}

/** Deals every item once before any item comes again, in a new random order each round. */
export function createDeck<T>(draw: Draw, items: readonly T[]): () => T {
  let hand: T[] = []
  return () => {
    if (hand.length === 0) hand = draw.shuffled(items)
    return hand.pop()!
  }
}
