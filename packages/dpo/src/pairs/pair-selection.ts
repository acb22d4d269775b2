import { createGrowingNumbers, type GrowingNumbers, type PreferencePair } from '@judgelab/core'
import { pairPromptKey } from '@judgelab/datasets'

/**
 * What has to be known of pairs to choose among them: numbers and no texts, so that the pairs themselves need not be in
 * memory. Pairs are named by their place. Those of one example share its prompt.
 */
export interface PairColumns {
  readonly subsetAt: (place: number) => string
  /** Which example, counted from 0 in order of first appearance. */
  readonly exampleAt: (place: number) => number
  /** By how many characters the preferred output is longer; below 0, shorter. */
  readonly longerAt: (place: number) => number
  readonly weightAt: (place: number) => number
  readonly exampleId: (example: number) => string
  /** `promptNumber` of `pairPromptKey` of the example's pairs. */
  readonly promptAt: (example: number) => number
}

/** Pairs in an order, in memory or in a file: they can be gone through as often as one likes. */
export interface PairSelection extends Iterable<PreferencePair> {
  readonly length: number
  readonly at: (place: number) => PreferencePair
  readonly columns: PairColumns
  /**
   * Some of them in another order.
   *
   * @param weights the pairs' new weights: same length and order as `places`; absent, they keep their own
   */
  readonly take: (places: ArrayLike<number>, weights?: ArrayLike<number>) => PairSelection
}

/** Columns that pairs are added to one after another. */
export interface GrowingColumns extends PairColumns {
  readonly add: (pair: PreferencePair) => void
}

/** 52 bits of a prompt's digest; 0 of a blank prompt, which has none. */
export function promptNumber(sha256: string): number {
  return sha256 === '' ? 0 : Number.parseInt(sha256.slice(0, 13), 16)
}

/** Empty columns: 12 bytes a pair, 8 more where pairs have weights, and about 70 an example. */
export function createColumns(): GrowingColumns {
  const subsets: string[] = []
  const subsetNumbers = new Map<string, number>()
  const subsetOf = createGrowingNumbers(Uint32Array)
  const exampleOf = createGrowingNumbers(Uint32Array)
  const longer = createGrowingNumbers(Int32Array)
  const weights = createWeights()
  const examples = new Map<string, number>()
  const ids: string[] = []
  const prompts = createGrowingNumbers(Float64Array)
  const exampleNumber = (pair: PreferencePair): number => {
    const { exampleId } = pair.origin
    const held = examples.get(exampleId)
    if (held !== undefined) return held
    examples.set(exampleId, ids.length)
    prompts.push(promptNumber(pairPromptKey(pair)))
    return ids.push(exampleId) - 1
  }
  const subsetNumber = (subset: string): number => {
    const held = subsetNumbers.get(subset)
    if (held !== undefined) return held
    subsetNumbers.set(subset, subsets.length)
    return subsets.push(subset) - 1
  }
  return {
    add: (pair) => {
      subsetOf.push(subsetNumber(pair.origin.subset))
      exampleOf.push(exampleNumber(pair))
      longer.push(pair.preferred.length - pair.nonPreferred.length)
      weights.push(pair.weight)
    },
    subsetAt: (place) => subsets[subsetOf.at(place)] as string,
    exampleAt: exampleOf.at,
    longerAt: longer.at,
    weightAt: weights.at,
    exampleId: (example) => ids[example] as string,
    promptAt: prompts.at,
  }
}

/** Weights of pairs, which take no memory as long as all are 1. */
function createWeights(): {
  readonly push: (weight: number | undefined) => void
  readonly at: (place: number) => number
} {
  let plain = 0
  let weights: GrowingNumbers | undefined
  return {
    push: (weight = 1) => {
      if (weights === undefined) {
        if (weight === 1) return void plain++
        weights = createGrowingNumbers(Float64Array)
        for (let place = 0; place < plain; place++) weights.push(1)
      }
      weights.push(weight)
    },
    at: (place) => weights?.at(place) ?? 1,
  }
}

/** Pairs that are in memory. */
export function selectionOf(pairs: readonly PreferencePair[]): PairSelection {
  const columns = createColumns()
  for (const pair of pairs) columns.add(pair)
  return selection({ length: pairs.length, at: (place) => pairs[place] as PreferencePair, columns })
}

/** A selection of all pairs that a reader gives by their places. */
export function selection(all: Pick<PairSelection, 'length' | 'at' | 'columns'>): PairSelection {
  return {
    ...all,
    take: (places, weights) => taken(all, places, weights),
    *[Symbol.iterator]() {
      for (let place = 0; place < all.length; place++) yield all.at(place)
    },
  }
}

function taken(
  from: Pick<PairSelection, 'at' | 'columns'>,
  places: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): PairSelection {
  const { columns } = from
  const held = Uint32Array.from(places)
  const inner = (place: number): number => held[place] as number
  const weightAt = (place: number): number => weights?.[place] ?? columns.weightAt(inner(place))
  return selection({
    length: held.length,
    at: (place) => {
      const pair = from.at(inner(place))
      return weights === undefined ? pair : { ...pair, weight: weightAt(place) }
    },
    columns: {
      ...columns,
      subsetAt: (place) => columns.subsetAt(inner(place)),
      exampleAt: (place) => columns.exampleAt(inner(place)),
      longerAt: (place) => columns.longerAt(inner(place)),
      weightAt,
    },
  })
}

/** How many pairs each subset has, in order of first appearance. */
export function subsetCounts(pairs: Pick<PairSelection, 'length' | 'columns'>): Record<string, number> {
  return Object.fromEntries(countedBySubset(pairs))
}

function countedBySubset({ length, columns }: Pick<PairSelection, 'length' | 'columns'>): Map<string, number> {
  const counts = new Map<string, number>()
  for (let place = 0; place < length; place++) {
    const subset = columns.subsetAt(place)
    counts.set(subset, (counts.get(subset) ?? 0) + 1)
  }
  return counts
}

/** The places of each subset's pairs, in order; subsets in order of first appearance. */
export function placesBySubset(pairs: Pick<PairSelection, 'length' | 'columns'>): Map<string, Uint32Array> {
  const counts = countedBySubset(pairs)
  const places = new Map([...counts].map(([subset, count]) => [subset, new Uint32Array(count)]))
  for (let place = pairs.length - 1; place >= 0; place--) {
    const subset = pairs.columns.subsetAt(place)
    const left = (counts.get(subset) as number) - 1
    counts.set(subset, left)
    ;(places.get(subset) as Uint32Array)[left] = place
  }
  return places
}

/** The places of the pairs that pass, in their order. */
export function placesWhere(length: number, passes: (place: number) => boolean): Uint32Array {
  const places = new Uint32Array(length)
  let count = 0
  for (let place = 0; place < length; place++) if (passes(place)) places[count++] = place
  return places.slice(0, count)
}

/** 0, 1, … length − 1. */
export function allPlaces(length: number): number[] {
  return Array.from({ length }, (_, place) => place)
}
