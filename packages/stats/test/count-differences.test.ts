import { describe, expect, it } from 'vitest'
import { countDifferences, learningCurveBand, pairedBootstrap } from '../src/index.js'
import { seededRandom } from './support/seeded-random.js'

/** 40 comparisons of 20 prompts; the share right grows with the pairs. */
const clusters = Array.from({ length: 40 }, (_, i) => i >> 1)
const scores = (pairs: number, seed: number): number[] =>
  clusters.map((_, i) => ((i * 7 + seed * 3) % 10 < 4 + Math.min(4, pairs / 100) ? 1 : 0))
const runs = [0, 100, 400].flatMap((pairs) =>
  (pairs === 0 ? [0] : [1, 2, 3]).map((seed) => ({ pairs, seed, scores: scores(pairs, seed) })),
)

describe('countDifferences', () => {
  it('compares every other number with the one that is named, worked by hand', () => {
    // right of 10 residues: 4 at 0 pairs, 5 at 100, 8 at 400, whatever the seed
    const found = countDifferences(runs, { clusters, against: 0, random: seededRandom(1), resamples: 300 })
    expect(found.map(({ pairs, against, seeds, n }) => [pairs, against, seeds, n])).toEqual([
      [100, 0, 3, 20],
      [400, 0, 3, 20],
    ])
    expect(found.map(({ value }) => Math.round(value * 1e9) / 1e9)).toEqual([0.1, 0.4])
    for (const { low, value, high } of found) expect(low <= value && value <= high).toBe(true)
    const down = countDifferences(runs, { clusters, against: 400, random: seededRandom(1), resamples: 300 })
    expect(down[0]?.value).toBeCloseTo(-0.4, 12)
  })

  it('is the paired bootstrap over prompts where each number has one run', () => {
    const single = runs.filter(({ seed }) => seed < 2 && true).filter(({ pairs }) => pairs !== 100)
    const [found] = countDifferences(single, { clusters, against: 0, random: seededRandom(2), resamples: 4000 })
    const [a, b] = [scores(400, 1), scores(0, 0)]
    const { low, high } = pairedBootstrap({ a, b, clusters }, { random: seededRandom(3), resamples: 4000 })
    expect(Math.abs((found?.low as number) - low)).toBeLessThan(0.03) // two draws of the same quantile
    expect(Math.abs((found?.high as number) - high)).toBeLessThan(0.03)
  })

  it('refuses a number that no run has; a curve still needs pairs above 0', () => {
    const options = { clusters, random: seededRandom(1), resamples: 10 }
    expect(() => countDifferences(runs, { ...options, against: 7 })).toThrow(
      'countDifferences needs a run with against pairs, got against=7',
    )
    expect(() => learningCurveBand(runs, options)).toThrow('learningCurveBand needs pairs > 0, got pairs=0')
    expect(() =>
      countDifferences([{ pairs: -1, seed: 1, scores: [] }], { ...options, clusters: [], against: -1 }),
    ).toThrow('countDifferences needs pairs >= 0, got pairs=-1')
  })
})
