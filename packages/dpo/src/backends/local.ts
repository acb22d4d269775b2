import { setImmediate } from 'node:timers/promises'
import type { PreferencePair, StudyTuning } from '@judgelab/core'
import {
  type DpoStep,
  type DpoValidation,
  dpoSteps,
  type FeatureVector,
  featureExtractor,
  type Policy,
  type TrainingPair,
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
  signal,
  onProgress,
}: LocalTuning): Promise<LocalTuningOutcome> {
  const breathe = breather(signal)
  const featuresOf = pairReader()
  const all = pairs.train.length + pairs.validation.length
  const withFeatures: TrainingPair[] = []
  for (const pair of [...pairs.train, ...pairs.validation]) {
    await breathe()
    withFeatures.push(featuresOf(pair))
    onProgress?.(withFeatures.length, all, 'pairs read')
  }
  const { beta, epochs, batchSize, learningRate, seed, evaluations } = parameters
  const training = dpoSteps(base, withFeatures.slice(0, pairs.train.length), {
    beta,
    epochs,
    batchSize,
    learningRate,
    seed,
    evaluations,
    validation: withFeatures.slice(pairs.train.length),
  })
  for (;;) {
    await breathe()
    const next = training.next()
    if (next.done) return next.value
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

/** A function that gives the features of a pair. Pairs share prompts and preferred outputs: each text is read once. */
function pairReader(): (pair: PreferencePair) => TrainingPair {
  const readers = new Map<string, (response: string) => FeatureVector>()
  const readerOf = (input: PreferencePair['input']): ((response: string) => FeatureVector) => {
    const key = JSON.stringify(input)
    const reader = readers.get(key) ?? remembering(featureExtractor(input))
    readers.set(key, reader)
    return reader
  }
  return ({ id, input, preferred, nonPreferred, weight }) => {
    const read = readerOf(input)
    return {
      id,
      preferred: read(preferred),
      nonPreferred: read(nonPreferred),
      ...(weight === undefined ? {} : { weight }),
    }
  }
}

function remembering(read: (response: string) => FeatureVector): (response: string) => FeatureVector {
  const known = new Map<string, FeatureVector>()
  return (response) => {
    const features = known.get(response) ?? read(response)
    known.set(response, features)
    return features
  }
}
