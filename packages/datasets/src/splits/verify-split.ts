import { askedOf, ConfigError, type Split } from '@judgelab/core'
import type { Benchmark } from '../benchmark.js'
import { splitBenchmark } from './split.js'

/** One thing in which a split is not the one that its method, seed and parameters draw from a benchmark. */
export interface SplitDifference {
  readonly what: 'dataset' | 'method' | 'train' | 'test'
  /** Expected (by drawing again) and found (in the split). */
  readonly message: string
}

/**
 * Draws a split again from a benchmark and says what differs; an empty list when nothing does. A split of other data is
 * compared too: where only texts changed, its sides may still be the same.
 */
export function verifySplit(split: Split, benchmark: Benchmark): SplitDifference[] {
  const dataset: SplitDifference[] =
    split.dataset === benchmark.fingerprint
      ? []
      : [
          {
            what: 'dataset',
            message: `expected fingerprint ${benchmark.fingerprint} (${benchmark.name}), found ${split.dataset}`,
          },
        ]
  const rebuilt = tryRebuild(split, benchmark)
  if (typeof rebuilt === 'string') return [...dataset, { what: 'method', message: rebuilt }]
  return [...dataset, ...sideDifferences('train', rebuilt, split), ...sideDifferences('test', rebuilt, split)]
}

/** The split drawn again, or why it cannot be: a subset that is too small, a value that no example has. */
function tryRebuild(split: Split, benchmark: Benchmark): Split | string {
  try {
    return splitBenchmark(benchmark, askedOf(split))
  } catch (error) {
    // A file may say what no study may: a fold beyond the folds.
    if (!(error instanceof ConfigError || error instanceof RangeError)) throw error
    return `expected a split that can be drawn from ${benchmark.name}, found that it can't: ${error.message}`
  }
}

function sideDifferences(
  what: 'train' | 'test',
  { [what]: expected }: Split,
  { [what]: found }: Split,
): SplitDifference[] {
  const at = expected.findIndex((id, index) => found[index] !== id)
  if (at < 0 && expected.length === found.length) return []
  const [missing, extra] = [without(expected, found), without(found, expected)]
  if (missing.length === 0 && extra.length === 0)
    return [{ what, message: `expected "${expected[at]}" in place ${at + 1}, found "${found[at]}": another order` }]
  return [
    {
      what,
      message: `expected ${expected.length} examples, found ${found.length}; ${listed(missing)} missing, ${listed(extra)} too many`,
    },
  ]
}

function without(ids: readonly string[], others: readonly string[]): string[] {
  const held = new Set(others)
  return ids.filter((id) => !held.has(id))
}

function listed(ids: readonly string[]): string {
  const some = ids.slice(0, 5).join(', ')
  return ids.length === 0 ? '0' : `${ids.length} (${some}${ids.length > 5 ? ' …' : ''})`
}
