import { workerData } from 'node:worker_threads'
import { type CellResult, type CellSetting, type CellWork, createCellWorker } from './cell-work.js'

/** The body of a worker thread: its pool hands it the setting once, and cells one after another. */
const worker = createCellWorker((workerData as [unknown, CellSetting])[1])

export function runCell(work: CellWork): Promise<CellResult> {
  return worker.run(work)
}
