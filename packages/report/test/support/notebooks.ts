import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { notebookText, parseNotebook } from '../../src/index.js'

/** A cell of code, from its lines, or of prose. */
export type CellText =
  | string
  | { readonly markdown: string }
  | { readonly code: string; readonly tags: readonly string[] }

/** The text of a notebook with these cells. */
export function notebookOf(cells: readonly CellText[], kernel = 'tslab'): string {
  const json = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: kernel, display_name: kernel, language: 'typescript' } },
    cells: cells.map((cell, i) => {
      const id = `cell-${i + 1}`
      if (typeof cell === 'object' && 'markdown' in cell)
        return { cell_type: 'markdown', id, metadata: {}, source: cell.markdown }
      const [source, metadata] = typeof cell === 'string' ? [cell, {}] : [cell.code, { tags: cell.tags }]
      return { cell_type: 'code', id, metadata, source, outputs: [], execution_count: null }
    }),
  }
  return notebookText(parseNotebook(JSON.stringify(json), 'made by a test'))
}

/** Writes a notebook into a folder of its own and gives its path. */
export async function writeNotebook(cells: readonly CellText[], kernel?: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'notebook-')), 'sample.ipynb')
  await writeFile(path, notebookOf(cells, kernel))
  return path
}
