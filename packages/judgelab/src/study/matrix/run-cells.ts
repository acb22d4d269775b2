import { availableParallelism } from 'node:os'
import { Tinypool } from 'tinypool'
import { type CellResult, type CellSetting, type CellWork, createCellWorker } from './cell-work.js'

/** How cells are run. */
export interface RunCellsOptions {
  /** Absent, as many as there are processors. */
  readonly workers?: number | undefined
  readonly signal: AbortSignal
  readonly onDone: (done: number, total: number) => void
}

/**
 * Tunes and judges cells in worker threads; results in the order of the cells. Each finished cell is on disk, so that a
 * stopped matrix goes on with what is missing.
 *
 * @throws the signal's reason when it is stopped
 */
export async function runCells(
  setting: CellSetting,
  cells: readonly CellWork[],
  { workers = availableParallelism(), signal, onDone }: RunCellsOptions,
): Promise<CellResult[]> {
  const distinct = [...new Map(cells.map((cell) => [cell.key, cell])).values()]
  const results = new Map<string, CellResult>()
  const keep = (result: CellResult): void => {
    results.set(result.key, result)
    onDone(results.size, distinct.length)
  }
  if (isSource() || Math.min(workers, distinct.length) === 1) await oneByOne(setting, distinct, signal, keep)
  else await inThreads(setting, distinct, workers, signal, keep)
  return cells.map((cell) => ({ ...(results.get(cell.key) as CellResult), at: cell.at, seed: cell.seed }))
}

/** Threads load built code; what runs from source (a test) stays in its own thread. */
function isSource(): boolean {
  return import.meta.url.endsWith('.ts')
}

async function oneByOne(
  setting: CellSetting,
  cells: readonly CellWork[],
  signal: AbortSignal,
  keep: (result: CellResult) => void,
): Promise<void> {
  const worker = createCellWorker(setting)
  for (const cell of cells) {
    signal.throwIfAborted()
    keep(await worker.run(cell))
  }
}

async function inThreads(
  setting: CellSetting,
  cells: readonly CellWork[],
  workers: number,
  signal: AbortSignal,
  keep: (result: CellResult) => void,
): Promise<void> {
  const threads = Math.min(workers, cells.length)
  const pool = new Tinypool({
    filename: new URL('./cell-thread.js', import.meta.url).href,
    name: 'runCell',
    minThreads: threads,
    maxThreads: threads,
    workerData: setting,
  })
  const queue = cells.values()
  const work = async (): Promise<void> => {
    for (const cell of queue) {
      signal.throwIfAborted()
      keep((await pool.run(cell)) as CellResult)
    }
  }
  try {
    await Promise.all(Array.from({ length: threads }, work))
  } finally {
    await pool.destroy()
  }
}
