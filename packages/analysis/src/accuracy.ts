import type { TiePolicy, Verdict } from '@judgelab/core'
import { creditOf, type Policies, scoreOf } from '@judgelab/scoring'
import { pairedBootstrap, proportionInterval, type RandomGenerator } from '@judgelab/stats'
import { isClustered, promptKey } from './prompts.js'

/** An accuracy with all that must stand beside it. Proportions in [0, 1]. */
export interface Accuracy {
  readonly ties: TiePolicy
  /** Comparisons that count under the policies. */
  readonly n: number
  /** Sum of the credits. */
  readonly credit: number
  /** null when nothing counts. */
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
  readonly level: number
  /** `wilson` where every credit is 0 or 1 and each prompt occurs once, else a bootstrap over prompts; `none` when n is 0. */
  readonly method: 'wilson' | 'bootstrap by prompt' | 'none'
}

/** What an interval needs. Each resampled one starts a generator of its own, so that no number depends on another. */
export interface Sureness {
  readonly level: number
  readonly resamples: number
  readonly newRandom: () => RandomGenerator
}

/** The accuracy of a list of verdicts under the policies, with its interval. */
export function accuracyOf(verdicts: readonly Verdict[], policies: Policies, sureness: Sureness): Accuracy {
  const { n, credit, accuracy, isBinary } = scoreOf(verdicts, policies)
  const base = { ties: policies.ties, n, credit, level: sureness.level }
  if (n === 0) return { ...base, value: null, low: null, high: null, method: 'none' }
  if (isBinary && !isClustered(verdicts)) {
    const { low, high } = proportionInterval(credit, n, { method: 'wilson', level: sureness.level })
    return { ...base, value: accuracy, low, high, method: 'wilson' }
  }
  const { low, high } = meanCreditInterval(verdicts, policies, sureness)
  return { ...base, value: accuracy, low, high, method: 'bootstrap by prompt' }
}

/** The mean credit as a paired difference to a judge that earns nothing, prompts resampled whole. */
function meanCreditInterval(
  verdicts: readonly Verdict[],
  policies: Policies,
  sureness: Sureness,
): { low: number; high: number } {
  const counted = verdicts.flatMap((verdict) => {
    const credit = creditOf(verdict, policies)
    return credit === null ? [] : [{ credit, prompt: promptKey(verdict) }]
  })
  const scores = {
    a: counted.map(({ credit }) => credit),
    b: counted.map(() => 0),
    clusters: counted.map(({ prompt }) => prompt),
  }
  return pairedBootstrap(scores, { random: sureness.newRandom(), resamples: sureness.resamples, level: sureness.level })
}
