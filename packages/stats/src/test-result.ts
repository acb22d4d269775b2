/** Which departures from the null hypothesis count: any, the first side being greater, or it being less. */
export type Alternative = 'two-sided' | 'greater' | 'less'

/**
 * The result of a hypothesis test.
 *
 * `n` is the number of units that the test uses (for a test on discordant pairs, the discordant pairs). `statistic`
 * and `p` are NaN where the function says that the test is undefined.
 */
export interface TestResult {
  readonly test: string
  readonly method: string
  readonly n: number
  readonly statistic: number
  /** probability in [0, 1] */
  readonly p: number
}
