import { formatInterval } from '../format/numbers.js'
import { type DotRow, dotPlot, numberSpace } from './dot-plot.js'
import {
  type ChartOptions,
  chart,
  colourOf,
  finite,
  labelSpace,
  niceDomain,
  PERCENT_LABELS,
  rateTitle,
  rowLabels,
} from './parts.js'
import { FIGURE_WIDTH, QUIET } from './theme.js'
import type { VegaLiteSpec } from './vega-lite-spec.js'

/** One judge's accuracy. Rows with the same `judge` (a baseline and its tuned self) share a colour. */
export interface AccuracyRow {
  readonly judge: string
  readonly label: string
  readonly kind: 'baseline' | 'tuned' | 'null' | 'replay'
  /** Proportions in [0, 1]. */
  readonly accuracy: number
  readonly low: number
  readonly high: number
  readonly n: number
}

/** Options of `accuracyChart`. */
export interface AccuracyChartOptions extends ChartOptions {
  /** What a judge that knows nothing would get, and its name. */
  readonly chance?: { readonly value: number; readonly label: string } | undefined
  /** A head for the column of numbers; defaults to `% [95 % interval]`. */
  readonly head?: string | undefined
}

/** Judges by accuracy, best first: dots with intervals, filled for tuned judges, open for all others, null baselines in grey. */
export function accuracyChart(rows: readonly AccuracyRow[], options: AccuracyChartOptions): VegaLiteSpec {
  const sorted = [...rows].sort((a, b) => b.accuracy - a.accuracy || a.label.localeCompare(b.label, 'en'))
  const labels = rowLabels(sorted.map((row) => row.label))
  const judges = rows.filter((row) => row.kind !== 'null').map((row) => row.judge)
  const colour = colourOf(judges, options.colours)
  const dots: DotRow[] = sorted.map((row, i) => ({
    label: labels[i]!,
    value: finite(row.accuracy),
    low: finite(row.low),
    high: finite(row.high),
    colour: row.kind === 'null' ? QUIET : colour(row.judge),
    isFilled: row.kind === 'tuned',
    text: formatInterval({ value: row.accuracy, low: row.low, high: row.high, n: row.n }),
  }))
  const chance = options.chance === undefined ? [] : [options.chance.value]
  const domain = niceDomain([...rows.flatMap((row) => [row.low, row.high]), ...chance], 0.1, [0, 1])
  const head = options.head ?? '% [95 % interval]'
  const width = FIGURE_WIDTH - labelSpace(labels) - numberSpace(dots, head)
  return chart(
    options.finding,
    dotPlot(dots, {
      domain,
      width,
      axisTitle: rateTitle('Accuracy', domain),
      labelExpr: PERCENT_LABELS,
      reference: options.chance,
      textHead: head,
    }),
    rows,
  )
}
