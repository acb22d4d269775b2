import { formatPercent } from '../format/numbers.js'
import { panels } from './panels.js'
import {
  type ChartOptions,
  chart,
  colourOf,
  finite,
  GRID,
  inlineData,
  LABEL_AXIS,
  labelSpace,
  niceDomain,
  niceTicks,
  PERCENT_LABELS,
  panelHead,
  plain,
  pointLayer,
  rateTitle,
  referenceLine,
} from './parts.js'
import { FIGURE_WIDTH, INK } from './theme.js'
import type { Json, JsonObject, VegaLiteSpec } from './vega-lite-spec.js'
import { rowHeight, wrapLabels } from './wrap-label.js'

/** A judge's accuracy on one subset. */
export interface SubsetRow {
  readonly subset: string
  readonly judge: string
  /** Proportions in [0, 1]. */
  readonly accuracy: number
  readonly low: number
  readonly high: number
  readonly n: number
  /** Tuned judges are filled; defaults to false. */
  readonly isTuned?: boolean | undefined
}

/** Options of `subsetChart`. `chance` is drawn in every panel. */
export interface SubsetChartOptions extends ChartOptions {
  readonly chance?: number | undefined
}

/** Judges by subset: one panel a subset on a shared scale, in the order given. */
export function subsetChart(rows: readonly SubsetRow[], options: SubsetChartOptions): VegaLiteSpec {
  const subsets = [...new Set(rows.map((row) => row.subset))]
  const judges = [...new Set(rows.map((row) => row.judge))]
  const columns = Math.min(2, Math.max(1, subsets.length))
  const names = wrapLabels(judges.map(plain), 130)
  const colour = colourOf(judges, options.colours)
  const domain = niceDomain([...rows.flatMap((row) => [row.low, row.high]), options.chance ?? Number.NaN], 0.2, [0, 1])
  const space = FIGURE_WIDTH - labelSpace(names) - (columns - 1) * PANEL_GAP - columns * NUMBER_SPACE
  const width = Math.floor(space / columns)
  const panel = (i: number, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): JsonObject => {
    const shown = rows.filter((row) => row.subset === subsets[i])
    const n = [...new Set(shown.map((row) => row.n))]
    return {
      data: inlineData(
        shown.map((row) => panelRow(row, names[judges.indexOf(row.judge)] as string, colour(row.judge))),
      ),
      width,
      height: { step: rowHeight(names, 24) },
      layer: [
        ...panelHead(subsets[i]!, n),
        ...panelLayers({
          domain,
          width,
          isFirst,
          axisTitle: isLast && isFirst ? rateTitle('Accuracy', domain) : null,
          judges: names,
          chance: options.chance,
        }),
      ],
    }
  }
  return chart(options.finding, panels(subsets.length, columns, panel), rows)
}

const PANEL_GAP = 22
const NUMBER_SPACE = 36

function panelRow(row: SubsetRow, judge: string, colour: string): JsonObject {
  return {
    judge,
    value: finite(row.accuracy),
    low: finite(row.low),
    high: finite(row.high),
    text: formatPercent(row.accuracy, row.n),
    colour,
    filled: row.isTuned ?? false,
  }
}

function panelLayers(at: {
  readonly domain: readonly [number, number]
  readonly width: number
  readonly isFirst: boolean
  readonly axisTitle: string | null
  readonly judges: readonly string[]
  readonly chance: number | undefined
}): Json[] {
  const axis = {
    ...GRID,
    title: at.axisTitle,
    titleAnchor: 'start',
    labelExpr: PERCENT_LABELS,
    values: niceTicks(at.domain, 5),
    labelFontSize: 12,
  }
  const x = { type: 'quantitative', scale: { domain: at.domain, zero: false, nice: false }, axis }
  const labels = at.isFirst ? LABEL_AXIS : null
  const y = { field: 'judge', type: 'nominal', scale: { domain: at.judges }, axis: labels }
  const value = { x: { field: 'value', ...x }, y }
  return [
    ...(at.chance === undefined ? [] : referenceLine({ x: at.chance }, '', { width: at.width, scale: x })),
    {
      mark: { type: 'rule', strokeWidth: 2 },
      encoding: {
        x: { field: 'low', ...x },
        x2: { field: 'high' },
        y,
        stroke: { field: 'colour', type: 'nominal', scale: null },
      },
    },
    pointLayer(value, true, 50),
    pointLayer(value, false, 50),
    {
      mark: { type: 'text', align: 'left', baseline: 'middle', fill: INK, fontSize: 12.5 },
      encoding: { x: { value: at.width + 6 }, y, text: { field: 'text', type: 'nominal' } },
    },
  ]
}
