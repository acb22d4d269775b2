import { ConfigError, createNumpyRandom, type Example, type KFoldSplit } from '@judgelab/core'
import { type ExampleGroup, exampleGroups, rowsOf, shuffledStrata } from './groups.js'
import type { Rows } from './together-2026.js'

/**
 * One of `folds` splits whose test sides together are all examples, each once: fold `fold` (from 1) is the test side, the
 * others train. Groups stay together as in `splitGrouped`.
 *
 * @throws {RangeError} if there is no such fold, and as `foldsOf`
 */
export function splitKFold(
  examples: readonly Example[],
  { seed, folds, fold }: Pick<KFoldSplit, 'seed' | 'folds' | 'fold'>,
): Rows {
  if (!Number.isInteger(fold) || fold < 1 || fold > folds)
    throw new RangeError(`splitKFold needs an integer 1 <= fold <= folds, got fold=${fold}, folds=${folds}`)
  const parts = foldsOf(examples, { seed, folds })
  const test = parts[fold - 1] as number[]
  const train = parts.filter((part) => part !== test).flat()
  return { train: train.sort((a, b) => a - b), test }
}

/**
 * Divides examples into folds: within each stratum (subset), in an order drawn with the seed, larger groups first, each
 * group goes to the fold that has fewest examples of the stratum, of equal ones to that with fewest examples at all, of
 * equal ones to the first. So two folds differ by at most one group (its largest) in every stratum.
 *
 * @returns for each fold its row indices, ascending
 * @throws {ConfigError} if there are fewer groups than folds
 * @throws {RangeError} if folds is no integer of at least 2
 */
export function foldsOf(
  examples: readonly Example[],
  { seed, folds }: { readonly seed: number; readonly folds: number },
): number[][] {
  if (!Number.isInteger(folds) || folds < 2)
    throw new RangeError(`foldsOf needs an integer number of folds >= 2, got ${folds}`)
  const groups = exampleGroups(examples)
  if (groups.length < folds)
    throw new ConfigError(
      `expected at most ${groups.length}, the groups of ${examples.length} examples that no fold may divide, found ${folds}`,
      'split.folds',
    )
  const held: ExampleGroup[][] = Array.from({ length: folds }, () => [])
  const sizes = Array<number>(folds).fill(0)
  for (const [, ofStratum] of shuffledStrata(groups, createNumpyRandom(seed).shuffle)) {
    const stratumSizes = Array<number>(folds).fill(0)
    for (const group of ofStratum.toSorted((a, b) => b.rows.length - a.rows.length)) {
      const fold = leastOf(stratumSizes, sizes)
      held[fold]?.push(group)
      stratumSizes[fold] = (stratumSizes[fold] as number) + group.rows.length
      sizes[fold] = (sizes[fold] as number) + group.rows.length
    }
  }
  return held.map(rowsOf)
}

/** The first index whose value is least; of equal ones, the one whose second value is. */
function leastOf(values: readonly number[], seconds: readonly number[]): number {
  let least = 0
  for (let at = 1; at < values.length; at++) {
    const difference =
      (values[at] as number) - (values[least] as number) || (seconds[at] as number) - (seconds[least] as number)
    if (difference < 0) least = at
  }
  return least
}
