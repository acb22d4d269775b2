/** What a fine-tuning behind a service, or on somebody's own GPUs, is told beside what every tuning is. */
export interface HostedTuning {
  /** The name of the model to tune, where it is not the base judge's. */
  readonly model?: string | undefined
  readonly loraRank: number
  readonly loraAlpha: number
  /** In [0, 1). */
  readonly loraDropout: number
  /** Pairs a step; absent, as many as the service takes. */
  readonly batchSize?: number | undefined
  /** Share of the steps over which the learning rate rises, in [0, 1]. */
  readonly warmupRatio: number
  readonly maxGradNorm: number
  readonly weightDecay: number
  readonly schedule: 'linear' | 'cosine'
  readonly checkpoints: number
  /** Weight of the preferred output's own log-likelihood in the loss (RPO); 0 is DPO alone. */
  readonly rpoAlpha: number
  /** Stops when the validation loss has not fallen by `minDelta` over `patience` evaluations, after `warmup` of them. */
  readonly earlyStopping?: { readonly patience: number; readonly minDelta: number; readonly warmup: number } | undefined
  /** A job, with or without `:step`, or a checkpoint to go on from: DPO after supervised tuning. */
  readonly fromCheckpoint?: string | undefined
  /** The most that the job may cost, in USD; a dearer estimate, or none, stops the study before it begins. */
  readonly maxPrice?: number | undefined
  /** How long the job is waited for, in hours; then it goes on by itself and the study stops. */
  readonly timeLimitHours: number
  /** A dedicated endpoint to judge with the tuned model; absent, the model is asked for by its name. */
  readonly endpoint?: HostedEndpoint | undefined
}

/** A dedicated endpoint: started when there is something to judge, stopped when that is done. */
export interface HostedEndpoint {
  /** The service's name of the machine. */
  readonly hardware: string
  readonly replicas: number
  /** The service stops it by itself after so many minutes without a call. */
  readonly inactiveMinutes: number
}
