import { type ChartOptions, chart, colourOf, GRID, inlineData, plain } from './parts.js'
import { FIGURE_WIDTH } from './theme.js'
import type { JsonObject, VegaLiteSpec } from './vega-lite-spec.js'

/** One measured thing. Rows with a group stand in a panel of that name. */
export interface HistogramRow {
  readonly value: number
  readonly group?: string | undefined
}

/** Options of `histogramChart`. */
export interface HistogramChartOptions extends ChartOptions {
  /** What is measured, with its unit: the axis title. */
  readonly axisTitle: string
  /** About how many bars; defaults to 30. */
  readonly bins?: number | undefined
}

/** How values are spread: counts from zero in equal bins; groups under each other on shared scales. */
export function histogramChart(rows: readonly HistogramRow[], options: HistogramChartOptions): VegaLiteSpec {
  const groups = [...new Set(rows.map((row) => row.group ?? ''))]
  const values = rows.map((row) => row.value).filter(Number.isFinite)
  const step = niceStep(values, options.bins ?? 30)
  const colour = colourOf(groups, options.colours)
  const binned = groups.map((group) =>
    binCounts(
      rows.filter((row) => (row.group ?? '') === group),
      step,
    ),
  )
  const first = Math.min(...binned.flat().map((bin) => bin.start))
  const last = Math.max(...binned.flat().map((bin) => bin.end))
  const most = Math.max(1, ...binned.flat().map((bin) => bin.count))
  const panel = (group: string, i: number): JsonObject => ({
    ...(group === '' ? {} : { title: plain(group) }),
    data: inlineData(binned[i]!.map((bin) => ({ ...bin }))),
    width: FIGURE_WIDTH - 60,
    height: groups.length > 1 ? 90 : 190,
    mark: { type: 'bar', fill: colour(group), binSpacing: 1 },
    encoding: {
      x: {
        field: 'start',
        type: 'quantitative',
        bin: { binned: true, step },
        scale: { domain: [first, last], nice: false, zero: false },
        axis: { ...GRID, grid: false, title: i === groups.length - 1 ? options.axisTitle : null, tickCount: 8 },
      },
      x2: { field: 'end' },
      y: {
        field: 'count',
        type: 'quantitative',
        scale: { domain: [0, most] },
        axis: { ...GRID, title: 'Count', tickCount: 3, format: ',d' },
      },
    },
  })
  return chart(
    options.finding,
    groups.length === 1 ? panel(groups[0]!, 0) : { spacing: 14, vconcat: groups.map(panel) },
    groups.flatMap((group, i) => binned[i]!.map((bin) => ({ ...(group === '' ? {} : { group }), ...bin }))),
  )
}

interface Bin {
  readonly start: number
  readonly end: number
  readonly count: number
}

function binCounts(rows: readonly HistogramRow[], step: number): Bin[] {
  const counts = new Map<number, number>()
  for (const { value } of rows) {
    if (!Number.isFinite(value)) continue
    const index = Math.floor(value / step + 1e-9)
    counts.set(index, (counts.get(index) ?? 0) + 1)
  }
  const edge = (index: number): number => Number((index * step).toPrecision(12))
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([index, count]) => ({ start: edge(index), end: edge(index + 1), count }))
}

/** One, two or five times a power of ten, so that about `bins` bins cover the values. */
function niceStep(values: readonly number[], bins: number): number {
  const [low, high] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity])
  const raw = (high - low) / bins
  if (!(raw > 0) || !Number.isFinite(raw)) return 1
  const power = 10 ** Math.floor(Math.log10(raw))
  return ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power
}
