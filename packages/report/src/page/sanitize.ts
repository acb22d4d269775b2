import sanitizeHtml from 'sanitize-html'
import { showHidden } from '../format/escape.js'

/**
 * HTML or SVG that a notebook's cell showed, with nothing in it that runs, styles, links or loads: a fixed list of
 * elements and attributes is kept, everything else is dropped. What the page's own policy would also block never
 * reaches it.
 */
export function sanitizeOutput(html: string): string {
  return sanitizeHtml(showHidden(html), OPTIONS)
}

const HTML_TAGS = [
  ...['p', 'div', 'span', 'br', 'hr', 'b', 'strong', 'i', 'em', 'u', 's', 'sub', 'sup', 'small', 'code', 'pre', 'kbd'],
  ...['h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'figure', 'figcaption', 'img'],
  ...['table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
]

const SVG_TAGS = [
  ...['svg', 'g', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text', 'tspan'],
  ...['defs', 'clipPath', 'linearGradient', 'radialGradient', 'stop'],
]

const SVG_ATTRIBUTES = [
  ...['xmlns', 'viewBox', 'width', 'height', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'dx', 'dy', 'cx', 'cy', 'r', 'rx', 'ry'],
  ...['d', 'points', 'transform', 'fill', 'fill-opacity', 'fill-rule', 'stroke', 'stroke-width', 'stroke-dasharray'],
  ...['stroke-opacity', 'stroke-linecap', 'stroke-linejoin', 'stroke-miterlimit', 'opacity', 'clip-path', 'clip-rule'],
  ...[
    'font-size',
    'font-weight',
    'font-style',
    'font-family',
    'text-anchor',
    'dominant-baseline',
    'offset',
    'stop-color',
  ],
  ...['stop-opacity', 'gradientUnits', 'gradientTransform', 'clipPathUnits'],
]

/** What our own tables and figures call their parts, and nothing that the page or its script calls so. */
const OUR_CLASSES = [
  ...['jl-table-figure', 'jl-table-scroll', 'jl-table', 'jl-table-note', 'jl-caption', 'jl-unit', 'jl-bold'],
  ...['jl-left', 'jl-right', 'jl-center', 'jl-figure', 'jl-chart', 'jl-tools'],
]

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: [...HTML_TAGS, ...SVG_TAGS],
  allowedAttributes: {
    '*': ['role', 'aria-label', 'aria-hidden'],
    td: ['colspan', 'rowspan', 'data-value'],
    th: ['colspan', 'rowspan', 'scope', 'data-value'],
    img: ['src', 'alt', 'width', 'height'],
    div: ['tabindex', 'data-table'],
    ...Object.fromEntries(SVG_TAGS.map((tag) => [tag, SVG_ATTRIBUTES])),
    svg: [...SVG_ATTRIBUTES, 'data-rows'],
    clipPath: [...SVG_ATTRIBUTES, 'id'],
    linearGradient: [...SVG_ATTRIBUTES, 'id'],
    radialGradient: [...SVG_ATTRIBUTES, 'id'],
  },
  allowedClasses: { '*': [...OUR_CLASSES] },
  allowedSchemes: [],
  allowedSchemesByTag: { img: ['data'] },
  allowProtocolRelative: false,
  nestingLimit: 60,
  parser: { lowerCaseTags: false, lowerCaseAttributeNames: false },
  transformTags: { '*': (tagName, attributes) => ({ tagName, attribs: ownAttributes(tagName, attributes) }) },
  exclusiveFilter: (frame) => frame.tag === 'img' && frame.attribs.src === undefined,
}

/** Keeps attributes whose values can do nothing, and turns a table's inline alignment into a class. */
function ownAttributes(tag: string, attributes: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.fromEntries(Object.entries(attributes).filter(([name, value]) => isHarmless(name, value)))
  if (tag === 'svg' && kept.class === 'jl-chart')
    return { ...kept, width: enlarged(kept.width), height: enlarged(kept.height) }
  const align = /^(td|th)$/.test(tag)
    ? /text-align:\s*(left|right|center)/.exec(attributes.style ?? '')?.[1]
    : undefined
  return align === undefined ? kept : { ...kept, class: `jl-${align}` }
}

/** Charts are drawn narrow for phones; beside a page's text their words have its captions' size a little enlarged. */
function enlarged(length: string | undefined): string {
  return String(Math.round(1.12 * Number(length)))
}

/** References stay inside the document, nothing is empty (XML knows no bare attribute), ids are figures' own, pictures are bitmaps that stand in the page. */
function isHarmless(name: string, value: string): boolean {
  if (name === 'src') return /^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+$/.test(value)
  if (name === 'id') return /^jl-[0-9a-f]{8}-\d+$/.test(value)
  if (name === 'tabindex') return value === '0'
  if (value === '' && name !== 'alt') return false
  return !/url\s*\(/i.test(value) || /^url\(#jl-[0-9a-f]{8}-\d+\)$/.test(value)
}
