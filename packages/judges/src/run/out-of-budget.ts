import type { Budget } from './budget.js'
import type { RunProgress } from './run-tally.js'

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
      : `, which at ${usd(costUsd / done)} each so far would take about ${usd((missing * costUsd) / done)} more`
  const spent =
    maxRequests !== undefined && requests >= maxRequests
      ? `${requests} of ${maxRequests} requests were made`
      : `${usd(spentUsd)} of ${usd(maxCost ?? 0)} were spent in ${requests} requests, and the next one may cost up to ${usd(nextUsd)}`
  return `out of budget: ${spent}; ${missing} judgments are missing${needs}`
}

/** Small amounts keep two digits that say something. */
function usd(amount: number): string {
  if (amount === 0 || amount >= 1) return `${amount.toFixed(2)} USD`
  const decimals = Math.min(9, 1 - Math.floor(Math.log10(amount)))
  return `${amount.toFixed(Math.max(2, decimals))} USD`
}
