import {
  ConfigError,
  digest,
  type Example,
  listAt,
  type Split,
  type SplitParameters,
  type StudySplit,
} from '@judgelab/core'
import type { Benchmark } from '../benchmark.js'
import { splitByField } from './by-field.js'
import { splitGrouped } from './grouped.js'
import { splitKFold } from './k-fold.js'
import { type Rows, splitTogether2026 } from './together-2026.js'

/**
 * Splits a benchmark as a study asks. Method `none` leaves both sides empty.
 *
 * @throws {ConfigError} if the benchmark is too small for what is asked, or a side would be empty
 */
export function splitBenchmark(benchmark: Benchmark, asked: StudySplit): Split {
  const { train, test } = drawSides(benchmark, asked)
  return {
    formatVersion: 1,
    method: asked.method,
    seed: asked.method === 'none' || asked.method === 'by-field' ? null : asked.seed,
    parameters: parametersOf(asked),
    dataset: benchmark.fingerprint,
    train: idsAt(benchmark, train),
    test: idsAt(benchmark, test),
  }
}

function drawSides({ examples }: Benchmark, asked: StudySplit): Rows {
  switch (asked.method) {
    case 'together-2026':
      return splitTogether2026(examples, asked)
    case 'grouped':
      return splitGrouped(examples, asked)
    case 'k-fold':
      return splitKFold(examples, asked)
    case 'by-field':
      return splitByField(examples, asked)
    case 'none':
      return { train: [], test: [] }
  }
}

/** What is said beside method and seed. A parameter that is not set is left out: it must not look like one that is. */
function parametersOf(asked: StudySplit): SplitParameters {
  if (asked.method === 'none') return {}
  const entries = Object.entries(asked).filter(
    ([key, value]) => !['method', 'seed'].includes(key) && value !== undefined,
  )
  return Object.fromEntries(entries)
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
export function examplesOn(side: 'train' | 'test' | 'all', benchmark: Benchmark, split: Split): readonly Example[] {
  const { examples } = benchmark
  if (side === 'all') return examples
  if (split[side].length === 0)
    throw new ConfigError(
      `expected examples on the ${side} side of the split, found none of ${examples.length}`,
      'split',
    )
  const rowOf = new Map<string, number>()
  for (const [row, { id }] of examples.entries()) rowOf.set(id, row)
  const rows = split[side].map((id) => {
    const row = rowOf.get(id)
    if (row === undefined)
      throw new ConfigError(
        `expected a split of ${benchmark.name}, found "${id}" on its ${side} side, which is no example of it`,
        'split',
      )
    return row
  })
  return listAt(examples, rows)
}
