import { ConfigError, type HostedTuning, type StudyTuning } from '@judgelab/core'
import type { TogetherClient } from '@judgelab/services'

type CreateParameters = Parameters<TogetherClient['fineTuning']['create']>[0]
type ModelLimits = Awaited<ReturnType<TogetherClient['fineTuning']['modelLimits']>>

/** The files and the name of a job. */
export interface TogetherFiles {
  readonly model: string
  readonly trainingFile: string
  readonly validationFile?: string | undefined
  /** At most 64 characters; by it a job is found again. */
  readonly suffix: string
}

/** A study's tuning in the words of Together's `POST /fine-tunes`. */
export function togetherParameters(tuning: StudyTuning, files: TogetherFiles): CreateParameters {
  const hosted = hostedOf(tuning)
  const { earlyStopping } = hosted
  return {
    model: files.model,
    training_file: files.trainingFile,
    ...(files.validationFile === undefined ? {} : { validation_file: files.validationFile }),
    n_epochs: tuning.epochs,
    n_checkpoints: hosted.checkpoints,
    n_evals: files.validationFile === undefined ? 0 : tuning.evaluations,
    batch_size: hosted.batchSize ?? 'max',
    learning_rate: tuning.learningRate,
    lr_scheduler: {
      lr_scheduler_type: hosted.schedule,
      lr_scheduler_args: hosted.schedule === 'linear' ? { min_lr_ratio: 0 } : { min_lr_ratio: 0, num_cycles: 0.5 },
    },
    warmup_ratio: hosted.warmupRatio,
    max_grad_norm: hosted.maxGradNorm,
    weight_decay: hosted.weightDecay,
    random_seed: tuning.seed,
    suffix: files.suffix,
    training_type: {
      type: 'Lora',
      lora_r: hosted.loraRank,
      lora_alpha: hosted.loraAlpha,
      lora_dropout: hosted.loraDropout,
      lora_trainable_modules: 'all-linear',
    },
    training_method: { method: 'dpo', dpo_beta: tuning.beta, rpo_alpha: hosted.rpoAlpha },
    ...(earlyStopping === undefined
      ? {}
      : {
          early_stopping_enabled: true,
          early_stopping_patience: earlyStopping.patience,
          early_stopping_min_delta: earlyStopping.minDelta,
          early_stopping_warmup_evals: earlyStopping.warmup,
        }),
    ...(hosted.fromCheckpoint === undefined ? {} : { from_checkpoint: hosted.fromCheckpoint }),
  }
}

/** @throws {ConfigError} if the tuning has no `hosted:` */
export function hostedOf({ name, hosted }: StudyTuning): HostedTuning {
  if (hosted === undefined)
    throw new ConfigError('expected what a hosted tuning needs, found nothing', `tuning.${name}.hosted`)
  return hosted
}

/** Losses that the service knows under dpo. */
const LOSSES: readonly string[] = ['dpo']

/** @throws {ConfigError} for what the service documents to refuse, whatever the model */
export function checkTogetherTuning(tuning: StudyTuning, hasValidation: boolean): void {
  const hosted = hostedOf(tuning)
  const refuse = (field: string, message: string): never => {
    throw new ConfigError(message, `tuning.${tuning.name}.${field}`)
  }
  const loss = (tuning as { readonly loss?: string }).loss ?? 'dpo'
  if (!LOSSES.includes(loss)) refuse('loss', `expected dpo, the loss that backend together trains by, found "${loss}"`)
  if (tuning.learningRate > 1e-3)
    refuse('learningRate', `expected at most 0.001 for a hosted model, found ${tuning.learningRate}`)
  const { earlyStopping } = hosted
  if (earlyStopping === undefined) return
  if (!hasValidation)
    refuse('hosted.earlyStopping', 'expected validation pairs, which early stopping needs, found none')
  const least = earlyStopping.patience + earlyStopping.warmup + 1
  if (tuning.evaluations < least)
    refuse('evaluations', `expected at least ${least} (patience + warmup + 1), found ${tuning.evaluations}`)
}

/** @throws {ConfigError} for what goes beyond the service's limits for this model */
export function checkTogetherLimits(tuning: StudyTuning, limits: ModelLimits): void {
  const hosted = hostedOf(tuning)
  const within = (field: string, value: number, least: number, most: number): void => {
    if (value >= least && value <= most) return
    throw new ConfigError(
      `expected ${least} to ${most} for ${limits.model_name}, found ${value}`,
      `tuning.${tuning.name}.${field}`,
    )
  }
  within('learningRate', tuning.learningRate, limits.min_learning_rate, limits.max_learning_rate)
  within('epochs', tuning.epochs, 1, limits.max_num_epochs)
  within('evaluations', tuning.evaluations, 0, limits.max_num_evals)
  within('hosted.checkpoints', hosted.checkpoints, 1, limits.max_num_checkpoints)
  within('hosted.loraRank', hosted.loraRank, 1, limits.lora_training.max_rank)
  if (hosted.batchSize !== undefined)
    within(
      'hosted.batchSize',
      hosted.batchSize,
      limits.lora_training.min_batch_size,
      limits.lora_training.max_batch_size_dpo,
    )
}
