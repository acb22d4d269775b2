import { z } from 'zod'
import type { StoredFile } from '../files/file-store.js'
import { togetherFileStatus } from '../files/together-files.js'
import { refuse } from '../http/reply.js'
import { type Json, parseRequest } from '../inference/check-request.js'
import type { Services } from '../services.js'
import { LIMITS } from './limits.js'

const method = z.discriminatedUnion('method', [
  z.looseObject({ method: z.literal('sft') }),
  z.looseObject({
    method: z.literal('dpo'),
    dpo_beta: z.number().positive().default(0.1),
    dpo_normalize_logratios_by_length: z.boolean().default(false),
    dpo_reference_free: z.boolean().default(false),
    rpo_alpha: z.number().min(0).default(0),
    simpo_gamma: z.number().min(0).default(0),
  }),
])
const lora = z.looseObject({
  type: z.literal('Lora'),
  lora_r: z.int().min(1).max(LIMITS.max_rank),
  lora_alpha: z.number().positive(),
  lora_dropout: z.number().min(0).lt(1).default(0),
  lora_trainable_modules: z.string().default('all-linear'),
})
const trainingType = z.discriminatedUnion('type', [lora, z.looseObject({ type: z.literal('Full') })])
const schedule = z.looseObject({
  lr_scheduler_type: z.enum(['linear', 'cosine']),
  lr_scheduler_args: z
    .looseObject({ min_lr_ratio: z.number().min(0).max(1).optional(), num_cycles: z.number().positive().optional() })
    .optional(),
})
const tuningRequest = z.looseObject({
  model: z.string().optional(),
  training_file: z.string(),
  validation_file: z.string().optional(),
  from_checkpoint: z.string().optional(),
  n_epochs: z.int().min(1).max(LIMITS.max_num_epochs).default(1),
  n_checkpoints: z.int().min(1).max(LIMITS.max_num_checkpoints).default(1),
  n_evals: z.int().min(0).max(LIMITS.max_num_evals).default(0),
  batch_size: z
    .union([z.literal('max'), z.int().min(LIMITS.min_batch_size).max(LIMITS.max_batch_size_dpo)])
    .default('max'),
  learning_rate: z.number().min(LIMITS.min_learning_rate).max(LIMITS.max_learning_rate).default(1e-5),
  lr_scheduler: schedule.default({ lr_scheduler_type: 'cosine' }),
  warmup_ratio: z.number().min(0).max(1).default(0),
  max_grad_norm: z.number().min(0).default(1),
  weight_decay: z.number().min(0).default(0),
  packing: z.boolean().default(true),
  random_seed: z.int().min(0).max(0xffffffff).nullable().default(42),
  suffix: z.string().max(64).optional(),
  training_type: trainingType.nullish(),
  training_method: method.default({ method: 'sft' }),
  early_stopping_enabled: z.boolean().default(false),
  early_stopping_patience: z.int().min(1).default(1),
  early_stopping_min_delta: z.number().min(0).default(0),
  early_stopping_warmup_evals: z.int().min(0).nullable().default(1),
})

/** A fine-tuning as it was asked for, defaults filled in, in the service's own words. */
export interface TogetherTuning {
  readonly model?: string | undefined
  readonly training_file: string
  readonly validation_file?: string | undefined
  readonly from_checkpoint?: string | undefined
  readonly n_epochs: number
  readonly n_checkpoints: number
  readonly n_evals: number
  readonly batch_size: number | 'max'
  readonly learning_rate: number
  readonly lr_scheduler: object
  readonly warmup_ratio: number
  readonly max_grad_norm: number
  readonly weight_decay: number
  readonly packing: boolean
  readonly random_seed: number | null
  readonly suffix?: string | undefined
  readonly training_type?: { readonly type: 'Lora' | 'Full' } | null | undefined
  readonly training_method: { readonly method: 'sft' } | DpoMethod
  readonly early_stopping_enabled: boolean
  readonly early_stopping_patience: number
  readonly early_stopping_min_delta: number
  readonly early_stopping_warmup_evals: number | null
}

interface DpoMethod {
  readonly method: 'dpo'
  readonly dpo_beta: number
  readonly dpo_normalize_logratios_by_length: boolean
  readonly dpo_reference_free: boolean
  readonly rpo_alpha: number
  readonly simpo_gamma: number
}

/** Reads a request for an estimate. @throws {RefusedRequest} for what is out of range */
export function readTogetherTuning(body: Json): TogetherTuning {
  return parseRequest(tuningRequest, body)
}

/** Reads a request for a fine-tuning job. @throws {RefusedRequest} for what the service documents to refuse, and what the policy cannot learn by */
export function parseTogetherTuning(body: Json): TogetherTuning {
  const read = readTogetherTuning(body)
  if (read.model === undefined && read.from_checkpoint === undefined)
    refuse(400, 'model or from_checkpoint is required', { param: 'model' })
  if (read.n_evals > 0 && read.validation_file === undefined)
    refuse(400, 'n_evals needs a validation_file', { param: 'n_evals' })
  if (read.training_type?.type === 'Full')
    refuse(400, 'This model does not support full fine-tuning.', { param: 'training_type' })
  const { training_method: by } = read
  if (by.method === 'sft')
    refuse(400, 'The emulator tunes by dpo only: its policy has no likelihood of one text alone.', {
      param: 'training_method',
    })
  if (
    by.method === 'dpo' &&
    (by.rpo_alpha > 0 || by.dpo_reference_free || by.dpo_normalize_logratios_by_length || by.simpo_gamma > 0)
  )
    refuse(
      400,
      'The emulator tunes by plain dpo only: RPO, SimPO, reference-free and length-normalised losses need the likelihood of a text.',
      {
        param: 'training_method',
      },
    )
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

/** A file that a job may train on. @throws {RefusedRequest} if it is not there, for something else, or not looked through */
export function tuningFile(id: string, param: string, services: Services): StoredFile {
  const file = services.files.find(id, 'together') ?? refuse(400, `File ${id} was not found`, { param })
  if (file.purpose !== 'fine-tune') refuse(400, `File ${id} has purpose ${file.purpose}, expected fine-tune`, { param })
  const status = togetherFileStatus(file, services)
  if (status === 'INVALID_FORMAT')
    refuse(400, `File ${id} is invalid: ${services.reportOn(file).error ?? ''}`, { param })
  if (status !== 'COMPLETED')
    refuse(400, `File ${id} has not been validated yet (${status}); try again later`, { param })
  const format = services.reportOn(file).dataset_format
  if (format !== 'PREFERENCE_OPENAI')
    refuse(400, `File ${id} has the format ${format}, expected preference data for dpo`, { param })
  return file
}
