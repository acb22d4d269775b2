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

/** How many looks at a trained job find it running, each with a further part of what it measured. */
const RUNNING_LOOKS = 3

/** Where a job is. It is running until it has been trained and told, and there it fails or stays when a fault says so. */
export function statusOf(job: TogetherJob, { progress }: Services): TogetherStatus {
  const steps = progress.steps(job)
  if (job.cancelledAt !== undefined) return steps > job.cancelledAt ? 'cancelled' : 'cancel_requested'
  const stage = stageOf(job, steps)
  const hasFailed = job.fault === 'tuning-error' || (job.outcome !== undefined && 'error' in job.outcome)
  if (hasFailed && steps > trainedAt(job)) return 'error'
  return SEQUENCE[stage] as TogetherStatus
}

/** The place in the sequence: it goes on from `running` when the training has ended and all of it was shown. */
export function stageOf(job: TogetherJob, steps: number): number {
  if (steps <= RUNNING) return steps
  if (job.outcome === undefined || 'error' in job.outcome) return RUNNING
  return Math.min(RUNNING + Math.max(0, steps - trainedAt(job) - RUNNING_LOOKS + 1), SEQUENCE.length - 1)
}

/** The training step that a job shows to have done: it grows while the job is running. 0 where there is nothing to show. */
export function shownStep(job: TogetherJob, { progress }: Services): number {
  if (job.outcome === undefined || 'error' in job.outcome) return 0
  const looks = (job.cancelledAt ?? progress.steps(job)) - trainedAt(job) + 1
  const last = job.outcome.steps.at(-1)?.step ?? 0
  return Math.floor((last * Math.min(Math.max(0, looks), RUNNING_LOOKS)) / RUNNING_LOOKS)
}

/** The steps before the last one whose weights a job shows to have kept. */
export function keptSteps(job: TogetherJob, services: Services): number[] {
  if (job.outcome === undefined || 'error' in job.outcome) return []
  const last = job.outcome.steps.at(-1)?.step ?? 0
  const shown = shownStep(job, services)
  return (job.outcome.checkpoints ?? []).map(({ step }) => step).filter((step) => step < last && step <= shown)
}

function trainedAt({ workedAt }: TogetherJob): number {
  return Math.max(RUNNING, workedAt)
}
