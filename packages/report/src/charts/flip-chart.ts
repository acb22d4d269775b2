import { formatInteger } from '../format/numbers.js'
import { type ChartOptions, chart, inlineData, LABEL_AXIS, labelSpace, rowLabels } from './parts.js'
import { BLUE, FIGURE_WIDTH, INK, QUIET, VERMILLION } from './theme.js'
import type { JsonObject, VegaLiteSpec } from './vega-lite-spec.js'
import { rowHeight } from './wrap-label.js'

/** How many verdicts of a subset the tuned judge set right, and how many it spoilt. */
export interface FlipRow {
  readonly subset: string
  readonly fixed: number
  readonly broken: number
}

/** Verdicts that changed: broken to the left of zero, fixed to the right, counts at the ends. In the order given. */
export function flipChart(rows: readonly FlipRow[], options: ChartOptions): VegaLiteSpec {
  const labels = rowLabels(rows.map((row) => row.subset))
  const largest = Math.max(1, ...rows.flatMap((row) => [row.fixed, row.broken]))
  const width = FIGURE_WIDTH - labelSpace(labels) - 8
  const data = rows.flatMap((row, i) => [
    { label: labels[i]!, count: row.fixed, end: row.fixed, text: formatInteger(row.fixed), side: 'fixed' },
    { label: labels[i]!, count: row.broken, end: -row.broken, text: formatInteger(row.broken), side: 'broken' },
  ])
  const y = { field: 'label', type: 'nominal', sort: null, axis: LABEL_AXIS }
  const x = { type: 'quantitative', scale: { domain: [-1.15 * largest, 1.15 * largest], nice: false }, axis: null }
  const zero = {
    data: inlineData([{}]),
    mark: { type: 'rule', stroke: INK, strokeWidth: 1 },
    encoding: { x: { datum: 0, ...x } },
  }
  const sides = [
    { side: 'fixed', colour: BLUE, align: 'left', dx: 6, text: 'fixed →' },
    { side: 'broken', colour: VERMILLION, align: 'right', dx: -6, text: '← broken' },
  ]
  return chart(
    options.finding,
    {
      data: inlineData(data),
      width,
      height: { step: rowHeight(labels, 27) },
      layer: [...sides.flatMap((side) => sideLayers(side, x, y)), zero],
    },
    rows,
  )
}

function sideLayers(
  side: {
    readonly side: string
    readonly colour: string
    readonly align: string
    readonly dx: number
    readonly text: string
  },
  x: JsonObject,
  y: JsonObject,
): JsonObject[] {
  const transform = [{ filter: { field: 'side', equal: side.side } }]
  const end = { field: 'end', ...x }
  const head = { type: 'text', align: side.align, baseline: 'bottom', dx: side.dx, dy: -4, fill: QUIET }
  return [
    {
      transform,
      mark: { type: 'bar', fill: side.colour, height: { band: 0.62 } },
      encoding: { x: end, x2: { datum: 0 }, y },
    },
    {
      transform,
      mark: { type: 'text', align: side.align, baseline: 'middle', dx: side.dx },
      encoding: { x: end, y, text: { field: 'text', type: 'nominal' } },
    },
    {
      data: inlineData([{}]),
      mark: head,
      encoding: { x: { datum: 0, ...x }, y: { value: 0 }, text: { value: side.text } },
    },
  ]
}
