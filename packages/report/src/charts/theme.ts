import type { JsonObject } from './vega-lite-spec.js'

/**
 * Colours of figures, by role. In an SVG they stand literally, so that it looks the same in any viewer; a report maps each
 * literal to the colour of its light or dark theme (see `figureThemeCss`).
 */
export const INK = '#1a1a1a'
export const QUIET = '#5f5f5f'
export const RULE = '#dcdcdc'
export const PAPER = '#ffffff'
export const BLUE = '#0072b2'
export const VERMILLION = '#d55e00'
export const GREEN = '#009e73'
export const PURPLE = '#cc79a7'
export const ORANGE = '#e69f00'
export const SKY = '#56b4e9'

/** Okabe-Ito without yellow, which is lost on paper, in the order in which judges get them. */
export const PALETTE: readonly string[] = [BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY]

/** What each colour becomes on a dark page: the same hue, lighter. */
const DARK: Readonly<Record<string, string>> = {
  [INK]: '#e7e5e1',
  [QUIET]: '#a9a6a0',
  [RULE]: '#3b3a38',
  [BLUE]: '#5ab4ef',
  [VERMILLION]: '#ff9256',
  [GREEN]: '#43cfa3',
  [PURPLE]: '#e8a6cb',
  [ORANGE]: '#f2bb47',
  [SKY]: '#9ad5f7',
}

/** Faces of one width, so that text measured here fits there: Arial, Helvetica and Liberation Sans share their metrics. */
export const FIGURE_FONT = 'Helvetica Neue, Helvetica, Arial, Liberation Sans, Nimbus Sans, system-ui, sans-serif'

/** The size of all text in figures, in px. */
export const FIGURE_FONT_SIZE = 12.5

/** The width of a figure in px; its plot gets what labels leave. */
export const FIGURE_WIDTH = 600

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

/** Rules for a page in which figures stand inline: `.jl-figure` shows the dark colours where `selector` matches. */
export function darkFigureCss(selector: string): string {
  return Object.entries(DARK)
    .flatMap(([light, dark]) => [
      `${selector} svg [fill="${light}"]{fill:${dark}}`,
      `${selector} svg [stroke="${light}"]{stroke:${dark}}`,
    ])
    .join('\n')
}
