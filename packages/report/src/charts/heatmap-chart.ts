import { formatPercent } from '../format/numbers.js'
import { type ChartOptions, chart, finite, inlineData, LABEL_AXIS, labelSpace, plain } from './parts.js'
import { widestText } from './text-width.js'
import { BLUE, FIGURE_FONT_SIZE, FIGURE_WIDTH, INK, PAPER } from './theme.js'
import type { VegaLiteSpec } from './vega-lite-spec.js'
import { LABEL_LINE_HEIGHT, wrapLabel, wrapLabels } from './wrap-label.js'

/** A judge's accuracy on one subset. Proportions in [0, 1]; NaN where there is none. */
export interface HeatmapRow {
  readonly judge: string
  readonly subset: string
  readonly accuracy: number
  readonly low: number
  readonly high: number
  readonly n: number
}

/** Judges by subset: the darker, the more often right, with the rate and its interval in every cell; the interval in whole percent where cells are narrow. */
export function heatmapChart(rows: readonly HeatmapRow[], options: ChartOptions): VegaLiteSpec {
  const judges = [...new Set(rows.map(({ judge }) => plain(judge)))]
  const labelOf = subsetLabels(rows)
  const subsets = [...new Set(rows.map(({ subset }) => labelOf(subset)))]
  const width = Math.max(160, FIGURE_WIDTH - labelSpace(subsets))
  const cell = width / Math.max(1, judges.length)
  const isWide = cell > 84
  const isUpright = judges.every((judge) => fitsInto(judge, cell - 2))
  const names = judges.map((judge) => wrapLabel(judge, isUpright ? cell - 2 : SLANTED_LIMIT))
  const height = Math.max(1, ...names.map((lines) => lines.length))
  const labels = new Map(
    judges.map((judge, i) => [judge, isUpright ? atBottom(names[i] ?? [], height) : (names[i] ?? []).join('\n')]),
  )
  const data = rows.map(({ judge, subset, accuracy, low, high, n }) => ({
    judge: labels.get(plain(judge)) ?? '',
    subset: labelOf(subset),
    value: finite(accuracy),
    shade: finite(accuracy) === null ? 0 : SHADES * accuracy,
    rate: Number.isFinite(accuracy) ? formatPercent(accuracy, n) : '–',
    interval: Number.isFinite(low) && Number.isFinite(high) ? intervalText(low, high, isWide ? n : undefined) : '',
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
      labelOverlap: false,
      ...LINES,
      ...(isUpright
        ? { labelAngle: 0, labelAlign: 'center', labelPadding: 4 + (height - 1) * LABEL_LINE_HEIGHT }
        : { labelAngle: -30, labelAlign: 'left' }),
    },
  }
  const y = {
    field: 'subset',
    type: 'nominal',
    sort: null,
    scale: { paddingInner: 0.06 },
    axis: LABEL_AXIS,
  }
  const text = (field: string, dy: number, look: object): object => ({
    mark: { type: 'text', align: 'center', baseline: 'middle', dy, fill: INK, ...look },
    encoding: { x, y, text: { field, type: 'nominal' } },
  })
  return chart(
    options.finding,
    {
      data: inlineData(data),
      width,
      height: { step: 44 },
      layer: [
        { mark: { type: 'rect', fill: PAPER, stroke: PAPER }, encoding: { x, y } },
        {
          mark: { type: 'rect', fill: BLUE },
          encoding: { x, y, opacity: { field: 'shade', type: 'quantitative', scale: null } },
        },
        text('rate', -8, { fontWeight: 600 }),
        text('interval', 8, { fontSize: isWide ? 11 : 10 }),
      ],
    } as Parameters<typeof chart>[1],
    rows,
  )
}

/** True where a name stands in at most three lines without a word broken. */
function fitsInto(name: string, width: number): boolean {
  return widestText(name.split(' '), FIGURE_FONT_SIZE) <= width && wrapLabel(name, width).length <= 3
}

/** Lines under blank ones: Vega sets the first line of a label at its place and the others below it. An empty line would take no height. */
function atBottom(lines: readonly string[], height: number): string {
  return [...Array<string>(height - lines.length).fill('\u2060'), ...lines].join('\n')
}

/** `Math, n 29`; of judges with different n, from the fewest to the most. */
function subsetLabels(rows: readonly HeatmapRow[]): (subset: string) => string {
  return (subset) => {
    const sizes = [...new Set(rows.filter((row) => row.subset === subset).map(({ n }) => n))].sort((a, b) => a - b)
    const [least, most] = [sizes[0] ?? 0, sizes.at(-1) ?? 0]
    return wrapLabels([`${plain(subset)}, n ${least === most ? least : `${least} to ${most}`}`], 200)[0] as string
  }
}

/** `48.9 to 72.1`, without n `49–72`. */
function intervalText(low: number, high: number, n: number | undefined): string {
  if (n !== undefined) return `${formatPercent(low, n)} to ${formatPercent(high, n)}`
  return `${Math.round(100 * low)}–${Math.round(100 * high)}`
}

const LINES = { labelExpr: LABEL_AXIS.labelExpr, labelLineHeight: LABEL_LINE_HEIGHT, labelLimit: 0 } as const

/** The width of a slanted name before it takes a second line, in px. */
const SLANTED_LIMIT = 180

/** The opacity of a rate of 1: light enough for dark letters. */
const SHADES = 0.55
