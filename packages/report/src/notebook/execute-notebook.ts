import { resolve } from 'node:path'
import { TSLAB } from '../kernel/kernel-spec.js'
import { type Kernel, startKernel } from '../kernel/start-kernel.js'
import { type CellFailure, cellFailure } from './cell-failure.js'
import { loadNotebook } from './load-notebook.js'
import { type Cell, type CodeCell, cellTags, type ExecutedNotebook, type Notebook } from './notebook.js'
import { NotebookError } from './notebook-error.js'
import { type NotebookParameters, withParameters } from './with-parameters.js'

/** Options of `executeNotebook`. */
export interface ExecuteNotebookOptions {
  /** Where the kernel runs: imports and relative paths are looked up from here. */
  readonly cwd: string
  /** A kernel started before, in the same `cwd`; it is shut down at the end. Defaults to the notebook's own kernel. */
  readonly kernel?: Kernel | Promise<Kernel> | undefined
  /** Added to the environment of the kernel that is started here. */
  readonly env?: Readonly<Record<string, string>> | undefined
  /** Put into the notebook before it runs, see `withParameters`. */
  readonly parameters?: NotebookParameters | undefined
  /** The longest that one cell may take; without it a cell may take for ever. */
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Called after each code cell: its number among all cells, and how many code cells are done, of how many. */
  readonly onCell?: ((progress: CellProgress) => void) | undefined
}

/** How far a notebook is. */
export interface CellProgress {
  readonly cell: number
  readonly done: number
  readonly total: number
}

/**
 * Runs a notebook's code cells in order, in one kernel, and returns it with their outputs.
 *
 * A cell that fails stops it, unless the cell is tagged `raises-exception`. Whatever happens, the kernel is shut
 * down. Nothing is written: see `saveNotebook`.
 *
 * @throws {NotebookError} naming notebook, cell, source line and error, when a cell fails, takes too long or
 *   its kernel dies
 * @throws the signal's reason, when aborted
 */
export async function executeNotebook(path: string, options: ExecuteNotebookOptions): Promise<ExecutedNotebook> {
  const ready = options.kernel
  try {
    const loaded = withParameters(await loadNotebook(path), options.parameters ?? {})
    const kernel = await (ready ?? startOwnKernel(loaded, options))
    try {
      return await runCells(path, loaded, kernel, options)
    } finally {
      await kernel.shutdown()
    }
  } catch (error) {
    await Promise.resolve(ready)
      .then((kernel) => kernel?.shutdown())
      .catch(() => {})
    throw error
  }
}

function startOwnKernel(notebook: Notebook, { cwd, env, signal }: ExecuteNotebookOptions): Promise<Kernel> {
  const spec = notebook.metadata.kernelspec as { readonly name?: unknown } | undefined
  return startKernel({ cwd: resolve(cwd), name: typeof spec?.name === 'string' ? spec.name : TSLAB, env, signal })
}

async function runCells(
  path: string,
  notebook: Notebook,
  kernel: Kernel,
  options: ExecuteNotebookOptions,
): Promise<ExecutedNotebook> {
  const cells: Cell[] = notebook.cells.map(withoutOutputs)
  const total = cells.filter(isRun).length
  let done = 0
  for (const [i, cell] of cells.entries()) {
    if (!isRun(cell)) continue
    options.signal?.throwIfAborted()
    const stop = (failure: CellFailure, cause?: unknown): NotebookError =>
      notebookError(failure, { path, index: i, cell, notebook: { ...notebook, cells } }, cause)
    const run = await kernel.execute(cell.source, options).catch((cause: Error) => {
      throw options.signal?.aborted ? options.signal.reason : stop({ reason: cause.message, line: undefined }, cause)
    })
    done += 1
    cells[i] = { ...cell, execution_count: done, outputs: run.outputs }
    if (run.status === 'error' && !cellTags(cell).includes('raises-exception'))
      throw stop(cellFailure(run, cell.source))
    options.onCell?.({ cell: i + 1, done, total })
  }
  // Outputs are read again at the end: an update may have come from a later cell.
  return { path, notebook: { ...notebook, cells: cells.map(settleCounts) }, cellCount: total }
}

function isRun(cell: Cell): cell is CodeCell {
  return cell.cell_type === 'code' && cell.source.trim() !== ''
}

function withoutOutputs(cell: Cell): Cell {
  return cell.cell_type === 'code' ? { ...cell, execution_count: null, outputs: [] } : cell
}

/** A kernel may have run other code before; what is stored counts from 1, as in a fresh one. */
function settleCounts(cell: Cell): Cell {
  if (cell.cell_type !== 'code') return cell
  const outputs = cell.outputs.map((output) =>
    output.output_type === 'execute_result' ? { ...output, execution_count: cell.execution_count } : output,
  )
  return { ...cell, outputs }
}

function notebookError(
  { reason, line }: CellFailure,
  at: { readonly path: string; readonly index: number; readonly cell: CodeCell; readonly notebook: Notebook },
  cause?: unknown,
): NotebookError {
  const lines = at.cell.source.split('\n')
  const sourceLine = lines[(line ?? 1) - 1] ?? lines[0] ?? ''
  // Cells are counted as they stand in the file, without the one that was put there for this run.
  const before = at.notebook.cells.slice(0, at.index).filter((cell) => !cellTags(cell).includes('injected-parameters'))
  return new NotebookError(
    reason,
    { path: at.path, cell: before.length + 1, line, sourceLine, notebook: at.notebook },
    { cause },
  )
}
