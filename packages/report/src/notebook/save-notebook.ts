import { saveText } from '@judgelab/core'
import type { Cell, Notebook, Output } from './notebook.js'

/**
 * Writes a notebook as Jupyter does: keys in alphabetical order, one space of indent, multi-line texts as lists.
 * The same notebook gives the same bytes. The file is written whole or not at all.
 */
export function saveNotebook(path: string, notebook: Notebook): Promise<void> {
  return saveText(path, notebookText(notebook))
}

/** The text of a notebook's file. */
export function notebookText(notebook: Notebook): string {
  const cells = notebook.cells.map(cellOnDisk)
  return `${JSON.stringify(sortKeys({ ...notebook, cells }), null, 1)}\n`
}

function cellOnDisk(cell: Cell): unknown {
  const source = toLines(cell.source)
  return cell.cell_type === 'code' ? { ...cell, source, outputs: cell.outputs.map(outputOnDisk) } : { ...cell, source }
}

function outputOnDisk(output: Output): unknown {
  if (output.output_type === 'stream') return { ...output, text: toLines(output.text) }
  if (output.output_type === 'error') return output
  const data = Object.entries(output.data).map(([type, value]) => [type, isText(type, value) ? toLines(value) : value])
  return { ...output, data: Object.fromEntries(data) }
}

function isText(type: string, value: unknown): value is string {
  return typeof value === 'string' && (type.startsWith('text/') || type === 'image/svg+xml')
}

/** Lines with their line ends, as Jupyter stores them. */
function toLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]))
}
