import type { Job } from '../jobs/job-book.js'
import type { Services } from '../services.js'
import type { TogetherTuning } from './together-request.js'
import type { Trained } from './train.js'

/** A fine-tuning job of Together. */
export interface TogetherJob extends Job {
  readonly model: string
  readonly request: TogetherTuning
  readonly fault: 'tuning-error' | 'tuning-stuck' | undefined
  readonly abort: AbortController
  readonly trainingBytes: number
  readonly trainingLines: number
  readonly price: number
  readonly tokens: number
  readonly outputName: string
  /** Undefined while it is trained. */
  readonly outcome: Trained | { readonly error: string } | undefined
  /** How many statuses it could have had behind it when its training ended. */
  readonly workedAt: number
  /** How many statuses it had behind it when it was cancelled. */
  readonly cancelledAt: number | undefined
}

/** The documented order, as long as nothing happens to a job. */
export const SEQUENCE = ['pending', 'queued', 'running', 'compressing', 'uploading', 'completed'] as const
export type TogetherStatus = (typeof SEQUENCE)[number] | 'cancel_requested' | 'cancelled' | 'error'
const RUNNING = SEQUENCE.indexOf('running')

/** Where a job is. It is running until it has been trained, and there it fails or stays when a fault says so. */
export function statusOf(job: TogetherJob, { progress }: Services): TogetherStatus {
  const steps = progress.steps(job)
  if (job.cancelledAt !== undefined) return steps > job.cancelledAt ? 'cancelled' : 'cancel_requested'
  const stage = stageOf(job, steps)
  const hasFailed = job.fault === 'tuning-error' || (job.outcome !== undefined && 'error' in job.outcome)
  if (hasFailed && steps > Math.max(RUNNING, job.workedAt)) return 'error'
  return SEQUENCE[stage] as TogetherStatus
}

/** The place in the sequence: it goes on from `running` when the training has ended. */
export function stageOf(job: TogetherJob, steps: number): number {
  if (steps <= RUNNING) return steps
  if (job.outcome === undefined || 'error' in job.outcome) return RUNNING
  return Math.min(RUNNING + Math.max(0, steps - Math.max(RUNNING, job.workedAt)), SEQUENCE.length - 1)
}
