import { requireCounts } from '../check/require-count.js'

/** Successes and trials of two groups that share no item. */
export interface IndependentCounts {
  readonly k1: number
  readonly n1: number
  readonly k2: number
  readonly n2: number
}

/** Throws a RangeError unless all four are counts with k1 <= n1 and k2 <= n2. */
export function requireIndependentCounts(caller: string, { k1, n1, k2, n2 }: IndependentCounts): void {
  requireCounts(caller, { k1, n1, k2, n2 })
  if (k1 <= n1 && k2 <= n2) return
  throw new RangeError(`${caller} needs k1 <= n1 and k2 <= n2, got k1=${k1}, n1=${n1}, k2=${k2}, n2=${n2}`)
}
