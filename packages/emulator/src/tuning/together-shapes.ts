import type { Services } from '../services.js'
import { eventsOf } from './together-events.js'
import { keptSteps, SEQUENCE, shownStep, stageOf, statusOf, type TogetherJob } from './together-status.js'

/** What POST and GET /fine-tunes and the cancelling of a job give. */
export function shortShape(job: TogetherJob, services: Services): object {
  const { request } = job
  return {
    ...commonShape(job, services),
    suffix: request.suffix,
    packing: request.packing,
    ...(request.max_seq_length === undefined ? {} : { max_seq_length: request.max_seq_length }),
    random_seed: request.random_seed,
    owner_address: 'emulator',
  }
}

/** What GET /fine-tunes/:id gives. */
export function fullShape(job: TogetherJob, services: Services): object {
  const isDone = statusOf(job, services) === 'completed'
  return {
    ...commonShape(job, services),
    job_id: job.id,
    trainingfile_numlines: job.trainingLines,
    trainingfile_size: job.trainingBytes,
    queue_depth: 0,
    param_count: 0,
    eval_steps: 0,
    epochs_completed: isDone ? job.request.n_epochs : 0,
    events: eventsOf(job, services),
    ...(isDone ? { model_output_path: `emulator://${job.id}/final` } : {}),
  }
}

function commonShape(job: TogetherJob, services: Services): object {
  const { request } = job
  const status = statusOf(job, services)
  const at = new Date(job.begunMs).toISOString()
  const early = job.outcome !== undefined && !('error' in job.outcome) ? job.outcome.earlyStop : undefined
  return {
    id: job.id,
    user_id: 'emulator',
    status,
    created_at: at,
    updated_at: at,
    started_at: at,
    model: job.model,
    training_file: request.training_file,
    ...(request.validation_file === undefined ? {} : { validation_file: request.validation_file }),
    ...(request.from_checkpoint === undefined ? {} : { from_checkpoint: request.from_checkpoint }),
    n_epochs: request.n_epochs,
    n_checkpoints: request.n_checkpoints,
    n_evals: request.n_evals,
    batch_size: request.batch_size,
    learning_rate: request.learning_rate,
    lr_scheduler: request.lr_scheduler,
    warmup_ratio: request.warmup_ratio,
    max_grad_norm: request.max_grad_norm,
    weight_decay: request.weight_decay,
    training_type: request.training_type ?? {
      type: 'Lora',
      lora_r: 8,
      lora_alpha: 16,
      lora_dropout: 0,
      lora_trainable_modules: 'all-linear',
    },
    training_method: request.training_method,
    token_count: job.tokens,
    total_price: job.price,
    model_output_name: job.outputName,
    progress: { estimate_available: false, seconds_remaining: 0 },
    ...(status === 'completed' && request.early_stopping_enabled
      ? {
          early_stopped: early !== undefined,
          ...(early === undefined
            ? {}
            : { early_stopping_best_metric: early.bestLoss, early_stopping_best_step: early.bestStep }),
        }
      : {}),
  }
}

/** The checkpoints so far: those in the midst of the training as adapters, the final one as adapter and merged. */
export function checkpointsOf(job: TogetherJob, services: Services): object[] {
  const { outcome } = job
  if (outcome === undefined || 'error' in outcome) return []
  const created_at = new Date(job.begunMs).toISOString()
  const shapeOf = (step: number, kind: string, checkpoint: string, path: string, name: string): object => ({
    step,
    created_at,
    checkpoint_type: kind,
    checkpoint,
    path: `emulator://${job.id}/${path}`,
    object_name: name,
  })
  const last = outcome.steps.at(-1)?.step ?? 0
  const before = keptSteps(job, services).map((step) =>
    shapeOf(step, `Intermediate Adapter (step ${step})`, 'adapter', `step-${step}`, `${job.outputName}-step-${step}`),
  )
  if (stageOf(job, services.progress.steps(job)) < SEQUENCE.indexOf('compressing')) return before
  return [
    ...before,
    shapeOf(last, 'Final Adapter', 'adapter', 'final-adapter', `${job.outputName}-adapter`),
    shapeOf(last, 'Final Merged', 'model', 'final', job.outputName),
  ]
}

/** Which metrics are asked for. */
export interface MetricsQuery {
  readonly global_step_from?: number | undefined
  readonly global_step_to?: number | undefined
  /** At most so many steps, uniformly sampled; those with a validation stay. */
  readonly resolution?: number | undefined
}

/** The metrics so far, by step; a validation's stand in the row of their step. */
export function metricsOf(job: TogetherJob, query: MetricsQuery, services: Services): Record<string, number>[] {
  if (job.outcome === undefined || 'error' in job.outcome) return []
  const { steps, validation } = job.outcome
  const evaluated = new Map(validation.map((point) => [point.step, point]))
  const { global_step_from: from = 0, global_step_to: to = Number.POSITIVE_INFINITY } = query
  const shown = shownStep(job, services)
  const within = steps.filter(({ step }) => step >= from && step <= to && step <= shown)
  const every = Math.max(1, Math.ceil(within.length / (query.resolution ?? within.length)))
  return within
    .filter(({ step }, at) => at % every === 0 || evaluated.has(step))
    .map(({ step, epoch, loss, rewardAccuracy, margin, learningRate }) => {
      const point = evaluated.get(step)
      return {
        global_step: step,
        epoch,
        'train/loss': loss,
        'train/rewards/accuracies': rewardAccuracy,
        'train/rewards/margins': margin,
        'train/learning_rate': learningRate,
        ...(point === undefined
          ? {}
          : {
              'eval/loss': point.loss,
              'eval/rewards/accuracies': point.rewardAccuracy,
              'eval/rewards/margins': point.margin,
            }),
      }
    })
}
