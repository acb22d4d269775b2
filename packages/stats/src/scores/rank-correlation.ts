/** A rank correlation in [−1, 1] with its test. */
export interface RankCorrelation {
  readonly quantity: 'rank correlation'
  readonly method: 'spearman' | 'kendall-tau-b'
  readonly n: number
  /** in [−1, 1] */
  readonly value: number
  /** two-sided p of no association, large-sample, in [0, 1] */
  readonly p: number
}
