import type { PairStrategy, PreferencePair } from '@judgelab/core'

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

/** Starts a count. It keeps three lengths a pair and the ids of examples, no texts: about 60 bytes a pair. */
export function createPairTally(): PairTally {
  const all = createGroup()
  const subsets = new Map<string, Group>()
  const strategies = new Map<PairStrategy, Group>()
  const groupIn = <K>(groups: Map<K, Group>, key: K): Group => {
    const held = groups.get(key) ?? createGroup()
    groups.set(key, held)
    return held
  }
  return {
    add: (pair, side) => {
      for (const group of [all, groupIn(subsets, pair.origin.subset), groupIn(strategies, pair.origin.strategy)])
        group.add(pair, side)
    },
    summary: () => {
      const figures = ([key, group]: [string, Group]): [string, PairFigures] => [key, group.figures(all.weight())]
      return {
        ...all.figures(all.weight()),
        bySubset: Object.fromEntries([...subsets].map(figures)),
        byStrategy: Object.fromEntries([...strategies].map(figures)),
      }
    },
  }
}

interface Group {
  readonly add: (pair: PreferencePair, side: PairSide) => void
  readonly weight: () => number
  readonly figures: (allWeight: number) => PairFigures
}

function createGroup(): Group {
  const sides = { train: 0, validation: 0 }
  const lengths = { input: createLengths(), preferred: createLengths(), nonPreferred: createLengths() }
  const examples = new Set<string>()
  let longer = 0
  let weight = 0
  return {
    add: (pair, side) => {
      sides[side]++
      weight += pair.weight ?? 1
      examples.add(pair.origin.exampleId)
      const [preferred, nonPreferred] = [pair.preferred.length, pair.nonPreferred.length]
      longer += preferred > nonPreferred ? 1 : preferred === nonPreferred ? 0.5 : 0
      lengths.input.add(pair.input.reduce((sum, { content }) => sum + content.length, 0))
      lengths.preferred.add(preferred)
      lengths.nonPreferred.add(nonPreferred)
    },
    weight: () => weight,
    figures: (allWeight) => {
      const pairs = sides.train + sides.validation
      return {
        pairs,
        ...sides,
        examples: examples.size,
        weightShare: weight / allWeight,
        preferredLonger: longer / pairs,
        characters: {
          input: lengths.input.figures(),
          preferred: lengths.preferred.figures(),
          nonPreferred: lengths.nonPreferred.figures(),
        },
      }
    },
  }
}

function createLengths(): { readonly add: (length: number) => void; readonly figures: () => LengthFigures } {
  let held = new Uint32Array(64)
  let n = 0
  return {
    add: (length) => {
      if (n === held.length) {
        const grown = new Uint32Array(2 * n)
        grown.set(held)
        held = grown
      }
      held[n++] = length
    },
    figures: () => {
      const sorted = held.slice(0, n).sort()
      const at = (share: number): number => sorted[Math.min(n - 1, Math.floor(share * n))] as number
      const sum = sorted.reduce((total, length) => total + length, 0)
      return { mean: sum / n, median: at(0.5), p95: at(0.95), longest: sorted[n - 1] as number }
    },
  }
}
