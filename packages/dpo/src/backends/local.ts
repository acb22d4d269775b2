import { setImmediate } from 'node:timers/promises'
import { type PreferencePair, promptText, type StudyTuning } from '@judgelab/core'
import {
  type DpoStep,
  type DpoValidation,
  dpoSteps,
  extractFeatures,
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
  const all = pairs.train.length + pairs.validation.length
  const withFeatures: TrainingPair[] = []
  for (const pair of [...pairs.train, ...pairs.validation]) {
    await breathe()
    withFeatures.push(trainingPair(pair))
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
