import type { PreferencePair } from '@judgelab/core'
import { type Benchmark, examplesOn, splitBenchmark } from '@judgelab/datasets'
import { pairCounts, pairsFromResponses, publishedSides, sharedPrompts } from '@judgelab/dpo'
import type { PublishedExperiment } from './published-experiment.js'

/** The published pairs, built again on a benchmark of the same shape. */
export interface RebuiltPairs {
  /** With one shuffle, and with two. */
  readonly bySplit: readonly RebuiltSplit[]
  /** The number of shuffles whose counts by subset are the published ones; null where none is. */
  readonly shuffles: number | null
  /** Test examples and pairs of the Ties subset, and of all. */
  readonly ties: {
    readonly examples: number
    readonly ofExamples: number
    readonly pairs: number
    readonly ofPairs: number
  }
}

/** Counts by subset after some shuffles, and what stands on both sides. */
export interface RebuiltSplit {
  readonly shuffles: number
  readonly trainBySubset: Readonly<Record<string, number>>
  readonly validationBySubset: Readonly<Record<string, number>>
  /** Validation pairs outside Ties, and how many of them have their prompt among the training pairs. */
  readonly validation: number
  readonly shared: number
}

const TIES = 'Ties'

/**
 * Splits a benchmark and makes pairs as published, with the shuffle run once, and a second time over the same list.
 * Nothing of the texts matters, only how many examples of each subset there are and how many responses each has.
 */
export function rebuiltPairs(benchmark: Benchmark, { split, pairs: published }: PublishedExperiment): RebuiltPairs {
  const { seed, trainSize, testSize } = split
  const sides = splitBenchmark(benchmark, { method: 'together-2026', seed, trainSize, testSize })
  const train = examplesOn('train', benchmark, sides)
  const pairs = pairsFromResponses(train)
  const bySplit = ([1, 2] as const).map((shuffles) => rebuiltSplit(pairs, shuffles, published.seed))
  const same = bySplit.find(
    ({ trainBySubset, validationBySubset }) =>
      areEqual(trainBySubset, published.trainBySubset) && areEqual(validationBySubset, published.validationBySubset),
  )
  return {
    bySplit,
    shuffles: same?.shuffles ?? null,
    ties: {
      examples: train.filter(({ subset }) => subset === TIES).length,
      ofExamples: train.length,
      pairs: pairs.filter(({ origin }) => origin.subset === TIES).length,
      ofPairs: pairs.length,
    },
  }
}

/** The share of pairs that the published procedure keeps for validation. */
const VALIDATION = 0.1

function rebuiltSplit(pairs: readonly PreferencePair[], shuffles: 1 | 2, seed: number): RebuiltSplit {
  const sides = publishedSides(pairs, { seed, shuffles, validation: VALIDATION })
  const outside = sides.validation.filter(({ origin }) => origin.subset !== TIES)
  return {
    shuffles,
    trainBySubset: pairCounts(sides.train),
    validationBySubset: pairCounts(sides.validation),
    validation: outside.length,
    shared: sharedPrompts({ train: sides.train, validation: outside }),
  }
}

function areEqual(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => a[name] === b[name])
}
