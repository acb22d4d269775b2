import { digestText } from '@judgelab/core'
import { escapeHtml } from '../format/escape.js'
import { textWidth } from './text-width.js'
import { FIGURE_FONT } from './theme.js'
import type { VegaLiteSpec } from './vega-lite-spec.js'
import { LABEL_LINE_HEIGHT } from './wrap-label.js'

/**
 * Draws a chart as SVG, the same bytes for the same spec. Its `description` becomes the alt text; the rows in its
 * `usermeta` go along in an attribute, from which a report makes its downloads.
 *
 * All data must stand in the spec: nothing is read from the network or from disk.
 *
 * @throws {Error} if the spec asks for outside data or cannot be drawn
 */
export async function renderSvg(spec: VegaLiteSpec): Promise<string> {
  // Both use top-level await somewhere below, which a notebook's `require` cannot load: hence not at the top.
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')])
  measureText(vega)
  const problems: string[] = []
  const view = new vega.View(vega.parse(vegaLite.compile(spec as never).spec), {
    renderer: 'none',
    loader: refusingLoader(problems),
    logger: collectingLogger(problems),
  })
  const svg = await view.toSVG()
  view.finalize()
  if (problems.length > 0) throw new Error(`renderSvg needs a spec that can be drawn, got ${problems[0]}`)
  return withOwnIds(withAltText(withCentredLabels(svg), spec), digestText(JSON.stringify(spec)).slice(0, 8))
}

interface TextItem {
  readonly fontSize?: number
  readonly fontWeight?: number | string
  readonly text?: unknown
}

/** Vega measures with a canvas, or guesses where there is none; its types leave out that it can be told how. */
function measureText(vega: object): void {
  ;(vega as { textMetrics: { width: typeof measure } }).textMetrics.width = measure
}

function measure(item: TextItem, text: unknown): number {
  const isBold = item.fontWeight === 'bold' || Number(item.fontWeight) >= 600
  return textWidth(String(text ?? ''), item.fontSize ?? 11, isBold)
}

type Refuse = (address: string) => Promise<never>

interface RefusingLoader {
  readonly load: Refuse
  readonly http: Refuse
  readonly file: Refuse
  readonly sanitize: Refuse
  readonly options: object
}

/** Vega only warns when loading fails, and draws on without the data: a refusal is a problem of its own. */
function refusingLoader(problems: string[]): RefusingLoader {
  const refuse: Refuse = async (address) => {
    problems.push(`data from ${address}`)
    throw new Error(`nothing is loaded from ${address}`)
  }
  return { load: refuse, http: refuse, file: refuse, sanitize: refuse, options: {} }
}

function collectingLogger(problems: string[]): CollectingLogger {
  const collect = (...words: readonly unknown[]): CollectingLogger => {
    problems.push(words.map((word) => (word instanceof Error ? word.message : String(word))).join(' '))
    return logger
  }
  const ignore = (): CollectingLogger => logger
  const logger: CollectingLogger = { level: () => 1, error: collect, warn: ignore, info: ignore, debug: ignore }
  return logger
}

interface CollectingLogger {
  level: () => number
  error: (...words: readonly unknown[]) => CollectingLogger
  warn: () => CollectingLogger
  info: () => CollectingLogger
  debug: () => CollectingLogger
}

/** Vega sets the first line of a row's label where its middle belongs: labels of several lines are moved up by half. */
function withCentredLabels(svg: string): string {
  return svg.replace(ROW_LABEL, (_, x: string, y: string, rest: string) => {
    const lines = rest.split('<tspan').length - 1
    return `<text text-anchor="end" transform="translate(${x},${Number(y) - ((lines - 1) * LABEL_LINE_HEIGHT) / 2})"${rest}`
  })
}

const ROW_LABEL =
  /<text text-anchor="end" transform="translate\(([-\d.]+),([-\d.]+)\)"([^>]*>(?:<tspan[^>]*>[^<]*<\/tspan>)+<\/text>)/g

function withAltText(svg: string, { description, usermeta }: VegaLiteSpec): string {
  const rows = (usermeta as { readonly rows?: unknown } | undefined)?.rows
  const data = rows === undefined ? '' : ` data-rows="${escapeHtml(JSON.stringify(rows))}"`
  const own = `role="img" aria-label="${escapeHtml(description)}"${data} font-family="${FIGURE_FONT}"`
  return svg.replace(/^<svg /, () => `<svg ${own} `).replace(' class="marks"', ' class="jl-chart"')
}

/**
 * Gives ids that no other figure of a page has, and leaves out attributes that only say what is so anyway. Vega counts
 * its ids through a whole process: they are counted anew. Axis labels that it hides, as they would overlap, go as well.
 * Touches tags only, never text.
 */
function withOwnIds(svg: string, prefix: string): string {
  const ids = new Map<string, string>()
  const renamed = (id: string): string => {
    if (!ids.has(id)) ids.set(id, `jl-${prefix}-${ids.size}`)
    return ids.get(id)!
  }
  const [root = '', ...tags] = svg.split(/(?=<)/)
  const slim = tags.map((tag) =>
    tag.replace(/^<[^>]+>/, (open) =>
      open
        .replace(/ id="([^"]+)"/, (_, id: string) => ` id="${renamed(id)}"`)
        .replace(/url\(#([^)]+)\)/, (_, id: string) => `url(#${renamed(id)})`)
        .replace(/ (opacity="1"|pointer-events="none"|aria-[a-z]+="[^"]*"|role="graphics[^"]*")/g, '')
        .replace(` font-family="${FIGURE_FONT}"`, ''),
    ),
  )
  return [root, ...slim].join('').replace(/<text[^>]* opacity="0"[^>]*>[^<]*<\/text>/g, '')
}
