import type { Services } from '../services.js'
import { notCarriedOut } from './together-request.js'
import { keptSteps, SEQUENCE, shownStep, stageOf, statusOf, type TogetherJob } from './together-status.js'

type Told = readonly [type: string, message: string, more?: object]

/** What has happened to a job so far, oldest first. The list only grows. */
export function eventsOf(job: TogetherJob, services: Services): object[] {
  const status = statusOf(job, services)
  const isCancelled = job.cancelledAt !== undefined
  const reached = stageOf(job, isCancelled ? (job.cancelledAt as number) : services.progress.steps(job))
  const told = SEQUENCE.slice(0, reached + 1).flatMap((stage) => [
    ...entering(stage, job),
    ...(stage === 'running' ? training(job, services) : []),
    ...(stage === SEQUENCE[reached] ? [] : leaving(stage, job)),
  ])
  if (isCancelled) told.push(['cancel_requested', 'Cancel requested'])
  if (status === 'cancelled') told.push(['job_stopped', 'Job was stopped'])
  if (status === 'error') told.push(['job_error', errorOf(job), { level: 'error' }])
  const created_at = new Date(job.begunMs).toISOString()
  return told.map(([type, message, more = {}]) => ({
    object: 'fine-tune-event',
    created_at,
    level: 'info',
    message,
    type,
    ...more,
  }))
}

/** What went wrong. */
export function errorOf(job: TogetherJob): string {
  return job.outcome !== undefined && 'error' in job.outcome ? job.outcome.error : 'Training failed on a node'
}

function entering(stage: (typeof SEQUENCE)[number], job: TogetherJob): Told[] {
  switch (stage) {
    case 'pending':
      return [['job_pending', 'Fine-tune request created']]
    case 'queued':
      return []
    case 'running':
      return [
        ['job_start', 'Job started'],
        ['model_downloading', `Downloading ${job.model}`],
        ['model_download_complete', `Downloaded ${job.model}`],
        ['training_data_downloading', 'Downloading training data'],
        ['training_data_download_complete', 'Downloaded training data'],
        ['training_start', 'Training started'],
        ...warnings(job),
      ]
    case 'compressing':
      return [['model_compressing', 'Compressing output model']]
    case 'uploading':
      return [['model_uploading', 'Uploading output model']]
    case 'completed':
      return [['job_complete', 'Job finished', { model_path: job.outputName }]]
  }
}

/** The service would do these; the emulator says that it does not. */
function warnings({ request }: TogetherJob): Told[] {
  const left = notCarriedOut(request)
  if (left.length === 0) return []
  return [
    ['warning', `The emulator takes ${left.join(', ')} and tunes by plain DPO all the same`, { level: 'warning' }],
  ]
}

/** What the training has told so far, by step: ends of epochs, and weights that were kept. */
function training(job: TogetherJob, services: Services): Told[] {
  if (job.outcome === undefined || 'error' in job.outcome) return []
  const { steps } = job.outcome
  const total_steps = steps.at(-1)?.steps ?? 0
  const shown = shownStep(job, services)
  const kept = new Set(keptSteps(job, services))
  return steps
    .filter(({ step }) => step <= shown)
    .flatMap(({ epoch, step }, at): Told[] => [
      ...(kept.has(step) ? [saved(job, step, `step-${step}`)] : []),
      ...(epoch === steps[at + 1]?.epoch
        ? []
        : [['epoch_complete', `Epoch completed, at step ${step}, epoch ${epoch}`, { step, total_steps }] as Told]),
    ])
}

function saved({ id }: TogetherJob, step: number, path: string): Told {
  return ['checkpoint_save', 'Checkpoint saved', { step, checkpoint_path: `emulator://${id}/${path}` }]
}

function leaving(stage: (typeof SEQUENCE)[number], job: TogetherJob): Told[] {
  if (stage === 'compressing') return [['model_compression_complete', 'Model compression complete']]
  if (stage === 'uploading') return [['model_upload_complete', 'Model upload complete']]
  if (stage !== 'running' || job.outcome === undefined || 'error' in job.outcome) return []
  const { steps, earlyStop } = job.outcome
  return [
    ...(earlyStop === undefined
      ? []
      : [
          [
            'early_stopped',
            `Stopped early at step ${earlyStop.step}`,
            {
              step: earlyStop.step,
              early_stopping_best_metric_value: earlyStop.bestLoss,
              early_stopping_best_step: earlyStop.bestStep,
            },
          ] as Told,
        ]),
    saved(job, steps.at(-1)?.step ?? 0, 'final'),
    ['training_complete', 'Training completed'],
  ]
}
