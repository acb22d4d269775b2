import { GRID, inlineData, LABEL_AXIS, niceTicks, pointLayer, referenceLine } from './parts.js'
import { textWidth, widestText } from './text-width.js'
import { FIGURE_FONT_SIZE, INK, QUIET } from './theme.js'
import type { Json, JsonObject } from './vega-lite-spec.js'
import { rowHeight } from './wrap-label.js'

/** A row of a dot plot: a value with its interval, and its numbers as text. */
export interface DotRow {
  readonly label: string
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly colour: string
  readonly isFilled: boolean
  readonly text: string
}

/** How a dot plot is laid out. */
export interface DotPlotOptions {
  readonly domain: readonly [number, number]
  readonly axisTitle: string
  readonly labelExpr: string
  /** The width of the plot itself, without labels. */
  readonly width: number
  readonly reference?: { readonly value: number; readonly label: string } | undefined
  /** A head over the numbers. */
  readonly textHead?: string | undefined
  readonly showsLabels?: boolean | undefined
}

const ROW_HEIGHT = 27

/** Rows of dots with intervals on one scale, labels on the left, numbers on the right. */
export function dotPlot(rows: readonly DotRow[], options: DotPlotOptions): JsonObject {
  const data = rows.map((row) => ({ ...row, filled: row.isFilled }))
  const colour = { field: 'colour', type: 'nominal', scale: null }
  const axis = { ...GRID, title: options.axisTitle, labelExpr: options.labelExpr, values: niceTicks(options.domain, 7) }
  const x = { type: 'quantitative', scale: { domain: options.domain, zero: false, nice: false }, axis }
  const labels = options.showsLabels === false ? null : LABEL_AXIS
  const y = { field: 'label', type: 'nominal', sort: null, axis: labels }
  const value = { x: { field: 'value', ...x }, y }
  const { reference } = options
  const layers: Json[] = [
    ...(reference === undefined
      ? []
      : referenceLine({ x: reference.value }, reference.label, { width: options.width, scale: x })),
    {
      mark: { type: 'rule', strokeWidth: 2 },
      encoding: { x: { field: 'low', ...x }, x2: { field: 'high' }, y, stroke: colour },
    },
    pointLayer(value, true),
    pointLayer(value, false),
    numberColumn(options.width, y),
    ...(options.textHead === undefined ? [] : [numberHead(options.width, options.textHead, rows)]),
  ]
  return {
    data: inlineData(data),
    width: options.width,
    height: {
      step: rowHeight(
        rows.map(({ label }) => label),
        ROW_HEIGHT,
      ),
    },
    layer: layers,
  }
}

/** The width that the numbers and their head take. */
export function numberSpace(rows: readonly DotRow[], head = ''): number {
  const texts = widestText(
    rows.map((row) => row.text),
    FIGURE_FONT_SIZE,
  )
  return Math.ceil(Math.max(texts, textWidth(head, FIGURE_FONT_SIZE))) + GAP
}

const GAP = 14

function numberColumn(width: number, y: JsonObject): JsonObject {
  return {
    mark: { type: 'text', align: 'left', baseline: 'middle', fill: INK },
    encoding: { x: { value: width + GAP }, y, text: { field: 'text', type: 'nominal' } },
  }
}

function numberHead(width: number, text: string, rows: readonly DotRow[]): JsonObject {
  const isEmpty = rows.length === 0
  return {
    data: inlineData(isEmpty ? [] : [{}]),
    mark: { type: 'text', align: 'left', baseline: 'bottom', dy: -4, fill: QUIET },
    encoding: { x: { value: width + GAP }, y: { value: 0 }, text: { value: text } },
  }
}
