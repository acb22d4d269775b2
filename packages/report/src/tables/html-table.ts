import type { Column, Table } from '@judgelab/analysis'
import { escapeHtml } from '../format/escape.js'
import { alignOf, columnTexts, missingNote, sortValue } from './table.js'
import { TABLE_CSS } from './table-css.js'
import { tableData } from './table-data.js'

/**
 * A table as HTML for a notebook cell or a report: three rules, tabular figures aligned on the decimal point, a
 * scroll box of its own with the first column fixed. Carries its own styles, so that it looks right in plain Jupyter.
 * Every text in it is escaped. The table's data go along in an attribute, from which a report makes its downloads.
 */
export function htmlTable(table: Table): string {
  const texts = table.columns.map((column) => columnTexts(column, table.rows))
  const rows = table.rows.map((_, i) =>
    bodyRow(
      table,
      i,
      texts.map((column) => column[i]!),
    ),
  )
  const caption = escapeHtml(table.caption)
  const missing = missingNote(table)
  const note = missing === undefined ? '' : `<p class="jl-table-note">${escapeHtml(missing)}</p>`
  return [
    '<div class="jl-table-figure">',
    `<style>${TABLE_CSS}</style>`,
    `<div class="jl-table-scroll" role="group" tabindex="0" aria-label="${caption}">`,
    `<table class="jl-table"><caption><span class="jl-caption">${caption}</span></caption>`,
    `<thead><tr>${table.columns.map(headCell).join('')}</tr></thead>`,
    `<tbody>${rows.join('\n')}</tbody></table></div>${note}<div class="jl-tools" data-table="${escapeHtml(tableData(table))}"></div></div>`,
  ].join('\n')
}

function headCell(column: Column): string {
  const unit = column.unit === undefined ? '' : ` <span class="jl-unit">${escapeHtml(column.unit)}</span>`
  return `<th scope="col" class="jl-${alignOf(column)}">${escapeHtml(column.label)}${unit}</th>`
}

function bodyRow(table: Table, index: number, texts: readonly string[]): string {
  const cells = table.columns.map((column, i) => {
    const sort = sortValue(column, table.rows[index]!)
    const value = sort === undefined ? '' : ` data-value="${sort}"`
    const tag = i === 0 ? 'th scope="row"' : 'td'
    return `<${tag} class="jl-${alignOf(column)}"${value}>${escapeHtml(texts[i]!)}</${i === 0 ? 'th' : 'td'}>`
  })
  return `<tr${index === table.boldRow ? ' class="jl-bold"' : ''}>${cells.join('')}</tr>`
}
