import { ConfigError, digest, type Example, type Study } from '@judgelab/core'
import type { Benchmark } from '../benchmark.js'
import { splitTogether2026 } from './together-2026.js'

/** Which examples are for training and which for testing, by id in drawn order; a file that another machine can rebuild. */
export interface Split {
  readonly formatVersion: 1
  readonly method: string
  readonly seed: number | null
  /** Fingerprint of the benchmark that was split. */
  readonly dataset: string
  readonly train: readonly string[]
  readonly test: readonly string[]
}

/** Splits a benchmark as a study asks. Method `none` leaves both sides empty. */
export function splitBenchmark(benchmark: Benchmark, asked: Study['split']): Split {
  const base = { formatVersion: 1, method: asked.method, dataset: benchmark.fingerprint } as const
  switch (asked.method) {
    case 'none':
      return { ...base, seed: null, train: [], test: [] }
    case 'together-2026': {
      const sides = splitTogether2026(benchmark.examples, asked)
      return { ...base, seed: asked.seed, train: idsAt(benchmark, sides.train), test: idsAt(benchmark, sides.test) }
    }
  }
}

function idsAt(benchmark: Benchmark, rows: readonly number[]): string[] {
  return rows.map((row) => (benchmark.examples[row] as Example).id)
}

/** Digest of a split, 64 hexadecimal digits. */
export function splitFingerprint(split: Split): string {
  return digest(split)
}

/**
 * The examples on one side of a split, in drawn order; `all` in the benchmark's order.
 *
 * @throws {ConfigError} if there are none, or the split names an example that the benchmark does not have
 */
export function examplesOn(side: 'train' | 'test' | 'all', benchmark: Benchmark, split: Split): Example[] {
  if (side === 'all') return [...benchmark.examples]
  if (split[side].length === 0)
    throw new ConfigError(
      `expected examples on the ${side} side of the split, found none of ${benchmark.examples.length}`,
      'split',
    )
  const byId = new Map(benchmark.examples.map((example) => [example.id, example]))
  return split[side].map((id) => {
    const example = byId.get(id)
    if (example === undefined)
      throw new ConfigError(
        `expected a split of ${benchmark.name}, found "${id}" on its ${side} side, which is no example of it`,
        'split',
      )
    return example
  })
}
