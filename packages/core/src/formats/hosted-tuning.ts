/** What a fine-tuning behind a service, or on somebody's own GPUs, is told beside what every tuning is. */
export interface HostedTuning {
  /** The name of the model to tune, where it is not the base judge's. */
  readonly model?: string | undefined
  /** Trains all weights in place of a low-rank adapter, where the service does that for the model. */
  readonly fullTraining?: boolean | undefined
  readonly loraRank: number
  readonly loraAlpha: number
  /** In [0, 1). */
  readonly loraDropout: number
  /** Which modules the adapter is on; absent, all linear ones. */
  readonly loraModules?: readonly string[] | undefined
  /** Pairs a step; absent, as many as the service takes. */
  readonly batchSize?: number | undefined
  /** Steps whose gradients are added up before the weights move; absent, the service's default. */
  readonly gradientAccumulation?: number | undefined
  /** Longest sequence in tokens; absent, the longest that the service takes. */
  readonly maxSequenceLength?: number | undefined
  /** Puts several short sequences into one; absent, the service's default. */
  readonly packing?: boolean | undefined
  /** Share of the steps over which the learning rate rises, in [0, 1]. */
  readonly warmupRatio: number
  /** Longest gradient; 0 clips none. */
  readonly maxGradNorm: number
  readonly weightDecay: number
  readonly schedule: 'linear' | 'cosine'
  /** What is left of the learning rate at the end, as a share of its peak, in [0, 1]. */
  readonly minLearningRateRatio?: number | undefined
  /** Cycles of the cosine schedule, above 0; absent, half a cycle. */
  readonly cosineCycles?: number | undefined
  readonly checkpoints: number
  /** Weight of the preferred output's own log-likelihood in the loss (RPO); 0 is DPO alone. */
  readonly rpoAlpha: number
  /** Divides each log-ratio by the length of its output. */
  readonly normalizeByLength?: boolean | undefined
  /** Leaves the reference model out of the loss. */
  readonly referenceFree?: boolean | undefined
  /** SimPO's margin; above 0 the loss is SimPO: normalised by length and without a reference. */
  readonly simpoGamma?: number | undefined
  /** Stops when the validation loss has not fallen by `minDelta` over `patience` evaluations, after `warmup` of them. */
  readonly earlyStopping?: { readonly patience: number; readonly minDelta: number; readonly warmup: number } | undefined
  /** A job, with or without `:step`, or a checkpoint to go on from: DPO after supervised tuning. */
  readonly fromCheckpoint?: string | undefined
  /** The Hugging Face Hub: weights to start from in the model's place, and where the tuned ones go. Its token is HF_TOKEN. */
  readonly huggingFace?: HubPlaces | undefined
  /** Weights & Biases, where the service logs the training. Its key is WANDB_API_KEY. */
  readonly weightsAndBiases?: WandbRun | undefined
  /** The most that the job may cost, in USD; a dearer estimate, or none, stops the study before it begins. */
  readonly maxPrice?: number | undefined
  /** How long the job is waited for, in hours; then it goes on by itself and the study stops. */
  readonly timeLimitHours: number
  /** A dedicated endpoint to judge with the tuned model; absent, the model is asked for by its name. */
  readonly endpoint?: HostedEndpoint | undefined
}

export interface HubPlaces {
  readonly model?: string | undefined
  /** A branch, tag or commit of `model`. */
  readonly revision?: string | undefined
  readonly outputRepo?: string | undefined
}

export interface WandbRun {
  readonly project?: string | undefined
  readonly entity?: string | undefined
  readonly name?: string | undefined
  /** A server of one's own. */
  readonly baseUrl?: string | undefined
}

/** A dedicated endpoint: started when there is something to judge, stopped when that is done. */
export interface HostedEndpoint {
  /** The service's name of the machine. */
  readonly hardware: string
  readonly replicas: number
  /** The service stops it by itself after so many minutes without a call. */
  readonly inactiveMinutes: number
}
