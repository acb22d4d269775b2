import type { JsonObject } from './vega-lite-spec.js'

/**
 * Colours of figures, by role. In an SVG they stand literally, so that it looks the same in any viewer; a report maps each
 * literal to the colour of its light or dark theme (see `figureRules`).
 */
export const INK = '#1a1a1a'
export const QUIET = '#5f5f5f'
export const RULE = '#dcdcdc'
export const PAPER = '#ffffff'
export const BLUE = '#0072b2'
export const VERMILLION = '#d55e00'
const GREEN = '#009e73'
const PURPLE = '#cc79a7'
const ORANGE = '#e69f00'
const SKY = '#56b4e9'

/** Okabe-Ito without yellow, which is lost on paper, in the order in which judges get them. */
export const PALETTE: readonly string[] = [BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY]

/** Faces of one width, so that text measured here fits there: Arial, Helvetica and Liberation Sans share their metrics. */
export const FIGURE_FONT = 'Helvetica Neue, Helvetica, Arial, Liberation Sans, Nimbus Sans, system-ui, sans-serif'

/** The size of all text in figures, in px. */
export const FIGURE_FONT_SIZE = 13

/** The width of a figure in px; its plot gets what labels leave. Narrow, so that it can be read on a phone. */
export const FIGURE_WIDTH = 480

/** The one Vega-Lite theme. */
export const THEME: JsonObject = {
  background: PAPER,
  font: FIGURE_FONT,
  aria: false,
  view: { stroke: null },
  axis: {
    labelFontSize: FIGURE_FONT_SIZE,
    titleFontSize: FIGURE_FONT_SIZE,
    titleFontWeight: 400,
    labelColor: QUIET,
    titleColor: QUIET,
    gridColor: RULE,
    gridWidth: 0.75,
    domain: false,
    ticks: false,
    labelPadding: 8,
    titlePadding: 10,
    labelLimit: 200,
    labelOverlap: true,
    labelFlush: false,
    labelSeparation: 10,
  },
  text: { fontSize: FIGURE_FONT_SIZE, fill: INK },
  title: { fontSize: FIGURE_FONT_SIZE, fontWeight: 600, color: INK, anchor: 'start', frame: 'group', offset: 8 },
}

/** What each colour is called on a page, and what it becomes on a dark one: the same hue, lighter. */
const ON_A_PAGE: readonly (readonly [light: string, name: string, dark: string])[] = [
  [INK, 'ink', '#e7e5e1'],
  [QUIET, 'quiet', '#a9a6a0'],
  [RULE, 'rule', '#3b3a38'],
  [PAPER, 'paper', '#161615'],
  [BLUE, 'blue', '#5ab4ef'],
  [VERMILLION, 'vermillion', '#ff9256'],
  [GREEN, 'green', '#43cfa3'],
  [PURPLE, 'purple', '#e8a6cb'],
  [ORANGE, 'orange', '#f2bb47'],
  [SKY, 'sky', '#9ad5f7'],
]

/** Style rules by which figures that stand inline in a page take their colours from the page's theme. */
export function figureRules(): string {
  return ON_A_PAGE.flatMap(([light, name]) =>
    ['fill', 'stroke'].map((paint) => `svg [${paint}="${light}"]{${paint}:var(--jl-figure-${name},${light})}`),
  ).join('\n')
}

/** The declarations of a theme's figure colours. Paper is left to the page in the light theme. */
export function figureColours(theme: 'light' | 'dark'): string {
  const shown = theme === 'light' ? ON_A_PAGE.filter(([light]) => light !== PAPER) : ON_A_PAGE
  return shown.map(([light, name, dark]) => `--jl-figure-${name}:${theme === 'light' ? light : dark};`).join('')
}
