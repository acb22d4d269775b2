import { RULES, type Rule } from '@judgelab/core'
import type { StudyResults } from '../results/study-results.js'

/** The rules that a study's judges are compared under, in the order in which they are listed everywhere. */
export function comparedRules({ sensitivity: { rankings } }: StudyResults): Rule[] {
  return RULES.filter((rule) => rankings.some((ranking) => ranking.rule === rule))
}

/** Which rules are left out, and why, as sentences behind a caption; empty where none is. */
export function leftOutRules(results: StudyResults): string {
  const compared = comparedRules(results)
  return RULES.flatMap((rule) => {
    const reason = REASONS[rule]
    return reason === undefined || compared.includes(rule) ? [] : [` “${rule}” is left out: ${reason}.`]
  }).join('')
}

const REASONS: Readonly<Partial<Record<Rule, string>>> = {
  strength: 'no judge called a preference strong',
  'first-order': 'this benchmark lists the chosen response first, so one order alone would measure the slot',
}
