import { chiSquareUpperTail } from '../distribution/chi-square.js'
import type { TestResult } from '../test-result.js'

/** The result of `cochranQ`; `n` counts items. */
export interface CochranQTest extends TestResult {
  readonly test: 'cochran-q'
  readonly method: 'chi2'
  readonly judges: number
  readonly degrees: number
}

/**
 * Cochran's Q: whether several judges are right equally often on the same items.
 *
 * (k − 1)·(k·Σ C² − N²) / (k·N − Σ R²), with C the right answers of each of k judges, R those for each item and N all of
 * them; chi-square on k − 1 degrees of freedom. With two judges it is the uncorrected `mcnemar` chi-square.
 *
 * Assumes independent items; large-sample. Where no item divides the judges statistic is 0 and p is 1.
 *
 * @param correct one row an item, one 0 or 1 a judge, rows of the same length
 * @returns p in [0, 1]; n is the number of items
 * @throws {RangeError} if rows differ in length, there are fewer than two judges, or an entry is neither 0 nor 1
 * @see Cochran (1950), Biometrika 37:256–266, doi:10.1093/biomet/37.3-4.256
 * @example cochranQ([[1, 0, 1], [1, 0, 0], [1, 1, 1], [1, 0, 1]]).statistic // 4.6667
 */
export function cochranQ(correct: readonly ArrayLike<number>[]): CochranQTest {
  const judges = correct[0]?.length ?? 0
  requireRows(correct, judges)
  const columns = new Array<number>(judges).fill(0)
  let total = 0
  let rowSquares = 0
  for (const row of correct) {
    let right = 0
    for (let j = 0; j < judges; j++) {
      columns[j]! += row[j]!
      right += row[j]!
    }
    total += right
    rowSquares += right * right
  }
  const spread = judges * columns.reduce((sum, column) => sum + column * column, 0) - total * total
  const divided = judges * total - rowSquares
  const statistic = divided === 0 ? 0 : ((judges - 1) * spread) / divided
  const p = chiSquareUpperTail(statistic, judges - 1)
  return { test: 'cochran-q', method: 'chi2', n: correct.length, statistic, p, judges, degrees: judges - 1 }
}

function requireRows(correct: readonly ArrayLike<number>[], judges: number): void {
  if (judges < 2)
    throw new RangeError(
      `cochranQ needs at least one item and two judges, got ${correct.length} items, ${judges} judges`,
    )
  correct.forEach((row, i) => {
    if (row.length !== judges) {
      throw new RangeError(
        `cochranQ needs rows of the same length, got ${judges} judges in row 0, ${row.length} in row ${i}`,
      )
    }
    for (let j = 0; j < judges; j++) {
      if (row[j] !== 0 && row[j] !== 1)
        throw new RangeError(`cochranQ needs entries 0 or 1, got correct[${i}][${j}]=${row[j]}`)
    }
  })
}
