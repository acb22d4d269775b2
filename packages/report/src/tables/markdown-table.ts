import type { Table } from '@judgelab/analysis'
import { escapeMarkdown } from '../format/escape.js'
import { alignOf, cellText, headText, missingNote } from './table.js'

/** A table as GitHub Markdown, its caption above and what a dash means below. The row that carries the claim is bold. */
export function markdownTable(table: Table): string {
  const note = missingNote(table)
  const heads = table.columns.map((column) => escapeMarkdown(headText(column)))
  const rules = table.columns.map((column) => ({ left: ':--', right: '--:', center: ':-:' })[alignOf(column)])
  const rows = table.rows.map((row, i) =>
    table.columns.map((column) => {
      const text =
        column.kind === 'text' ? escapeMarkdown(cellText(column, row)) : cellText(column, row).replace('<', '&lt;')
      return i === table.boldRow ? `**${text}**` : text
    }),
  )
  const lines = [heads, rules, ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return `${escapeMarkdown(table.caption)}\n\n${lines.join('\n')}\n${note === undefined ? '' : `\n${escapeMarkdown(note)}\n`}`
}
