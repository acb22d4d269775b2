import { createGrowingNumbers, type GrowingNumbers, type PairStrategy, type PreferencePair } from '@judgelab/core'
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
  const subsetOf = createGrowingNumbers(Uint32Array)
  const strategyOf = createGrowingNumbers(Uint32Array)
  const lengths = {
    input: createGrowingNumbers(Uint32Array),
    preferred: createGrowingNumbers(Uint32Array),
    nonPreferred: createGrowingNumbers(Uint32Array),
  }
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
      subsetOf.push(placeIn(subsets, subset))
      strategyOf.push(placeIn(strategies, strategy))
      lengths.input.push(pair.input.reduce((sum, { content }) => sum + content.length, 0))
      lengths.preferred.push(pair.preferred.length)
      lengths.nonPreferred.push(pair.nonPreferred.length)
      const isNew = examples.add(hashOf(exampleId))
      all.add(pair, side, isNew)
      groupOf(`subset ${subset}`).add(pair, side, isNew)
      groupOf(`strategy ${strategy}`).add(pair, side, examplesByStrategy.add(hashOf(`${strategy} ${exampleId}`)))
    },
    summary: () => {
      const figuresOfGroup = (group: Group, isIn: (at: number) => boolean): PairFigures =>
        group.figures(all.weight(), {
          input: figuresOf(lengths.input, isIn),
          preferred: figuresOf(lengths.preferred, isIn),
          nonPreferred: figuresOf(lengths.nonPreferred, isIn),
        })
      const inSubset = (place: number) => (at: number) => subsetOf.at(at) === place
      const inStrategy = (place: number) => (at: number) => strategyOf.at(at) === place
      return {
        ...figuresOfGroup(all, () => true),
        bySubset: Object.fromEntries(
          subsets.map((name, place) => [name, figuresOfGroup(groupOf(`subset ${name}`), inSubset(place))]),
        ),
        byStrategy: Object.fromEntries(
          strategies.map((name, place) => [name, figuresOfGroup(groupOf(`strategy ${name}`), inStrategy(place))]),
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

/** Figures of the lengths at the places that are in. */
function figuresOf(lengths: GrowingNumbers, isIn: (place: number) => boolean): LengthFigures {
  const held = new Uint32Array(lengths.length())
  let count = 0
  for (let place = 0; place < held.length; place++) if (isIn(place)) held[count++] = lengths.at(place)
  const sorted = held.subarray(0, count).sort()
  const quantile = (share: number): number => sorted[Math.min(count - 1, Math.floor(share * count))] as number
  const sum = sorted.reduce((total, value) => total + value, 0)
  return { mean: sum / count, median: quantile(0.5), p95: quantile(0.95), longest: sorted[count - 1] as number }
}
