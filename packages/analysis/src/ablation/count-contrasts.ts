import { type AdjustedP, countDifferences, minimumDetectableDifference, signFlipTest } from '@judgelab/stats'
import type { Sureness } from '../accuracy.js'
import { holmOver } from '../contrast.js'
import { bandOptions, knownLimits, type MeanAccuracy } from './count-accuracies.js'
import { mean, meanScores, type ScoredRun } from './scored-runs.js'

/** A group of runs against another one: seeds averaged, tested over prompts. */
export interface CountContrast {
  /** In [-1, 1]; limits null where there are too few prompts, or no spread, for any. */
  readonly difference: MeanAccuracy
  /** Sign-flip by prompt on the seeds' mean scores. */
  readonly p: number
  readonly adjusted: AdjustedP | null
  /** The smallest true difference between two single runs that this n would find with power 0.8; null where unknown. */
  readonly detectable: number | null
}

/** What to compare with, and what Holm's correction is over. */
export interface CountContrastsOptions {
  readonly against: number
  readonly family: string
  /** The prompt of each comparison: same length and order as the scores of every run. */
  readonly clusters: readonly string[]
  readonly sureness: Sureness
}

/** Every number of pairs against one of them, by number; empty where no comparison counts or there is no other number. */
export function countContrasts(
  runs: readonly ScoredRun[],
  { against, family, clusters, sureness }: CountContrastsOptions,
): Map<number, CountContrast> {
  if (clusters.length === 0 || runs.every(({ pairs }) => pairs === against)) return new Map()
  const other = meanScores(runs, against)
  const differences = countDifferences(runs, { clusters, against, ...bandOptions(sureness) })
  const tested = differences.map(({ pairs, value, low, high }) => {
    const scores = { a: meanScores(runs, pairs), b: other, clusters }
    const { p } = signFlipTest(scores, { random: sureness.newRandom(), resamples: sureness.resamples })
    const difference = { value, ...knownLimits(clusters, sureness.level, { low, high }) }
    return { pairs, difference, p, detectable: detectable(runs, pairs, against, sureness.level) }
  })
  const adjusted = holmOver(
    tested.map(({ p }) => p),
    family,
  )
  return new Map(tested.map(({ pairs, ...contrast }, at) => [pairs, { ...contrast, adjusted: adjusted[at] ?? null }]))
}

const POWER = 0.8

/** By McNemar's power at the discordance of one run with one run of the other count, of its own seed where there is one. */
function detectable(runs: readonly ScoredRun[], pairs: number, against: number, level: number): number | null {
  const others = runs.filter((run) => run.pairs === against)
  const shares = runs
    .filter((run) => run.pairs === pairs)
    .map((run) => discordance(run, others.find(({ seed }) => seed === run.seed) ?? (others[0] as ScoredRun)))
  const n = runs[0]?.scores.length ?? 0
  const share = mean(shares)
  if (n === 0 || share === 0) return null
  const alpha = Number((1 - level).toFixed(12))
  const found = minimumDetectableDifference({ n, discordance: share, alpha, power: POWER })
  return found.status === 'detectable' ? found.difference : null
}

function discordance(run: ScoredRun, other: ScoredRun): number {
  return mean(run.scores.map((score, at) => Math.abs(score - (other.scores[at] as number))))
}
