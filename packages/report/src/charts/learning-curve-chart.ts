import {
  type ChartOptions,
  chart,
  finite,
  GRID,
  inlineData,
  niceDomain,
  niceTicks,
  PERCENT_LABELS,
  plain,
  rateTitle,
  spread,
} from './parts.js'
import { widestText } from './text-width.js'
import { BLUE, FIGURE_FONT_SIZE, FIGURE_WIDTH, PAPER, QUIET, VERMILLION } from './theme.js'
import type { Json, JsonObject, VegaLiteSpec } from './vega-lite-spec.js'

/** One tuned judge of an ablation: on how many pairs it was trained, with which seed, and how often it is right, in [0, 1]. */
export interface CurveRow {
  readonly pairs: number
  readonly seed: number
  readonly accuracy: number
}

/** A point of the curve with its limits, in [0, 1]. */
export interface CurveBandRow {
  readonly pairs: number
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Options of `learningCurveChart`. */
export interface LearningCurveChartOptions extends ChartOptions {
  /** The mean over the seeds at each number of pairs, with its interval. */
  readonly measured: readonly CurveBandRow[]
  /** The fitted curve, dense enough to look like one, with its pointwise band; empty where nothing could be fitted. */
  readonly curve: readonly CurveBandRow[]
  /** What the curve is called beside it; defaults to `fitted`. */
  readonly curveName?: string | undefined
  /** The untuned judge, as a line to compare with. */
  readonly baseline?: { readonly value: number; readonly label: string } | undefined
}

const HEIGHT = 250

/**
 * Accuracy over the number of preference pairs, on a logarithmic axis: every seed as a faint line, their means with
 * intervals, the fitted curve with its band, the untuned judge as a dashed line, each named at its end.
 */
export function learningCurveChart(rows: readonly CurveRow[], options: LearningCurveChartOptions): VegaLiteSpec {
  const shown = rows.filter(({ pairs, accuracy }) => pairs > 0 && Number.isFinite(accuracy))
  const [measured, curve] = [options.measured, options.curve].map((points) => points.filter(({ pairs }) => pairs > 0))
  const layout = layoutOf(shown, measured ?? [], curve ?? [], options)
  return chart(
    options.finding,
    {
      width: layout.width,
      height: HEIGHT,
      layer: [
        ...bandLayers(curve ?? [], layout),
        ...seedLayers(shown, layout),
        ...baselineLayers(options, layout),
        ...meanLayers(measured ?? [], layout),
        nameLayer(layout),
      ],
    },
    [
      ...shown.map(({ pairs, seed, accuracy }) => ({ kind: 'run', pairs, seed, accuracy, low: null, high: null })),
      ...(measured ?? []).map((point) => dataRow('mean of the seeds', point)),
      ...(curve ?? []).map((point) => dataRow('fitted curve', point)),
    ],
  )
}

function dataRow(kind: string, { pairs, value, low, high }: CurveBandRow): object {
  return { kind, pairs, seed: null, accuracy: value, low, high }
}

interface EndName {
  readonly text: string
  readonly colour: string
  readonly at: number
}

interface CurveLayout {
  readonly x: JsonObject
  readonly y: JsonObject
  readonly domain: readonly [number, number]
  readonly width: number
  readonly names: readonly EndName[]
}

function layoutOf(
  rows: readonly CurveRow[],
  measured: readonly CurveBandRow[],
  curve: readonly CurveBandRow[],
  { baseline, curveName }: LearningCurveChartOptions,
): CurveLayout {
  const limits = [...measured, ...curve].flatMap(({ value, low, high }) => [value, low, high])
  const values = [
    ...rows.map(({ accuracy }) => accuracy),
    ...limits,
    ...(baseline === undefined ? [] : [baseline.value]),
  ]
  const domain = niceDomain(values, 0.05, [0, 1])
  const numbers = [...new Set([...rows, ...measured, ...curve].map(({ pairs }) => pairs))].sort((a, b) => a - b)
  const seeds = new Set(rows.map(({ seed }) => seed)).size
  const names: EndName[] = [
    ...(curve.length === 0 ? [] : [{ text: plain(curveName ?? 'fitted'), colour: BLUE, at: curve.at(-1)!.value }]),
    ...(seeds < 2 ? [] : [{ text: `${seeds} seeds`, colour: QUIET, at: lastOf(rows) }]),
    ...(baseline === undefined ? [] : [{ text: plain(baseline.label), colour: VERMILLION, at: baseline.value }]),
  ].filter(({ at }) => Number.isFinite(at))
  const room =
    names.length === 0
      ? 8
      : widestText(
          names.map(({ text }) => text),
          FIGURE_FONT_SIZE,
        ) + 12
  const [first = 1, last = 10] = [numbers[0], numbers.at(-1)]
  const ticks = tickNumbers([...new Set([...rows, ...measured].map(({ pairs }) => pairs))].sort((a, b) => a - b))
  return {
    domain,
    names,
    width: Math.max(180, Math.floor(FIGURE_WIDTH - 56 - room)),
    x: {
      field: 'pairs',
      type: 'quantitative',
      scale: { type: 'log', domain: first < last ? [first, last] : [first / 2, first * 2], nice: false },
      axis: { ...GRID, grid: false, title: 'Preference pairs, logarithmic scale', values: ticks, format: ',d' },
    },
    y: {
      type: 'quantitative',
      scale: { domain, zero: false, nice: false },
      axis: { ...GRID, title: rateTitle('Accuracy', domain), labelExpr: PERCENT_LABELS, values: niceTicks(domain, 6) },
    },
  }
}

/** Where the runs of the largest number of pairs stand, in the mean. */
function lastOf(rows: readonly CurveRow[]): number {
  const most = Math.max(...rows.map(({ pairs }) => pairs))
  const last = rows.filter(({ pairs }) => pairs === most)
  return last.reduce((sum, { accuracy }) => sum + accuracy, 0) / last.length
}

/** At most seven of the measured numbers, the first and the last among them. */
function tickNumbers(numbers: readonly number[]): readonly number[] {
  const step = Math.ceil(numbers.length / 7)
  return numbers.filter((_, i) => (numbers.length - 1 - i) % step === 0 || i === 0)
}

function bandLayers(curve: readonly CurveBandRow[], { x, y }: CurveLayout): Json[] {
  const data = inlineData(
    curve.map(({ pairs, value, low, high }) => ({ pairs, value: finite(value), low: finite(low), high: finite(high) })),
  )
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

function seedLayers(rows: readonly CurveRow[], { x, y }: CurveLayout): Json[] {
  const data = inlineData(rows.map(({ pairs, seed, accuracy }) => ({ pairs, seed, accuracy })))
  const encoding = { x, y: { field: 'accuracy', ...y }, detail: { field: 'seed', type: 'nominal' } }
  return [
    { data, mark: { type: 'line', stroke: QUIET, strokeWidth: 1, opacity: 0.45 }, encoding },
    { data, mark: { type: 'point', shape: 'circle', size: 14, filled: true, fill: QUIET, opacity: 0.6 }, encoding },
  ]
}

function baselineLayers({ baseline }: LearningCurveChartOptions, { y }: CurveLayout): Json[] {
  if (baseline === undefined || !Number.isFinite(baseline.value)) return []
  const mark = { type: 'rule', stroke: VERMILLION, strokeDash: [4, 3], strokeWidth: 1 }
  return [{ data: inlineData([{}]), mark, encoding: { y: { datum: baseline.value, ...y } } }]
}

function meanLayers(measured: readonly CurveBandRow[], { x, y }: CurveLayout): Json[] {
  const data = inlineData(
    measured.map(({ pairs, value, low, high }) => ({
      pairs,
      value: finite(value),
      low: finite(low),
      high: finite(high),
    })),
  )
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

/** Names beside the plot, at the height where their lines end, moved apart where they would overlap. */
function nameLayer({ names, domain: [low, high], width }: CurveLayout): Json {
  const belongs = names.map(({ at }) => ((high - at) / (high - low)) * HEIGHT)
  const placed = spread(belongs, FIGURE_FONT_SIZE + 3, [4, HEIGHT - 4])
  return {
    data: inlineData(names.map(({ text, colour }, i) => ({ text, colour, y: placed[i] as number }))),
    mark: { type: 'text', align: 'left', baseline: 'middle', dx: 8 },
    encoding: {
      x: { value: width },
      y: { field: 'y', type: 'quantitative', scale: null, axis: null },
      text: { field: 'text', type: 'nominal' },
      fill: { field: 'colour', type: 'nominal', scale: null },
    },
  }
}
