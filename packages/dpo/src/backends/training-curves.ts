import { loggedRows } from './job-log.js'

/** One row of training figures, by the trainer's own names. */
export type TuningMetrics = Readonly<Record<string, number>>

/** One point of a training curve. */
export interface TrainingPoint {
  readonly step: number
  readonly epoch: number
  readonly loss: number
  /** Share of pairs whose implicit reward is higher for the preferred output; an exact tie counts half. Null where the trainer does not say. */
  readonly rewardAccuracy: number | null
  /** Mean implicit reward of preferred minus non-preferred output; an exact tie counts half. Null where the trainer does not say. */
  readonly margin: number | null
}

/** Training and validation curves, as far as a job's metrics tell them; by step. */
export interface TrainingCurves {
  readonly steps: readonly TrainingPoint[]
  readonly validation: readonly TrainingPoint[]
}

/** The curves of a job's folder; none where the trainer gave no metrics. */
export async function trainingCurves(folder: string): Promise<TrainingCurves> {
  const rows = (await loggedRows(folder, 'metrics')) as readonly TuningMetrics[]
  return { steps: pointsOf(rows, 'train'), validation: pointsOf(rows, 'eval') }
}

/**
 * Services and trainers name the same figures differently: `train/loss`, `train_loss` or `loss`, `eval/rewards/accuracies`,
 * `eval_rewards/accuracies`. A row without a loss of that side is no point.
 */
function pointsOf(rows: readonly TuningMetrics[], side: 'train' | 'eval'): TrainingPoint[] {
  const points = rows.flatMap((row, at) => {
    const loss = figureOf(row, side, 'loss')
    if (loss === undefined) return []
    return [
      {
        step: stepOf(row) ?? at + 1,
        epoch: row.epoch ?? 0,
        loss,
        rewardAccuracy: figureOf(row, side, 'rewards/accuracies') ?? null,
        margin: figureOf(row, side, 'rewards/margins') ?? null,
      },
    ]
  })
  return points.sort((a, b) => a.step - b.step)
}

/** The training step of a row, where it says one. */
export function stepOf(row: Readonly<Record<string, unknown>>): number | undefined {
  const step = row.global_step ?? row.step
  return typeof step === 'number' ? step : undefined
}

function figureOf(row: TuningMetrics, side: 'train' | 'eval', figure: string): number | undefined {
  const names = [`${side}/${figure}`, `${side}_${figure}`, ...(side === 'train' ? [figure] : [])]
  const name = names.find((held) => row[held] !== undefined)
  return name === undefined ? undefined : row[name]
}

/** Points of both curves as rows of metrics, which `trainingCurves` reads back. */
export function metricsOf({ steps, validation }: TrainingCurves): TuningMetrics[] {
  return [...steps.map((point) => metricsRow(point, 'train')), ...validation.map((point) => metricsRow(point, 'eval'))]
}

function metricsRow(
  { step, epoch, loss, rewardAccuracy, margin }: TrainingPoint,
  side: 'train' | 'eval',
): TuningMetrics {
  return {
    global_step: step,
    epoch,
    [`${side}/loss`]: loss,
    ...(rewardAccuracy === null ? {} : { [`${side}/rewards/accuracies`]: rewardAccuracy }),
    ...(margin === null ? {} : { [`${side}/rewards/margins`]: margin }),
  }
}
