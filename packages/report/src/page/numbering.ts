import type { Table } from '@judgelab/analysis'
import { tryParseTable } from '../tables/table-data.js'
import { type FigureRows, tryParseRows } from './figure-rows.js'
import { unescapeHtml } from './unescape-html.js'

/** A table of the report whose data are known. */
export interface NumberedTable {
  readonly number: number
  readonly table: Table
}

/** A figure of the report: its picture, already safe, and the data drawn in it, where they are known. */
export interface NumberedFigure {
  readonly number: number
  readonly svg: string
  /** As HTML has it. */
  readonly caption: string
  readonly rows: FigureRows | undefined
}

/**
 * Numbers the figures and tables of a report, in order of appearance, and keeps what downloads are made from. Takes and
 * gives HTML that is already safe.
 */
export interface Numbering {
  /** Puts a number before every `<figcaption>` and `<caption>`, and an anchor on what it belongs to. */
  readonly number: (html: string) => string
  /** A figure around a bare picture, captioned with the picture's own alt text. */
  readonly figure: (svg: string, caption: string) => string
  readonly tables: readonly NumberedTable[]
  readonly figures: readonly NumberedFigure[]
}

/** Starts at figure 1 and table 1. */
export function createNumbering(): Numbering {
  const tables: NumberedTable[] = []
  const figures: NumberedFigure[] = []
  let tableCount = 0
  let figureCount = 0

  const captions = (html: string): string =>
    html
      .replace(/<figure class="jl-figure">/g, () => `<figure class="jl-figure" id="figure-${++figureCount}">`)
      .replace(/<figcaption>/g, () => `<figcaption><span class="jl-number">Figure ${figureCount}.</span> `)
      .replace(/<table class="jl-table"><caption><span class="jl-caption">/g, () => {
        tableCount += 1
        return `<table class="jl-table" id="table-${tableCount}"><caption><span class="jl-caption"><span class="jl-number">Table ${tableCount}.</span> `
      })
      .replace(/<div class="jl-tools"(?: data-table="([^"]*)")?><\/div>/g, (_, data: string | undefined) => {
        const table = tryParseTable(unescapeHtml(data ?? ''))
        if (table === undefined || tables.some(({ number }) => number === tableCount)) return ''
        tables.push({ number: tableCount, table })
        return tableTools(tableCount)
      })

  const downloads = (html: string): string => {
    const [, svg, caption] = FIGURE.exec(html) ?? []
    const plain = html.replace(/ data-rows="[^"]*"/g, '')
    if (svg === undefined || caption === undefined) return plain
    const rows = tryParseRows(unescapeHtml(/ data-rows="([^"]*)"/.exec(svg)?.[1] ?? ''))
    const kept = { number: figureCount, svg: svg.replace(/ data-rows="[^"]*"/g, ''), caption, rows }
    figures.push(kept)
    return plain.replace('</figcaption>', `</figcaption>${figureTools(kept)}`)
  }

  const number = (html: string): string =>
    html
      .split(/(?=<figure |<div class="jl-table-figure">)/)
      .map((part) => downloads(captions(part)))
      .join('')

  return {
    number,
    figure: (svg, caption) => number(`<figure class="jl-figure">${svg}<figcaption>${caption}</figcaption></figure>`),
    tables,
    figures,
  }
}

/** A figure that holds one picture and its caption, as our own do. */
const FIGURE =
  /^<figure class="jl-figure" id="figure-\d+">(<svg .*?<\/svg>)<figcaption><span class="jl-number">[^<]*<\/span> (.*?)<\/figcaption>/s

function tableTools(number: number): string {
  const links = ['csv', 'tex', 'md'].map((kind) =>
    download(`${kind === 'tex' ? 'latex' : 'tables'}/table-${number}.${kind}`, kind),
  )
  return `<p class="jl-tools">Download ${links.join(' ')}</p>`
}

function figureTools({ number, rows }: NumberedFigure): string {
  const kinds = ['svg', 'png', ...(rows === undefined ? [] : ['csv'])]
  return `<p class="jl-tools">Download ${kinds.map((kind) => download(`figures/figure-${number}.${kind}`, kind)).join(' ')}</p>`
}

/** A page whose links to pictures lead to such as could be drawn. `files` are the paths that the report has. */
export function withoutDeadPictures(html: string, files: ReadonlySet<string>): string {
  return html.replace(PNG_LINK, (link, path: string) => (files.has(path) ? link : ''))
}

const PNG_LINK = / <a href="(figures\/figure-\d+\.png)" download>PNG<\/a>/g

const KIND_NAMES: Readonly<Record<string, string>> = {
  csv: 'CSV',
  tex: 'LaTeX',
  md: 'Markdown',
  svg: 'SVG',
  png: 'PNG',
}

function download(path: string, kind: string): string {
  return `<a href="${path}" download>${KIND_NAMES[kind]}</a>`
}
