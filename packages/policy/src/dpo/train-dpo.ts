import { createNumpyRandom } from '@judgelab/core'
import { FEATURE_SPACE } from '../features/feature-space.js'
import type { Policy } from '../policy/policy.js'
import { sigmoid } from './log-sigmoid.js'
import type { TrainingPair } from './objective.js'
import { completeOptions, type DpoOptions, type DpoStep, type DpoValidation } from './options.js'
import { measureMargins, movedBy, type PreparedPairs, preparePairs } from './prepared-pairs.js'

/** What training gives: the tuned policy and the curves that led to it. */
export interface TrainingResult {
  readonly policy: Policy
  readonly steps: readonly DpoStep[]
  readonly validation: readonly DpoValidation[]
}

/**
 * Trains a log-linear policy by DPO, from the reference on, with the exact objective (see `dpoLoss`); the reference is left as
 * it is. Mini-batches in an order drawn anew for each epoch; Adagrad with sparse updates; linear warm-up over the first tenth of
 * the steps, then linear decay to zero.
 *
 * With h the batch's mean gradient divided by beta and S the sum of its squares so far, a step moves each weight by
 * -rate * h / sqrt(1 + S). The 1 keeps weights that were rarely touched moving as in plain gradient descent (a single pair
 * cannot push its own words by a full rate, as it could from S = 0), while S slows those that every pair touches.
 *
 * @throws {RangeError} if there are no pairs, or an option, weight or index is out of range
 * @throws the signal's reason, if `options.signal` is aborted
 * @see Rafailov et al. (2023), arXiv:2305.18290, eq. 7; Duchi, Hazan & Singer (2011), JMLR 12:2121-2159
 */
export function trainDpo(reference: Policy, pairs: readonly TrainingPair[], options: DpoOptions): TrainingResult {
  const steps = dpoSteps(reference, pairs, options)
  for (;;) {
    const next = steps.next()
    if (next.done) return next.value
  }
}

/**
 * The same training, one step at a time: yields each step after its update and returns the result, so that a caller can give way
 * to other work between steps, or stop by not asking on.
 */
export function* dpoSteps(
  reference: Policy,
  pairs: readonly TrainingPair[],
  options: DpoOptions,
): Generator<DpoStep, TrainingResult, void> {
  const settings = completeOptions(options)
  if (pairs.length === 0) throw new RangeError('trainDpo needs at least one pair, got pairs=0')
  const dimension = reference.weights.length
  if (reference.featureSpace === FEATURE_SPACE.id && dimension !== FEATURE_SPACE.dimension)
    throw new RangeError(`trainDpo needs ${FEATURE_SPACE.dimension} weights for ${FEATURE_SPACE.id}, got ${dimension}`)
  const prepared = preparePairs(pairs, dimension)
  const heldOut = preparePairs(settings.validation ?? [], dimension)
  const policy: Policy = { featureSpace: reference.featureSpace, weights: reference.weights.slice() }
  const update = createUpdate(policy, reference, prepared, settings.beta, settings.l2)
  const random = createNumpyRandom(settings.seed)
  const perEpoch = Math.ceil(pairs.length / settings.batchSize)
  const total = perEpoch * settings.epochs
  const validateAt = validationSteps(total, heldOut.differences.length === 0 ? 0 : settings.evaluations)
  const steps: DpoStep[] = []
  const validation: DpoValidation[] = []

  for (let epoch = 1; epoch <= settings.epochs; epoch++) {
    const order = random.permutation(pairs.length)
    for (let k = 0; k < perEpoch; k++) {
      settings.signal?.throwIfAborted()
      const step = steps.length + 1
      const learningRate = settings.learningRate * scheduleAt(step, total)
      const batch = order.slice(k * settings.batchSize, (k + 1) * settings.batchSize)
      const done: DpoStep = { step, steps: total, epoch, learningRate, ...update(batch, learningRate) }
      steps.push(done)
      if (validateAt.has(step)) validation.push({ step, epoch, ...measure(policy, reference, heldOut, settings.beta) })
      settings.onStep?.(done)
      yield done
    }
  }
  return { policy, steps, validation }
}

/** Share of the peak rate at a step (from 1): linear up over the first tenth of the steps, then linear down to 0 after the last. */
export function scheduleAt(step: number, steps: number): number {
  const warmUp = Math.ceil(steps / 10)
  return step <= warmUp ? step / warmUp : (steps + 1 - step) / (steps + 1 - warmUp)
}

function validationSteps(total: number, evaluations: number): Set<number> {
  return new Set(
    Array.from({ length: evaluations }, (_, k) => Math.round(((k + 1) * total) / evaluations)).filter(
      (step) => step > 0,
    ),
  )
}

function measure(
  policy: Policy,
  reference: Policy,
  pairs: PreparedPairs,
  beta: number,
): ReturnType<typeof measureMargins> {
  const margins = Float64Array.from(pairs.differences, (held) => beta * movedBy(policy, reference, held))
  return measureMargins(margins, pairs.weights)
}

/** A function that measures a batch and moves the policy's weights by one step; it holds the optimizer's state. */
function createUpdate(
  policy: Policy,
  reference: Policy,
  pairs: PreparedPairs,
  beta: number,
  l2: number,
): (batch: readonly number[], rate: number) => ReturnType<typeof measureMargins> {
  const dimension = policy.weights.length
  const gradient = new Float64Array(dimension)
  const squares = new Float64Array(dimension).fill(1)
  const isTouched = new Uint8Array(dimension)
  const touched: number[] = []

  const accumulate = (pair: number, margin: number, batchSize: number): void => {
    const { indices, values } = pairs.differences[pair] as PreparedPairs['differences'][number]
    const scale = (-(pairs.weights[pair] as number) * sigmoid(-margin)) / batchSize
    for (let i = 0; i < indices.length; i++) {
      const at = indices[i] as number
      if (isTouched[at] === 0) {
        isTouched[at] = 1
        touched.push(at)
      }
      gradient[at] = (gradient[at] as number) + scale * (values[i] as number)
    }
  }
  const move = (rate: number): void => {
    for (const at of touched) {
      const slope = gradient[at] as number
      squares[at] = (squares[at] as number) + slope * slope
      policy.weights[at] = (policy.weights[at] as number) - (rate * slope) / Math.sqrt(squares[at] as number)
      gradient[at] = 0
      isTouched[at] = 0
    }
    touched.length = 0
  }
  return (batch, rate) => {
    const margins = Float64Array.from(
      batch,
      (pair) => beta * movedBy(policy, reference, pairs.differences[pair] as PreparedPairs['differences'][number]),
    )
    batch.forEach((pair, i) => {
      accumulate(pair, margins[i] as number, batch.length)
    })
    if (l2 > 0) pullBack(policy, reference, rate * l2)
    move(rate)
    return measureMargins(
      margins,
      Float64Array.from(batch, (pair) => pairs.weights[pair] as number),
    )
  }
}

function pullBack(policy: Policy, reference: Policy, share: number): void {
  const { weights } = policy
  for (let at = 0; at < weights.length; at++) {
    const home = reference.weights[at] as number
    weights[at] = home + (1 - share) * ((weights[at] as number) - home)
  }
}
