import type { Rule, VerdictResult } from '@judgelab/core'

/**
 * Combines the passes of one comparison, in the order in which they are asked, under a named rule. A pass
 * that was asked and has no judgment is failed.
 *
 * - `consistent`: all passes must name the same response, else tie; an unreadable pass makes the comparison failed.
 * - `together`: as consistent, but the readable passes decide alone; failed only when none is readable.
 * - `net`: right +1, wrong -1, tie or unreadable 0; the sign of the sum decides (JudgeBench). Failed when none is readable.
 * - `average`: more right than wrong passes is chosen, fewer is rejected, as many is a tie; credit is the mean over
 *   passes (LLMBar). Failed when none is readable.
 * - `first-order`: the first pass alone.
 *
 * No passes at all is failed under every rule.
 */
export function combinePasses(passes: readonly VerdictResult[], rule: Rule): VerdictResult {
  switch (rule) {
    case 'consistent':
      return passes.includes('failed') ? 'failed' : unanimous(passes)
    case 'together':
      return unanimous(readable(passes))
    case 'net':
    case 'average':
      return balance(readable(passes))
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

function balance(passes: readonly VerdictResult[]): VerdictResult {
  if (passes.length === 0) return 'failed'
  const sum = passes.filter((pass) => pass === 'chosen').length - passes.filter((pass) => pass === 'rejected').length
  if (sum === 0) return 'tie'
  return sum > 0 ? 'chosen' : 'rejected'
}
