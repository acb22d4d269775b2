import { formatInteger } from '../format/numbers.js'
import { type ChartOptions, chart, GRID, inlineData, PERCENT_LABELS, spread } from './parts.js'
import { widestText } from './text-width.js'
import { FIGURE_FONT_SIZE, FIGURE_WIDTH, PALETTE, QUIET } from './theme.js'
import type { JsonObject, VegaLiteSpec } from './vega-lite-spec.js'

/** The chance that a test of `n` comparisons reports a true difference. Proportions in [0, 1]. */
export interface PowerRow {
  readonly n: number
  readonly difference: number
  readonly power: number
}

/** Options of `powerChart`. */
export interface PowerChartOptions extends ChartOptions {
  /** The power that is wanted; defaults to 0.8. */
  readonly wanted?: number | undefined
  /** The observed difference in [0, 1], marked on the axis. */
  readonly observed?: number | undefined
}

const HEIGHT = 220

/** Power over the true difference, a line for each number of comparisons, named at its end. */
export function powerChart(rows: readonly PowerRow[], options: PowerChartOptions): VegaLiteSpec {
  const { wanted = 0.8, observed } = options
  const sizes = [...new Set(rows.map(({ n }) => n))].sort((a, b) => a - b)
  const widest = Math.max(0.01, ...rows.map(({ difference }) => difference))
  const names = sizes.map((n) => `n = ${formatInteger(n)}`)
  const reference = `power ${wanted}`
  const width = Math.floor(FIGURE_WIDTH - 58 - widestText([...names, reference], FIGURE_FONT_SIZE) - 10)
  const x = {
    field: 'difference',
    type: 'quantitative',
    scale: { domain: [0, widest], nice: false },
    axis: {
      ...GRID,
      grid: false,
      title: 'True difference, points',
      labelExpr: "format(datum.value * 100, '~g')",
      tickCount: 6,
    },
  }
  const y = {
    field: 'power',
    type: 'quantitative',
    scale: { domain: [0, 1], nice: false },
    axis: { ...GRID, title: 'Power, %', labelExpr: PERCENT_LABELS, values: [0, 0.25, 0.5, 0.75, 1] },
  }
  const colour = (n: number): string => PALETTE[sizes.indexOf(n) % PALETTE.length] as string
  const isMarked = observed !== undefined && Math.abs(observed) <= widest
  return chart(
    options.finding,
    {
      width,
      height: HEIGHT,
      layer: [
        {
          data: inlineData([{ power: wanted }]),
          mark: { type: 'rule', stroke: QUIET, strokeDash: [4, 3] },
          encoding: { y },
        },
        ...(isMarked
          ? [
              {
                data: inlineData([{ difference: Math.abs(observed) }]),
                mark: { type: 'rule', stroke: QUIET, strokeWidth: 1 },
                encoding: { x },
              },
              {
                data: inlineData([{ difference: Math.abs(observed) }]),
                mark: { type: 'text', align: 'center', baseline: 'bottom', dy: -4, fill: QUIET },
                encoding: { x, y: { value: 0 }, text: { value: 'observed' } },
              },
            ]
          : []),
        {
          data: inlineData(rows.map((row) => ({ ...row, colour: colour(row.n) }))),
          mark: { type: 'line', strokeWidth: 2 },
          encoding: {
            x,
            y,
            stroke: { field: 'colour', type: 'nominal', scale: null },
            detail: { field: 'n', type: 'nominal' },
          },
        },
        endNames(rows, sizes, colour, { wanted, reference, width }),
      ],
    },
    rows,
  )
}

function endNames(
  rows: readonly PowerRow[],
  sizes: readonly number[],
  colour: (n: number) => string,
  { wanted, reference, width }: { readonly wanted: number; readonly reference: string; readonly width: number },
): JsonObject {
  const ends = [
    ...sizes.map((n) => ({
      text: `n = ${formatInteger(n)}`,
      colour: colour(n),
      at: 1 - (rows.findLast((row) => row.n === n)?.power ?? 0),
    })),
    { text: reference, colour: QUIET, at: 1 - wanted },
  ]
  const placed = spread(
    ends.map(({ at }) => at * HEIGHT),
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
