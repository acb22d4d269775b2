import { formatInteger } from '../format/numbers.js'
import { panels } from './panels.js'
import { type ChartOptions, chart, colourOf, finite, GRID, inlineData, PERCENT_LABELS, plain } from './parts.js'
import { FIGURE_WIDTH, INK, PAPER, QUIET } from './theme.js'
import type { Json, JsonObject, VegaLiteSpec } from './vega-lite-spec.js'

/** One bin of a judge's confidences. Proportions in [0, 1]. */
export interface ReliabilityRow {
  readonly judge: string
  readonly confidence: number
  readonly right: number
  readonly low: number
  readonly high: number
  readonly n: number
  readonly isTuned?: boolean | undefined
}

/** Confidence against share right, a panel a judge, with intervals; on the diagonal a judge can be believed. */
export function reliabilityChart(rows: readonly ReliabilityRow[], options: ChartOptions): VegaLiteSpec {
  const judges = [...new Set(rows.map(({ judge }) => judge))]
  const colour = colourOf(judges, options.colours)
  const columns = Math.min(2, Math.max(1, judges.length))
  const width = Math.min(280, Math.floor((FIGURE_WIDTH - 62 - (columns - 1) * 22) / columns))
  const panel = (i: number): JsonObject => {
    const shown = rows.filter(({ judge }) => judge === judges[i])
    return {
      width,
      height: width,
      layer: panelLayers(shown, judges[i] ?? '', colour(judges[i] ?? ''), i % columns === 0),
    }
  }
  return chart(options.finding, judges.length <= 1 ? panel(0) : panels(judges.length, columns, panel), rows)
}

function panelLayers(rows: readonly ReliabilityRow[], judge: string, colour: string, isFirst: boolean): Json[] {
  const scale = { domain: [0, 1], nice: false }
  const axis = { ...GRID, labelExpr: PERCENT_LABELS, values: [0, 0.25, 0.5, 0.75, 1] }
  const x = {
    type: 'quantitative',
    scale: { domain: [0.5, 1], nice: false },
    axis: { ...axis, values: [0.5, 0.6, 0.7, 0.8, 0.9, 1], title: 'Confidence, % (axis from 50)' },
  }
  const y = { type: 'quantitative', scale, axis: { ...axis, title: isFirst ? 'Right, %' : null } }
  const total = rows.reduce((sum, { n }) => sum + n, 0)
  const data = rows.map(({ confidence, right, low, high, isTuned }) => ({
    confidence: finite(confidence),
    right: finite(right),
    low: finite(low),
    high: finite(high),
    filled: isTuned ?? false,
  }))
  const point = (isFilled: boolean): JsonObject => ({
    transform: [{ filter: { field: 'filled', equal: isFilled } }],
    mark: {
      type: 'point',
      shape: 'circle',
      size: 50,
      opacity: 1,
      strokeWidth: 1.75,
      stroke: colour,
      fill: isFilled ? colour : PAPER,
    },
    encoding: { x: { field: 'confidence', ...x }, y: { field: 'right', ...y } },
  })
  return [
    {
      data: inlineData([
        { at: 0.5, value: 0.5 },
        { at: 1, value: 1 },
      ]),
      mark: { type: 'line', stroke: QUIET, strokeDash: [4, 3], strokeWidth: 1 },
      encoding: { x: { field: 'at', ...x }, y: { field: 'value', ...y } },
    },
    {
      data: inlineData(data),
      layer: [
        {
          mark: { type: 'rule', strokeWidth: 2, stroke: colour },
          encoding: { x: { field: 'confidence', ...x }, y: { field: 'low', ...y }, y2: { field: 'high' } },
        },
        point(true),
        point(false),
      ],
    },
    ...[
      { text: plain(judge), dy: -24, fontWeight: 600, fill: INK },
      { text: `n ${formatInteger(total)}`, dy: -9, fontWeight: 400, fill: QUIET },
    ].map(({ text, ...look }) => ({
      data: inlineData([{}]),
      mark: { type: 'text', align: 'left', baseline: 'alphabetic', ...look },
      encoding: { x: { value: 0 }, y: { value: 0 }, text: { value: text } },
    })),
  ]
}
