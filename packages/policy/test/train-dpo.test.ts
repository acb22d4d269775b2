import { createNumpyRandom } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import {
  type DpoOptions,
  type DpoStep,
  dpoGradient,
  dpoLoss,
  dpoSteps,
  logitOf,
  rewardMargin,
  scheduleAt,
  type TrainingPair,
  trainDpo,
} from '../src/index.js'
import { pairOf, policyOf } from './made-vectors.js'

const DIMENSION = 6
const reference = policyOf(0.5, 0, 0, -0.5, 0, 0)

/** Pairs whose preferred response has more of feature 1 and less of feature 3, with noise on all others. */
function madePairs(count: number, seed: number): TrainingPair[] {
  const { randomSample } = createNumpyRandom(seed)
  const noise = (): number[] => Array.from({ length: DIMENSION }, () => randomSample() - 0.5)
  return Array.from({ length: count }, (_, i) => {
    const [preferred, nonPreferred] = [noise(), noise()]
    preferred[1] = 0.4 + (preferred[1] as number)
    nonPreferred[3] = 0.4 + (nonPreferred[3] as number)
    return { ...pairOf(preferred, nonPreferred), id: `pair ${i}` }
  })
}
const pairs = madePairs(150, 1)
const validation = madePairs(40, 2)
const options: DpoOptions = { seed: 42, validation }

describe('trainDpo', () => {
  it('lowers the loss and orders held-out pairs better than the reference', () => {
    const { policy, validation: points } = trainDpo(reference, pairs, options)
    const share = (held: typeof policy): number =>
      validation.filter((pair) => logitOf(held, pair.preferred) > logitOf(held, pair.nonPreferred)).length /
      validation.length
    expect(share(policy)).toBeGreaterThan(share(reference))
    expect(points.at(-1)?.loss).toBeLessThan(Math.LN2)
    expect(policy.weights[1]).toBeGreaterThan(0)
    expect(policy.weights[3]).toBeLessThan(-0.5)
  })

  it('gives the same weights, byte for byte, from the same seed, and others from another', () => {
    const bytes = (seed: number): Uint8Array =>
      new Uint8Array(trainDpo(reference, pairs, { ...options, seed }).policy.weights.buffer)
    expect(bytes(42)).toEqual(bytes(42))
    expect(bytes(42)).not.toEqual(bytes(43))
  })

  it('gives the same weights with validation and without, and leaves the reference alone', () => {
    const before = reference.weights.slice()
    expect(trainDpo(reference, pairs, { seed: 42 }).policy).toEqual(trainDpo(reference, pairs, options).policy)
    expect(reference.weights).toEqual(before)
  })

  it('counts steps and epochs, and validates at the asked number of points, the last at the end', () => {
    const { steps, validation: points } = trainDpo(reference, pairs, { ...options, batchSize: 32, epochs: 3 })
    // 150 pairs in batches of 32 are 5 steps an epoch.
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1))
    expect(steps.map(({ epoch }) => epoch)).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3])
    expect(points.map(({ step }) => step)).toEqual([3, 6, 9, 12, 15])
    expect(points.map(({ epoch }) => epoch)).toEqual([1, 2, 2, 3, 3])
  })

  it('keeps the weights as they were after evenly spread steps, the last of them the result’s', () => {
    const asked = { ...options, batchSize: 32, epochs: 3 } // 15 steps
    const { policy, checkpoints = [] } = trainDpo(reference, pairs, { ...asked, checkpoints: 4 })
    expect(checkpoints.map(({ step }) => step)).toEqual([4, 8, 11, 15])
    expect(checkpoints.at(-1)?.policy).toEqual(policy)
    expect(trainDpo(reference, pairs, asked)).not.toHaveProperty('checkpoints')
    const first = dpoSteps(reference, pairs, { ...asked, checkpoints: 15 })
    let next = first.next()
    while (!next.done) next = first.next()
    expect(next.value.checkpoints?.[3]).toEqual(checkpoints[0])
  })

  it('begins at loss log 2, margin 0 and accuracy one half, as every pair is tied at the reference', () => {
    const [first] = trainDpo(reference, pairs, options).steps
    expect(first).toMatchObject({ rewardAccuracy: 0.5, margin: 0 })
    expect(first?.loss).toBeCloseTo(Math.LN2, 12)
  })

  it('makes the first step that the formula says', () => {
    // One pair, one step: rate = peak (the warm-up is one step); h = gradient / beta; theta moves by -rate * h / sqrt(1 + h^2).
    const pair = pairOf([1, 2, 0, 0, 0, 0], [0, 2, 1, 0, 0, 0], 2)
    const gradient = dpoGradient(reference, reference, pair, 0.1)
    const { policy } = trainDpo(reference, [pair], { seed: 1, epochs: 1, learningRate: 3 })
    const expected = reference.weights.slice()
    gradient.indices.forEach((index, i) => {
      const h = (gradient.values[i] as number) / 0.1
      expected[index] = (expected[index] as number) - (3 * h) / Math.sqrt(1 + h * h)
    })
    policy.weights.forEach((weight, index) => {
      expect(weight).toBeCloseTo(expected[index] as number, 12)
    })
  })

  it('makes all steps as a slow trainer does that adds up dpoGradient pair by pair', () => {
    const [beta, batchSize, epochs, peak, l2] = [0.2, 40, 2, 3, 0.01]
    const random = createNumpyRandom(9)
    const slow = { ...reference, weights: reference.weights.slice() }
    const squares = new Array<number>(DIMENSION).fill(1)
    for (let epoch = 0, step = 1; epoch < epochs; epoch++) {
      const order = random.permutation(pairs.length)
      for (let from = 0; from < order.length; from += batchSize, step++) {
        const batch = order.slice(from, from + batchSize).map((i) => pairs[i] as TrainingPair)
        const mean = new Array<number>(DIMENSION).fill(0)
        for (const pair of batch) {
          const { indices, values } = dpoGradient(slow, reference, pair, beta)
          indices.forEach((index, i) => {
            mean[index] = (mean[index] as number) + (values[i] as number) / beta / batch.length
          })
        }
        const rate = peak * scheduleAt(step, 8) // 150 pairs in batches of 40 are 4 steps an epoch
        mean.forEach((h, at) => {
          const home = reference.weights[at] as number
          squares[at] = (squares[at] as number) + h * h
          const pulled = home + (1 - rate * l2) * ((slow.weights[at] as number) - home)
          slow.weights[at] = pulled - (rate * h) / Math.sqrt(squares[at] as number)
        })
      }
    }
    const { policy } = trainDpo(reference, pairs, { seed: 9, beta, batchSize, epochs, learningRate: peak, l2 })
    policy.weights.forEach((weight, at) => {
      expect(weight).toBeCloseTo(slow.weights[at] as number, 10)
    })
  })

  it('measures validation with the exported loss and margin', () => {
    const { policy, validation: points } = trainDpo(reference, pairs, options)
    const mean = (of: (pair: TrainingPair) => number): number =>
      validation.reduce((sum, pair) => sum + of(pair), 0) / validation.length
    expect(points.at(-1)?.loss).toBeCloseTo(
      mean((pair) => dpoLoss(policy, reference, pair, 0.1)),
      12,
    )
    expect(points.at(-1)?.margin).toBeCloseTo(
      mean((pair) => rewardMargin(policy, reference, pair, 0.1)),
      12,
    )
    expect(points.at(-1)?.rewardAccuracy).toBeCloseTo(
      mean((pair) => (rewardMargin(policy, reference, pair, 0.1) > 0 ? 1 : 0)),
      12,
    )
  })

  it('counts a pair of equal responses as a tie, half right, for good', () => {
    const equal = pairOf([1, 0, 1, 0, 0, 0], [1, 0, 1, 0, 0, 0])
    const { policy, steps } = trainDpo(reference, [equal], { seed: 1 })
    expect(policy.weights).toEqual(reference.weights)
    expect(steps.every(({ rewardAccuracy, margin }) => rewardAccuracy === 0.5 && margin === 0)).toBe(true)
  })

  it('moves a weight of 2 as two equal pairs in one batch do', () => {
    const pair = pairOf([1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0])
    const other = pairOf([0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 1, 0])
    // Batch means divide by the number of pairs: 3 pairs against 2, so the pairs of two weigh 2/3.
    const twice = trainDpo(reference, [pair, pair, other], { seed: 1, epochs: 1 }).policy.weights
    const heavy = trainDpo(
      reference,
      [
        { ...pair, weight: 4 / 3 },
        { ...other, weight: 2 / 3 },
      ],
      { seed: 1, epochs: 1 },
    ).policy.weights
    twice.forEach((weight, index) => {
      expect(weight).toBeCloseTo(heavy[index] as number, 12)
    })
  })

  it('stays nearer to the reference with l2', () => {
    const distance = (l2: number): number => {
      const { weights } = trainDpo(reference, pairs, { ...options, l2 }).policy
      return Math.hypot(...weights.map((weight, i) => weight - (reference.weights[i] as number)))
    }
    expect(distance(0.05)).toBeLessThan(distance(0))
    expect(distance(0)).toBeGreaterThan(0)
  })

  it('returns the reference after no epoch', () => {
    const { policy, steps, validation: points } = trainDpo(reference, pairs, { ...options, epochs: 0 })
    expect([policy, steps, points]).toEqual([reference, [], []])
  })

  it('tells every step, and stops before the next one when it is aborted', () => {
    const controller = new AbortController()
    const told: DpoStep[] = []
    const onStep = (step: DpoStep): void => {
      told.push(step)
      if (step.step === 4) controller.abort(new Error('enough'))
    }
    expect(() => trainDpo(reference, pairs, { ...options, onStep, signal: controller.signal })).toThrow('enough')
    expect(told.map(({ step }) => step)).toEqual([1, 2, 3, 4])
    expect(told[0]?.steps).toBe(15)
  })

  it('is the sum of its steps: dpoSteps yields what trainDpo returns', () => {
    const generator = dpoSteps(reference, pairs, options)
    const steps: DpoStep[] = []
    let next = generator.next()
    for (; !next.done; next = generator.next()) steps.push(next.value)
    const whole = trainDpo(reference, pairs, options)
    expect(steps).toEqual(whole.steps)
    expect(next.value).toEqual(whole)
  })

  it.each([
    [{ beta: 0 }, 'beta=0'],
    [{ beta: Number.NaN }, 'beta=NaN'],
    [{ epochs: 1.5 }, 'epochs=1.5'],
    [{ batchSize: 0 }, 'batchSize=0'],
    [{ learningRate: -1 }, 'learningRate=-1'],
    [{ l2: 0.5, learningRate: 2 }, 'l2=0.5, learningRate=2'],
    [{ evaluations: -1 }, 'evaluations=-1'],
    [{ seed: -1 }, 'seed=-1'],
  ] as const)('refuses %j', (wrong, message) => {
    expect(() => trainDpo(reference, pairs, { ...options, ...wrong })).toThrow(message)
  })

  it('refuses no pairs, a weight of zero and features of another space', () => {
    expect(() => trainDpo(reference, [], { seed: 1 })).toThrow('pairs=0')
    expect(() => trainDpo(reference, [pairOf([1], [0], 0)], { seed: 1 })).toThrow('weight=0 in pair pair')
    expect(() => trainDpo(policyOf(1), [pairOf([0, 1], [0])], { seed: 1 })).toThrow('index=1 in pair pair')
    expect(() =>
      trainDpo({ featureSpace: 'text-features/1', weights: new Float64Array(3) }, pairs, { seed: 1 }),
    ).toThrow('got 3')
  })
})

describe('scheduleAt', () => {
  it('rises over the first tenth and falls to one part of the rest at the last step', () => {
    expect(Array.from({ length: 20 }, (_, i) => scheduleAt(i + 1, 20)).map((share) => Math.round(share * 19))).toEqual([
      10, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1,
    ])
    expect(scheduleAt(1, 1)).toBe(1)
  })
})
