import { formatPercent } from '../format/numbers.js'
import { type ChartOptions, chart, finite, inlineData, LABEL_AXIS, labelSpace, plain } from './parts.js'
import { widestText } from './text-width.js'
import { BLUE, FIGURE_FONT_SIZE, FIGURE_WIDTH, INK, PAPER } from './theme.js'
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

/** Judges by subset: the darker, the more often right, with the rate and its interval in every cell; the interval in whole percent where cells are narrow. */
export function heatmapChart(rows: readonly HeatmapRow[], options: ChartOptions): VegaLiteSpec {
  const judges = [...new Set(rows.map(({ judge }) => plain(judge)))]
  const labelOf = subsetLabels(rows)
  const subsets = [...new Set(rows.map(({ subset }) => labelOf(subset)))]
  const width = Math.max(160, FIGURE_WIDTH - labelSpace(subsets))
  const cell = width / Math.max(1, judges.length)
  const isWide = cell > 84
  const names = judges.map((judge) => wrapped(judge, cell - 2))
  const isUpright = names.every((lines) => lines.length > 0)
  const height = Math.max(1, ...names.map((lines) => lines.length))
  const labels = new Map(judges.map((judge, i) => [judge, isUpright ? atBottom(names[i] ?? [], height) : judge]))
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
      ...(isUpright
        ? { ...UPRIGHT, labelLimit: cell, labelPadding: 4 + (height - 1) * LINE_HEIGHT }
        : { labelAngle: -30, labelAlign: 'left', labelLimit: 130 }),
    },
  }
  const y = {
    field: 'subset',
    type: 'nominal',
    sort: null,
    scale: { paddingInner: 0.06 },
    axis: { ...LABEL_AXIS, labelLimit: 200 },
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

/** A name in at most three lines, broken between words; none where it does not fit. */
function wrapped(name: string, width: number): string[] {
  const fits = (text: string): boolean => widestText([text], FIGURE_FONT_SIZE) <= width
  const lines: string[] = []
  for (const word of name.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.length <= 3 && lines.every(fits) ? lines : []
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
    return `${plain(subset)}, n ${least === most ? least : `${least} to ${most}`}`
  }
}

/** `48.9 to 72.1`, without n `49–72`. */
function intervalText(low: number, high: number, n: number | undefined): string {
  if (n !== undefined) return `${formatPercent(low, n)} to ${formatPercent(high, n)}`
  return `${Math.round(100 * low)}–${Math.round(100 * high)}`
}

const LINE_HEIGHT = FIGURE_FONT_SIZE + 2

const UPRIGHT = {
  labelAngle: 0,
  labelAlign: 'center',
  labelExpr: "split(datum.label, '\\n')",
  labelLineHeight: LINE_HEIGHT,
}

/** The opacity of a rate of 1: light enough for dark letters. */
const SHADES = 0.55
