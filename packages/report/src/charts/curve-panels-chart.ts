import {
  bandLayers,
  baselineLayers,
  type CurveBandRow,
  type CurveRow,
  chanceLayers,
  curveData,
  meanLayers,
  pairsAxis,
  seedLayers,
  tickNumbers,
} from './curve-layers.js'
import { panels } from './panels.js'
import { type ChartOptions, chart, GRID, niceDomain, niceTicks, PERCENT_LABELS, panelHead } from './parts.js'
import { FIGURE_WIDTH } from './theme.js'
import type { JsonObject, VegaLiteSpec } from './vega-lite-spec.js'

/** One small multiple: a subset, or an arm. Accuracies in [0, 1]. */
export interface CurvePanel {
  readonly name: string
  /** Comparisons behind every point. */
  readonly n: number
  readonly measured: readonly CurveBandRow[]
  /** Every seed's run; empty where only their mean is known. */
  readonly runs: readonly CurveRow[]
  /** The fitted curve with its band; empty where nothing was fitted. */
  readonly curve: readonly CurveBandRow[]
  /** The untuned judge. */
  readonly baseline?: number | undefined
}

/** Options of `curvePanelsChart`. `chance` is drawn in every panel. */
export interface CurvePanelsChartOptions extends ChartOptions {
  readonly chance?: number | undefined
}

const COLUMNS = 2
const PANEL_GAP = 22
const AXIS_WIDTH = 60
const HEIGHT = 150

/** Accuracy over the number of preference pairs, one panel a subset or an arm, on shared scales, in the order given. */
export function curvePanelsChart(shown: readonly CurvePanel[], options: CurvePanelsChartOptions): VegaLiteSpec {
  const points = shown.flatMap(({ measured, runs, curve, baseline }) => [
    ...[...measured, ...curve].flatMap(({ value, low, high }) => [value, low, high]),
    ...runs.map(({ accuracy }) => accuracy),
    ...(baseline === undefined ? [] : [baseline]),
  ])
  const domain = niceDomain([...points, options.chance ?? Number.NaN], 0.1, [0, 1])
  const counts = shown.flatMap(({ measured, runs, curve }) => [...measured, ...runs, ...curve])
  const numbers = [...new Set(counts.map(({ pairs }) => pairs))].sort((a, b) => a - b)
  const columns = Math.min(COLUMNS, Math.max(1, shown.length))
  const width = Math.floor((FIGURE_WIDTH - AXIS_WIDTH - 14 - (columns - 1) * PANEL_GAP) / columns)
  const panel = (i: number, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): JsonObject => {
    const { name, n, measured, runs, curve, baseline } = shown[i] as CurvePanel
    const axes = {
      x: {
        field: 'pairs',
        type: 'quantitative',
        scale: { ...pairsAxis(numbers), nice: false },
        axis: {
          ...GRID,
          grid: false,
          title: isLast && isFirst ? 'Preference pairs, logarithmic scale' : null,
          titleAnchor: 'start',
          values: tickNumbers(measuredNumbers(shown), 3),
          format: ',d',
        },
      },
      y: {
        type: 'quantitative',
        scale: { domain, zero: false, nice: false },
        axis: {
          ...GRID,
          title: isFirst ? axisTitle(domain) : null,
          labels: isFirst,
          labelExpr: PERCENT_LABELS,
          values: niceTicks(domain, 5),
        },
      },
    }
    return {
      width,
      height: HEIGHT,
      layer: [
        ...panelHead(name, [n]),
        ...chanceLayers(options.chance, axes),
        ...bandLayers(curve, axes),
        ...seedLayers(runs, axes),
        ...baselineLayers(baseline, axes),
        ...meanLayers(measured, axes),
      ],
    }
  }
  const rows = shown.flatMap(({ name, n, measured, runs, curve }) =>
    curveData(runs, measured, curve).map((row) => ({ panel: name, n, ...row })),
  )
  return chart(options.finding, panels(shown.length, columns, panel), rows)
}

/** As `rateTitle`, short enough for the height of a panel. */
function axisTitle([low]: readonly [number, number]): string {
  return low > 0 ? `Accuracy, % (from ${Math.round(100 * low)})` : 'Accuracy, %'
}

function measuredNumbers(shown: readonly CurvePanel[]): number[] {
  const numbers = shown.flatMap(({ measured }) => measured.map(({ pairs }) => pairs))
  return [...new Set(numbers)].sort((a, b) => a - b)
}
