import { requireFiniteNumber } from '../check/require-finite.js'
import { unknownOption } from '../check/unknown-option.js'

/** A measured accuracy; weights are in proportion to one over the variance, 1 if absent. */
export interface CurvePoint {
  /** number of preference pairs, > 0 */
  readonly pairs: number
  readonly accuracy: number
  /** > 0 */
  readonly weight?: number
}

/** `power-law` rises (or falls) to a plateau; `plateau` is flat: what no effect of the number of pairs looks like. */
export type CurveModel = 'power-law' | 'plateau'

/** A fitted curve: accuracy = plateau − drop · pairs^(−exponent). */
export interface LearningCurveFit {
  readonly quantity: 'learning curve'
  readonly method: 'weighted least squares'
  readonly model: CurveModel
  readonly n: number
  /**
   * `at bound`: the best exponent is an end of [0.001, 10], so that the data show a straight line in log pairs, or a step,
   * rather than a power law: do not read the plateau. `too few points`: fewer than three different counts; all NaN.
   */
  readonly status: 'fitted' | 'at bound' | 'too few points'
  /** accuracy with no end of pairs */
  readonly plateau: number
  /** plateau less the accuracy at one pair; 0 for the model `plateau` */
  readonly drop: number
  /** 0 for the model `plateau` */
  readonly exponent: number
  /** Σ weight·(accuracy − fitted)² */
  readonly residualSumOfSquares: number
}

const EXPONENTS: readonly number[] = Array.from({ length: 81 }, (_, i) => 0.001 * 10_000 ** (i / 80))

/**
 * Fits accuracy against the number of preference pairs by weighted least squares.
 *
 * `power-law`: accuracy = plateau − drop·pairs^(−exponent). For a given exponent this is linear, so the exponent is sought
 * alone, over 81 values from 0.001 to 10 and then by golden section.
 * `plateau`: the weighted mean.
 *
 * A fit describes the counts that were measured; beyond them it extrapolates. For its uncertainty, with prompts and
 * seeds that the points share, use `learningCurveBand`.
 *
 * @param points pairs > 0, accuracy, weight > 0 (default 1)
 * @param options.model defaults to `power-law`
 * @returns parameters in the unit of the accuracies
 * @throws {RangeError} if pairs or a weight is not above 0, or an accuracy is not finite
 * @see Golub, Pereyra (2003), Separable nonlinear least squares, Inverse Problems 19:R1–R26
 * @see Viering, Loog (2023), The shape of learning curves, IEEE Trans. Pattern Anal. Mach. Intell. 45:7799–7819
 * @example fitLearningCurve([{ pairs: 1, accuracy: 0.4 }, { pairs: 4, accuracy: 0.5 }, { pairs: 16, accuracy: 0.55 }])
 *   // plateau 0.6, drop 0.2, exponent 0.5
 */
export function fitLearningCurve(
  points: readonly CurvePoint[],
  { model = 'power-law' }: { readonly model?: CurveModel } = {},
): LearningCurveFit {
  points.forEach(requirePoint)
  switch (model) {
    case 'power-law':
      return fitPowerLaw(points)
    case 'plateau':
      return fitPlateau(points)
    default:
      throw unknownOption('fitLearningCurve', 'model', model)
  }
}

/** The accuracy that a fitted curve gives at a number of pairs above 0. */
export function learningCurveAt({ plateau, drop, exponent }: LearningCurveFit, pairs: number): number {
  return plateau - (drop === 0 ? 0 : drop * pairs ** -exponent)
}

function requirePoint({ pairs, accuracy, weight = 1 }: CurvePoint, index: number): void {
  requireFiniteNumber('fitLearningCurve', `points[${index}].accuracy`, accuracy)
  if (pairs > 0 && weight > 0 && Number.isFinite(pairs) && Number.isFinite(weight)) return
  throw new RangeError(
    `fitLearningCurve needs pairs > 0 and weight > 0, got pairs=${pairs}, weight=${weight} in points[${index}]`,
  )
}

function fitPlateau(points: readonly CurvePoint[]): LearningCurveFit {
  const total = points.reduce((sum, { weight = 1 }) => sum + weight, 0)
  const plateau = points.reduce((sum, { accuracy, weight = 1 }) => sum + weight * accuracy, 0) / total
  const status = points.length > 0 ? 'fitted' : 'too few points'
  return describe('plateau', points, status, { plateau, drop: 0, exponent: 0 })
}

interface CurveParameters {
  readonly plateau: number
  readonly drop: number
  readonly exponent: number
}

function fitPowerLaw(points: readonly CurvePoint[]): LearningCurveFit {
  if (new Set(points.map(({ pairs }) => pairs)).size < 3) {
    const nowhere = { plateau: Number.NaN, drop: Number.NaN, exponent: Number.NaN }
    return describe('power-law', points, 'too few points', nowhere)
  }
  const misses = EXPONENTS.map((exponent) => missOf(points, fitAtExponent(points, exponent)))
  const best = misses.indexOf(Math.min(...misses))
  if (best === 0 || best === EXPONENTS.length - 1) {
    return describe('power-law', points, 'at bound', fitAtExponent(points, EXPONENTS[best]!))
  }
  const missAt = (exponent: number): number => missOf(points, fitAtExponent(points, exponent))
  const exponent = goldenSection(missAt, EXPONENTS[best - 1]!, EXPONENTS[best + 1]!)
  return describe('power-law', points, 'fitted', fitAtExponent(points, exponent))
}

function describe(
  model: CurveModel,
  points: readonly CurvePoint[],
  status: LearningCurveFit['status'],
  parameters: CurveParameters,
): LearningCurveFit {
  const common = {
    quantity: 'learning curve',
    method: 'weighted least squares',
    model,
    n: points.length,
    status,
  } as const
  return { ...common, ...parameters, residualSumOfSquares: missOf(points, parameters) }
}

/** The weighted straight line of accuracy in pairs^(−exponent). */
function fitAtExponent(points: readonly CurvePoint[], exponent: number): CurveParameters {
  let total = 0
  let meanX = 0
  let meanY = 0
  for (const { pairs, accuracy, weight = 1 } of points) {
    total += weight
    meanX += weight * pairs ** -exponent
    meanY += weight * accuracy
  }
  meanX /= total
  meanY /= total
  let xx = 0
  let xy = 0
  for (const { pairs, accuracy, weight = 1 } of points) {
    const x = pairs ** -exponent - meanX
    xx += weight * x * x
    xy += weight * x * (accuracy - meanY)
  }
  const drop = xx === 0 ? 0 : -xy / xx
  return { plateau: meanY + drop * meanX, drop, exponent }
}

function missOf(points: readonly CurvePoint[], { plateau, drop, exponent }: CurveParameters): number {
  let sum = 0
  for (const { pairs, accuracy, weight = 1 } of points) {
    sum += weight * (accuracy - plateau + drop * pairs ** -exponent) ** 2
  }
  return sum
}

/** The minimum of a function with one valley, to about eight digits. */
function goldenSection(f: (x: number) => number, low: number, high: number): number {
  const share = (Math.sqrt(5) - 1) / 2
  let [left, right] = [high - share * (high - low), low + share * (high - low)]
  let [atLeft, atRight] = [f(left), f(right)]
  while (high - low > 1e-8 * high) {
    if (atLeft < atRight) {
      ;[high, right, atRight] = [right, left, atLeft]
      left = high - share * (high - low)
      atLeft = f(left)
    } else {
      ;[low, left, atLeft] = [left, right, atRight]
      right = low + share * (high - low)
      atRight = f(right)
    }
  }
  return (low + high) / 2
}
