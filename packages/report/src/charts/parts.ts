import { showHidden } from '../format/escape.js'
import { widestText } from './text-width.js'
import { FIGURE_FONT_SIZE, INK, PALETTE, PAPER, QUIET, RULE, THEME } from './theme.js'
import type { Json, JsonObject, VegaLiteSpec } from './vega-lite-spec.js'
import { LABEL_LINE_HEIGHT, wrapLabels } from './wrap-label.js'

/** What every chart function takes beside its rows. */
export interface ChartOptions {
  /** What the chart shows, in a sentence: its alt text. */
  readonly finding: string
  /** A colour for each judge, where a report keeps one for each; others get the palette's by order of appearance. */
  readonly colours?: Readonly<Record<string, string>> | undefined
}

/** A whole chart: schema, theme, alt text. `rows` are the data that it draws, as a reader would download them. */
export function chart(finding: string, body: JsonObject, rows?: readonly object[]): VegaLiteSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: showHidden(finding),
    config: THEME,
    padding: 6,
    ...(rows === undefined ? {} : { usermeta: { rows: rows.map(flatRow) } }),
    ...body,
  }
}

/** A row with what is nested in it one level down under names like `before_low`. JSON has no NaN: it becomes null. */
function flatRow(row: object): JsonObject {
  const values = Object.entries(row).flatMap(([key, value]: [string, unknown]): [string, unknown][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([inner, held]) => [`${key}_${inner}`, held])
      : [[key, value]],
  )
  const known = values.filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    known.map(([key, value]) => [key, typeof value === 'number' ? finite(value) : (value as Json)]),
  )
}

/** One colour for each name, by order of appearance. */
export function colourOf(
  names: readonly string[],
  chosen: Readonly<Record<string, string>> = {},
): (name: string) => string {
  const distinct = [...new Set(names)]
  return (name) =>
    (Object.hasOwn(chosen, name) ? chosen[name] : undefined) ?? PALETTE[distinct.indexOf(name) % PALETTE.length] ?? INK
}

/**
 * Text from data as a chart may show it: nothing hidden in it, and on one line. Vega takes a constant that is called as
 * something which every object has, such as `constructor`, for that thing: a joiner of no width keeps them apart.
 */
export function plain(text: string): string {
  const shown = showHidden(text).replace(/\s+/g, ' ').trim()
  return shown in {} ? `${shown}\u2060` : shown
}

/** Labels in which no two are the same: rows that share a label would be drawn on one line. */
export function distinctLabels(labels: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return labels.map((label) => {
    const text = plain(label)
    const count = (seen.get(text) ?? 0) + 1
    seen.set(text, count)
    return count === 1 ? text : `${text} (${count})`
  })
}

/** How wide the labels of rows may be, in px, before they take a second line. */
const LABEL_LIMIT = 200

/** Labels of rows, no two the same, in as many lines as keep each within the limit. */
export function rowLabels(labels: readonly string[]): string[] {
  return wrapLabels(distinctLabels(labels), LABEL_LIMIT)
}

/** The width that an axis of labels takes. */
export function labelSpace(labels: readonly string[]): number {
  const lines = labels.flatMap((label) => label.split('\n'))
  return Math.ceil(widestText(lines, FIGURE_FONT_SIZE)) + 18
}

/** JSON has no NaN: what has no value is null and is not drawn. */
export function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null
}

/** The range of values, widened to multiples of `step` and kept inside `limits`. */
export function niceDomain(
  values: readonly number[],
  step: number,
  [lowest, highest]: readonly [number, number],
): [number, number] {
  const known = values.filter(Number.isFinite)
  if (known.length === 0) return [lowest, highest]
  const low = Math.floor(Math.min(...known) / step + 1e-9) * step
  const high = Math.ceil(Math.max(...known) / step - 1e-9) * step
  return [round(Math.max(lowest, low)), round(Math.min(highest, Math.max(high, low + step)))]
}

function round(value: number): number {
  return Number(value.toFixed(10))
}

/** Data that stands in the spec. */
export function inlineData(values: readonly JsonObject[]): JsonObject {
  return { values }
}

/** A quantitative axis that shows proportions as percentages. */
export const PERCENT_LABELS = "format(datum.value * 100, '.0f')"

/** Says so where an axis of rates does not start at zero. */
export function rateTitle(name: string, [low]: readonly [number, number]): string {
  return low > 0 ? `${name}, % (axis from ${Math.round(100 * low)})` : `${name}, %`
}

/** A dashed line with its name at its end, across a plot: at `x` from top to bottom, or at `y` from left to right. */
export function referenceLine(
  at: { readonly x: number } | { readonly y: number },
  label: string,
  layout: { readonly width: number; readonly scale: JsonObject },
): Json[] {
  const isVertical = 'x' in at
  const encoding = isVertical ? { x: { datum: at.x, ...layout.scale } } : { y: { datum: at.y, ...layout.scale } }
  const text = isVertical
    ? { align: 'center', baseline: 'bottom', dy: -4 }
    : { align: 'left', baseline: 'middle', dx: 6 }
  const end = isVertical ? { y: { value: 0 } } : { x: { value: layout.width } }
  const line = { mark: { type: 'rule', strokeDash: [4, 3], stroke: QUIET, strokeWidth: 1 }, encoding }
  const name = {
    mark: { type: 'text', ...text, fill: QUIET },
    encoding: { ...encoding, ...end, text: { value: plain(label) } },
  }
  return (label === '' ? [line] : [line, name]).map((layer) => ({ data: inlineData([{}]), ...layer }))
}

/** A point: filled for a tuned judge, open for a baseline (paper inside, so that the interval does not show through). */
export function pointLayer(encoding: JsonObject, isFilled: boolean, size = 64): JsonObject {
  const look = isFilled ? { strokeWidth: 1.75 } : { fill: PAPER, strokeWidth: 1.75 }
  const colour = { field: 'colour', type: 'nominal', scale: null }
  return {
    transform: [{ filter: { field: 'filled', equal: isFilled } }],
    mark: { type: 'point', shape: 'circle', size, opacity: 1, ...look },
    encoding: { ...encoding, stroke: colour, ...(isFilled ? { fill: colour } : {}) },
  }
}

/**
 * Where the ticks of an axis stand: at most `most` of them, at multiples of a round number, so that zero is one of them
 * wherever it is in the domain.
 */
export function niceTicks([low, high]: readonly [number, number], most: number): number[] {
  const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1]
  const ticksOf = (step: number): number[] => {
    const first = Math.ceil(low / step - 1e-9)
    const count = Math.floor(high / step + 1e-9) - first + 1
    return Array.from({ length: Math.max(0, count) }, (_, i) => round((first + i) * step))
  }
  return ticksOf(steps.find((step) => ticksOf(step).length <= most) ?? 1)
}

/** The look of an axis of labels, whose lines are parted by line feeds. Nothing of a label is cut off. */
export const LABEL_AXIS: JsonObject = {
  title: null,
  labelColor: INK,
  grid: false,
  labelLimit: 0,
  labelPadding: 12,
  labelOverlap: false,
  labelExpr: "split(datum.label, '\\n')",
  labelLineHeight: LABEL_LINE_HEIGHT,
}

/** The look of an axis of numbers. */
export const GRID: JsonObject = { grid: true, gridColor: RULE }

/**
 * Moves labels apart that would overlap: positions in px, in the order of the input, at least `gap` from each other and
 * as near to where they belong as that allows. Those beyond an end are moved in, and only such others as are in their way.
 */
export function spread(positions: readonly number[], gap: number, [top, bottom]: readonly [number, number]): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a]! - positions[b]!)
  const placed = [...positions]
  for (let pass = 0; pass < 50; pass += 1)
    for (let k = 1; k < order.length; k += 1) {
      const [above, below] = [order[k - 1]!, order[k]!]
      const overlap = gap - (placed[below]! - placed[above]!)
      if (overlap <= 0.01) continue
      placed[above]! -= overlap / 2
      placed[below]! += overlap / 2
    }
  for (const [k, at] of order.entries())
    placed[at] = Math.max(placed[at]!, k === 0 ? top : placed[order[k - 1]!]! + gap)
  for (const [k, at] of order.toReversed().entries())
    placed[at] = Math.min(placed[at]!, k === 0 ? bottom : placed[order.at(-k)!]! - gap)
  return placed.map(round)
}

/** A panel's name and its n, above its plot. As marks they stand at one height in every panel, whatever its axes. */
export function panelHead(name: string, n: readonly number[]): Json[] {
  const range = n.length > 1 ? `${Math.min(...n)} to ${Math.max(...n)}` : String(n[0] ?? 0)
  const lines = [
    { text: plain(name), dy: -24, fontWeight: 600, fill: INK },
    { text: `n ${range}`, dy: -9, fontWeight: 400, fill: QUIET },
  ]
  return lines.map(({ text, ...look }) => ({
    data: inlineData([{}]),
    mark: { type: 'text', align: 'left', baseline: 'alphabetic', ...look },
    encoding: { x: { value: 0 }, y: { value: 0 }, text: { value: text } },
  }))
}
