import { setImmediate } from 'node:timers/promises'
import type { PreferencePair, StudyTuning } from '@judgelab/core'
import {
  type DpoCheckpoint,
  type DpoStep,
  type DpoValidation,
  dpoSteps,
  type FeatureReader,
  type FeatureReport,
  featureReport,
  type Policy,
  rememberingReader,
  type TrainingPair,
} from '@judgelab/policy'
import type { PairSides } from '../pairs/split-pairs.js'

/** What one fine-tuning on this machine is given. */
export interface LocalTuning {
  readonly base: Policy
  readonly pairs: PairSides
  readonly parameters: StudyTuning
  /** How texts are read; defaults to one that reads each text of these pairs once. */
  readonly reader?: FeatureReader | undefined
  /** Versions of the weights to keep, spread evenly over the steps. */
  readonly checkpoints?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((done: number, total: number, unit: string) => void) | undefined
}

/** What came of it. */
export interface LocalTuningOutcome {
  readonly policy: Policy
  readonly steps: readonly DpoStep[]
  readonly validation: readonly DpoValidation[]
  /** With `patience`: the step whose weights were taken, and whether the training ended early. */
  readonly stopping?: { readonly bestStep: number; readonly early: boolean } | undefined
  /** Where versions were asked for: the policy as it was after some of the steps. */
  readonly checkpoints?: readonly DpoCheckpoint[] | undefined
  /** Which features moved, over the training pairs. */
  readonly features: FeatureReport
}

/** Time between two breaths, in which signals and progress get their turn. */
const BREATH_MS = 50

/**
 * Tunes the log-linear policy by DPO in this process; the base is the reference.
 *
 * @throws the signal's reason when it is stopped; nothing half-trained is returned
 */
export async function tuneLocally({
  base,
  pairs,
  parameters,
  reader = rememberingReader(),
  checkpoints,
  signal,
  onProgress,
}: LocalTuning): Promise<LocalTuningOutcome> {
  const breathe = breather(signal)
  const featuresOf = pairReader(reader)
  const all = pairs.train.length + pairs.validation.length
  const withFeatures: TrainingPair[] = []
  for (const pair of [...pairs.train, ...pairs.validation]) {
    await breathe()
    withFeatures.push(featuresOf(pair))
    onProgress?.(withFeatures.length, all, 'pairs read')
  }
  const { beta, epochs, batchSize, learningRate, seed, evaluations, loss, labelSmoothing, l2, schedule, patience } =
    parameters
  const trained = withFeatures.slice(0, pairs.train.length)
  const training = dpoSteps(base, trained, {
    beta,
    epochs,
    batchSize,
    learningRate,
    seed,
    evaluations,
    loss,
    labelSmoothing,
    l2,
    schedule,
    patience,
    checkpoints,
    validation: withFeatures.slice(pairs.train.length),
  })
  for (;;) {
    await breathe()
    const next = training.next()
    if (next.done) return { ...next.value, features: featureReport(base, next.value.policy, trained) }
    onProgress?.(next.value.step, next.value.steps, 'steps')
  }
}

/** A function that gives way to other work now and then, and throws the signal's reason when it was stopped. */
function breather(signal: AbortSignal | undefined): () => Promise<void> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last > BREATH_MS) {
      await setImmediate()
      last = performance.now()
    }
    signal?.throwIfAborted()
  }
}

/** A function that gives the features of a pair. */
function pairReader(read: FeatureReader): (pair: PreferencePair) => TrainingPair {
  return ({ id, input, preferred, nonPreferred, weight }) => {
    const featuresOf = read(input)
    return {
      id,
      preferred: featuresOf(preferred),
      nonPreferred: featuresOf(nonPreferred),
      ...(weight === undefined ? {} : { weight }),
    }
  }
}
