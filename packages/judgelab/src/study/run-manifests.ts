import { loadRunManifest, type RunManifest } from '@judgelab/core'
import type { JudgedRun } from './results-step.js'

/** A judge of a report with what its run wrote down. */
export interface ManifestOf {
  readonly label: string
  readonly manifest: RunManifest
}

/** The manifest of every judge's run, in the order of the runs. */
export function runManifests(runs: readonly JudgedRun[]): Promise<ManifestOf[]> {
  return Promise.all(
    runs.map(async ({ contender, run }) => ({
      label: contender.label,
      manifest: await loadRunManifest(run.folder),
    })),
  )
}
