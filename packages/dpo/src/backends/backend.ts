import type { StudyTuning } from '@judgelab/core'
import type { Policy } from '@judgelab/policy'
import type { PairSides } from '../pairs/split-pairs.js'
import type { TrainingCurves } from './training-curves.js'

/** One fine-tuning that a backend is asked for: what, on which pairs. */
export interface TuningRequest {
  readonly parameters: StudyTuning
  /** The backend's name of the model that is tuned. */
  readonly model: string
  readonly pairs: PairSides
  /** Where ids, files, events, metrics and what comes of them are kept, for whoever goes on with the job. */
  readonly folder: string
}

/** What a job would use and cost. */
export interface TuningEstimate {
  /** USD, 0 where nobody is paid; null where the service does not say, with the reason. */
  readonly priceUsd: number | null
  readonly trainTokens: number | null
  readonly validationTokens: number | null
  readonly reason?: string | undefined
  /** What the account may spend, in USD, where the job is beyond it: the service would not start it. */
  readonly beyondLimitUsd?: number | undefined
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
  'interrupted',
] as const
/**
 * Where a job is: before it exists, in the service's own words, written for somebody else's machine, or broken off with the
 * process that trained it.
 */
export type JobStatus = (typeof JOB_STATUSES)[number]

export const JOB_BACKENDS = ['local', 'together', 'trl'] as const

/** A tuning job as it was last seen: `job.json` in its folder. */
export interface TuningJob {
  readonly formatVersion: 1
  readonly backend: (typeof JOB_BACKENDS)[number]
  /** Digest of data and parameters: the same job is not started twice. */
  readonly key: string
  readonly name: string
  readonly model: string
  readonly status: JobStatus
  readonly trainingFileId?: string | undefined
  readonly validationFileId?: string | undefined
  readonly jobId?: string | undefined
  readonly estimate?: TuningEstimate | undefined
  /** The service's name of the tuned model, or the digest of local weights, once there are any. */
  readonly tunedModel?: string | undefined
  /** Where the tuned model is reached, if not at the service that tuned it. */
  readonly baseUrl?: string | undefined
  /** The environment variable with that server's key, where it wants one. */
  readonly keyEnv?: string | undefined
  readonly totalPriceUsd?: number | undefined
  readonly earlyStopped?: boolean | undefined
  readonly startedAt?: string | undefined
  readonly endedAt?: string | undefined
}

/** What a job came to: weights for this process, or a model behind a service; and how the training went. */
export interface TunedModel extends TrainingCurves {
  /** The service's name of the tuned model, or the digest of local weights. */
  readonly weights: string
  /** Of backend local. */
  readonly policy?: Policy | undefined
  /** What its server calls it, of the other backends. */
  readonly model?: string | undefined
  /** Where it is reached, if not at the service that tuned it; and the environment variable with the key of that server. */
  readonly baseUrl?: string | undefined
  readonly keyEnv?: string | undefined
  /** What the service warned of while it trained, each once. */
  readonly warnings?: readonly string[] | undefined
}

/**
 * What tunes a judge: here, at a service, or on machines of one's own. A job that was begun is found again by its folder, from
 * another process or a week later.
 */
export interface TuningBackend {
  /** @throws {ConfigError} for parameters that the backend documents to refuse, or does not know */
  readonly validate: (request: TuningRequest) => Promise<void>
  /** What it will cost; uploads the pairs where the service estimates on what it holds. */
  readonly estimate: (request: TuningRequest, options: WatchOptions) => Promise<TuningEstimate>
  /**
   * Starts the job, or finds the one that was started with the same data and parameters, whatever became of it. Its id is on
   * disk when this returns. A paid job that ended as `error` or `cancelled` is started anew only after `setAsideJob`.
   *
   * @throws {Error} for pairs that the backend's format refuses, and where another living process is starting the job
   */
  readonly start: (request: TuningRequest, options: WatchOptions) => Promise<TuningJob>
  /**
   * Takes up the job of a folder: looks once, finds what a crash left unwritten, and writes down how it stands. Starts nothing,
   * and costs nothing.
   */
  readonly resume: (folder: string) => Promise<TuningJob>
  /**
   * Waits until the job ends.
   *
   * @throws {Error} when its time is over: a job elsewhere goes on; the signal's reason when it was stopped
   */
  readonly watch: (folder: string, options: WatchOptions & { readonly timeLimitMs: number }) => Promise<TuningJob>
  /** What a completed job came to. @throws {Error} saying how the job stands, if it is not completed */
  readonly result: (folder: string) => Promise<TunedModel>
  readonly cancel: (folder: string) => Promise<TuningJob>
}

/** How one waits. */
export interface WatchOptions {
  readonly signal?: AbortSignal | undefined
  readonly onStatus?: ((line: string) => void) | undefined
  /** Told how far a training is that this process does itself. */
  readonly onProgress?: ((done: number, total: number, unit: string) => void) | undefined
  /** First pause between two looks, in milliseconds. */
  readonly firstPauseMs?: number | undefined
}
