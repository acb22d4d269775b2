import type { Notebook } from './notebook.js'

/** A notebook that did not run to its end: where it stopped, why, and what it had given by then. */
export class NotebookError extends Error {
  readonly path: string
  /** The cell's place among all cells, from 1. */
  readonly cell: number
  /** The line in the cell's source, from 1, where the error says one. */
  readonly line: number | undefined
  /** That line of the source, else the cell's first. */
  readonly sourceLine: string
  /** The notebook with the outputs up to the failure. */
  readonly notebook: Notebook

  constructor(
    reason: string,
    where: {
      readonly path: string
      readonly cell: number
      readonly line: number | undefined
      readonly sourceLine: string
      readonly notebook: Notebook
    },
    options?: ErrorOptions,
  ) {
    const line = where.line === undefined ? '' : ` line ${where.line}`
    super(`${where.path}: cell ${where.cell}${line}: ${reason}\n    ${where.sourceLine.trim()}`, options)
    this.name = 'NotebookError'
    this.path = where.path
    this.cell = where.cell
    this.line = where.line
    this.sourceLine = where.sourceLine
    this.notebook = where.notebook
  }
}
