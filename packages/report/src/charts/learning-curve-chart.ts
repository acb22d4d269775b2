import {
  bandLayers,
  baselineLayers,
  type CurveAxes,
  type CurveBandRow,
  type CurveRow,
  chanceLayers,
  curveData,
  meanLayers,
  pairsAxis,
  seedLayers,
  tickNumbers,
} from './curve-layers.js'
import {
  type ChartOptions,
  chart,
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
import { BLUE, FIGURE_FONT_SIZE, FIGURE_WIDTH, QUIET, VERMILLION } from './theme.js'
import type { Json, VegaLiteSpec } from './vega-lite-spec.js'

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
  /** What a judge that knows nothing would get, and its name. */
  readonly chance?: { readonly value: number; readonly label: string } | undefined
}

const HEIGHT = 250

/**
 * Accuracy over the number of preference pairs, on a logarithmic axis: every seed as a faint line, their means with
 * intervals, the fitted curve with its band, the untuned judge and chance as dashed lines, each named at its end.
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
        ...chanceLayers(options.chance?.value, layout),
        ...bandLayers(curve ?? [], layout),
        ...seedLayers(shown, layout),
        ...baselineLayers(options.baseline?.value, layout),
        ...meanLayers(measured ?? [], layout),
        nameLayer(layout),
      ],
    },
    curveData(shown, measured ?? [], curve ?? []),
  )
}

interface EndName {
  readonly text: string
  readonly colour: string
  readonly at: number
}

interface CurveLayout extends CurveAxes {
  readonly domain: readonly [number, number]
  readonly width: number
  readonly names: readonly EndName[]
}

function layoutOf(
  rows: readonly CurveRow[],
  measured: readonly CurveBandRow[],
  curve: readonly CurveBandRow[],
  { baseline, chance, curveName }: LearningCurveChartOptions,
): CurveLayout {
  const limits = [...measured, ...curve].flatMap(({ value, low, high }) => [value, low, high])
  const values = [
    ...rows.map(({ accuracy }) => accuracy),
    ...limits,
    ...(baseline === undefined ? [] : [baseline.value]),
    ...(chance === undefined ? [] : [chance.value]),
  ]
  const domain = niceDomain(values, 0.05, [0, 1])
  const numbers = [...new Set([...rows, ...measured, ...curve].map(({ pairs }) => pairs))].sort((a, b) => a - b)
  const seeds = new Set(rows.map(({ seed }) => seed)).size
  const names: EndName[] = [
    ...(curve.length === 0 ? [] : [{ text: plain(curveName ?? 'fitted'), colour: BLUE, at: curve.at(-1)!.value }]),
    ...(seeds < 2 ? [] : [{ text: `${seeds} seeds`, colour: QUIET, at: lastOf(rows) }]),
    ...(baseline === undefined ? [] : [{ text: plain(baseline.label), colour: VERMILLION, at: baseline.value }]),
    ...(chance === undefined ? [] : [{ text: plain(chance.label), colour: QUIET, at: chance.value }]),
  ].filter(({ at }) => Number.isFinite(at))
  const room =
    names.length === 0
      ? 8
      : widestText(
          names.map(({ text }) => text),
          FIGURE_FONT_SIZE,
        ) + 12
  const ticks = tickNumbers(
    [...new Set([...rows, ...measured].map(({ pairs }) => pairs))].sort((a, b) => a - b),
    7,
  )
  return {
    domain,
    names,
    width: Math.max(180, Math.floor(FIGURE_WIDTH - 56 - room)),
    x: {
      field: 'pairs',
      type: 'quantitative',
      scale: { ...pairsAxis(numbers), nice: false },
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
