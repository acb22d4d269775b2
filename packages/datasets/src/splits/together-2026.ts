import { createNumpyRandom, type Example } from '@judgelab/core'

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
 * @throws {RangeError} if a subset has fewer rows than the two sides ask of it
 * @see togethercomputer/together-cookbook, Evals/Optimizing_LLM_Judges.ipynb, commit 90687d5
 */
export function splitTogether2026(
  examples: readonly Example[],
  asked: { readonly seed: number; readonly trainSize: number; readonly testSize: number },
): Rows {
  const random = createNumpyRandom(asked.seed)
  const subsets = [...rowsBySubset(examples).values()]
  const drawFrom = (rows: readonly number[], subsetSize: number, size: number): number[] =>
    random.choice(rows, Math.max(1, Math.trunc(size * (subsetSize / examples.length))))

  const train = subsets.flatMap((rows) => drawFrom(rows, rows.length, asked.trainSize))
  const taken = new Set(train)
  const test = subsets.flatMap((rows) => {
    const remaining = rows.filter((row) => !taken.has(row))
    return drawFrom(remaining, rows.length, asked.testSize)
  })
  return { train, test }
}

function rowsBySubset(examples: readonly Example[]): Map<string, number[]> {
  const rows = new Map<string, number[]>()
  examples.forEach(({ subset }, row) => {
    const held = rows.get(subset)
    if (held) held.push(row)
    else rows.set(subset, [row])
  })
  return rows
}
