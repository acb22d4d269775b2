import { levelText } from '../level-text.js'
import type { StudyResults } from '../results/study-results.js'
import { syntheticWords } from './synthetic-words.js'

/** The policies that a table stands on, for its caption, and what the data are when they are synthetic. */
export function policyWords(results: StudyResults): string {
  const { evaluation, statistics } = results
  const orders = evaluation.orders === 'both' ? 'both orders' : 'one order'
  const level = `${levelText(statistics.level)} intervals`
  return `Rule “${evaluation.rule}” over ${orders}; ties ${evaluation.ties}, failures ${evaluation.failures}; ${level}.${syntheticWords(results)}`
}
