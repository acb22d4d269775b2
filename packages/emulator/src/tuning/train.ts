import type { PreferencePair, StudyTuning } from '@judgelab/core'
import { type LocalTuningOutcome, tuneLocally } from '@judgelab/dpo'
import type { Policy } from '@judgelab/policy'
import { trainingPairs } from './training-pairs.js'

/**
 * What a hosted learning rate of 1 is on the policy's scale. Hosted rates move the weights of a large model: the published
 * 5e-6 is small there. The policy has few weights, in nats, and learns at a rate of 10: the published rate is mapped on that
 * one, and all others in proportion.
 */
export const POLICY_RATE_PER_HOSTED_RATE = 2_000_000

/** One training of the policy behind a fine-tuning job. */
export interface Training {
  readonly base: Policy
  readonly pairs: readonly PreferencePair[]
  readonly validation: readonly PreferencePair[]
  readonly beta: number
  readonly epochs: number
  readonly batchSize: number
  /** On the policy's scale. */
  readonly policyRate: number
  readonly seed: number
  readonly evaluations: number
  readonly checkpoints?: number | undefined
  readonly earlyStopping?: EarlyStopping | undefined
  readonly signal: AbortSignal
}

export interface EarlyStopping {
  readonly patience: number
  readonly minDelta: number
  readonly warmup: number
}

/** What a training came to. */
export interface Trained extends Omit<LocalTuningOutcome, 'features'> {
  readonly earlyStop?: { readonly step: number; readonly bestStep: number; readonly bestLoss: number } | undefined
}

/**
 * Trains by DPO, as packages/dpo does on this machine. Where early stopping ends it, the policy is trained anew for the
 * epochs up to the one in which the best evaluation fell, and the measurements are those up to the stop.
 *
 * @throws {RangeError} if no pair is left that the policy can learn from; the signal's reason when it was stopped
 */
export async function train(asked: Training): Promise<Trained> {
  const sides = { train: trainingPairs(asked.pairs), validation: trainingPairs(asked.validation) }
  if (sides.train.length === 0) throw new RangeError('train needs pairs that name two responses, got none')
  const run = (epochs: number): Promise<LocalTuningOutcome> =>
    tuneLocally({
      base: asked.base,
      pairs: sides,
      parameters: parametersOf(asked, epochs),
      checkpoints: asked.checkpoints,
      signal: asked.signal,
    })
  const whole = await run(asked.epochs)
  const stop = asked.earlyStopping === undefined ? undefined : stopOf(whole.validation, asked.earlyStopping)
  if (stop === undefined) return whole
  const best = whole.validation[stop.best] as Validation
  const last = whole.validation[stop.at] as Validation
  const { policy } = await run(Math.max(1, Math.ceil(best.epoch)))
  return {
    policy,
    steps: whole.steps.filter(({ step }) => step <= last.step),
    validation: whole.validation.slice(0, stop.at + 1),
    checkpoints: whole.checkpoints?.filter(({ step }) => step <= last.step),
    earlyStop: { step: last.step, bestStep: best.step, bestLoss: best.loss },
  }
}

type Validation = LocalTuningOutcome['validation'][number]

function parametersOf(
  { beta, batchSize, policyRate, seed, evaluations, validation }: Training,
  epochs: number,
): StudyTuning {
  return {
    name: 'emulated',
    label: 'emulated',
    base: 'emulated',
    backend: 'local',
    beta,
    epochs,
    batchSize,
    learningRate: policyRate,
    seed,
    evaluations: validation.length === 0 ? 0 : evaluations,
    loss: 'dpo',
    labelSmoothing: 0,
    l2: 0,
    schedule: 'linear',
  }
}

/** Where the validation loss had not fallen by `minDelta` for `patience` evaluations after the warm-up, and where it was best. */
function stopOf(
  validation: readonly Validation[],
  { patience, minDelta, warmup }: EarlyStopping,
): { readonly at: number; readonly best: number } | undefined {
  let best = 0
  let without = 0
  for (let at = 1; at < validation.length; at++) {
    const isBetter = (validation[at] as Validation).loss < (validation[best] as Validation).loss - minDelta
    if (isBetter) best = at
    if (at < warmup) continue
    without = isBetter ? 0 : without + 1
    if (without >= patience) return at === validation.length - 1 ? undefined : { at, best }
  }
  return undefined
}
