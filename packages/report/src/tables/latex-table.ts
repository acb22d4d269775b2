import type { Column, Table } from '@judgelab/analysis'
import { escapeLatex } from '../format/escape-latex.js'
import { alignOf, columnTexts, headText, missingNote } from './table.js'

/** Words longer than this wrap: a line of them would be wider than the page. */
const LONG_WORDS = 44

/**
 * A table for LaTeX with booktabs' three rules, to be read with `\input`: a float with caption and, where one is given,
 * label. Needs `booktabs` and `graphicx`; what is wider than the line is made smaller. Every text in it is escaped.
 */
export function latexTable(table: Table, options: { readonly label?: string | undefined } = {}): string {
  const texts = table.columns.map((column) => columnTexts(column, table.rows))
  const rows = table.rows.map((_, i) => {
    const cells = texts.map((column) => escapeLatex(column[i] as string))
    return line(i === table.boldRow ? cells.map((cell) => `\\textbf{${cell}}`) : cells)
  })
  const missing = missingNote(table)
  return [
    '\\begin{table}[htbp]',
    '\\centering',
    `\\caption{${escapeLatex(table.caption)}}`,
    ...(options.label === undefined ? [] : [`\\label{${options.label}}`]),
    '\\smallskip',
    '\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%',
    `\\begin{tabular}{${columnMarks(table, texts)}}`,
    '\\toprule',
    line(table.columns.map((column, i) => headCell(column, texts[i] as readonly string[]))),
    '\\midrule',
    ...rows,
    '\\bottomrule',
    '\\end{tabular}}',
    ...(missing === undefined ? [] : [noteLine(missing)]),
    '\\end{table}',
    '',
  ].join('\n')
}

function line(cells: readonly string[]): string {
  return `${cells.join(' & ')} \\\\`
}

/** The head of a column on as many lines as it takes not to be wider than what stands under it, a word apart. */
function headCell(column: Column, texts: readonly string[]): string {
  const widest = Math.max(0, ...texts.map(({ length }) => length))
  const lines: string[] = []
  for (const word of headText(column).split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`
    if (lines.length > 0 && longer.length <= widest) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  const [only, ...others] = lines.map(escapeLatex)
  const side = { left: 'l', right: 'r', center: 'c' }[alignOf(column)]
  return others.length === 0 ? (only ?? '') : `\\shortstack[${side}]{${[only, ...others].join('\\\\')}}`
}

function noteLine(text: string): string {
  return `\\par\\smallskip{\\footnotesize ${escapeLatex(text)}}`
}

function columnMarks({ columns }: Table, texts: readonly (readonly string[])[]): string {
  return columns
    .map((column, i) => {
      const longest = Math.max(0, ...(texts[i] as string[]).map(({ length }) => length))
      if (column.kind === 'text' && longest > LONG_WORDS) return 'p{20em}'
      return { left: 'l', right: 'r', center: 'c' }[alignOf(column)]
    })
    .join('')
}
