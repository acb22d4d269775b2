import { finishBreathing, type PreferencePair, type Steps, type StudyTuning } from '@judgelab/core'
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
import { comparedResponses, type FindExample } from './compared-responses.js'

/** What one fine-tuning on this machine is given. */
export interface LocalTuning {
  readonly base: Policy
  readonly pairs: PairSides
  readonly parameters: StudyTuning
  /** Finds the examples that verdict pairs are about: their responses are what is learned. Without it there may be none. */
  readonly find?: FindExample | undefined
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

/**
 * Tunes the log-linear policy by DPO in this process; the base is the reference.
 *
 * @throws the signal's reason when it is stopped; nothing half-trained is returned
 * @throws {RangeError} as `comparedResponses`
 */
export function tuneLocally({ signal, ...tuning }: LocalTuning): Promise<LocalTuningOutcome> {
  return finishBreathing(tuningSteps(tuning), signal)
}

function* tuningSteps({
  base,
  pairs,
  parameters,
  find = () => undefined,
  reader = rememberingReader(),
  checkpoints,
  onProgress,
}: Omit<LocalTuning, 'signal'>): Steps<LocalTuningOutcome> {
  const featuresOf = pairReader(reader)
  const all = pairs.train.length + pairs.validation.length
  const withFeatures: TrainingPair[] = []
  for (const pair of [...pairs.train, ...pairs.validation]) {
    withFeatures.push(featuresOf(comparedResponses(pair, find)))
    onProgress?.(withFeatures.length, all, 'pairs read')
    yield
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
    const next = training.next()
    if (next.done) return { ...next.value, features: featureReport(base, next.value.policy, trained) }
    onProgress?.(next.value.step, next.value.steps, 'steps')
    yield
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
