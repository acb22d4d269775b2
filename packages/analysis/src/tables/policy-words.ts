import { levelText } from '../level-text.js'
import type { StudyResults } from '../results/study-results.js'

/** The policies that a table stands on, for its caption, and what the data are when they are synthetic. */
export function policyWords({ evaluation, benchmark, statistics }: StudyResults): string {
  const orders = evaluation.orders === 'both' ? 'both orders' : 'one order'
  const level = `${levelText(statistics.level)} intervals`
  const synthetic = benchmark.synthetic ? ' Synthetic benchmark.' : ''
  return `Rule “${evaluation.rule}” over ${orders}; ties ${evaluation.ties}, failures ${evaluation.failures}; ${level}.${synthetic}`
}
