import { requireAligned } from '../check/require-aligned.js'
import { requireFinite } from '../check/require-finite.js'
import { requireOpenFraction } from '../check/require-fraction.js'
import { normalCriticalValue, normalTwoSidedP } from '../distribution/normal.js'
import { inverseSymmetric } from '../numeric/symmetric-solve.js'

/** One coefficient of a logistic regression, in log odds for each unit of its column. */
export interface LogisticCoefficient {
  readonly estimate: number
  readonly standardError: number
  /** Wald: estimate / standardError */
  readonly z: number
  /** two-sided Wald p, in [0, 1] */
  readonly p: number
  readonly low: number
  readonly high: number
}

/** A fitted logistic regression; `coefficients` are the intercept, if any, then the columns of x. */
export interface LogisticRegression {
  readonly quantity: 'log odds'
  readonly method: 'newton'
  readonly n: number
  readonly level: number
  /**
   * `separated`: some combination of columns divides the outcomes, so that no finite estimate exists.
   * `singular`: one column is a combination of others. In both cases, and when `not converged`, estimates are NaN.
   */
  readonly status: 'converged' | 'separated' | 'singular' | 'not converged'
  readonly coefficients: readonly LogisticCoefficient[]
  readonly logLikelihood: number
  readonly iterations: number
}

/** Whether to add an intercept (default yes), clusters for robust errors, and the level (default 0.95). */
export interface LogisticOptions {
  readonly intercept?: boolean
  /** the cluster of each row: same length and order as `y`; gives cluster-robust standard errors */
  readonly clusters?: ArrayLike<string | number>
  readonly level?: number
}

/**
 * Logistic regression of 0/1 outcomes by Newton's method, with standard errors and Wald tests.
 *
 * Maximises Σ y·η − log(1 + e^η), η = x·β, from β = 0 with step halving, until a step changes no η by 1e-10. Standard
 * errors from the inverse information; with `clusters` the sandwich of summed scores, times
 * G/(G − 1)·(n − 1)/(n − k) as in Stata and statsmodels.
 *
 * Where outcomes can be divided by a linear combination of columns, the likelihood has no maximum and Newton's steps
 * stop shrinking; the last step is then checked to be such a division (it moves no outcome the wrong way) and `separated` is
 * reported instead of large meaningless estimates.
 *
 * Assumes independent rows, or independent clusters where these are given. Undefined for no rows: `singular`.
 *
 * @param x one row an item, finite numbers, rows of the same length (which may be 0)
 * @param y outcome of each row, 0 or 1
 * @param options.intercept defaults to true
 * @param options.level coverage of the Wald intervals in (0, 1); defaults to 0.95
 * @returns estimates in log odds for each unit of x
 * @throws {RangeError} if lengths differ, x is not finite, y is neither 0 nor 1, or level is outside (0, 1)
 * @see Agresti (2013), Categorical Data Analysis, 3rd ed., sections 5.5 and 6.5
 * @see Albert, Anderson (1984), Biometrika 71:1–10, doi:10.1093/biomet/71.1.1, for separation
 * @example logisticRegression([[0], [1], [2], [3]], [0, 1, 0, 1]).coefficients[1].estimate // 0.9082
 */
export function logisticRegression(
  x: readonly ArrayLike<number>[],
  y: ArrayLike<number>,
  { intercept = true, clusters, level = 0.95 }: LogisticOptions = {},
): LogisticRegression {
  requireOpenFraction('logisticRegression', 'level', level)
  requireRegressionData(x, y, clusters)
  const rows = x.map((row) => (intercept ? [1, ...Array.from(row)] : Array.from(row)))
  const columns = (rows[0] ?? (intercept ? [1] : [])).length
  const fit = fitByNewton(rows, y, columns)
  const covariance = clusters ? robustCovariance(rows, y, fit, clusters) : fit.covariance
  const coefficients = fit.beta.map((estimate, j) => coefficientOf(estimate, covariance?.[j]?.[j] ?? Number.NaN, level))
  const { status, logLikelihood, iterations } = fit
  return {
    quantity: 'log odds',
    method: 'newton',
    n: rows.length,
    level,
    status,
    coefficients,
    logLikelihood,
    iterations,
  }
}

function requireRegressionData(
  x: readonly ArrayLike<number>[],
  y: ArrayLike<number>,
  clusters: ArrayLike<string | number> | undefined,
): void {
  requireAligned('logisticRegression', 'x', x, 'y', y)
  if (clusters) requireAligned('logisticRegression', 'y', y, 'clusters', clusters)
  x.forEach((row, i) => {
    requireFinite('logisticRegression', `x[${i}]`, row)
    if (row.length !== x[0]!.length) {
      throw new RangeError(
        `logisticRegression needs rows of the same length, got ${x[0]!.length} in x[0], ${row.length} in x[${i}]`,
      )
    }
    if (y[i] !== 0 && y[i] !== 1) throw new RangeError(`logisticRegression needs outcomes 0 or 1, got y[${i}]=${y[i]}`)
  })
}

interface NewtonFit {
  readonly status: LogisticRegression['status']
  readonly beta: number[]
  readonly covariance: number[][] | undefined
  readonly logLikelihood: number
  readonly iterations: number
}

const MOST_ITERATIONS = 60

function fitByNewton(rows: readonly number[][], y: ArrayLike<number>, columns: number): NewtonFit {
  const nowhere = new Array<number>(columns).fill(Number.NaN)
  const failed = (status: NewtonFit['status'], iterations: number): NewtonFit => {
    return { status, beta: nowhere, covariance: undefined, logLikelihood: Number.NaN, iterations }
  }
  let beta = new Array<number>(columns).fill(0)
  let likelihood = logLikelihood(rows, y, beta)
  let step = beta
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const covariance = inverseSymmetric(information(rows, beta))
    if (!covariance)
      return failed(
        iteration === 0 ? 'singular' : isSeparating(rows, y, step) ? 'separated' : 'not converged',
        iteration,
      )
    const score = scoreOf(rows, y, beta)
    step = covariance.map((row) => dot(row, score))
    const moved = rows.reduce((largest, row) => Math.max(largest, Math.abs(dot(row, step))), 0)
    if (moved < 1e-10)
      return { status: 'converged', beta, covariance, logLikelihood: likelihood, iterations: iteration }
    if (iteration >= 20 && isSeparating(rows, y, step)) return failed('separated', iteration)
    let share = 1
    let next = beta
    let reached = Number.NEGATIVE_INFINITY
    for (; share > 1e-6; share /= 2) {
      next = beta.map((value, j) => value + share * step[j]!)
      reached = logLikelihood(rows, y, next)
      if (reached >= likelihood - 1e-12 * Math.abs(likelihood)) break
    }
    beta = next
    likelihood = reached
  }
  return failed(isSeparating(rows, y, step) ? 'separated' : 'not converged', MOST_ITERATIONS)
}

/** Whether a direction moves no outcome the wrong way and some the right way, to 1e-6 of its largest move. */
export function isSeparating(rows: readonly number[][], y: ArrayLike<number>, direction: readonly number[]): boolean {
  const moves = rows.map((row, i) => (2 * y[i]! - 1) * dot(row, direction))
  const largest = moves.reduce((most, move) => Math.max(most, Math.abs(move)), 0)
  return largest > 0 && moves.every((move) => move >= -1e-6 * largest)
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!
  return sum
}

/** Σ y·η − log(1 + e^η), without overflow. */
function logLikelihood(rows: readonly number[][], y: ArrayLike<number>, beta: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < rows.length; i++) {
    const eta = dot(rows[i]!, beta)
    sum += y[i]! * eta - Math.max(0, eta) - Math.log1p(Math.exp(-Math.abs(eta)))
  }
  return sum
}

/** 1 / (1 + e^−η). */
export function logistic(eta: number): number {
  return eta >= 0 ? 1 / (1 + Math.exp(-eta)) : Math.exp(eta) / (1 + Math.exp(eta))
}

function scoreOf(rows: readonly number[][], y: ArrayLike<number>, beta: readonly number[]): number[] {
  const score = beta.map(() => 0)
  rows.forEach((row, i) => {
    const residual = y[i]! - logistic(dot(row, beta))
    row.forEach((value, j) => {
      score[j]! += value * residual
    })
  })
  return score
}

function information(rows: readonly number[][], beta: readonly number[]): number[][] {
  const matrix = beta.map(() => beta.map(() => 0))
  for (const row of rows) {
    const eta = Math.abs(dot(row, beta))
    const weight = Math.exp(-eta) / (1 + Math.exp(-eta)) ** 2
    for (let i = 0; i < row.length; i++) {
      for (let j = 0; j < row.length; j++) matrix[i]![j]! += weight * row[i]! * row[j]!
    }
  }
  return matrix
}

/** The sandwich covariance of scores summed within clusters. */
function robustCovariance(
  rows: readonly number[][],
  y: ArrayLike<number>,
  { covariance, beta }: NewtonFit,
  clusters: ArrayLike<string | number>,
): number[][] | undefined {
  if (!covariance) return undefined
  const sums = new Map<string | number, number[]>()
  rows.forEach((row, i) => {
    const residual = y[i]! - logistic(dot(row, beta))
    const sum = sums.get(clusters[i]!) ?? row.map(() => 0)
    sums.set(
      clusters[i]!,
      sum.map((value, j) => value + row[j]! * residual),
    )
  })
  const [n, k, g] = [rows.length, beta.length, sums.size]
  const factor = (g / (g - 1)) * ((n - 1) / (n - k))
  const spread = [...sums.values()].map((sum) => covariance.map((row) => dot(row, sum)))
  return beta.map((_, i) => beta.map((__, j) => factor * spread.reduce((total, s) => total + s[i]! * s[j]!, 0)))
}

function coefficientOf(estimate: number, variance: number, level: number): LogisticCoefficient {
  const standardError = Math.sqrt(variance)
  const z = estimate / standardError
  const half = normalCriticalValue(level) * standardError
  return { estimate, standardError, z, p: normalTwoSidedP(z), low: estimate - half, high: estimate + half }
}
