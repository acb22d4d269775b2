import { requireAligned } from '../check/require-aligned.js'
import { requireFinite } from '../check/require-finite.js'
import type { Interval } from '../interval.js'
import {
  type LogisticCoefficient,
  type LogisticRegression,
  logistic,
  logisticRegression,
} from '../regression/logistic-regression.js'

/** What a judge decided, and how much longer the chosen response is; all of the same length and order. */
export interface LengthBiasInput {
  /** 1 where the judge picked the chosen response, else 0 */
  readonly correct: ArrayLike<number>
  /** length of the chosen response minus length of the rejected one, in any unit */
  readonly lengthDifference: ArrayLike<number>
  /** the prompt of each comparison: standard errors are robust to several comparisons of one */
  readonly clusters: ArrayLike<string | number>
}

/** Length bias of one judge. */
export interface LengthBias {
  readonly quantity: 'length bias'
  readonly method: 'logistic regression'
  readonly n: number
  readonly level: number
  readonly status: LogisticRegression['status']
  /** the length difference at which the covariate is tanh(1): the root mean square of all differences */
  readonly scale: number
  /** change in log odds from equal lengths to a chosen response that is much longer; above 0: longer is favoured */
  readonly effect: LogisticCoefficient
  /** accuracy as it is, in [0, 1] */
  readonly accuracy: number
  /** accuracy that the model predicts for responses of equal length, in [0, 1] */
  readonly controlledAccuracy: Interval
}

/**
 * Whether a judge favours the longer response, and its accuracy with length taken out.
 *
 * Logistic regression of correct on tanh(lengthDifference / scale) with scale the root mean square difference, as in
 * length-controlled AlpacaEval. The effect's Wald test asks for a length bias; the length-controlled accuracy is
 * 1/(1 + e^−intercept), with Wald limits on the log odds. Errors are robust by prompt.
 *
 * Assumes independent prompts. The effect is an association: where better answers are longer, labels make it too; compare
 * it between judges on the same comparisons. Where the fit is `separated` or all lengths are equal (`singular`), effect
 * and controlled accuracy are NaN.
 *
 * @param input correct, lengthDifference, clusters: same length and order
 * @param options.level coverage in (0, 1); defaults to 0.95
 * @returns effect in log odds, accuracies in [0, 1]
 * @throws {RangeError} if lengths differ, correct is neither 0 nor 1, or a difference is not finite
 * @see Dubois et al. (2024), Length-Controlled AlpacaEval
 * @example lengthBias({ correct, lengthDifference, clusters }).controlledAccuracy.value
 */
export function lengthBias(
  { correct, lengthDifference, clusters }: LengthBiasInput,
  { level = 0.95 }: { readonly level?: number } = {},
): LengthBias {
  requireAligned('lengthBias', 'correct', correct, 'lengthDifference', lengthDifference)
  requireAligned('lengthBias', 'correct', correct, 'clusters', clusters)
  requireFinite('lengthBias', 'lengthDifference', lengthDifference)
  const n = correct.length
  const differences = Array.from(lengthDifference)
  const scale = Math.sqrt(differences.reduce((sum, d) => sum + d * d, 0) / n)
  const covariate = differences.map((d) => [scale > 0 ? Math.tanh(d / scale) : 0])
  const fit = logisticRegression(covariate, correct, { clusters, level })
  // without rows there is no column either: the effect is then as unknown as the intercept
  const [intercept, effect = intercept] = fit.coefficients as [LogisticCoefficient, LogisticCoefficient?]
  const limits = { value: logistic(intercept.estimate), low: logistic(intercept.low), high: logistic(intercept.high) }
  return {
    quantity: 'length bias',
    method: 'logistic regression',
    n,
    level,
    status: fit.status,
    scale,
    effect,
    accuracy: Array.from(correct).reduce((sum, value) => sum + value, 0) / n,
    controlledAccuracy: { quantity: 'length-controlled accuracy', method: 'logistic regression', ...limits, n, level },
  }
}
