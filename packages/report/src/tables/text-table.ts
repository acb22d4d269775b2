import type { Table } from '@judgelab/analysis'
import stringWidth from 'string-width'
import { showHidden } from '../format/escape.js'
import { alignOf, columnTexts, headText, missingNote } from './table.js'

/** How far a column of words may be cut to fit. */
const NARROWEST = 8

/**
 * A table for the terminal, its caption above and what a dash means below. Columns are aligned; when the whole is wider than `width`, columns of
 * words are cut, the widest first. Escape sequences in texts are shown, not obeyed.
 */
export function textTable(table: Table, options: { readonly width?: number } = {}): string {
  const texts = table.columns.map((column) =>
    [headText(column), ...columnTexts(column, table.rows)].map((text) => oneLine(text.replaceAll('\u2007', ' '))),
  )
  const widths = fitWidths(
    table,
    texts.map((column) => Math.max(...column.map((text) => stringWidth(text)))),
    options.width,
  )
  const line = (row: number): string =>
    texts
      .map((column, i) => pad(column[row]!, widths[i]!, alignOf(table.columns[i]!)))
      .join('  ')
      .trimEnd()
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width, 2 * (widths.length - 1)))
  const rows = table.rows.map((_, i) => line(i + 1))
  const missing = missingNote(table)
  const note = missing === undefined ? [] : [oneLine(missing)]
  return [oneLine(table.caption), rule, line(0), rule, ...rows, rule, ...note, ''].join('\n')
}

function oneLine(text: string): string {
  return showHidden(text).replace(/\s*[\n\t]\s*/g, ' ')
}

function fitWidths(table: Table, natural: readonly number[], total: number | undefined): number[] {
  const widths = [...natural]
  if (total === undefined) return widths
  const isWords = (i: number): boolean => table.columns[i]!.kind === 'text' && widths[i]! > NARROWEST
  let excess = widths.reduce((sum, width) => sum + width, 2 * (widths.length - 1)) - total
  while (excess > 0) {
    const words = widths.map((_, i) => i).filter(isWords)
    if (words.length === 0) break
    const widest = words.reduce((a, b) => (widths[b]! > widths[a]! ? b : a))
    widths[widest]! -= 1
    excess -= 1
  }
  return widths
}

function pad(text: string, width: number, align: 'left' | 'right' | 'center'): string {
  const cut = truncate(text, width)
  const gap = width - stringWidth(cut)
  const before = align === 'left' ? 0 : align === 'right' ? gap : Math.floor(gap / 2)
  return ' '.repeat(before) + cut + ' '.repeat(gap - before)
}

function truncate(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) > width - 1) break
    kept += segment
  }
  return `${kept}…`
}
