import { learningCurveBand } from '@judgelab/stats'
import type { Sureness } from '../accuracy.js'
import { intervalByPrompt } from '../interval-by-prompt.js'
import { meanScores, type ScoredRun } from './scored-runs.js'

/** A mean accuracy with its limits, in [0, 1]; null where there are too few prompts, or no spread, for any. */
export interface MeanAccuracy {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
}

/**
 * The mean accuracy of each number of pairs, its limits for prompts and seeds together. The untuned judge has no seed:
 * there prompts alone are resampled.
 *
 * @param clusters the prompt of each comparison: same length and order as the scores of every run
 */
export function countAccuracies(
  runs: readonly ScoredRun[],
  clusters: readonly string[],
  sureness: Sureness,
): Map<number, MeanAccuracy> {
  const found = new Map<number, MeanAccuracy>()
  const [untuned, tuned] = [runs.filter(({ pairs }) => pairs === 0), runs.filter(({ pairs }) => pairs > 0)]
  if (untuned.length > 0) {
    const scores = meanScores(untuned, 0)
    const { value, low, high } = intervalByPrompt({ a: scores, b: scores.map(() => 0), clusters }, sureness)
    found.set(0, { value, low, high })
  }
  if (tuned.length === 0) return found
  const { measured } = learningCurveBand(tuned, { clusters, model: 'plateau', ...bandOptions(sureness) })
  for (const { pairs, value, low, high } of measured)
    found.set(pairs, { value, ...knownLimits(clusters, sureness.level, { low, high }) })
  return found
}

/** How bands over prompts and seeds are resampled; they need fewer resamples than tests do. */
export function bandOptions({ level, resamples, newRandom }: Sureness): {
  readonly level: number
  readonly resamples: number
  readonly random: () => number
} {
  return { level, resamples: Math.min(2000, resamples), random: newRandom() }
}

/** Limits, or null where a percentile interval over these prompts says nothing: by the rule of `intervalByPrompt`. */
export function knownLimits(
  clusters: readonly string[],
  level: number,
  { low, high }: { readonly low: number; readonly high: number },
): { readonly low: number | null; readonly high: number | null } {
  const isKnown = 2 ** (1 - new Set(clusters).size) <= 1 - level && high - low >= 1e-9
  return isKnown ? { low, high } : { low: null, high: null }
}
