import type { PairStrategy, PreferencePair } from '@judgelab/core'
import { createNumberSet } from '../checks/number-set.js'

/** On which side of the training a pair stands. */
export type PairSide = 'train' | 'validation'

/** Quantiles of a length. */
export interface LengthFigures {
  readonly mean: number
  readonly median: number
  readonly p95: number
  readonly longest: number
}

/** What some pairs have in common. */
export interface PairFigures {
  readonly pairs: number
  readonly train: number
  readonly validation: number
  /** Different examples that they are made of. */
  readonly examples: number
  /** Share of all weight, in [0, 1]. */
  readonly weightShare: number
  /** Share of the pairs whose preferred output is the longer one in characters, in [0, 1]; equal ones count half. */
  readonly preferredLonger: number
  /** Lengths in characters (UTF-16 code units). */
  readonly characters: {
    readonly input: LengthFigures
    readonly preferred: LengthFigures
    readonly nonPreferred: LengthFigures
  }
}

/** What a data card counts. */
export interface PairSummary extends PairFigures {
  readonly bySubset: Readonly<Record<string, PairFigures>>
  readonly byStrategy: Readonly<Partial<Record<PairStrategy, PairFigures>>>
}

/** Counts pairs one after another. */
export interface PairTally {
  readonly add: (pair: PreferencePair, side: PairSide) => void
  readonly summary: () => PairSummary
}

/**
 * Starts a count. It keeps five numbers a pair and a hash of each example's id, no texts: 20 bytes a pair and about 50 an
 * example. Among a million examples, two are taken for one with chance below 0.0002.
 */
export function createPairTally(): PairTally {
  const subsets: string[] = []
  const strategies: PairStrategy[] = []
  const subsetOf = createNumbers()
  const strategyOf = createNumbers()
  const lengths = { input: createNumbers(), preferred: createNumbers(), nonPreferred: createNumbers() }
  const all = createGroup()
  const groups = new Map<string, Group>()
  const examples = createNumberSet()
  const examplesByStrategy = createNumberSet()
  const groupOf = (name: string): Group => {
    const held = groups.get(name) ?? createGroup()
    groups.set(name, held)
    return held
  }
  return {
    add: (pair, side) => {
      const { subset, strategy, exampleId } = pair.origin
      subsetOf.add(placeIn(subsets, subset))
      strategyOf.add(placeIn(strategies, strategy))
      lengths.input.add(pair.input.reduce((sum, { content }) => sum + content.length, 0))
      lengths.preferred.add(pair.preferred.length)
      lengths.nonPreferred.add(pair.nonPreferred.length)
      const isNew = examples.add(hashOf(exampleId))
      all.add(pair, side, isNew)
      groupOf(`subset ${subset}`).add(pair, side, isNew)
      groupOf(`strategy ${strategy}`).add(pair, side, examplesByStrategy.add(hashOf(`${strategy} ${exampleId}`)))
    },
    summary: () => {
      const figuresOf = (group: Group, isIn: (at: number) => boolean): PairFigures =>
        group.figures(all.weight(), {
          input: lengths.input.figures(isIn),
          preferred: lengths.preferred.figures(isIn),
          nonPreferred: lengths.nonPreferred.figures(isIn),
        })
      const inSubset = (place: number) => (at: number) => subsetOf.at(at) === place
      const inStrategy = (place: number) => (at: number) => strategyOf.at(at) === place
      return {
        ...figuresOf(all, () => true),
        bySubset: Object.fromEntries(
          subsets.map((name, place) => [name, figuresOf(groupOf(`subset ${name}`), inSubset(place))]),
        ),
        byStrategy: Object.fromEntries(
          strategies.map((name, place) => [name, figuresOf(groupOf(`strategy ${name}`), inStrategy(place))]),
        ),
      }
    },
  }
}

/** 52 bits of a text, above 0: two hashes of its code units, FNV-1a and one that multiplies by another odd number. */
function hashOf(text: string): number {
  let a = 0x811c9dc5
  let b = 0x9e3779b9
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b + unit, 0x85ebca6b) ^ (b >>> 13)
  }
  return (a >>> 0) * 2 ** 20 + ((b >>> 0) % 2 ** 20) + 1
}

function placeIn<T>(names: T[], name: T): number {
  const place = names.indexOf(name)
  return place >= 0 ? place : names.push(name) - 1
}

interface Group {
  readonly add: (pair: PreferencePair, side: PairSide, isNewExample: boolean) => void
  readonly weight: () => number
  readonly figures: (allWeight: number, characters: PairFigures['characters']) => PairFigures
}

function createGroup(): Group {
  const sides = { train: 0, validation: 0 }
  let [examples, longer, weight] = [0, 0, 0]
  return {
    add: (pair, side, isNewExample) => {
      sides[side]++
      weight += pair.weight ?? 1
      if (isNewExample) examples++
      const more = pair.preferred.length - pair.nonPreferred.length
      longer += more > 0 ? 1 : more === 0 ? 0.5 : 0
    },
    weight: () => weight,
    figures: (allWeight, characters) => {
      const pairs = sides.train + sides.validation
      return {
        pairs,
        ...sides,
        examples,
        weightShare: weight / allWeight,
        preferredLonger: longer / pairs,
        characters,
      }
    },
  }
}

interface Numbers {
  readonly add: (value: number) => void
  readonly at: (place: number) => number
  /** Of the numbers at the places that are in. */
  readonly figures: (isIn: (place: number) => boolean) => LengthFigures
}

const BLOCK = 1 << 16

/** A growing list of 32-bit numbers, in blocks, so that growing copies nothing. */
function createNumbers(): Numbers {
  const blocks: Uint32Array[] = []
  let n = 0
  const at = (place: number): number => blocks[Math.floor(place / BLOCK)]?.[place % BLOCK] as number
  return {
    add: (value) => {
      if (n % BLOCK === 0) blocks.push(new Uint32Array(BLOCK))
      const block = blocks.at(-1) as Uint32Array
      block[n++ % BLOCK] = value
    },
    at,
    figures: (isIn) => {
      const held = new Uint32Array(n)
      let count = 0
      for (let place = 0; place < n; place++) if (isIn(place)) held[count++] = at(place)
      const sorted = held.subarray(0, count).sort()
      const quantile = (share: number): number => sorted[Math.min(count - 1, Math.floor(share * count))] as number
      const sum = sorted.reduce((total, value) => total + value, 0)
      return { mean: sum / count, median: quantile(0.5), p95: quantile(0.95), longest: sorted[count - 1] as number }
    },
  }
}
