import {
  type ChartOptions,
  chart,
  colourOf,
  distinctLabels,
  finite,
  GRID,
  inlineData,
  niceDomain,
  niceTicks,
  PERCENT_LABELS,
  pointLayer,
  rateTitle,
} from './parts.js'
import { type LabelPlace, type NamedMark, placeLabels } from './place-labels.js'
import { FIGURE_WIDTH, INK, QUIET } from './theme.js'
import type { JsonObject, VegaLiteSpec } from './vega-lite-spec.js'

/** One judge's cost and accuracy. Rows with the same `judge` share a colour. */
export interface ParetoRow {
  readonly judge: string
  readonly label: string
  /** In the unit of the axis, above 0. */
  readonly cost: number
  /** Proportions in [0, 1]. */
  readonly accuracy: number
  readonly low: number
  readonly high: number
  readonly isTuned: boolean
}

/** Options of `paretoChart`. */
export interface ParetoChartOptions extends ChartOptions {
  /** What the costs are, with their unit. */
  readonly axisTitle: string
}

/**
 * The judges that no other one beats at the same cost or less, cheapest first: each has a higher accuracy than every
 * cheaper one. By the accuracies themselves, not by their intervals.
 */
export function paretoFront(rows: readonly ParetoRow[]): ParetoRow[] {
  const sorted = rows.filter(isDrawn).sort((a, b) => a.cost - b.cost || b.accuracy - a.accuracy)
  let best = Number.NEGATIVE_INFINITY
  return sorted.filter(({ accuracy }) => {
    if (accuracy <= best) return false
    best = accuracy
    return true
  })
}

function isDrawn({ cost, accuracy }: ParetoRow): boolean {
  return cost > 0 && Number.isFinite(cost) && Number.isFinite(accuracy)
}

/** Accuracy over cost on a logarithmic scale, with intervals; the dashed steps are the front. */
export function paretoChart(rows: readonly ParetoRow[], options: ParetoChartOptions): VegaLiteSpec {
  const shown = rows.filter(isDrawn)
  const labels = distinctLabels(shown.map(({ label }) => label))
  const colour = colourOf(
    shown.map(({ judge }) => judge),
    options.colours,
  )
  const costs = shown.map(({ cost }) => cost)
  const range: readonly [number, number] =
    costs.length === 0 ? [1, 10] : [Math.min(...costs) / 1.6, Math.max(...costs) * 3.2]
  const domain = niceDomain(
    shown.flatMap(({ low, high, accuracy }) => [low, high, accuracy]),
    0.1,
    [0, 1],
  )
  const x = {
    type: 'quantitative',
    scale: { type: 'log', domain: range, nice: false },
    axis: { ...GRID, grid: false, title: `${options.axisTitle}, logarithmic scale`, format: '~g', tickCount: 4 },
  }
  const y = {
    type: 'quantitative',
    scale: { domain, zero: false, nice: false },
    axis: { ...GRID, title: rateTitle('Accuracy', domain), labelExpr: PERCENT_LABELS, values: niceTicks(domain, 6) },
  }
  const places = placeLabels(marksOf(shown, labels, range, domain), { width: WIDTH, height: HEIGHT })
  const data = shown.map((row, i) => ({
    label: labels[i] as string,
    ...(places[i] as LabelPlace),
    cost: row.cost,
    value: finite(row.accuracy),
    low: finite(row.low),
    high: finite(row.high),
    colour: colour(row.judge),
    filled: row.isTuned,
  }))
  const front = paretoFront(shown).map(({ cost, accuracy }) => ({ cost, value: accuracy }))
  const point = { x: { field: 'cost', ...x }, y: { field: 'value', ...y } }
  return chart(
    options.finding,
    {
      width: WIDTH,
      height: HEIGHT,
      layer: [
        {
          data: inlineData(front),
          mark: { type: 'line', interpolate: 'step-after', stroke: QUIET, strokeDash: [4, 3], strokeWidth: 1 },
          encoding: point,
        },
        {
          data: inlineData(data),
          layer: [
            {
              mark: { type: 'rule', strokeWidth: 2 },
              encoding: {
                x: { field: 'cost', ...x },
                y: { field: 'low', ...y },
                y2: { field: 'high' },
                stroke: { field: 'colour', type: 'nominal', scale: null },
              },
            },
            pointLayer(point, true),
            pointLayer(point, false),
            {
              mark: { type: 'text', align: of('align'), baseline: 'middle', dx: of('dx'), dy: of('dy'), fill: INK },
              encoding: { ...point, text: { field: 'label', type: 'nominal' } },
            },
          ],
        },
      ],
    },
    rows,
  )
}

const WIDTH = FIGURE_WIDTH - 60
const HEIGHT = 280

/** A property of a mark that each datum has for itself. */
function of(field: string): JsonObject {
  return { expr: `datum.${field}` }
}

/** Where the scales put each judge, in px. */
function marksOf(
  rows: readonly ParetoRow[],
  labels: readonly string[],
  [cheapest, dearest]: readonly [number, number],
  [lowest, highest]: readonly [number, number],
): NamedMark[] {
  const across = (cost: number): number => (WIDTH * Math.log(cost / cheapest)) / Math.log(dearest / cheapest)
  const down = (rate: number): number => (HEIGHT * (highest - rate)) / (highest - lowest)
  return rows.map(({ cost, accuracy, low, high }, i) => {
    const y = down(accuracy)
    const [top, bottom] = [down(high), down(low)].map((at) => (Number.isFinite(at) ? at : y)) as [number, number]
    return { label: labels[i] as string, x: across(cost), y, top, bottom }
  })
}
