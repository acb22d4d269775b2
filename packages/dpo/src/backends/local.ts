import { type PreferencePair, promptText, type StudyTuning } from '@judgelab/core'
import {
  type DpoStep,
  type DpoValidation,
  extractFeatures,
  type Policy,
  type TrainingPair,
  trainDpo,
} from '@judgelab/policy'
import type { PairSides } from '../pairs/split-pairs.js'

/** What one fine-tuning on this machine is given. */
export interface LocalTuning {
  readonly base: Policy
  readonly pairs: PairSides
  readonly parameters: StudyTuning
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((done: number, total: number, unit: string) => void) | undefined
}

/** What came of it. */
export interface LocalTuningOutcome {
  readonly policy: Policy
  readonly steps: readonly DpoStep[]
  readonly validation: readonly DpoValidation[]
}

/**
 * Tunes the log-linear policy by DPO in this process; the base is the reference.
 *
 * @throws the signal's reason when it is stopped; nothing half-trained is returned
 */
export function tuneLocally({ base, pairs, parameters, signal, onProgress }: LocalTuning): LocalTuningOutcome {
  const all = pairs.train.length + pairs.validation.length
  let read = 0
  const withFeatures = (pair: PreferencePair): TrainingPair => {
    signal?.throwIfAborted()
    onProgress?.(++read, all, 'pairs read')
    return trainingPair(pair)
  }
  const train = pairs.train.map(withFeatures)
  const validation = pairs.validation.map(withFeatures)
  const { beta, epochs, batchSize, learningRate, seed, evaluations } = parameters
  const {
    policy,
    steps,
    validation: points,
  } = trainDpo(base, train, {
    beta,
    epochs,
    batchSize,
    learningRate,
    seed,
    evaluations,
    validation,
    signal,
    onStep: ({ step, steps: total }) => onProgress?.(step, total, 'steps'),
  })
  return { policy, steps, validation: points }
}

function trainingPair({ id, input, preferred, nonPreferred, weight }: PreferencePair): TrainingPair {
  const [only, ...more] = input
  const prompt = promptText(more.length === 0 && only?.role === 'user' ? only.content : input)
  return {
    id,
    preferred: extractFeatures(prompt, preferred),
    nonPreferred: extractFeatures(prompt, nonPreferred),
    ...(weight === undefined ? {} : { weight }),
  }
}
