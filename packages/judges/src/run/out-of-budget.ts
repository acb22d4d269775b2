import type { Budget } from './budget.js'
import type { RunProgress } from './run-tally.js'
import { usdText } from './usd-text.js'

/**
 * Why a run stopped for want of budget: what was spent, and what it would need to go on, at what an answer cost so far.
 *
 * @param nextUsd what the next call can cost
 */
export function outOfBudget(budget: Budget, { done, total, costUsd }: RunProgress, nextUsd: number): string {
  const { maxCost, maxRequests } = budget
  const { costUsd: spentUsd, requests } = budget.spent()
  const missing = total - done
  const needs =
    costUsd === undefined || costUsd === 0 || done === 0
      ? ''
      : `, which at ${usdText(costUsd / done)} each so far would take about ${usdText((missing * costUsd) / done)} more`
  const spent =
    maxRequests !== undefined && requests >= maxRequests
      ? `${requests} of ${maxRequests} requests were made`
      : `${usdText(spentUsd)} of ${usdText(maxCost ?? 0)} were spent in ${requests} requests, and the next one may cost up to ${usdText(nextUsd)}`
  return `out of budget: ${spent}; ${missing} judgments are missing${needs}`
}
