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
  PERCENT_LABELS,
  plain,
  pointLayer,
  rateTitle,
  spread,
} from './parts.js'
import { widestText } from './text-width.js'
import { FIGURE_FONT_SIZE, FIGURE_WIDTH, INK, QUIET } from './theme.js'
import type { JsonObject, VegaLiteSpec } from './vega-lite-spec.js'

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
  const columns = Math.min(3, Math.max(1, subsets.length))
  const colour = colourOf(judges, options.colours)
  const values = rows.flatMap(({ before, after }) => [before.low, before.high, after.low, after.high])
  const domain = niceDomain(values, 0.1, [0, 1])
  const names = judges.length > 1 ? widestText(judges.map(plain), FIGURE_FONT_SIZE) + 6 : 0
  const isSingle = subsets.length === 1
  const height = isSingle ? 260 : 150
  const width = isSingle
    ? Math.min(300, FIGURE_WIDTH - AXIS_SPACE - names)
    : Math.floor((FIGURE_WIDTH - AXIS_SPACE - 44 - (isSingle ? 0 : names)) / columns)
  const panel = (i: number, { isFirst }: { isFirst: boolean }): JsonObject => {
    const shown = rows.filter((row) => (row.subset ?? '') === subsets[i])
    const n = [...new Set(shown.map((row) => row.n))].map(String).join(', ')
    const title = {
      text: plain(subsets[i]!),
      subtitle: `n ${n}`,
      subtitleColor: QUIET,
      subtitleFontSize: 11.5,
      subtitlePadding: 3,
    }
    const hasNames = judges.length > 1 && (isSingle || (i + 1) % columns === 0 || i === subsets.length - 1)
    return {
      ...(subsets[i] === '' ? {} : { title }),
      width,
      height,
      layer: slopeLayers(shown, {
        domain,
        height,
        ends: options.ends ?? ['baseline', 'tuned'],
        axisTitle: isFirst ? rateTitle('Accuracy', domain) : undefined,
        colour,
        hasNames,
      }),
    }
  }
  return chart(
    options.finding,
    subsets.length === 1 ? panel(0, { isFirst: true }) : panels(subsets.length, columns, panel),
  )
}

const AXIS_SPACE = 52

interface SlopeLayout {
  readonly domain: readonly [number, number]
  readonly height: number
  readonly ends: readonly [string, string]
  /** Undefined where another panel of the row has the axis. */
  readonly axisTitle: string | undefined
  readonly colour: (judge: string) => string
  readonly hasNames: boolean
}

function slopeLayers(rows: readonly SlopeRow[], layout: SlopeLayout): JsonObject[] {
  const axis = {
    ...GRID,
    title: layout.axisTitle ?? null,
    labelExpr: PERCENT_LABELS,
    tickCount: 4,
    labels: layout.axisTitle !== undefined,
  }
  const y = { type: 'quantitative', scale: { domain: layout.domain, zero: false, nice: false }, axis }
  const ends = { title: null, labelAngle: 0, labelColor: QUIET, grid: false, domain: false }
  const x = { field: 'end', type: 'nominal', sort: null, scale: { type: 'point', padding: 0.62 }, axis: ends }
  const colour = { field: 'colour', type: 'nominal', scale: null }
  const points = rows.flatMap((row) => slopePoints(row, layout))
  const value = { x, y: { field: 'value', ...y } }
  return [
    {
      data: inlineData(points),
      mark: { type: 'line', strokeWidth: 1.75 },
      encoding: { ...value, stroke: colour, detail: { field: 'judge', type: 'nominal' } },
    },
    {
      data: inlineData(points),
      mark: { type: 'rule', strokeWidth: 2, opacity: 0.55 },
      encoding: { x, y: { field: 'low', ...y }, y2: { field: 'high' }, stroke: colour },
    },
    ...[true, false].map((isFilled) => ({ data: inlineData(points), ...pointLayer(value, isFilled, 50) })),
    endLabels(rows, layout, x, 0),
    endLabels(rows, layout, x, 1),
  ]
}

function slopePoints({ judge, before, after }: SlopeRow, { ends, colour }: SlopeLayout): JsonObject[] {
  return [before, after].map(({ value, low, high }, i) => ({
    judge: plain(judge),
    end: plain(ends[i]!),
    value: finite(value),
    low: finite(low),
    high: finite(high),
    colour: colour(judge),
    filled: i === 1,
  }))
}

/** The numbers at one end, moved apart where they would overlap. */
function endLabels(rows: readonly SlopeRow[], layout: SlopeLayout, x: JsonObject, end: 0 | 1): JsonObject {
  const [low, high] = layout.domain
  const shown = rows.filter((row) => Number.isFinite(valueAt(row, end)))
  const belongs = shown.map((row) => ((high - valueAt(row, end)) / (high - low)) * layout.height)
  const placed = spread(belongs, FIGURE_FONT_SIZE + 2, [0, layout.height])
  const data = shown.map((row, i) => {
    const name = end === 1 && layout.hasNames ? ` ${plain(row.judge)}` : ''
    return { end: plain(layout.ends[end]), y: placed[i]!, text: `${formatPercent(valueAt(row, end), row.n)}${name}` }
  })
  return {
    data: inlineData(data),
    mark: {
      type: 'text',
      align: end === 0 ? 'right' : 'left',
      baseline: 'middle',
      dx: end === 0 ? -10 : 10,
      fill: INK,
    },
    encoding: {
      x,
      y: { field: 'y', type: 'quantitative', scale: null, axis: null },
      text: { field: 'text', type: 'nominal' },
    },
  }
}

function valueAt(row: SlopeRow, end: 0 | 1): number {
  return end === 0 ? row.before.value : row.after.value
}
