import { formatP } from '../format/numbers.js'
import { type ChartOptions, chart, GRID, inlineData, LABEL_AXIS, labelSpace, rowLabels } from './parts.js'
import { widestText } from './text-width.js'
import { BLUE, FIGURE_FONT_SIZE, FIGURE_WIDTH, INK, QUIET, VERMILLION } from './theme.js'
import type { VegaLiteSpec } from './vega-lite-spec.js'
import { rowHeight } from './wrap-label.js'

/** How many comparisons one judge decided by position. */
export interface PositionRow {
  readonly label: string
  /** Comparisons in which it named the first slot in both orders, the second in both. */
  readonly bothFirst: number
  readonly bothSecond: number
  /** Comparisons asked in both orders. */
  readonly n: number
  /** That both are as frequent; NaN where there is neither. */
  readonly p: number
}

/** Counts to the left (the first slot in both orders) and to the right (the second) of a line at zero. */
export function positionChart(rows: readonly PositionRow[], options: ChartOptions): VegaLiteSpec {
  const labels = rowLabels(rows.map(({ label }) => label))
  const texts = rows.map(({ p, n }) => `n ${n}${Number.isFinite(p) ? `, p ${formatP(p)}` : ''}`)
  const widest = Math.max(1, ...rows.flatMap(({ bothFirst, bothSecond }) => [bothFirst, bothSecond]))
  const width = Math.max(160, Math.floor(FIGURE_WIDTH - labelSpace(labels) - widestText(texts, FIGURE_FONT_SIZE) - 18))
  const x = {
    type: 'quantitative',
    scale: { domain: [-widest, widest], nice: true },
    axis: { ...GRID, title: 'Comparisons decided by position', labelExpr: 'abs(datum.value)', tickCount: 5 },
  }
  const y = { field: 'label', type: 'nominal', sort: null, axis: LABEL_AXIS }
  const bar = (field: string, colour: string): object => ({
    mark: { type: 'bar', height: 13, fill: colour },
    encoding: { x: { field, ...x }, x2: { datum: 0 }, y },
  })
  const head = (text: string, align: 'left' | 'right', dx: number): object => ({
    data: inlineData([{}]),
    mark: { type: 'text', align, baseline: 'bottom', dx, dy: -4, fill: QUIET },
    encoding: { x: { datum: 0, ...x }, y: { value: 0 }, text: { value: text } },
  })
  return chart(
    options.finding,
    {
      data: inlineData(
        rows.map(({ bothFirst, bothSecond }, i) => ({
          label: labels[i]!,
          first: -bothFirst,
          second: bothSecond,
          text: texts[i]!,
        })),
      ),
      width,
      height: { step: rowHeight(labels, 27) },
      layer: [
        bar('first', BLUE),
        bar('second', VERMILLION),
        { data: inlineData([{}]), mark: { type: 'rule', stroke: QUIET }, encoding: { x: { datum: 0, ...x } } },
        {
          mark: { type: 'text', align: 'left', baseline: 'middle', fill: INK },
          encoding: { x: { value: width + 10 }, y, text: { field: 'text', type: 'nominal' } },
        },
        head('first slot in both orders', 'right', -6),
        head('second slot in both', 'left', 6),
      ],
    } as Parameters<typeof chart>[1],
    rows,
  )
}
