import type { Column, Table } from '@judgelab/analysis'
import { renderPng } from '../charts/render-png.js'
import { csvTable } from '../tables/csv-table.js'
import { latexTable } from '../tables/latex-table.js'
import { markdownTable } from '../tables/markdown-table.js'
import type { FigureRows } from './figure-rows.js'
import type { NumberedFigure, NumberedTable } from './numbering.js'
import type { ReportFile } from './render-report.js'

/** Each table as CSV and Markdown; as LaTeX it stands with the figures, see `latexFiles`. */
export function tableFiles(tables: readonly NumberedTable[]): ReportFile[] {
  return tables.flatMap(({ number, table }) => [
    { path: `tables/table-${number}.csv`, content: csvTable(table) },
    { path: `tables/table-${number}.md`, content: markdownTable(table) },
  ])
}

/** The same texts for the copy buttons of a page, by the anchors of the tables that stand in it. */
export function tableTexts(html: string, tables: readonly NumberedTable[]): Record<string, Record<string, string>> {
  const inPage = tables.filter(({ number }) => html.includes(`id="table-${number}"`))
  return Object.fromEntries(
    inPage.map(({ number, table }) => [
      `table-${number}`,
      { CSV: csvTable(table), LaTeX: latexTable(table, { label: `tab:${number}` }), Markdown: markdownTable(table) },
    ]),
  )
}

/** Each figure as SVG and PNG, the latter for LaTeX too, and as CSV where its data are known. */
export async function figureFiles(
  figures: readonly NumberedFigure[],
  onFigure?: (done: number, total: number) => void,
): Promise<ReportFile[]> {
  let done = 0
  const files = await Promise.all(
    figures.map(async ({ number, svg, rows }): Promise<ReportFile[]> => {
      const path = `figures/figure-${number}`
      const pngs = await pngFiles([path, `latex/figure-${number}`], svg)
      onFigure?.(++done, figures.length)
      return [
        { path: `${path}.svg`, content: svg },
        ...pngs,
        ...(rows === undefined ? [] : [{ path: `${path}.csv`, content: csvTable(tableOf(rows)) }]),
      ]
    }),
  )
  return files.flat()
}

/** A picture from a cell of somebody's notebook need not be one that can be drawn. */
async function pngFiles(paths: readonly string[], svg: string): Promise<ReportFile[]> {
  try {
    const content = await renderPng(svg)
    return paths.map((path) => ({ path: `${path}.png`, content }))
  } catch {
    return []
  }
}

function tableOf({ keys, rows }: FigureRows): Table {
  return { columns: keys.map((key): Column => ({ key, label: key, kind: 'text' })), rows, caption: '' }
}
