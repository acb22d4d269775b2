import type { Table } from '@judgelab/analysis'
import { htmlFigure } from '../charts/html-figure.js'
import { renderSvg } from '../charts/render-svg.js'
import type { VegaLiteSpec } from '../charts/vega-lite-spec.js'
import { escapeHtml } from '../format/escape.js'
import { htmlTable } from '../tables/html-table.js'

/** A table as HTML, or, where it has no rows, the words that say why. */
export function tableOrWords(table: Table, words: string): string {
  return table.rows.length === 0 ? `<p>${escapeHtml(words)}</p>` : htmlTable(table)
}

/** A picture with its finding as HTML, or, where there is none, the words that say why. */
export async function figureOrWords(spec: VegaLiteSpec | undefined, words: string): Promise<string> {
  if (spec === undefined) return `<p>${escapeHtml(words)}</p>`
  return htmlFigure(await renderSvg(spec), spec.description)
}
