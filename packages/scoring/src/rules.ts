import type { Rule, Verdict, VerdictResult } from '@judgelab/core'
import { weightOfPass } from './strength.js'

/**
 * Combines the passes of one comparison, in the order in which they are asked, under a named rule. A pass
 * that was asked and has no judgment is failed.
 *
 * - `consistent`: all passes must name the same response, else tie; an unreadable pass makes the comparison failed.
 * - `together`: as consistent, but the readable passes decide alone; failed only when none is readable.
 * - `net`: right +1, wrong -1, tie or unreadable 0; the sign of the sum decides (JudgeBench). Failed when none is readable.
 * - `average`: more right than wrong passes is chosen, fewer is rejected, as many is a tie; credit is the mean over
 *   passes (LLMBar). Failed when none is readable.
 * - `strength`: as net, but a strong preference counts three times (arena-hard); an unreadable pass makes the comparison
 *   failed. Credit is the share of the weighted passes.
 * - `first-order`: the first pass alone.
 *
 * No passes at all is failed under every rule.
 *
 * @param strong which passes are strong preferences, aligned with the passes; only `strength` looks at it
 */
export function combinePasses(passes: readonly VerdictResult[], rule: Rule, strong?: Verdict['strong']): VerdictResult {
  switch (rule) {
    case 'consistent':
      return passes.includes('failed') ? 'failed' : unanimous(passes)
    case 'together':
      return unanimous(readable(passes))
    case 'net':
    case 'average':
      return balance(readable(passes))
    case 'strength':
      return passes.includes('failed') ? 'failed' : balance(passes, strong)
    case 'first-order':
      return passes[0] ?? 'failed'
  }
}

function readable(passes: readonly VerdictResult[]): VerdictResult[] {
  return passes.filter((pass) => pass !== 'failed')
}

function unanimous(passes: readonly VerdictResult[]): VerdictResult {
  const [first] = passes
  if (first === undefined) return 'failed'
  return passes.every((pass) => pass === first) ? first : 'tie'
}

function balance(passes: readonly VerdictResult[], strong?: Verdict['strong']): VerdictResult {
  if (passes.length === 0) return 'failed'
  const sum = passes.reduce((total, pass, at) => total + SIGNS[pass] * weightOfPass(strong, at), 0)
  if (sum === 0) return 'tie'
  return sum > 0 ? 'chosen' : 'rejected'
}

const SIGNS: Readonly<Record<VerdictResult, number>> = { chosen: 1, rejected: -1, tie: 0, failed: 0 }
