import { describe, expect, it } from 'vitest'
import {
  DENSE_FEATURES,
  FEATURE_SPACE,
  featureExtractor,
  featureReport,
  featureReportMarkdown,
  logitOf,
  type Policy,
  priorPolicy,
  type TrainingPair,
  trainDpo,
} from '../src/index.js'
import { policyOf } from './made-vectors.js'

const read = featureExtractor('Why is the sky blue? Answer briefly.')
const pairs: readonly TrainingPair[] = [
  ['Because air scatters blue light most.', 'I cannot help with that, as an AI!!!'],
  [
    'Air scatters short waves more, and blue waves are short.',
    'As an AI language model, I think that it may perhaps be so.',
  ],
].map(([preferred, nonPreferred], at) => ({
  id: `pair ${at}`,
  preferred: read(preferred as string),
  nonPreferred: read(nonPreferred as string),
}))

describe('featureReport', () => {
  const base = priorPolicy()
  const { policy } = trainDpo(base, pairs, { seed: 1, epochs: 5 })
  const report = featureReport(base, policy, pairs)

  it('splits the mean margin of the pairs into what each feature brings', () => {
    const marginOf = (pair: TrainingPair): number =>
      logitOf(policy, pair.preferred) -
      logitOf(base, pair.preferred) -
      (logitOf(policy, pair.nonPreferred) - logitOf(base, pair.nonPreferred))
    const mean = pairs.reduce((sum, pair) => sum + marginOf(pair), 0) / pairs.length
    expect(report.margin).toBeCloseTo(mean, 10)
    expect(mean).toBeGreaterThan(0)
    const named = report.moves.reduce((sum, { contribution }) => sum + contribution, 0)
    expect(named + report.hashed.contribution).toBeCloseTo(mean, 10)
    expect(report.hashed.moved).toBeGreaterThan(0)
  })

  it('lists what moved, by its contribution, with the weights before and after', () => {
    const sizes = report.moves.map(({ contribution }) => Math.abs(contribution))
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    const refusal = report.moves.find(({ name }) => name === 'self-reference')
    expect(refusal?.seen).toBeGreaterThan(0)
    expect(refusal?.after).toBeLessThan(refusal?.before as number)
    const untouched = DENSE_FEATURES.findIndex(({ name }) => name === 'headings')
    expect(policy.weights[untouched]).toBe(base.weights[untouched])
    expect(report.moves.map(({ name }) => name)).not.toContain('headings')
  })

  it('says it in words', () => {
    const moved = (name: string, after: number): Policy => {
      const weights = base.weights.slice()
      weights[DENSE_FEATURES.findIndex((feature) => feature.name === name)] = after
      return { featureSpace: FEATURE_SPACE.id, weights }
    }
    const wordsOf = (name: string, after: number): string =>
      featureReportMarkdown(featureReport(base, moved(name, after), pairs))
    // Weights of the prior: log-words 1, refuses -1.5, code 0.
    expect(wordsOf('log-words', 2)).toContain('| 1.00 | 2.00 | speaks for an answer more than before |')
    expect(wordsOf('log-words', -2)).toContain('spoke for an answer, now speaks against it')
    expect(wordsOf('refuses', -0.5)).toContain('speaks against an answer less than before')
    expect(wordsOf('refuses', 0)).toContain('no longer speaks against an answer')
    expect(wordsOf('code', 0.5)).toContain('now speaks for an answer')
    expect(featureReportMarkdown(report, { most: 2 })).toContain(`| ${report.moves.length - 2} other named features |`)
    expect(featureReportMarkdown(report)).toContain('hashed features')
  })

  it('refuses policies of another space, and no pairs', () => {
    expect(() => featureReport(policyOf(1), policyOf(2), pairs)).toThrow('needs policies of text-features/1, got test')
    expect(() => featureReport(base, policy, [])).toThrow('needs at least one pair')
  })
})
