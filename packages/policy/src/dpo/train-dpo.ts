import { createNumpyRandom, type LearningSchedule } from '@judgelab/core'
import { FEATURE_SPACE } from '../features/feature-space.js'
import type { Policy } from '../policy/policy.js'
import { type MarginLoss, marginLoss } from './loss.js'
import type { TrainingPair } from './objective.js'
import { completeOptions, type DpoOptions, type DpoStep, type DpoValidation } from './options.js'
import { measureMargins, movedBy, type PreparedPairs, preparePairs } from './prepared-pairs.js'

/** What training gives: the tuned policy and the curves that led to it. */
export interface TrainingResult {
  readonly policy: Policy
  readonly steps: readonly DpoStep[]
  readonly validation: readonly DpoValidation[]
  /** With `patience`: the step whose weights the policy has, and whether the training ended before its last step. */
  readonly stopping?: { readonly bestStep: number; readonly early: boolean } | undefined
  /** With `checkpoints`: the policy as it was after some of the steps, in their order. */
  readonly checkpoints?: readonly DpoCheckpoint[] | undefined
}

/** A policy in the midst of its training. */
export interface DpoCheckpoint {
  readonly step: number
  readonly policy: Policy
}

/**
 * Trains a log-linear policy by DPO, cDPO or IPO, from the reference on, with the exact objective (see `dpoLoss`); the reference is left as
 * it is. Mini-batches in an order drawn anew for each epoch; Adagrad with sparse updates; linear warm-up over the first tenth of
 * the steps, then by the schedule.
 *
 * With h the batch's mean gradient divided by beta (and for IPO multiplied by beta^2 / 2, see `MarginLoss`) and S the sum of its squares so far, a step moves each weight by
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
  const loss = marginLoss(settings, settings.beta)
  const update = createUpdate(policy, reference, prepared, { ...settings, loss })
  const random = createNumpyRandom(settings.seed)
  const perEpoch = Math.ceil(pairs.length / settings.batchSize)
  const total = perEpoch * settings.epochs
  const validateAt = evenSteps(total, heldOut.differences.length === 0 ? 0 : settings.evaluations)
  const keepAt = evenSteps(total, settings.checkpoints ?? 0)
  const checkpoints: DpoCheckpoint[] = []
  const steps: DpoStep[] = []
  const validation: DpoValidation[] = []
  const watch = createWatch(policy, settings.patience)
  const result = (early: boolean): TrainingResult => ({
    policy: watch.best(),
    steps,
    validation,
    stopping: watch.stopping(early),
    ...(settings.checkpoints === undefined ? {} : { checkpoints }),
  })

  for (let epoch = 1; epoch <= settings.epochs; epoch++) {
    const order = random.permutation(pairs.length)
    for (let k = 0; k < perEpoch; k++) {
      settings.signal?.throwIfAborted()
      const step = steps.length + 1
      const learningRate = settings.learningRate * scheduleAt(step, total, settings.schedule)
      const batch = order.slice(k * settings.batchSize, (k + 1) * settings.batchSize)
      const done: DpoStep = { step, steps: total, epoch, learningRate, ...update(batch, learningRate) }
      steps.push(done)
      if (validateAt.has(step)) {
        validation.push({ step, epoch, ...measure(policy, reference, heldOut, settings.beta, loss) })
        watch.look(validation.at(-1) as DpoValidation)
      }
      if (keepAt.has(step)) checkpoints.push({ step, policy: { ...policy, weights: policy.weights.slice() } })
      settings.onStep?.(done)
      yield done
      if (watch.isOver()) return result(step < total)
    }
  }
  return result(false)
}

/**
 * Share of the peak rate at a step (from 1): linear up over the first tenth of the steps; then, with t the share of the other
 * steps that are done, 1 - t (linear), (1 + cos(pi t)) / 2 (cosine) or 1 (constant). After the last step t is 1.
 */
export function scheduleAt(step: number, steps: number, schedule: LearningSchedule = 'linear'): number {
  const warmUp = Math.ceil(steps / 10)
  if (step <= warmUp) return step / warmUp
  switch (schedule) {
    case 'linear':
      return (steps + 1 - step) / (steps + 1 - warmUp)
    case 'cosine':
      return (1 + Math.cos((Math.PI * (step - warmUp)) / (steps + 1 - warmUp))) / 2
    case 'constant':
      return 1
  }
}

/** Looks at validation losses, and keeps the best weights where there is patience to be lost. */
interface Watch {
  readonly look: (validation: DpoValidation) => void
  readonly isOver: () => boolean
  readonly best: () => Policy
  readonly stopping: (early: boolean) => TrainingResult['stopping']
}

function createWatch(policy: Policy, patience: number | undefined): Watch {
  let least = Number.POSITIVE_INFINITY
  let bestStep = 0
  let kept = policy
  let since = 0
  return {
    look: ({ loss, step }) => {
      if (patience === undefined) return
      since++
      if (!(loss < least)) return
      least = loss
      bestStep = step
      since = 0
      kept = { ...policy, weights: policy.weights.slice() }
    },
    isOver: () => patience !== undefined && since >= patience,
    best: () => kept,
    stopping: (early) => (patience === undefined ? undefined : { bestStep, early }),
  }
}

/** So many steps of a training, spread evenly, the last of them its last. */
function evenSteps(total: number, count: number): Set<number> {
  return new Set(
    Array.from({ length: count }, (_, k) => Math.round(((k + 1) * total) / count)).filter((step) => step > 0),
  )
}

function measure(
  policy: Policy,
  reference: Policy,
  pairs: PreparedPairs,
  beta: number,
  loss: MarginLoss,
): ReturnType<typeof measureMargins> {
  const margins = Float64Array.from(pairs.differences, (held) => beta * movedBy(policy, reference, held))
  return measureMargins(margins, pairs.weights, loss)
}

/** A function that measures a batch and moves the policy's weights by one step; it holds the optimizer's state. */
function createUpdate(
  policy: Policy,
  reference: Policy,
  pairs: PreparedPairs,
  { beta, l2, loss }: { readonly beta: number; readonly l2: number; readonly loss: MarginLoss },
): (batch: readonly number[], rate: number) => ReturnType<typeof measureMargins> {
  const dimension = policy.weights.length
  const gradient = new Float64Array(dimension)
  const squares = new Float64Array(dimension).fill(1)
  const isTouched = new Uint8Array(dimension)
  const touched = new Int32Array(dimension)
  let count = 0
  const { weights } = policy

  const accumulate = (pair: number, margin: number, batchSize: number): void => {
    const { indices, values } = pairs.differences[pair] as PreparedPairs['differences'][number]
    const scale = (-(pairs.weights[pair] as number) * (loss.scale * loss.pull(margin))) / batchSize
    for (let i = 0; i < indices.length; i++) {
      const at = indices[i] as number
      if (isTouched[at] === 0) {
        isTouched[at] = 1
        touched[count++] = at
      }
      gradient[at] = (gradient[at] as number) + scale * (values[i] as number)
    }
  }
  const move = (rate: number): void => {
    for (let i = 0; i < count; i++) {
      const at = touched[i] as number
      const slope = gradient[at] as number
      const square = (squares[at] as number) + slope * slope
      squares[at] = square
      weights[at] = (weights[at] as number) - (rate * slope) / Math.sqrt(square)
      gradient[at] = 0
      isTouched[at] = 0
    }
    count = 0
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
      loss,
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
