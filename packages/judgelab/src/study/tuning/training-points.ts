import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TrainingPoint } from '@judgelab/analysis'
import type { TuningMetrics } from '@judgelab/dpo'

/** Training and validation curves, as far as a service's metrics tell them. */
export interface TrainingCurves {
  readonly steps: readonly TrainingPoint[]
  readonly validation: readonly TrainingPoint[]
}

/** The curves of a job's folder; none where the service gave no metrics. */
export async function trainingCurves(folder: string): Promise<TrainingCurves> {
  const text = await readFile(join(folder, 'metrics.jsonl'), 'utf8').catch(() => '')
  const rows = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as TuningMetrics)
  return { steps: pointsOf(rows, 'train'), validation: pointsOf(rows, 'eval') }
}

/**
 * Services and trainers name the same figures differently: `train/loss`, `train_loss` or `loss`, `eval/rewards/accuracies`,
 * `eval_rewards/accuracies`. A row without a loss of that side is no point.
 */
function pointsOf(rows: readonly TuningMetrics[], side: 'train' | 'eval'): TrainingPoint[] {
  return rows.flatMap((row, at) => {
    const loss = figureOf(row, side, 'loss')
    if (loss === undefined) return []
    const step = row.global_step ?? row.step ?? at + 1
    return [
      {
        step,
        epoch: row.epoch ?? 0,
        loss,
        rewardAccuracy: figureOf(row, side, 'rewards/accuracies') ?? null,
        margin: figureOf(row, side, 'rewards/margins') ?? null,
      },
    ]
  })
}

function figureOf(row: TuningMetrics, side: 'train' | 'eval', figure: string): number | undefined {
  const names = [`${side}/${figure}`, `${side}_${figure}`, ...(side === 'train' ? [figure] : [])]
  const name = names.find((held) => row[held] !== undefined)
  return name === undefined ? undefined : row[name]
}
