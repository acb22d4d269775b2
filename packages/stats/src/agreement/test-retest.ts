import type { ProportionInterval } from '../proportion/proportion-interval.js'
import type { Rating } from './agreement-table.js'
import { type CohenKappa, cohenKappa } from './cohen-kappa.js'
import { rawAgreement } from './raw-agreement.js'

/** How far a judge agrees with itself when asked again. */
export interface TestRetest {
  readonly quantity: 'test-retest agreement'
  readonly method: 'raw agreement and cohen-kappa'
  readonly n: number
  readonly level: number
  readonly agreement: ProportionInterval
  readonly kappa: CohenKappa
  /** ids answered differently, in the order of `first` */
  readonly changed: readonly string[]
  /** ids that only one of the runs answered */
  readonly unmatched: number
}

/**
 * Agreement of a judge with itself over two runs, by presentation id.
 *
 * Raw agreement with Wilson's interval and Cohen's kappa of the answers that both runs gave. Ids in one run only are
 * left out and counted. Assumes independent ids. It bounds what any other agreement can be expected to reach.
 *
 * @param first answer by presentation id
 * @param second the same of the later run
 * @param options.level coverage in (0, 1); defaults to 0.95
 * @returns agreement in [0, 1], kappa in [−1, 1]; NaN where nothing matches
 * @throws {RangeError} if level is outside (0, 1)
 * @see `rawAgreement`, `cohenKappa`
 * @example testRetest(new Map([['p1', 0], ['p2', 1]]), new Map([['p1', 0], ['p2', 0]])).changed // ['p2']
 */
export function testRetest(
  first: ReadonlyMap<string, Rating>,
  second: ReadonlyMap<string, Rating>,
  { level = 0.95 }: { readonly level?: number } = {},
): TestRetest {
  const ids = [...first.keys()].filter((id) => second.has(id))
  const a = ids.map((id) => first.get(id)!)
  const b = ids.map((id) => second.get(id)!)
  return {
    quantity: 'test-retest agreement',
    method: 'raw agreement and cohen-kappa',
    n: ids.length,
    level,
    agreement: rawAgreement(a, b, { level }),
    kappa: cohenKappa(a, b, { level }),
    changed: ids.filter((_, i) => a[i] !== b[i]),
    unmatched: first.size + second.size - 2 * ids.length,
  }
}
