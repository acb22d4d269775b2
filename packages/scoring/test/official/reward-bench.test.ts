import {
  REWARD_BENCH_SECTIONS,
  REWARD_BENCH_WEIGHTS,
  rewardBenchCredit,
  rewardBenchScore,
  rewardBenchSections,
} from '@judgelab/scoring'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const SUBSETS = REWARD_BENCH_SECTIONS.flatMap((section) => Object.keys(REWARD_BENCH_WEIGHTS[section]))

function allAt(accuracy: number): Record<string, number> {
  return Object.fromEntries(SUBSETS.map((subset) => [subset, accuracy]))
}

describe('REWARD_BENCH_WEIGHTS', () => {
  it('adds up to the published sizes: 23 subsets, 358, 456, 740 and 984 + 984', () => {
    expect(SUBSETS).toHaveLength(23)
    const sums = REWARD_BENCH_SECTIONS.map((section) =>
      Object.values(REWARD_BENCH_WEIGHTS[section]).reduce((sum, weight) => sum + weight, 0),
    )
    expect(sums).toEqual([358, 456, 740, 1968])
    // 2,985 examples: math-prm has 447 and weighs 984
    expect(sums.reduce((sum, weight) => sum + weight, 0) - 984 + 447).toBe(2985)
  })
})

describe('rewardBenchCredit', () => {
  it('gives half a point to ties and failures', () => {
    expect((['chosen', 'rejected', 'tie', 'failed'] as const).map(rewardBenchCredit)).toEqual([
      { credit: 1, failed: false },
      { credit: 0, failed: false },
      { credit: 0.5, failed: false },
      { credit: 0.5, failed: true },
    ])
  })
})

describe('rewardBenchSections', () => {
  it('weights subsets by their counts, over those that are there', () => {
    const [chat, hard, safety, reasoning] = rewardBenchSections({
      'mt-bench-easy': 1,
      'mt-bench-med': 0.5,
      'math-prm': 0.2,
      'hep-cpp': 1,
      donotanswer: 0.75,
    })
    // (28 + 20) / 68; (984 x 0.2 + 164) / 1148
    expect(chat).toMatchObject({ section: 'Chat', weight: 68 })
    expect(chat?.score).toBeCloseTo(48 / 68, 12)
    expect(chat?.missing).toEqual(['alpacaeval-easy', 'alpacaeval-length', 'alpacaeval-hard'])
    expect(hard).toMatchObject({ section: 'Chat Hard', score: 0, weight: 0 })
    expect(hard?.missing).toHaveLength(6)
    expect(safety?.score).toBeCloseTo(0.75, 12)
    expect(reasoning?.score).toBeCloseTo((984 * 0.2 + 164) / 1148, 12)
  })

  it('refuses a subset that it does not know, instead of dropping it', () => {
    expect(() => rewardBenchSections({ 'hep-pyhton': 1 })).toThrow(
      'rewardBenchSections needs subsets of RewardBench, got hep-pyhton',
    )
  })

  it('stays between the lowest and the highest accuracy', () => {
    const accuracies = fc.dictionary(fc.constantFrom(...SUBSETS), fc.double({ min: 0, max: 1, noNaN: true }), {
      noNullPrototype: true,
    })
    fc.assert(
      fc.property(accuracies, (drawn) => {
        const values = Object.values(drawn)
        for (const { score, weight } of rewardBenchSections(drawn)) {
          if (weight === 0) expect(score).toBe(0)
          else {
            expect(score).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12)
            expect(score).toBeLessThanOrEqual(Math.max(...values) + 1e-12)
          }
        }
      }),
      { seed: 1, numRuns: 200 },
    )
  })
})

describe('rewardBenchScore', () => {
  it('counts the prior sets half', () => {
    const sections = rewardBenchSections(allAt(0.9))
    expect(rewardBenchScore(sections)).toBeCloseTo(0.9, 12)
    // (4 x 0.9 + 0.5 x (0.6 + 0.8) / 2) / 4.5 = 3.95 / 4.5
    expect(rewardBenchScore(sections, { shp: 0.6, summarize: 0.8 })).toBeCloseTo(3.95 / 4.5, 12)
  })

  it('is the plain mean of four different sections', () => {
    const accuracies = Object.fromEntries(
      REWARD_BENCH_SECTIONS.flatMap((section, at) =>
        Object.keys(REWARD_BENCH_WEIGHTS[section]).map((subset) => [subset, (at + 1) / 5]),
      ),
    )
    // (0.2 + 0.4 + 0.6 + 0.8) / 4
    expect(rewardBenchScore(rewardBenchSections(accuracies))).toBeCloseTo(0.5, 12)
  })

  it('needs every section and knows the prior sets', () => {
    expect(() => rewardBenchScore(rewardBenchSections({ 'math-prm': 1 }))).toThrow(
      'rewardBenchScore needs the sections Chat, Chat Hard, Safety, Reasoning, got Reasoning',
    )
    expect(() => rewardBenchScore(rewardBenchSections(allAt(1)), { mtbench: 1 })).toThrow(
      'rewardBenchScore needs prior sets, got mtbench',
    )
  })
})
