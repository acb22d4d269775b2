import { formatInteger } from '../format/numbers.js'
import { type ChartOptions, chart, inlineData, LABEL_AXIS, labelSpace, rowLabels } from './parts.js'
import { widestText } from './text-width.js'
import { BLUE, FIGURE_FONT_SIZE, FIGURE_WIDTH } from './theme.js'
import type { VegaLiteSpec } from './vega-lite-spec.js'
import { rowHeight } from './wrap-label.js'

/** How many there are of something. */
export interface CountRow {
  readonly label: string
  readonly count: number
}

/** Counts as bars from zero with their numbers at the end, in the order given. */
export function countChart(rows: readonly CountRow[], options: ChartOptions): VegaLiteSpec {
  const labels = rowLabels(rows.map((row) => row.label))
  const texts = rows.map((row) => formatInteger(row.count))
  const data = rows.map((row, i) => ({ label: labels[i]!, count: row.count, text: texts[i]! }))
  const width = Math.floor(FIGURE_WIDTH - labelSpace(labels) - widestText(texts, FIGURE_FONT_SIZE) - 12)
  const x = { field: 'count', type: 'quantitative', scale: { domainMin: 0, nice: false }, axis: null }
  const y = { field: 'label', type: 'nominal', sort: null, axis: LABEL_AXIS }
  return chart(
    options.finding,
    {
      data: inlineData(data),
      width,
      height: { step: rowHeight(labels, 27) },
      layer: [
        { mark: { type: 'bar', fill: BLUE, height: { band: 0.62 } }, encoding: { x, y } },
        {
          mark: { type: 'text', align: 'left', baseline: 'middle', dx: 6 },
          encoding: { x, y, text: { field: 'text', type: 'nominal' } },
        },
      ],
    },
    rows,
  )
}
