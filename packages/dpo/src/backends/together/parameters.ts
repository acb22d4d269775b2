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

/** What other services' keys Together is given, to fetch weights there or log to them. They are part of no digest. */
export interface TogetherSecrets {
  /** Of the Hugging Face Hub. */
  readonly hfToken?: string | undefined
  /** Of Weights & Biases. */
  readonly wandbKey?: string | undefined
}

/**
 * A study's tuning in the words of Together's `POST /fine-tunes`. What the study does not say and we have no default of our own
 * for is left to the service; a parameter that is added here must stay absent until a study says it, or jobs that were begun
 * would count as other ones.
 */
export function togetherParameters(
  tuning: StudyTuning,
  files: TogetherFiles,
  secrets: TogetherSecrets = {},
): CreateParameters {
  const hosted = hostedOf(tuning)
  return {
    model: files.model,
    training_file: files.trainingFile,
    ...said({ validation_file: files.validationFile }),
    n_epochs: tuning.epochs,
    n_checkpoints: hosted.checkpoints,
    n_evals: files.validationFile === undefined ? 0 : tuning.evaluations,
    batch_size: hosted.batchSize ?? 'max',
    learning_rate: tuning.learningRate,
    lr_scheduler: scheduleOf(hosted),
    warmup_ratio: hosted.warmupRatio,
    max_grad_norm: hosted.maxGradNorm,
    weight_decay: hosted.weightDecay,
    random_seed: tuning.seed,
    suffix: files.suffix,
    training_type: trainingTypeOf(hosted),
    training_method: methodOf(tuning, hosted),
    ...said({
      gradient_accumulation_steps: hosted.gradientAccumulation,
      max_seq_length: hosted.maxSequenceLength,
      packing: hosted.packing,
      from_checkpoint: hosted.fromCheckpoint,
    }),
    ...earlyStoppingOf(hosted),
    ...hubOf(hosted, secrets),
    ...wandbOf(hosted, secrets),
  }
}

/** The fields that have a value. */
function said<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}

function scheduleOf({
  schedule,
  minLearningRateRatio = 0,
  cosineCycles = 0.5,
}: HostedTuning): NonNullable<CreateParameters['lr_scheduler']> {
  return {
    lr_scheduler_type: schedule,
    lr_scheduler_args:
      schedule === 'linear'
        ? { min_lr_ratio: minLearningRateRatio }
        : { min_lr_ratio: minLearningRateRatio, num_cycles: cosineCycles },
  }
}

function trainingTypeOf(hosted: HostedTuning): NonNullable<CreateParameters['training_type']> {
  if (hosted.fullTraining === true) return { type: 'Full' }
  return {
    type: 'Lora',
    lora_r: hosted.loraRank,
    lora_alpha: hosted.loraAlpha,
    lora_dropout: hosted.loraDropout,
    lora_trainable_modules: hosted.loraModules?.join(',') ?? 'all-linear',
  }
}

function methodOf({ beta }: StudyTuning, hosted: HostedTuning): NonNullable<CreateParameters['training_method']> {
  return {
    method: 'dpo',
    dpo_beta: beta,
    rpo_alpha: hosted.rpoAlpha,
    ...said({
      dpo_normalize_logratios_by_length: hosted.normalizeByLength,
      dpo_reference_free: hosted.referenceFree,
      simpo_gamma: hosted.simpoGamma,
    }),
  }
}

function earlyStoppingOf({ earlyStopping }: HostedTuning): Partial<CreateParameters> {
  if (earlyStopping === undefined) return {}
  return {
    early_stopping_enabled: true,
    early_stopping_patience: earlyStopping.patience,
    early_stopping_min_delta: earlyStopping.minDelta,
    early_stopping_warmup_evals: earlyStopping.warmup,
  }
}

function hubOf({ huggingFace }: HostedTuning, { hfToken }: TogetherSecrets): Partial<CreateParameters> {
  if (huggingFace === undefined) return {}
  const { model, revision, outputRepo } = huggingFace
  return said({
    from_hf_model: model,
    hf_model_revision: revision,
    hf_output_repo_name: outputRepo,
    hf_api_token: hfToken,
  })
}

function wandbOf({ weightsAndBiases }: HostedTuning, { wandbKey }: TogetherSecrets): Partial<CreateParameters> {
  if (weightsAndBiases === undefined) return {}
  const { project, entity, name, baseUrl } = weightsAndBiases
  return said({
    wandb_project_name: project,
    wandb_entity: entity,
    wandb_name: name,
    wandb_base_url: baseUrl,
    wandb_api_key: wandbKey,
  })
}

/** @throws {ConfigError} if the tuning has no `hosted:` */
export function hostedOf({ name, hosted }: StudyTuning): HostedTuning {
  if (hosted === undefined)
    throw new ConfigError('expected what a hosted tuning needs, found nothing', `tuning.${name}.hosted`)
  return hosted
}

/** Losses that the service knows under dpo. */
const LOSSES: readonly string[] = ['dpo']

/** @throws {ConfigError} for what the service documents to refuse, whatever the model, and for a key that is not set */
export function checkTogetherTuning(
  tuning: StudyTuning,
  { hasValidation, secrets }: { readonly hasValidation: boolean; readonly secrets: TogetherSecrets },
): void {
  const hosted = hostedOf(tuning)
  const refuse = (field: string, message: string): never => {
    throw new ConfigError(message, `tuning.${tuning.name}.${field}`)
  }
  if (!LOSSES.includes(tuning.loss))
    refuse('loss', `expected dpo, the loss that backend together trains by, found "${tuning.loss}"`)
  if (tuning.learningRate > 1e-3)
    refuse('learningRate', `expected at most 0.001 for a hosted model, found ${tuning.learningRate}`)
  if (hosted.huggingFace?.outputRepo !== undefined && secrets.hfToken === undefined)
    refuse('hosted.huggingFace.outputRepo', 'expected a token of the Hugging Face Hub in HF_TOKEN, found none')
  if (hosted.weightsAndBiases !== undefined && secrets.wandbKey === undefined)
    refuse('hosted.weightsAndBiases', 'expected a key of Weights & Biases in WANDB_API_KEY, found none')
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
  const refuse = (field: string, expected: string, found: unknown): never => {
    throw new ConfigError(
      `expected ${expected} for ${limits.model_name}, found ${found}`,
      `tuning.${tuning.name}.${field}`,
    )
  }
  const within = (field: string, value: number | undefined, least: number, most: number): void => {
    if (value !== undefined && (value < least || value > most)) refuse(field, `${least} to ${most}`, value)
  }
  const { lora_training: lora, full_training: full } = limits
  within('learningRate', tuning.learningRate, limits.min_learning_rate, limits.max_learning_rate)
  within('epochs', tuning.epochs, 1, limits.max_num_epochs)
  within('evaluations', tuning.evaluations, 0, limits.max_num_evals)
  within('hosted.checkpoints', hosted.checkpoints, 1, limits.max_num_checkpoints)
  within('hosted.maxSequenceLength', hosted.maxSequenceLength, limits.min_max_seq_length, limits.max_seq_length_dpo)
  if (hosted.fullTraining === true) {
    if (!limits.supports_full_training || full === undefined)
      refuse('hosted.fullTraining', 'a low-rank adapter, the one training that there is', 'full training')
    else within('hosted.batchSize', hosted.batchSize, full.min_batch_size, full.max_batch_size_dpo)
    return
  }
  within('hosted.loraRank', hosted.loraRank, 1, lora.max_rank)
  within('hosted.batchSize', hosted.batchSize, lora.min_batch_size, lora.max_batch_size_dpo)
  const unknown = hosted.loraModules?.find((name) => !lora.target_modules.includes(name))
  if (unknown !== undefined) refuse('hosted.loraModules', `some of ${lora.target_modules.join(', ')}`, `"${unknown}"`)
}
