/** How jobs get on. */
export interface Progress {
  /** How many statuses a job has behind it, as far as time or looks decide. */
  readonly steps: (job: Clocked) => number
}

/** What the progress of a job is told by. */
export interface Clocked {
  readonly begunMs: number
  /** How often it was looked at: each GET of the job itself counts, lists don't. */
  readonly looks: number
}

/**
 * Jobs move one status on with every look, or with every `stepMs` milliseconds: the first needs no clock and shows a
 * client every status, the second goes on while nobody looks.
 */
export function createProgress(stepMs: number | undefined, now: () => number): Progress {
  return {
    steps: ({ begunMs, looks }) => (stepMs === undefined ? looks : Math.floor((now() - begunMs) / Math.max(1, stepMs))),
  }
}
