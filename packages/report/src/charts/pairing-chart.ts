import { type ChartOptions, chart, colourOf, distinctLabels, GRID, inlineData, spread } from './parts.js'
import { widestText } from './text-width.js'
import { FIGURE_FONT_SIZE, FIGURE_WIDTH, QUIET } from './theme.js'
import type { JsonObject, VegaLiteSpec } from './vega-lite-spec.js'

/** What one published comparison says at each number of discordant comparisons that fits it. */
export interface PairingRow {
  readonly label: string
  readonly points: readonly { readonly discordant: number; readonly p: number }[]
}

/** Options of `pairingChart`. */
export interface PairingChartOptions extends ChartOptions {
  /** Comparisons that all rows are of. */
  readonly n: number
  /** p at or below this counts as significant, in (0, 1). */
  readonly alpha: number
}

const HEIGHT = 240
/** p below this is drawn at it. */
const LOWEST = 0.0001
const TICKS = [0.0001, 0.001, 0.01, 0.1, 1]

/** p over the discordant comparisons, a line for each published comparison, on a logarithmic scale, with alpha as a dashed line. */
export function pairingChart(rows: readonly PairingRow[], options: PairingChartOptions): VegaLiteSpec {
  const shown = rows.filter(({ points }) => points.length > 0)
  const labels = distinctLabels(shown.map(({ label }) => label))
  const colour = colourOf(labels, options.colours)
  const most = Math.max(1, ...shown.flatMap(({ points }) => points.map(({ discordant }) => discordant)))
  const names = [...labels, alphaText(options.alpha)]
  const width = Math.max(160, Math.floor(FIGURE_WIDTH - 66 - widestText(names, FIGURE_FONT_SIZE)))
  const x = {
    field: 'discordant',
    type: 'quantitative',
    scale: { domain: [0, most], nice: false },
    axis: { ...GRID, grid: false, title: `Discordant comparisons of ${options.n}`, tickCount: 6 },
  }
  const axis = { ...GRID, title: 'p, logarithmic scale', values: TICKS, format: '~g' }
  const y = { field: 'p', type: 'quantitative', scale: { type: 'log', domain: [LOWEST, 1], nice: false }, axis }
  const data = shown.flatMap(({ points }, i) =>
    points.map(({ discordant, p }) => ({
      label: labels[i] as string,
      discordant,
      p: Math.max(LOWEST, p),
      colour: colour(labels[i] as string),
    })),
  )
  const stroke = { field: 'colour', type: 'nominal', scale: null }
  const single = shown.flatMap(({ points }, i) => (points.length === 1 ? [labels[i] as string] : []))
  return chart(
    options.finding,
    {
      width,
      height: HEIGHT,
      layer: [
        {
          data: inlineData([{ p: options.alpha }]),
          mark: { type: 'rule', stroke: QUIET, strokeDash: [4, 3] },
          encoding: { y },
        },
        {
          data: inlineData(data),
          mark: { type: 'line', strokeWidth: 2, clip: true },
          encoding: { x, y, stroke, detail: { field: 'label', type: 'nominal' } },
        },
        {
          data: inlineData(data.filter(({ label }) => single.includes(label))),
          mark: { type: 'point', size: 50, filled: true, opacity: 1 },
          encoding: { x, y, fill: stroke },
        },
        endNames(shown, labels, colour, options.alpha, width),
      ],
    },
    shown.flatMap(({ label, points }) => points.map((point) => ({ label, ...point }))),
  )
}

function alphaText(alpha: number): string {
  return `alpha ${alpha}`
}

/** Names beside the plot, at the height where their lines end, moved apart where they would overlap. */
function endNames(
  rows: readonly PairingRow[],
  labels: readonly string[],
  colour: (label: string) => string,
  alpha: number,
  width: number,
): JsonObject {
  const height = (p: number): number => (Math.log10(Math.max(LOWEST, p)) / Math.log10(LOWEST)) * HEIGHT
  const ends = [
    ...rows.map(({ points }, i) => ({
      text: labels[i] as string,
      colour: colour(labels[i] as string),
      at: height(points.at(-1)?.p ?? 1),
    })),
    { text: alphaText(alpha), colour: QUIET, at: height(alpha) },
  ]
  const placed = spread(
    ends.map(({ at }) => at),
    FIGURE_FONT_SIZE + 3,
    [4, HEIGHT - 4],
  )
  return {
    data: inlineData(ends.map((end, i) => ({ text: end.text, colour: end.colour, y: placed[i] as number }))),
    mark: { type: 'text', align: 'left', baseline: 'middle', dx: 8 },
    encoding: {
      x: { value: width },
      y: { field: 'y', type: 'quantitative', scale: null, axis: null },
      text: { field: 'text', type: 'nominal' },
      fill: { field: 'colour', type: 'nominal', scale: null },
    },
  }
}
