import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logSigmoid, sigmoid } from '../src/dpo/log-sigmoid.js'
import { dpoGradient, dpoLoss, logitOf, type Policy, rewardMargin, type TrainingPair } from '../src/index.js'
import { pairOf, policyOf, vectorOf } from './made-vectors.js'

describe('logSigmoid', () => {
  it('matches values worked by hand', () => {
    expect(logSigmoid(0)).toBeCloseTo(-Math.LN2, 15)
    expect(logSigmoid(Math.log(3))).toBeCloseTo(Math.log(3 / 4), 15) // sigmoid(log 3) = 3/4
    expect(sigmoid(Math.log(3))).toBeCloseTo(3 / 4, 15)
    expect(sigmoid(-Math.log(3))).toBeCloseTo(1 / 4, 15)
  })

  it('neither overflows nor loses its digits far out', () => {
    expect(logSigmoid(-1000)).toBe(-1000)
    expect(logSigmoid(40)).toBeCloseTo(-Math.exp(-40), 30) // 1 - tiny would round to -0 without log1p
    expect(logSigmoid(40)).toBeLessThan(0)
    expect(logSigmoid(1e308)).toBeCloseTo(0, 15)
    expect([sigmoid(-1000), sigmoid(1000)]).toEqual([0, 1])
  })

  it('has sigmoid(x) + sigmoid(-x) = 1 and log sigmoid(x) - log sigmoid(-x) = x', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(sigmoid(x) + sigmoid(-x)).toBeCloseTo(1, 14)
        expect(logSigmoid(x) - logSigmoid(-x)).toBeCloseTo(x, 9)
      }),
      { seed: 4 },
    )
  })
})

describe('dpoLoss', () => {
  it('matches a case worked by hand', () => {
    // theta - ref = (1, -2, 0); phi(yw) - phi(yl) = (3 - 1, 0 - 1, 4 - 4) = (2, -1, 0); dot product 4; beta 0.5: margin 2.
    const policy = policyOf(2, -2, 7)
    const reference = policyOf(1, 0, 7)
    const pair = pairOf([3, 0, 4], [1, 1, 4])
    expect(rewardMargin(policy, reference, pair, 0.5)).toBeCloseTo(2, 12)
    expect(dpoLoss(policy, reference, pair, 0.5)).toBeCloseTo(Math.log(1 + Math.exp(-2)), 12)
    expect(dpoLoss(policy, reference, { ...pair, weight: 3 }, 0.5)).toBeCloseTo(3 * Math.log(1 + Math.exp(-2)), 12)
    // The gradient is -0.5 * sigmoid(-2) * (2, -1, 0), and the feature that cancels is not in it.
    const { indices, values } = dpoGradient(policy, reference, pair, 0.5)
    expect([...indices]).toEqual([0, 1])
    expect(values[0]).toBeCloseTo(-0.5 * sigmoid(-2) * 2, 12)
    expect(values[1]).toBeCloseTo(0.5 * sigmoid(-2), 12)
  })

  it('is the probability ratio form of equation 7 when the constants are written out', () => {
    // Three responses are all there are: log pi(y) = theta . phi(y) - log sum exp. The constants cancel in the loss.
    const responses = [
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const
    const [policy, reference] = [policyOf(0.7, -0.4), policyOf(-0.2, 0.3)]
    const logProbability = (held: Policy, y: readonly number[]): number => {
      const logits = responses.map((response) => logitOf(held, vectorOf(response)))
      return logitOf(held, vectorOf(y)) - Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0))
    }
    const reward = (y: readonly number[]): number => 0.1 * (logProbability(policy, y) - logProbability(reference, y))
    const expected = -Math.log(1 / (1 + Math.exp(reward(responses[1]) - reward(responses[0]))))
    expect(dpoLoss(policy, reference, pairOf(responses[0], responses[1]), 0.1)).toBeCloseTo(expected, 12)
  })

  it('is log 2, with margin 0, where policy and reference are equal', () => {
    fc.assert(
      fc.property(cases, ({ reference, pair, beta }) => {
        expect(dpoLoss(reference, reference, pair, beta)).toBeCloseTo(Math.LN2, 12)
      }),
      { seed: 5 },
    )
  })

  it('negates the margin, and differs by it, when preferred and non-preferred are swapped', () => {
    fc.assert(
      fc.property(cases, ({ policy, reference, pair, beta }) => {
        const swapped: TrainingPair = { ...pair, preferred: pair.nonPreferred, nonPreferred: pair.preferred }
        const margin = rewardMargin(policy, reference, pair, beta)
        expect(rewardMargin(policy, reference, swapped, beta)).toBeCloseTo(-margin, 10)
        expect(dpoLoss(policy, reference, swapped, beta) - dpoLoss(policy, reference, pair, beta)).toBeCloseTo(
          margin,
          9,
        )
      }),
      { seed: 6 },
    )
  })
})

describe('dpoGradient', () => {
  it('matches central finite differences in every coordinate', () => {
    // Error of a central difference: h^2/6 * |third derivative| + eps/h with h = 1e-5: below 1e-8 for |beta * d| <= 20.
    const h = 1e-5
    fc.assert(
      fc.property(cases, ({ policy, reference, pair, beta }) => {
        const gradient = dpoGradient(policy, reference, pair, beta)
        const dense = new Float64Array(DIMENSION)
        gradient.indices.forEach((index, i) => {
          dense[index] = gradient.values[i] as number
        })
        for (let at = 0; at < DIMENSION; at++) {
          const loss = (step: number): number => {
            const weights = policy.weights.slice()
            weights[at] = (weights[at] as number) + step
            return dpoLoss({ ...policy, weights }, reference, pair, beta)
          }
          const slope = (loss(h) - loss(-h)) / (2 * h)
          expect(Math.abs((dense[at] as number) - slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)))
        }
      }),
      { seed: 7, numRuns: 200 },
    )
  })
})

const DIMENSION = 8
const coordinates = (): fc.Arbitrary<number[]> =>
  fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: DIMENSION, maxLength: DIMENSION })
/** Half of the features are absent, so that the two responses share only some. */
const sparse = (): fc.Arbitrary<number[]> =>
  fc.array(fc.oneof(fc.constant(0), fc.double({ min: -2, max: 2, noNaN: true })), {
    minLength: DIMENSION,
    maxLength: DIMENSION,
  })
const cases = fc
  .record({
    policy: coordinates(),
    reference: coordinates(),
    preferred: sparse(),
    nonPreferred: sparse(),
    beta: fc.constantFrom(0.01, 0.1, 0.5, 2),
  })
  .map(({ policy, reference, preferred, nonPreferred, beta }) => ({
    policy: policyOf(...policy),
    reference: policyOf(...reference),
    pair: pairOf(preferred, nonPreferred),
    beta,
  }))

describe('logitOf', () => {
  it('is the dot product', () => {
    expect(logitOf(policyOf(1, 2, 3), vectorOf([4, 0, 5]))).toBe(19)
    expect(logitOf(policyOf(1, 2, 3), vectorOf([]))).toBe(0)
  })

  it('refuses features of a larger space', () => {
    expect(() => logitOf(policyOf(1), vectorOf([0, 1]))).toThrow('index=1, dimension=1')
  })
})
