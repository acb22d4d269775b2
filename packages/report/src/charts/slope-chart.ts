import { formatPercent } from '../format/numbers.js'
import { panels } from './panels.js'
import {
  type ChartOptions,
  chart,
  colourOf,
  finite,
  GRID,
  inlineData,
  niceDomain,
  niceTicks,
  PERCENT_LABELS,
  panelHead,
  plain,
  pointLayer,
  rateTitle,
  spread,
} from './parts.js'
import { widestText } from './text-width.js'
import { FIGURE_FONT_SIZE, FIGURE_WIDTH, INK, QUIET } from './theme.js'
import type { Json, JsonObject, VegaLiteSpec } from './vega-lite-spec.js'

/** A judge before and after tuning, overall or on one subset. */
export interface SlopeRow {
  readonly judge: string
  /** Rows with a subset stand in a panel of that name. */
  readonly subset?: string | undefined
  readonly before: SlopePoint
  readonly after: SlopePoint
  readonly n: number
}

/** A proportion in [0, 1] with its interval. */
export interface SlopePoint {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Options of `slopeChart`. */
export interface SlopeChartOptions extends ChartOptions {
  /** Names of the two ends; default to `baseline` and `tuned`. */
  readonly ends?: readonly [string, string] | undefined
}

/** Before and after: a line from an open to a filled mark with their intervals; one panel a subset on a shared scale. */
export function slopeChart(rows: readonly SlopeRow[], options: SlopeChartOptions): VegaLiteSpec {
  const subsets = [...new Set(rows.map((row) => row.subset ?? ''))]
  const judges = [...new Set(rows.map((row) => row.judge))]
  const columns = Math.min(2, Math.max(1, subsets.length))
  const domain = niceDomain(
    rows.flatMap(({ before, after }) => [before.low, before.high, after.low, after.high]),
    subsets.length > 1 ? 0.2 : 0.1,
    [0, 1],
  )
  const names = judges.length > 1 ? widestText(judges.map(plain), FIGURE_FONT_SIZE) + 6 : 0
  const layout = {
    domain,
    width: panelWidth(columns, names),
    height: columns === 1 ? 260 : 66,
    ends: [plain(options.ends?.[0] ?? 'baseline'), plain(options.ends?.[1] ?? 'tuned')] as const,
    judges,
    colour: colourOf(judges, options.colours),
  }
  const panel = (i: number): JsonObject => {
    const shown = rows.filter((row) => (row.subset ?? '') === subsets[i])
    const isRowEnd = (i + 1) % columns === 0 || i === subsets.length - 1
    const axis = {
      title: subsets.length === 1 ? rateTitle('Accuracy', domain) : null,
      labels: i % columns === 0,
      ends: i + columns >= subsets.length,
    }
    const head = subsets[i] === '' ? [] : panelHead(subsets[i]!, [...new Set(shown.map((row) => row.n))])
    const { width, height } = layout
    return { width, height, layer: [...slopeLayers(shown, layout, axis, judges.length > 1 && isRowEnd), ...head] }
  }
  const body =
    subsets.length === 1
      ? panel(0)
      : { title: panelsTitle(rateTitle('Accuracy', domain)), ...panels(subsets.length, columns, panel) }
  return chart(options.finding, body, rows)
}

/** What all panels show, above them: beside one of them there is no room for it. */
function panelsTitle(text: string): JsonObject {
  return { text, fontWeight: 400, color: QUIET, anchor: 'start', offset: 14 }
}

/** What the axis and the names of judges leave; a single panel need not be wide to show its slopes. */
function panelWidth(columns: number, names: number): number {
  const axis = 56
  const gaps = 22 * (columns - 1)
  return Math.min(340, Math.floor((FIGURE_WIDTH - axis - gaps - names) / columns))
}

interface SlopeLayout {
  readonly domain: readonly [number, number]
  readonly width: number
  readonly height: number
  readonly ends: readonly [string, string]
  readonly judges: readonly string[]
  readonly colour: (judge: string) => string
}

/** How far apart the marks of two judges stand, so that their intervals can be told apart, in px. */
const DODGE = 7

function slopeLayers(
  rows: readonly SlopeRow[],
  layout: SlopeLayout,
  { ends: hasEnds, ...axis }: { readonly title: string | null; readonly labels: boolean; readonly ends: boolean },
  hasNames: boolean,
): Json[] {
  const scale = { domain: layout.domain, zero: false, nice: false }
  const y = {
    type: 'quantitative',
    scale,
    axis: {
      ...GRID,
      ...axis,
      labelExpr: PERCENT_LABELS,
      values: niceTicks(layout.domain, layout.height < 120 ? 4 : 6),
    },
  }
  const ends = { title: null, labels: hasEnds, labelAngle: 0, labelColor: QUIET, grid: false, domain: false }
  const sides = scaleRoom(rows, layout.width)
  const x = {
    field: 'end',
    type: 'nominal',
    sort: null,
    scale: { domain: layout.ends, type: 'point', padding: sides / (layout.width - 2 * sides) },
    axis: ends,
  }
  return [
    ...rows.flatMap((row) => judgeLayers(row, layout, x, y)),
    endLabels(rows, layout, x, { end: 0, hasNames: false }),
    endLabels(rows, layout, x, { end: 1, hasNames }),
  ]
}

/** Room for the numbers on both sides of the slopes. */
function scaleRoom(rows: readonly SlopeRow[], width: number): number {
  const numbers = rows.flatMap((row) => [row.before.value, row.after.value].map((value) => formatPercent(value, row.n)))
  return Math.min(width / 3, widestText(numbers, FIGURE_FONT_SIZE) + 16 + (DODGE * rows.length) / 2)
}

function judgeLayers(row: SlopeRow, layout: SlopeLayout, x: JsonObject, y: JsonObject): Json[] {
  const xOffset = dodge(row.judge, layout)
  const stroke = { field: 'colour', type: 'nominal', scale: null }
  const value = { x, y: { field: 'value', ...y } }
  const data = inlineData(slopePoints(row, layout))
  const dodged = (layer: JsonObject): JsonObject => ({
    ...layer,
    data,
    mark: { ...(layer.mark as JsonObject), xOffset },
  })
  return [
    { mark: { type: 'line', strokeWidth: 1.75 }, encoding: { ...value, stroke } },
    {
      mark: { type: 'rule', strokeWidth: 2, opacity: 0.55 },
      encoding: { x, y: { field: 'low', ...y }, y2: { field: 'high' }, stroke },
    },
    pointLayer(value, true, 50),
    pointLayer(value, false, 50),
  ].map(dodged)
}

function dodge(judge: string, { judges }: SlopeLayout): number {
  return DODGE * (judges.indexOf(judge) - (judges.length - 1) / 2)
}

function slopePoints({ judge, before, after }: SlopeRow, { ends, colour }: SlopeLayout): JsonObject[] {
  return [before, after].map(({ value, low, high }, i) => ({
    end: ends[i]!,
    value: finite(value),
    low: finite(low),
    high: finite(high),
    colour: colour(judge),
    filled: i === 1,
  }))
}

/** The numbers at one end, moved apart where they would overlap. */
function endLabels(
  rows: readonly SlopeRow[],
  layout: SlopeLayout,
  x: JsonObject,
  { end, hasNames }: { readonly end: 0 | 1; readonly hasNames: boolean },
): Json {
  const [low, high] = layout.domain
  const at = (row: SlopeRow): number => (end === 0 ? row.before.value : row.after.value)
  const shown = rows.filter((row) => Number.isFinite(at(row)))
  const belongs = shown.map((row) => ((high - at(row)) / (high - low)) * layout.height)
  const placed = spread(belongs, FIGURE_FONT_SIZE + 2, [0, layout.height])
  const data = shown.map((row, i) => {
    const number = formatPercent(at(row), row.n)
    return { end: layout.ends[end], y: placed[i]!, text: hasNames ? `${number} ${plain(row.judge)}` : number }
  })
  const dx = 10 + (DODGE * (layout.judges.length - 1)) / 2
  return {
    data: inlineData(data),
    mark: {
      type: 'text',
      align: end === 0 ? 'right' : 'left',
      baseline: 'middle',
      dx: end === 0 ? -dx : dx,
      fill: INK,
    },
    encoding: {
      x,
      y: { field: 'y', type: 'quantitative', scale: null, axis: null },
      text: { field: 'text', type: 'nominal' },
    },
  }
}
