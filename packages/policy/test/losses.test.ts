import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  type DpoOptions,
  dpoGradient,
  dpoLoss,
  type LossOptions,
  marginLoss,
  scheduleAt,
  type TrainingPair,
  trainDpo,
} from '../src/index.js'
import { pairOf, policyOf, vectorOf } from './made-vectors.js'

type Named = Required<Pick<DpoOptions, 'loss' | 'labelSmoothing'>>

/** What `fixtures/generate-dpo-losses.py` wrote. */
interface Reference {
  readonly beta: number
  readonly cases: readonly {
    readonly responses: readonly (readonly number[])[]
    readonly theta: readonly number[]
    readonly reference: readonly number[]
    readonly losses: readonly (Named & { readonly value: number; readonly gradient: readonly number[] })[]
  }[]
  readonly training: Required<Pick<DpoOptions, 'seed' | 'epochs' | 'batchSize' | 'learningRate'>> & {
    readonly differences: readonly (readonly number[])[]
    readonly weights: readonly number[]
    readonly reference: readonly number[]
    readonly results: readonly (Named &
      Required<Pick<DpoOptions, 'l2' | 'schedule'>> & {
        readonly weights: readonly number[]
        readonly firstLoss: number
        readonly lastLoss: number
      })[]
  }
}

const numpy = JSON.parse(readFileSync(new URL('./fixtures/dpo-losses.json', import.meta.url), 'utf8')) as Reference

const dense = ({ indices, values }: ReturnType<typeof dpoGradient>, length: number): number[] => {
  const all = new Array<number>(length).fill(0)
  indices.forEach((index, at) => {
    all[index] = values[at] as number
  })
  return all
}

describe('losses and gradients', () => {
  it('are those of normalised probabilities in NumPy', () => {
    for (const { responses, theta, reference, losses } of numpy.cases) {
      const pair = pairOf(responses[0] as number[], responses[1] as number[])
      const [policy, base] = [policyOf(...theta), policyOf(...reference)]
      for (const { value, gradient, ...options } of losses) {
        const loss = dpoLoss(policy, base, pair, numpy.beta, options)
        expect(loss / value, options.loss).toBeCloseTo(1, 11)
        // Central differences with a step of 1e-6: off by about 1e-12 of the third derivative, which ipo has not.
        const slopes = dense(dpoGradient(policy, base, pair, numpy.beta, options), theta.length)
        slopes.forEach((slope, at) => {
          expect(slope, options.loss).toBeCloseTo(gradient[at] as number, 8)
        })
      }
    }
    expect(numpy.cases).toHaveLength(12)
  })

  it('agree with finite differences of our own', () => {
    const step = 1e-5
    const [reference, pair] = [policyOf(0.3, -0.2), pairOf([1, -0.5], [0.2, 0.7], 1.5)]
    const kinds: LossOptions[] = [{}, { loss: 'cdpo', labelSmoothing: 0.3 }, { loss: 'ipo' }]
    for (const options of kinds)
      for (const beta of [0.05, 1]) {
        const at = (a: number, b: number): number => dpoLoss(policyOf(a, b), reference, pair, beta, options)
        const [a, b] = dense(dpoGradient(policyOf(1, 2), reference, pair, beta, options), 2) as [number, number]
        expect(a).toBeCloseTo((at(1 + step, 2) - at(1 - step, 2)) / (2 * step), 6)
        expect(b).toBeCloseTo((at(1, 2 + step) - at(1, 2 - step)) / (2 * step), 6)
      }
  })

  it('start from the same pull, and are least where they say', () => {
    const pullAt = (options: LossOptions, m: number): number => {
      const { pull, scale } = marginLoss(options, 0.1)
      return scale * pull(m)
    }
    expect(pullAt({}, 0)).toBe(0.5)
    expect(pullAt({ loss: 'ipo' }, 0)).toBeCloseTo(0.5, 15)
    expect(pullAt({ loss: 'ipo' }, 0.5)).toBeCloseTo(0, 15)
    // sigmoid(log 4) = 0.8
    expect(pullAt({ loss: 'cdpo', labelSmoothing: 0.2 }, Math.log(4))).toBeCloseTo(0, 15)
    expect(marginLoss({ loss: 'ipo' }, 0.1).value(0)).toBeCloseTo(25, 12) // (1 / 0.2)^2
  })
})

describe('trainings', () => {
  const { differences, weights, reference, results, ...options } = numpy.training
  const pairs: TrainingPair[] = differences.map((difference, at) => ({
    id: `pair ${at}`,
    preferred: vectorOf(difference),
    nonPreferred: vectorOf([]),
    weight: weights[at],
  }))

  it.each(results)('by $loss, l2 $l2, $schedule schedule give the weights of a trainer in NumPy', (result) => {
    const { weights: expected, firstLoss, lastLoss, ...asked } = result
    const { policy, steps } = trainDpo(policyOf(...reference), pairs, { ...options, ...asked, beta: numpy.beta })
    policy.weights.forEach((weight, at) => {
      expect(weight).toBeCloseTo(expected[at] as number, 10)
    })
    expect(steps[0]?.loss).toBeCloseTo(firstLoss, 10)
    expect(steps.at(-1)?.loss).toBeCloseTo(lastLoss, 10)
  })
})

describe('schedules', () => {
  it('rise over the first tenth, then fall straight, as half a wave, or not at all', () => {
    const shares = (schedule: 'linear' | 'cosine' | 'constant'): number[] =>
      [1, 2, 3, 11, 20].map((step) => scheduleAt(step, 20, schedule))
    expect(shares('linear')).toEqual([0.5, 1, 18 / 19, 10 / 19, 1 / 19])
    expect(shares('constant')).toEqual([0.5, 1, 1, 1, 1])
    const cosine = shares('cosine')
    expect(cosine[3]).toBeCloseTo((1 + Math.cos((9 / 19) * Math.PI)) / 2, 15)
    expect(cosine[4]).toBeLessThan(0.01)
    expect(scheduleAt(7, 20)).toBe(scheduleAt(7, 20, 'linear'))
  })
})

describe('early stopping', () => {
  /** Training pairs say that feature 0 is good; validation pairs say so too, but only a little, and feature 1 is noise. */
  const training = [pairOf([1, 1], [0, 0]), pairOf([1, 0], [0, 0])]
  const validation = [pairOf([1, -1], [0, 0]), pairOf([0, 0], [0.3, 0.6])]
  const options: DpoOptions = {
    seed: 1,
    epochs: 60,
    batchSize: 1,
    learningRate: 4,
    beta: 1,
    validation,
    evaluations: 40,
  }

  it('takes the weights of the least validation loss, and stops when patience is over', () => {
    const whole = trainDpo(policyOf(0, 0), training, options)
    const least = whole.validation.reduce((best, point) => (point.loss < best.loss ? point : best))
    expect(least.step).toBeLessThan(whole.steps.length)
    const stopped = trainDpo(policyOf(0, 0), training, { ...options, patience: 3 })
    expect(stopped.stopping).toEqual({ bestStep: least.step, early: true })
    const place = stopped.validation.findIndex(({ step }) => step === least.step)
    expect(stopped.validation).toHaveLength(place + 4)
    expect(stopped.validation).toEqual(whole.validation.slice(0, place + 4))
    expect(stopped.steps.length).toBe(stopped.validation.at(-1)?.step)
    expect(dpoLossOf(stopped.policy)).toBeCloseTo(least.loss, 12)
    expect(whole.stopping).toBeUndefined()
  })

  it('takes the best weights too when the training goes to its end', () => {
    const patient = trainDpo(policyOf(0, 0), training, { ...options, patience: 39 })
    expect(patient.stopping?.early).toBe(false)
    expect(dpoLossOf(patient.policy)).toBeCloseTo(Math.min(...patient.validation.map(({ loss }) => loss)), 12)
  })

  function dpoLossOf(policy: ReturnType<typeof policyOf>): number {
    const losses = validation.map((pair) => dpoLoss(policy, policyOf(0, 0), pair, 1))
    return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
  }
})

describe('what is refused', () => {
  const train = (options: Partial<DpoOptions>): unknown =>
    trainDpo(policyOf(0, 0), [pairOf([1, 0], [0, 1])], { seed: 1, ...options })

  it.each(['simpo', 'length-normalised', 'rpo', 'sft', 'cpo', 'orpo', 'kto'])('%s, with the reason', (loss) => {
    expect(() => train({ loss: loss as never })).toThrow(/got \w.*, which .* needs the normalising constant/)
  })

  it.each([
    [{ loss: 'hinge' as never }, 'needs a loss among dpo, cdpo, ipo, got hinge'],
    [{ loss: 'cdpo' }, 'labelSmoothing in (0, 0.5) for cdpo, got labelSmoothing=0'],
    [{ loss: 'cdpo', labelSmoothing: 0.5 }, 'got labelSmoothing=0.5'],
    [{ labelSmoothing: 0.1 }, 'labelSmoothing 0 for dpo, got labelSmoothing=0.1'],
    [{ patience: 2 }, 'patience >= 1 with validation pairs and evaluations, got patience=2, validation=0'],
  ] as const)('%j: %s', (options, message) => {
    expect(() => train(options)).toThrow(message)
  })
})
