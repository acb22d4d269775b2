import type { FailurePolicy, TiePolicy, Verdict, VerdictResult } from '@judgelab/core'
import { weightOfPass } from './strength.js'

/** What ties and failures earn. */
export interface Policies {
  readonly ties: TiePolicy
  readonly failures: FailurePolicy
}

/**
 * What a verdict earns: 1 for the chosen response, 0 for the rejected one, and for ties and failures what the policies
 * say; null when the comparison does not count. Under rule `average` it is the mean of the passes that count; under
 * `strength` too, a strong preference counting three times, unless the comparison is failed.
 */
export function creditOf(verdict: Verdict, policies: Policies): number | null {
  const { rule, result, passes, strong } = verdict
  if (passes.length === 0) return creditOfResult('failed', policies)
  if (rule === 'average') return meanCredit(passes, policies)
  if (rule === 'strength' && result !== 'failed') return meanCredit(passes, policies, strong)
  return creditOfResult(result, policies)
}

/** Over the passes that count; null when none does. */
function meanCredit(passes: readonly VerdictResult[], policies: Policies, strong?: Verdict['strong']): number | null {
  let earned = 0
  let counted = 0
  for (const [at, pass] of passes.entries()) {
    const credit = creditOfResult(pass, policies)
    if (credit === null) continue
    const weight = weightOfPass(strong, at)
    earned += weight * credit
    counted += weight
  }
  return counted === 0 ? null : earned / counted
}

function creditOfResult(result: VerdictResult, { ties, failures }: Policies): number | null {
  switch (result) {
    case 'chosen':
      return 1
    case 'rejected':
      return 0
    case 'tie':
      return ties === 'excluded' ? null : ties === 'half' ? 0.5 : 0
    case 'failed':
      return failures === 'excluded' ? null : 0
  }
}

/** What was earned on what counted: both counts stand beside every accuracy. */
export interface Score {
  /** Comparisons that count under the policies. */
  readonly n: number
  /** Sum of the credits, 0 … n. */
  readonly credit: number
  /** credit / n in [0, 1]; NaN when n is 0. */
  readonly accuracy: number
  readonly counts: Readonly<Record<VerdictResult, number>>
  /** True when every credit is 0 or 1, so that binomial intervals apply. */
  readonly isBinary: boolean
}

/** The score of a list of verdicts under the policies. */
export function scoreOf(verdicts: readonly Verdict[], policies: Policies): Score {
  const counts = { chosen: 0, rejected: 0, tie: 0, failed: 0 }
  let n = 0
  let credit = 0
  let isBinary = true
  for (const verdict of verdicts) {
    counts[verdict.result]++
    const earned = creditOf(verdict, policies)
    if (earned === null) continue
    n++
    credit += earned
    if (earned !== 0 && earned !== 1) isBinary = false
  }
  return { n, credit, accuracy: n === 0 ? Number.NaN : credit / n, counts, isBinary }
}
