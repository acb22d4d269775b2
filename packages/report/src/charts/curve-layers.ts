import { finite, inlineData, referenceLine } from './parts.js'
import { BLUE, PAPER, QUIET, VERMILLION } from './theme.js'
import type { Json, JsonObject } from './vega-lite-spec.js'

/** One tuned judge of an ablation: on how many pairs it was trained, with which seed, and how often it is right, in [0, 1]. */
export interface CurveRow {
  readonly pairs: number
  readonly seed: number
  readonly accuracy: number
}

/** A point of the curve with its limits, in [0, 1]; NaN limits are not drawn. */
export interface CurveBandRow {
  readonly pairs: number
  readonly value: number
  readonly low: number
  readonly high: number
}

/** The axes that all layers of a curve stand on. */
export interface CurveAxes {
  readonly x: JsonObject
  readonly y: JsonObject
}

/** The fitted curve with its band. */
export function bandLayers(curve: readonly CurveBandRow[], { x, y }: CurveAxes): Json[] {
  const data = pointData(curve)
  return [
    {
      data,
      mark: { type: 'area', fill: BLUE, opacity: 0.14, clip: true },
      encoding: { x, y: { field: 'low', ...y }, y2: { field: 'high' } },
    },
    {
      data,
      mark: { type: 'line', stroke: BLUE, strokeWidth: 2, clip: true },
      encoding: { x, y: { field: 'value', ...y } },
    },
  ]
}

/** Every seed as a faint line through its runs. */
export function seedLayers(rows: readonly CurveRow[], { x, y }: CurveAxes): Json[] {
  const data = inlineData(rows.map(({ pairs, seed, accuracy }) => ({ pairs, seed, accuracy })))
  const encoding = { x, y: { field: 'accuracy', ...y }, detail: { field: 'seed', type: 'nominal' } }
  return [
    { data, mark: { type: 'line', stroke: QUIET, strokeWidth: 1, opacity: 0.45 }, encoding },
    { data, mark: { type: 'point', shape: 'circle', size: 14, filled: true, fill: QUIET, opacity: 0.6 }, encoding },
  ]
}

/** The mean of the seeds at each number of pairs, with its interval. */
export function meanLayers(measured: readonly CurveBandRow[], { x, y }: CurveAxes): Json[] {
  const data = pointData(measured)
  return [
    {
      data,
      mark: { type: 'rule', stroke: BLUE, strokeWidth: 2 },
      encoding: { x, y: { field: 'low', ...y }, y2: { field: 'high' } },
    },
    {
      data,
      mark: { type: 'point', shape: 'circle', size: 54, fill: BLUE, stroke: PAPER, strokeWidth: 1.25, opacity: 1 },
      encoding: { x, y: { field: 'value', ...y } },
    },
  ]
}

/** The untuned judge as a dashed line; nothing where it has no value. */
export function baselineLayers(value: number | undefined, { y }: CurveAxes): Json[] {
  if (value === undefined || !Number.isFinite(value)) return []
  const mark = { type: 'rule', stroke: VERMILLION, strokeDash: [4, 3], strokeWidth: 1 }
  return [{ data: inlineData([{}]), mark, encoding: { y: { datum: value, ...y } } }]
}

/** Chance as a dashed quiet line; nothing where there is none. */
export function chanceLayers(value: number | undefined, { y }: CurveAxes): Json[] {
  return value === undefined ? [] : referenceLine({ y: value }, '', { width: 0, scale: y })
}

/** At most `most` of the measured numbers, the first and the last among them. */
export function tickNumbers(numbers: readonly number[], most: number): readonly number[] {
  const step = Math.ceil(numbers.length / most)
  return numbers.filter((_, i) => (numbers.length - 1 - i) % step === 0 || i === 0)
}

/** The log axis of the numbers of pairs. */
export function pairsAxis(numbers: readonly number[]): { readonly type: string; readonly domain: [number, number] } {
  const [first = 1, last = 10] = [numbers[0], numbers.at(-1)]
  return { type: 'log', domain: first < last ? [first, last] : [first / 2, first * 2] }
}

function pointData(points: readonly CurveBandRow[]): JsonObject {
  return inlineData(
    points.map(({ pairs, value, low, high }) => ({
      pairs,
      value: finite(value),
      low: finite(low),
      high: finite(high),
    })),
  )
}

/** The rows behind a curve, as a reader would download them. */
export function curveData(
  runs: readonly CurveRow[],
  measured: readonly CurveBandRow[],
  curve: readonly CurveBandRow[],
): object[] {
  return [
    ...runs.map(({ pairs, seed, accuracy }) => ({ kind: 'run', pairs, seed, accuracy, low: null, high: null })),
    ...measured.map((point) => dataRow('mean of the seeds', point)),
    ...curve.map((point) => dataRow('fitted curve', point)),
  ]
}

function dataRow(kind: string, { pairs, value, low, high }: CurveBandRow): object {
  return { kind, pairs, seed: null, accuracy: value, low, high }
}
