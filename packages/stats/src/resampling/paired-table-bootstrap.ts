import { requireCounts } from '../check/require-count.js'
import type { PairedCounts } from '../paired/paired-table.js'
import { type BootstrapOptions, bootstrapInterval, requireBootstrapOptions } from './bootstrap.js'
import { drawKinds, leaveKindOut, meanOf, type PairedBootstrap } from './paired-bootstrap.js'

/**
 * Bootstrap interval for the difference in accuracy of two judges from their paired table, first minus second.
 *
 * Resampling n comparisons with replacement is one multinomial draw of how many of them only the first, only the
 * second, and both or neither got right; so 10,000 resamples cost the same at n = 297 and n = 1,000,000.
 *
 * Assumes independent comparisons; else use `pairedBootstrap`. Undefined for n = 0: value, low and high are NaN.
 *
 * @param table both, onlyA, onlyB, neither: integers ≥ 0; a `PairedTable` will do
 * @param options as for `bootstrap`
 * @returns difference in [−1, 1]; n is the number of pairs
 * @throws {RangeError} if a count is negative or no integer, resamples < 1, or level is outside (0, 1)
 * @see Efron, Tibshirani (1993), An Introduction to the Bootstrap, chapter 13
 * @example pairedTableBootstrap({ both: 150, onlyA: 22, onlyB: 36, neither: 89 }, { random }) // value -0.0471
 */
export function pairedTableBootstrap(
  { both, onlyA, onlyB, neither }: PairedCounts,
  { random, resamples = 10_000, level = 0.95, method = 'percentile' }: BootstrapOptions,
): PairedBootstrap {
  requireCounts('pairedTableBootstrap', { both, onlyA, onlyB, neither })
  requireBootstrapOptions('pairedTableBootstrap', resamples, level)
  const n = both + onlyA + onlyB + neither
  const kinds = { sums: [1, -1, 0], sizes: [1, 1, 1], counts: [onlyA, onlyB, both + neither] }
  const drawn = drawKinds(kinds, resamples, random)
  const leftOut = (): Float64Array => leaveKindOut(kinds)
  const parts = {
    quantity: 'paired difference',
    value: meanOf(kinds),
    drawn,
    leftOut,
    weights: kinds.counts,
    n,
    resamples,
    level,
    method,
  }
  return { ...bootstrapInterval(parts), quantity: 'paired difference', comparisons: n }
}
