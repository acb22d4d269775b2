import type { StudyTuning } from '@judgelab/core'

/** One fine-tuning that a service is asked for: what, on which files. */
export interface TuningRequest {
  readonly parameters: StudyTuning
  /** The service's name of the model that is tuned. */
  readonly model: string
  /** Pairs in the backend's own form. */
  readonly trainingFile: string
  readonly validationFile?: string | undefined
  readonly trainingPairs: number
  /** Where ids, events and metrics are kept, for whoever goes on with the job. */
  readonly folder: string
}

/** What a job would use and cost. */
export interface TuningEstimate {
  /** USD; null where the service does not say, with the reason. */
  readonly priceUsd: number | null
  readonly trainTokens: number | null
  readonly validationTokens: number | null
  readonly reason?: string | undefined
}

export const JOB_STATUSES = [
  'uploading-files',
  'creating',
  'pending',
  'queued',
  'running',
  'compressing',
  'uploading',
  'cancel_requested',
  'cancelled',
  'error',
  'completed',
  'exported',
] as const
/** Where a job is: before it exists, in the service's own words, or written for somebody else's machine. */
export type JobStatus = (typeof JOB_STATUSES)[number]

/** A tuning job as it was last seen: `job.json` in its folder. */
export interface TuningJob {
  readonly formatVersion: 1
  readonly backend: 'together' | 'trl'
  /** Digest of data and parameters: the same job is not started twice. */
  readonly key: string
  readonly name: string
  readonly model: string
  readonly status: JobStatus
  readonly trainingFileId?: string | undefined
  readonly validationFileId?: string | undefined
  readonly jobId?: string | undefined
  readonly estimate?: TuningEstimate | undefined
  /** The service's name of the tuned model, once there is one. */
  readonly tunedModel?: string | undefined
  /** Where the tuned model is reached, if not at the service that tuned it. */
  readonly baseUrl?: string | undefined
  readonly totalPriceUsd?: number | undefined
  readonly earlyStopped?: boolean | undefined
  readonly startedAt?: string | undefined
  readonly endedAt?: string | undefined
}

/** One row of training figures, by the service's own names. */
export type TuningMetrics = Readonly<Record<string, number>>

/** What tunes a judge somewhere else. A job that was begun is found again by its folder, from another process or a week later. */
export interface TuningBackend {
  /** @throws {ConfigError} for parameters or files that the service documents to refuse */
  readonly validate: (request: TuningRequest) => Promise<void>
  /** What it will cost; uploads the files, since services estimate on what they hold. */
  readonly estimate: (request: TuningRequest, options: WatchOptions) => Promise<TuningEstimate>
  /** Starts the job, or finds the one that was started with the same data and parameters. Its id is on disk when this returns. */
  readonly start: (request: TuningRequest, options: WatchOptions) => Promise<TuningJob>
  /**
   * Waits until the job ends.
   *
   * @throws {Error} when its time is over: the job goes on; the signal's reason when it was stopped
   */
  readonly watch: (folder: string, options: WatchOptions & { readonly timeLimitMs: number }) => Promise<TuningJob>
  /** Looks once. */
  readonly status: (folder: string) => Promise<TuningJob>
  readonly cancel: (folder: string) => Promise<TuningJob>
}

/** How one waits. */
export interface WatchOptions {
  readonly signal?: AbortSignal | undefined
  readonly onStatus?: ((line: string) => void) | undefined
  /** First pause between two looks, in milliseconds. */
  readonly firstPauseMs?: number | undefined
}
