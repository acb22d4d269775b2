import type { LearningSchedule } from '@judgelab/core'
import { checkLoss, type LossOptions } from './loss.js'
import type { TrainingPair } from './objective.js'

/** How to train. What is absent has the default of `DPO_DEFAULTS`. */
export interface DpoOptions extends LossOptions {
  /** Seeds the order of pairs. The only source of chance: same pairs, same options, same seed, same weights, byte for byte. */
  readonly seed: number
  /** How strongly the reference holds the policy; above 0. Larger is stronger. */
  readonly beta?: number | undefined
  /** Passes over the pairs. */
  readonly epochs?: number | undefined
  /** Pairs a step; the last step of an epoch takes what is left. */
  readonly batchSize?: number | undefined
  /** Peak rate, in nats of theta: an upper bound for a weight's move in one step, nearly. */
  readonly learningRate?: number | undefined
  /** Pull towards the reference: each step multiplies theta - theta_ref by 1 - rate * l2. 0 is the exact objective. */
  readonly l2?: number | undefined
  /** How the learning rate falls after its warm-up. */
  readonly schedule?: LearningSchedule | undefined
  /** Held-out pairs on which loss, reward accuracy and margin are measured during training; they never move a weight. */
  readonly validation?: readonly TrainingPair[] | undefined
  /** Validation points, spread evenly over the steps, the last after the last step. Only with `validation`. */
  readonly evaluations?: number | undefined
  /**
   * Ends the training when the validation loss has not been below its least for this many validation points; the policy is
   * then the one of the least loss, and so it is when the training goes to its end. Only with `validation`. Absent: the
   * policy is that of the last step.
   */
  readonly patience?: number | undefined
  /** Versions of the weights to keep, spread evenly over the steps, the last after the last step. Absent: none. */
  readonly checkpoints?: number | undefined
  /** Called after each step. */
  readonly onStep?: ((step: DpoStep) => void) | undefined
  /** Stops training before the next step by throwing the signal's reason; no half-trained policy is returned. */
  readonly signal?: AbortSignal | undefined
}

/** The options that have a default. */
export interface DpoDefaults {
  readonly beta: number
  readonly epochs: number
  readonly batchSize: number
  readonly learningRate: number
  readonly l2: number
  readonly evaluations: number
  readonly schedule: LearningSchedule
}

/** Defaults of the published protocol where it has them (beta, epochs, evaluations), else of this trainer. */
export const DPO_DEFAULTS: DpoDefaults = {
  beta: 0.1,
  epochs: 3,
  batchSize: 32,
  learningRate: 10,
  l2: 0,
  evaluations: 5,
  schedule: 'linear',
}

/** Options with nothing left open. */
export type DpoSettings = Omit<DpoOptions, keyof DpoDefaults> & DpoDefaults

/** Loss, reward accuracy and margin of some pairs. */
export interface DpoMeasure {
  /** Mean of weight * loss of the pair's margin; nats for dpo and cdpo. */
  readonly loss: number
  /** Share of pairs whose preferred response has the larger implicit reward, in [0, 1]; an exact tie counts as half. */
  readonly rewardAccuracy: number
  /** Mean implicit reward margin, in nats times beta. */
  readonly margin: number
}

/** One step, measured on its batch before its update. */
export interface DpoStep extends DpoMeasure {
  /** Counting from 1. */
  readonly step: number
  /** All steps there will be. */
  readonly steps: number
  /** The epoch that the step belongs to, counting from 1. */
  readonly epoch: number
  readonly learningRate: number
}

/** The validation pairs after the update of a step. */
export interface DpoValidation extends DpoMeasure {
  readonly step: number
  readonly epoch: number
}

/** The options with defaults filled in. @throws {RangeError} naming the option that is out of range */
export function completeOptions(options: DpoOptions): DpoSettings {
  const complete: DpoSettings = {
    ...options,
    beta: options.beta ?? DPO_DEFAULTS.beta,
    epochs: options.epochs ?? DPO_DEFAULTS.epochs,
    batchSize: options.batchSize ?? DPO_DEFAULTS.batchSize,
    learningRate: options.learningRate ?? DPO_DEFAULTS.learningRate,
    l2: options.l2 ?? DPO_DEFAULTS.l2,
    evaluations: options.evaluations ?? DPO_DEFAULTS.evaluations,
    schedule: options.schedule ?? DPO_DEFAULTS.schedule,
  }
  const { beta, epochs, batchSize, learningRate, l2, evaluations } = complete
  demand(beta > 0 && Number.isFinite(beta), `beta > 0, got beta=${beta}`)
  demand(Number.isInteger(epochs) && epochs >= 0, `an integer epochs >= 0, got epochs=${epochs}`)
  demand(Number.isInteger(batchSize) && batchSize >= 1, `an integer batchSize >= 1, got batchSize=${batchSize}`)
  demand(learningRate > 0 && Number.isFinite(learningRate), `learningRate > 0, got learningRate=${learningRate}`)
  demand(
    l2 >= 0 && l2 * learningRate < 1,
    `l2 >= 0 with l2 * learningRate < 1, got l2=${l2}, learningRate=${learningRate}`,
  )
  demand(
    Number.isInteger(evaluations) && evaluations >= 0,
    `an integer evaluations >= 0, got evaluations=${evaluations}`,
  )
  const { patience, validation = [] } = complete
  demand(
    patience === undefined || (Number.isInteger(patience) && patience >= 1 && validation.length > 0 && evaluations > 0),
    `an integer patience >= 1 with validation pairs and evaluations, got patience=${patience}, validation=${validation.length}, evaluations=${evaluations}`,
  )
  const { checkpoints = 0 } = complete
  demand(
    Number.isInteger(checkpoints) && checkpoints >= 0,
    `an integer checkpoints >= 0, got checkpoints=${checkpoints}`,
  )
  checkLoss(complete)
  return complete
}

function demand(met: boolean, rule: string): void {
  if (!met) throw new RangeError(`trainDpo needs ${rule}`)
}
