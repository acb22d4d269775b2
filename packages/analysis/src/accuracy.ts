import type { TiePolicy, Verdict } from '@judgelab/core'
import { creditOf, type Policies, scoreOf } from '@judgelab/scoring'
import { proportionInterval, type RandomGenerator } from '@judgelab/stats'
import { type IntervalByPrompt, type IntervalStatus, intervalByPrompt } from './interval-by-prompt.js'
import { isClustered, type PromptOf, promptKeys } from './prompts.js'

/** An accuracy with all that must stand beside it. Proportions in [0, 1]. */
export interface Accuracy {
  readonly ties: TiePolicy
  /** Comparisons that count under the policies. */
  readonly n: number
  /** Sum of the credits. */
  readonly credit: number
  /** null when nothing counts. */
  readonly value: number | null
  /** null where there is no interval; `status` says why. */
  readonly low: number | null
  readonly high: number | null
  readonly level: number
  /** `wilson` where every credit is 0 or 1 and comparisons are not clustered by prompt, else a bootstrap over prompts; `none` without interval. */
  readonly method: 'wilson' | 'bootstrap by prompt' | 'none'
  readonly status: IntervalStatus
}

/** What an interval needs. Each resampled one starts a generator of its own, so that no number depends on another. */
export interface Sureness {
  readonly level: number
  readonly resamples: number
  readonly newRandom: () => RandomGenerator
  /** The prompt of each example; without it each example is a prompt of its own. */
  readonly promptOf?: PromptOf | undefined
  /** True where what was seen decided how much was judged: then no interval or test for a fixed n is given. */
  readonly isStoppedEarly?: boolean | undefined
}

/** The accuracy of a list of verdicts under the policies, with its interval. */
export function accuracyOf(verdicts: readonly Verdict[], policies: Policies, sureness: Sureness): Accuracy {
  const { n, credit, accuracy, isBinary } = scoreOf(verdicts, policies)
  const base = { ties: policies.ties, n, credit, level: sureness.level }
  if (n === 0) return { ...base, value: null, low: null, high: null, method: 'none', status: 'nothing counts' }
  if (sureness.isStoppedEarly === true)
    return { ...base, value: accuracy, low: null, high: null, method: 'none', status: 'stopped early' }
  const counted = verdicts.filter((verdict) => creditOf(verdict, policies) !== null)
  const prompts = promptKeys(counted, sureness.promptOf)
  if (isBinary && !isClustered(prompts)) {
    const { low, high } = proportionInterval(credit, n, { method: 'wilson', level: sureness.level })
    return { ...base, value: accuracy, low, high, method: 'wilson', status: 'estimated' }
  }
  const credits = counted.map((verdict) => creditOf(verdict, policies) as number)
  return { ...base, ...meanCreditInterval(credits, prompts, sureness), value: accuracy }
}

/** The mean credit as a paired difference to a judge that earns nothing, prompts resampled whole. */
function meanCreditInterval(
  credits: readonly number[],
  clusters: readonly string[],
  sureness: Sureness,
): IntervalByPrompt {
  return intervalByPrompt({ a: credits, b: credits.map(() => 0), clusters }, sureness)
}
