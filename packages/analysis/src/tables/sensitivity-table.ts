import { TIE_POLICIES } from '@judgelab/core'
import type { StudyResults } from '../results/study-results.js'
import type { Column, Table } from '../table.js'
import { leftOutRules } from './compared-rules.js'
import { labelOf } from './contrast-tables.js'
import { syntheticWords } from './synthetic-words.js'

/** The place of every judge under every rule and tie policy; the study's own is bold. */
export function sensitivityTable(results: StudyResults): Table {
  const { rankings } = results.sensitivity
  const names = rankings[0]?.judges.map(({ judge }) => judge) ?? []
  const { rule: ownRule, ties: ownTies } = results.evaluation
  return {
    columns: [
      { key: 'rule', label: 'Rule', kind: 'text' },
      { key: 'ties', label: 'Ties', kind: 'text' },
      ...names.flatMap((name): Column[] => [
        { key: `value:${name}`, label: labelOf(results, name), unit: '%', kind: 'percent' },
        { key: `rank:${name}`, label: 'rank', kind: 'integer' },
      ]),
    ],
    rows: rankings.map(({ rule, ties, judges }) => ({
      rule,
      ties,
      n: judges[0]?.n,
      ...Object.fromEntries(
        judges.flatMap(({ judge, value, rank }) => [
          [`value:${judge}`, value],
          [`rank:${judge}`, rank],
        ]),
      ),
    })),
    boldRow: rankings.findIndex(({ rule, ties }) => rule === ownRule && ties === ownTies),
    caption: `Accuracy and place of every judge under every rule for two orders and every tie policy, from the same judgments. Without ties judges are rated on the comparisons that each decided.${leftOutRules(results)}${syntheticWords(results)}`,
    missing: 'no comparison counts',
  }
}

/** Pairs of judges that change places, and under what. */
export function swapTable(results: StudyResults): Table {
  return {
    columns: [
      { key: 'a', label: 'Ahead under the study’s policies', kind: 'text' },
      { key: 'b', label: 'Ahead under others', kind: 'text' },
      { key: 'count', label: `Of ${results.sensitivity.rankings.length}`, kind: 'integer' },
      { key: 'under', label: 'Rules and ties', kind: 'text' },
    ],
    rows: results.sensitivity.swaps.map(({ a, b, under }) => ({
      a: labelOf(results, a),
      b: labelOf(results, b),
      count: under.length,
      under: TIE_POLICIES.flatMap((ties) => {
        const rules = under.filter((held) => held.ties === ties).map(({ rule }) => rule)
        return rules.length === 0 ? [] : [`ties ${ties}: ${rules.join(', ')}`]
      }).join('; '),
    })),
    caption: `Judges that change places when the rule or the tie policy changes. No test stands behind a place: see the contrasts.${syntheticWords(results)}`,
  }
}
