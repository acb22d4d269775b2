import { formatPercent } from '../format/numbers.js'
import { type ChartOptions, chart, finite, inlineData, LABEL_AXIS, labelSpace, plain } from './parts.js'
import { BLUE, FIGURE_WIDTH, INK, PAPER } from './theme.js'
import type { VegaLiteSpec } from './vega-lite-spec.js'

/** A judge's accuracy on one subset. Proportions in [0, 1]; NaN where there is none. */
export interface HeatmapRow {
  readonly judge: string
  readonly subset: string
  readonly accuracy: number
  readonly low: number
  readonly high: number
  readonly n: number
}

/** Judges by subset: the darker, the more often right, with the rate in every cell and, where there is room, its interval. */
export function heatmapChart(rows: readonly HeatmapRow[], options: ChartOptions): VegaLiteSpec {
  const judges = [...new Set(rows.map(({ judge }) => plain(judge)))]
  const labelOf = subsetLabels(rows)
  const subsets = [...new Set(rows.map(({ subset }) => labelOf(subset)))]
  const width = Math.max(160, FIGURE_WIDTH - labelSpace(subsets, 150))
  const cell = width / Math.max(1, judges.length)
  const data = rows.map(({ judge, subset, accuracy, low, high, n }) => ({
    judge: plain(judge),
    subset: labelOf(subset),
    value: finite(accuracy),
    shade: finite(accuracy) === null ? 0 : SHADES * accuracy,
    rate: Number.isFinite(accuracy) ? formatPercent(accuracy, n) : '–',
    interval:
      Number.isFinite(low) && Number.isFinite(high) ? `${formatPercent(low, n)} to ${formatPercent(high, n)}` : '',
  }))
  const x = {
    field: 'judge',
    type: 'nominal',
    sort: null,
    scale: { paddingInner: 0.04, paddingOuter: 0 },
    axis: {
      title: null,
      orient: 'top',
      labelColor: INK,
      grid: false,
      labelAngle: judges.length > 4 ? -30 : 0,
      labelLimit: judges.length > 4 ? 110 : cell - 4,
    },
  }
  const y = {
    field: 'subset',
    type: 'nominal',
    sort: null,
    scale: { paddingInner: 0.06 },
    axis: { ...LABEL_AXIS, labelLimit: 150 },
  }
  const text = (field: string, dy: number, look: object): object => ({
    mark: { type: 'text', align: 'center', baseline: 'middle', dy, fill: INK, ...look },
    encoding: { x, y, text: { field, type: 'nominal' } },
  })
  const isWide = cell > 84
  return chart(options.finding, {
    data: inlineData(data),
    width,
    height: { step: isWide ? 46 : 32 },
    layer: [
      { mark: { type: 'rect', fill: PAPER, stroke: PAPER }, encoding: { x, y } },
      {
        mark: { type: 'rect', fill: BLUE },
        encoding: { x, y, opacity: { field: 'shade', type: 'quantitative', scale: null } },
      },
      text('rate', isWide ? -9 : 0, { fontWeight: 600 }),
      ...(isWide ? [text('interval', 7, { fontSize: 11 })] : []),
    ],
  } as Parameters<typeof chart>[1])
}

/** `Math, n 29`; of judges with different n, from the fewest to the most. */
function subsetLabels(rows: readonly HeatmapRow[]): (subset: string) => string {
  return (subset) => {
    const sizes = [...new Set(rows.filter((row) => row.subset === subset).map(({ n }) => n))].sort((a, b) => a - b)
    const [least, most] = [sizes[0] ?? 0, sizes.at(-1) ?? 0]
    return `${plain(subset)}, n ${least === most ? least : `${least} to ${most}`}`
  }
}

/** The opacity of a rate of 1: light enough for dark letters. */
const SHADES = 0.55
