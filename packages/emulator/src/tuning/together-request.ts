import { z } from 'zod'
import type { StoredFile } from '../files/file-store.js'
import { togetherFileStatus } from '../files/together-files.js'
import { refuse } from '../http/reply.js'
import { type Json, parseRequest } from '../inference/check-request.js'
import type { Services } from '../services.js'
import { LIMITS, TARGET_MODULES } from './limits.js'

const method = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('sft'), train_on_inputs: z.union([z.boolean(), z.literal('auto')]) }),
  z.strictObject({
    method: z.literal('dpo'),
    dpo_beta: z.number().positive().default(0.1),
    dpo_normalize_logratios_by_length: z.boolean().default(false),
    dpo_reference_free: z.boolean().default(false),
    rpo_alpha: z.number().min(0).default(0),
    simpo_gamma: z.number().min(0).default(0),
  }),
])
const lora = z.strictObject({
  type: z.literal('Lora'),
  lora_r: z.int().min(1).max(LIMITS.max_rank),
  lora_alpha: z.number().positive(),
  lora_dropout: z.number().min(0).lt(1).default(0),
  lora_trainable_modules: z
    .string()
    .refine(
      (said) =>
        said === 'all-linear' || said.split(',').every((name) => (TARGET_MODULES as readonly string[]).includes(name)),
      `expected all-linear, or a comma-separated list of ${TARGET_MODULES.join(', ')}`,
    )
    .default('all-linear'),
})
const trainingType = z.discriminatedUnion('type', [lora, z.strictObject({ type: z.literal('Full') })])
const minRatio = z.number().min(0).max(1)
const schedule = z.discriminatedUnion('lr_scheduler_type', [
  z.strictObject({
    lr_scheduler_type: z.literal('linear'),
    lr_scheduler_args: z.strictObject({ min_lr_ratio: minRatio.optional() }).optional(),
  }),
  z.strictObject({
    lr_scheduler_type: z.literal('cosine'),
    lr_scheduler_args: z.strictObject({ min_lr_ratio: minRatio, num_cycles: z.number().positive() }).optional(),
  }),
])
const text = z.string().min(1).optional()
/** What an estimate may say, too. */
const priced = {
  training_file: z.string(),
  validation_file: z.string().optional(),
  from_checkpoint: z.string().optional(),
  n_epochs: z.int().min(1).max(LIMITS.max_num_epochs).default(1),
  n_evals: z.int().min(0).max(LIMITS.max_num_evals).default(0),
  training_type: trainingType.nullish(),
  training_method: method.default({ method: 'sft', train_on_inputs: 'auto' }),
}
const estimateRequest = z.strictObject({ model: z.string().optional(), ...priced })
/** Every documented parameter, and no other. */
const tuningRequest = z.strictObject({
  model: z.string(),
  ...priced,
  n_checkpoints: z.int().min(1).max(LIMITS.max_num_checkpoints).default(1),
  batch_size: z
    .union([z.literal('max'), z.int().min(LIMITS.min_batch_size).max(LIMITS.max_batch_size_dpo)])
    .default('max'),
  gradient_accumulation_steps: z.int().min(0).optional(),
  learning_rate: z.number().min(LIMITS.min_learning_rate).max(LIMITS.max_learning_rate).default(1e-5),
  lr_scheduler: schedule.default({ lr_scheduler_type: 'cosine' }),
  warmup_ratio: z.number().min(0).max(1).default(0),
  max_grad_norm: z.number().min(0).default(1),
  weight_decay: z.number().min(0).default(0),
  max_seq_length: z.int().min(LIMITS.min_max_seq_length).max(LIMITS.max_seq_length_dpo).optional(),
  packing: z.boolean().default(true),
  random_seed: z.int().min(0).max(0xffffffff).nullable().default(42),
  suffix: z.string().max(64).optional(),
  train_on_inputs: z.union([z.boolean(), z.literal('auto')]).optional(),
  multimodal_params: z.strictObject({ train_vision: z.literal(false).optional() }).optional(),
  early_stopping_enabled: z.boolean().default(false),
  early_stopping_patience: z.int().min(1).default(1),
  early_stopping_min_delta: z.number().min(0).default(0),
  early_stopping_warmup_evals: z.int().min(0).nullable().default(1),
  from_hf_model: text,
  hf_model_revision: text,
  hf_output_repo_name: text,
  hf_api_token: text,
  wandb_api_key: text,
  wandb_base_url: z.url().optional(),
  wandb_entity: text,
  wandb_name: text,
  wandb_project_name: text,
})

/** What the price of a fine-tuning depends on, defaults filled in, in the service's own words. */
export interface PricedTuning {
  readonly training_file: string
  readonly validation_file?: string | undefined
  readonly from_checkpoint?: string | undefined
  readonly n_epochs: number
  readonly n_evals: number
  readonly training_type?: { readonly type: 'Lora' | 'Full' } | null | undefined
  readonly training_method: { readonly method: 'sft' } | DpoMethod
}

/** A fine-tuning as it was asked for: what the emulator does something with. */
export interface TogetherTuning extends PricedTuning {
  readonly model: string
  readonly n_checkpoints: number
  readonly batch_size: number | 'max'
  readonly learning_rate: number
  readonly lr_scheduler: object
  readonly warmup_ratio: number
  readonly max_grad_norm: number
  readonly weight_decay: number
  readonly max_seq_length?: number | undefined
  readonly packing: boolean
  readonly random_seed: number | null
  readonly suffix?: string | undefined
  readonly early_stopping_enabled: boolean
  readonly early_stopping_patience: number
  readonly early_stopping_min_delta: number
  readonly early_stopping_warmup_evals: number | null
  readonly from_hf_model?: string | undefined
  readonly hf_output_repo_name?: string | undefined
  readonly hf_api_token?: string | undefined
  readonly wandb_api_key?: string | undefined
}

interface DpoMethod {
  readonly method: 'dpo'
  readonly dpo_beta: number
  readonly dpo_normalize_logratios_by_length: boolean
  readonly dpo_reference_free: boolean
  readonly rpo_alpha: number
  readonly simpo_gamma: number
}

/** Reads a request for an estimate. @throws {RefusedRequest} for what is out of range, and unknown parameters */
export function readEstimateRequest(body: Json): PricedTuning {
  return parseRequest(estimateRequest, body)
}

/** Reads a request for a fine-tuning job. @throws {RefusedRequest} for what the service documents to refuse, and what the emulator has no trainer for */
export function parseTogetherTuning(body: Json): TogetherTuning {
  const read: TogetherTuning = parseRequest(tuningRequest, body)
  if (read.n_evals > 0 && read.validation_file === undefined)
    refuse(400, 'n_evals needs a validation_file', { param: 'n_evals' })
  if (read.training_type?.type === 'Full')
    refuse(400, 'This model does not support full fine-tuning.', { param: 'training_type' })
  if (read.training_method.method === 'sft')
    refuse(400, 'The emulator tunes by dpo only: its policy has no likelihood of one text alone.', {
      param: 'training_method',
    })
  if (read.from_hf_model !== undefined)
    refuse(400, 'The emulator has no models of the Hugging Face Hub to start from.', { param: 'from_hf_model' })
  if (read.hf_output_repo_name !== undefined && read.hf_api_token === undefined)
    refuse(400, 'hf_output_repo_name needs an hf_api_token', { param: 'hf_api_token' })
  if (read.early_stopping_enabled) {
    if (read.validation_file === undefined)
      refuse(400, 'early stopping needs a validation_file', { param: 'early_stopping_enabled' })
    const least = read.early_stopping_patience + (read.early_stopping_warmup_evals ?? 1) + 1
    if (read.n_evals < least)
      refuse(400, `n_evals must be at least early_stopping_patience + early_stopping_warmup_evals + 1 = ${least}`, {
        param: 'n_evals',
      })
  }
  return read
}

/**
 * What of a request the emulator takes and does not do: its policy is tuned by plain DPO, has no adapter, and sends nothing to
 * other services.
 */
export function notCarriedOut({ training_method: by, ...asked }: TogetherTuning): string[] {
  const loss =
    by.method === 'dpo'
      ? [
          ...(by.rpo_alpha > 0 ? ['rpo_alpha'] : []),
          ...(by.simpo_gamma > 0 ? ['simpo_gamma'] : []),
          ...(by.dpo_reference_free ? ['dpo_reference_free'] : []),
          ...(by.dpo_normalize_logratios_by_length ? ['dpo_normalize_logratios_by_length'] : []),
        ]
      : []
  const sent = ['hf_output_repo_name', 'wandb_api_key'] as const
  return [...loss, ...sent.filter((name) => asked[name] !== undefined)]
}

/** A file that a job may train on. @throws {RefusedRequest} if it is not there, for something else, or not looked through */
export function tuningFile(id: string, param: string, services: Services): StoredFile {
  const file = services.files.find(id, 'together') ?? refuse(400, `File ${id} was not found`, { param })
  if (file.purpose !== 'fine-tune') refuse(400, `File ${id} has purpose ${file.purpose}, expected fine-tune`, { param })
  const status = togetherFileStatus(file, services)
  if (status === 'INVALID_FORMAT' || status === 'FAILED')
    refuse(400, `File ${id} is invalid: ${services.reportOn(file).error ?? status}`, { param })
  if (status !== 'COMPLETED')
    refuse(400, `File ${id} has not been validated yet (${status}); try again later`, { param })
  const format = services.reportOn(file).dataset_format
  if (format !== 'PREFERENCE_OPENAI')
    refuse(400, `File ${id} has the format ${format}, expected preference data for dpo`, { param })
  return file
}
