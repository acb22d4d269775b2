import { escapeLatex } from '../format/escape-latex.js'
import { latexTable } from '../tables/latex-table.js'
import type { NumberedFigure, NumberedTable } from './numbering.js'
import type { ReportFile } from './render-report.js'
import type { ReportInput } from './report-input.js'
import { unescapeHtml } from './unescape-html.js'

/** The px of a chart that fill a line of text: charts that are narrower stay narrower. */
const LINE_PX = 550

/**
 * A folder for whoever writes in LaTeX: each table and each figure to be read with `\input`, and a document that reads them
 * all. Figures are named without an ending, so that a PDF beside the PNG is preferred.
 *
 * @param pictures files of the figures; one without a PNG could not be drawn
 */
export function latexFiles(
  { title, answer }: ReportInput,
  tables: readonly NumberedTable[],
  figures: readonly NumberedFigure[],
  pictures: readonly ReportFile[],
): ReportFile[] {
  const drawn = new Set(pictures.map(({ path }) => path))
  return [
    ...tables.map(({ number, table }) => ({
      path: `latex/table-${number}.tex`,
      content: latexTable(table, { label: `tab:${number}` }),
    })),
    ...figures.map((figure) => ({
      path: `latex/figure-${figure.number}.tex`,
      content: latexFigure(figure, drawn.has(`latex/figure-${figure.number}.png`)),
    })),
    { path: 'latex/report.tex', content: latexDocument({ title, answer }, tables, figures) },
  ]
}

function latexFigure({ number, svg, caption }: NumberedFigure, isDrawn: boolean): string {
  const width = Number(/^<svg[^>]* width="(\d+(?:\.\d+)?)"/.exec(svg)?.[1] ?? LINE_PX)
  return [
    '\\begin{figure}[htbp]',
    '\\centering',
    isDrawn
      ? `\\includegraphics[width=${Math.min(1, width / LINE_PX).toFixed(2)}\\linewidth]{figure-${number}}`
      : `\\emph{figures/figure-${number}.svg is no picture that could be drawn.}`,
    `\\caption{${escapeLatex(unescapeHtml(caption))}}`,
    `\\label{fig:${number}}`,
    '\\end{figure}',
    '',
  ].join('\n')
}

function latexDocument(
  { title, answer }: Pick<ReportInput, 'title' | 'answer'>,
  tables: readonly NumberedTable[],
  figures: readonly NumberedFigure[],
): string {
  const parts = [...figures.map(({ number }) => `figure-${number}`), ...tables.map(({ number }) => `table-${number}`)]
  // LaTeX holds back no more than 18 floats at a time.
  const inputs = parts.map((name, i) => `\\input{${name}}${i % 6 === 5 ? '\n\\clearpage' : ''}`)
  return [
    '% Every table and figure of the report. In a document of your own: \\usepackage{booktabs,graphicx},',
    '% \\graphicspath{{latex/}}, and \\input{latex/table-1} or \\input{latex/figure-1} where it belongs.',
    '\\documentclass[a4paper]{article}',
    '\\usepackage[T1]{fontenc}',
    '\\usepackage{booktabs,graphicx}',
    `\\title{${escapeLatex(title)}}`,
    '\\author{}',
    '\\date{}',
    '\\begin{document}',
    '\\maketitle',
    escapeLatex(answer),
    '',
    ...inputs,
    '\\end{document}',
    '',
  ].join('\n')
}
