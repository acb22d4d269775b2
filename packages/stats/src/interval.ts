/**
 * An estimate with its confidence interval.
 *
 * `value`, `low` and `high` share one unit, which the function that makes the record names. They are NaN where the
 * function says that the estimate is undefined. `n` is the number of independent units behind the estimate.
 */
export interface Interval {
  readonly quantity: string
  readonly method: string
  readonly value: number
  readonly low: number
  readonly high: number
  readonly n: number
  /** coverage in (0, 1) */
  readonly level: number
}
