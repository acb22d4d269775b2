import { join } from 'node:path'

/** The files of one run, below `runs/<run id>/`. */
export interface RunFolder {
  readonly folder: string
  readonly manifest: string
  readonly log: string
}

/** Where a run lives. */
export function runFolder(runsFolder: string, runId: string): RunFolder {
  const folder = join(runsFolder, runId)
  return { folder, manifest: join(folder, 'manifest.json'), log: join(folder, 'judgments.jsonl') }
}
