import { formatP, formatPointsInterval } from '../format/numbers.js'
import { type DotRow, dotPlot, numberSpace } from './dot-plot.js'
import { type ChartOptions, chart, finite, labelSpace, niceDomain, rowLabels } from './parts.js'
import { BLUE, FIGURE_WIDTH } from './theme.js'
import type { VegaLiteSpec } from './vega-lite-spec.js'

/** One paired difference of accuracies. */
export interface DifferenceRow {
  readonly label: string
  /** Differences of proportions in [-1, 1]. */
  readonly difference: number
  readonly low: number
  readonly high: number
  /** Adjusted where the head says so. */
  readonly p: number
}

/** Options of `differenceChart`. */
export interface DifferenceChartOptions extends ChartOptions {
  /** The axis title; defaults to `Difference, points`. */
  readonly axisTitle?: string | undefined
  /** A head for the column of numbers, which says whether p is adjusted; defaults to `points [95 % interval]`. */
  readonly head?: string | undefined
}

/** Differences in points, in the order given: dots with intervals around a line at zero, numbers and p beside them. */
export function differenceChart(rows: readonly DifferenceRow[], options: DifferenceChartOptions): VegaLiteSpec {
  const labels = rowLabels(rows.map((row) => row.label))
  const dots: DotRow[] = rows.map((row, i) => ({
    label: labels[i]!,
    value: finite(row.difference),
    low: finite(row.low),
    high: finite(row.high),
    colour: BLUE,
    isFilled: true,
    text: differenceText(row),
  }))
  const widest = Math.max(
    0.01,
    ...rows
      .flatMap((row) => [row.low, row.high, row.difference])
      .filter(Number.isFinite)
      .map(Math.abs),
  )
  const step = widest > 0.2 ? 0.1 : widest > 0.04 ? 0.05 : 0.01
  const domain = niceDomain([0, ...rows.flatMap((row) => [row.low, row.high, row.difference])], step, [-1, 1])
  const head = options.head ?? 'points [95 % interval]'
  const width = Math.max(160, FIGURE_WIDTH - labelSpace(labels) - numberSpace(dots, head))
  return chart(
    options.finding,
    dotPlot(dots, {
      domain,
      width,
      axisTitle: options.axisTitle ?? 'Difference, points',
      labelExpr: "datum.value === 0 ? '0' : format(datum.value * 100, '+.0f')",
      reference: { value: 0, label: 'no difference' },
      textHead: head,
    }),
    rows,
  )
}

function differenceText({ difference, low, high, p }: DifferenceRow): string {
  const numbers = formatPointsInterval({ value: difference, low, high })
  return Number.isFinite(p) ? `${numbers}  p ${formatP(p)}` : numbers
}
