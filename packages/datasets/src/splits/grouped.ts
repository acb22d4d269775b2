import { ConfigError, createNumpyRandom, type Example, type GroupedSplit } from '@judgelab/core'
import { type ExampleGroup, exampleGroups, rowCount, rowsOf, shuffledStrata } from './groups.js'
import type { Rows } from './together-2026.js'

const DEFAULT_SHARE = 0.2

/**
 * A split that never puts one prompt, nor siblings of one question, on both sides. Within each stratum (subset), groups are
 * taken in an order drawn with the seed: first for the test side, until it has its part of the stratum to within half a
 * group; then, where `trainSize` is given, for the training side in the same way; else all others train. What one stratum
 * gets too much or too little is settled in the next, so a side as a whole is within half a group of what was asked, and its
 * part of each stratum within one group (the largest there is).
 *
 * The rows of a side are ascending. Which examples stand on which side does not depend on the order of the rows.
 *
 * @throws {ConfigError} if the sizes are more than there is, or a side would be empty
 */
export function splitGrouped(
  examples: readonly Example[],
  { seed, share, testSize, trainSize }: Omit<GroupedSplit, 'method'>,
): Rows {
  const wantedTest = testSize ?? (share ?? DEFAULT_SHARE) * examples.length
  const wantedTrain = trainSize ?? examples.length - wantedTest
  if (wantedTest + Math.max(0, wantedTrain) > examples.length)
    throw new ConfigError(
      `expected sizes that add up to at most the ${examples.length} examples, found testSize ${testSize}${trainSize === undefined ? '' : ` and trainSize ${trainSize}`}`,
      'split.testSize',
    )
  const strata = shuffledStrata(exampleGroups(examples), createNumpyRandom(seed).shuffle).map(([, groups]) => groups)
  const [test, others] = takeFrom(strata, wantedTest, examples.length)
  const train = trainSize === undefined ? others.flat() : takeFrom(others, trainSize, rowCount(others.flat()))[0]
  if (test.length === 0 || train.length === 0)
    throw new ConfigError(
      `expected examples for both sides, found ${rowCount(train)} for training and ${rowCount(test)} for testing, of ${examples.length} in ${strata.flat().length} groups that no side may divide`,
      'split',
    )
  return { train: rowsOf(train), test: rowsOf(test) }
}

/** Takes about `wanted` of the `total` examples, the same share of each stratum; gives what was taken, and what is left. */
function takeFrom(
  strata: readonly (readonly ExampleGroup[])[],
  wanted: number,
  total: number,
): [taken: ExampleGroup[], left: ExampleGroup[][]] {
  const taken: ExampleGroup[] = []
  let due = 0
  const left = strata.map((groups) => {
    due += (wanted * rowCount(groups)) / total
    const stop = groups.findIndex(({ rows }) => {
      if (rows.length / 2 > due) return true
      due -= rows.length
      return false
    })
    const end = stop < 0 ? groups.length : stop
    taken.push(...groups.slice(0, end))
    return groups.slice(end)
  })
  return [taken, left]
}
