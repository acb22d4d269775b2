import { ConfigError, createNumpyRandom, type Example, groupBy } from '@judgelab/core'

/** Row indices in drawn order. */
export interface Rows {
  readonly train: readonly number[]
  readonly test: readonly number[]
}

/**
 * The published split. For each subset in order of first appearance, `max(1, int(trainSize * share))` of its rows are
 * drawn without replacement by NumPy's legacy generator; then, in a second pass over the subsets with the same stream,
 * `max(1, int(testSize * share))` of the rows that remain, taken in ascending order.
 *
 * @throws {ConfigError} naming the subset that has fewer rows than the two sides ask of it
 * @see togethercomputer/together-cookbook, Evals/Optimizing_LLM_Judges.ipynb, commit 90687d5
 */
export function splitTogether2026(
  examples: readonly Example[],
  asked: { readonly seed: number; readonly trainSize: number; readonly testSize: number },
): Rows {
  const random = createNumpyRandom(asked.seed)
  const subsets = [...groupBy(examples.keys(), (row) => (examples[row] as Example).subset)]
  const draw = (side: 'train' | 'test', subset: string, rows: readonly number[], wanted: number): number[] => {
    if (wanted > rows.length)
      throw new ConfigError(
        `expected ${wanted} of subset "${subset}" for the ${side === 'train' ? 'training' : 'test'} side, found ${rows.length}`,
        `split.${side}Size`,
      )
    return random.choice(rows, wanted)
  }
  const share = (size: number, rows: readonly number[]): number =>
    Math.max(1, Math.trunc(size * (rows.length / examples.length)))

  const train = subsets.flatMap(([subset, rows]) => draw('train', subset, rows, share(asked.trainSize, rows)))
  const taken = new Set(train)
  const test = subsets.flatMap(([subset, rows]) => {
    const remaining = rows.filter((row) => !taken.has(row))
    return draw('test', subset, remaining, share(asked.testSize, rows))
  })
  return { train, test }
}
