import type { NeededComparisons } from '../claims/claim-planning.js'
import type { StudyResults } from '../results/study-results.js'
import type { Table } from '../table.js'
import { labelOf } from './contrast-tables.js'
import { syntheticWords } from './synthetic-words.js'
import { undetectableWords } from './undetectable-words.js'

/** What the study's n can detect, and how many comparisons the observed differences would take. */
export function powerTable(results: StudyResults): Table {
  return {
    columns: [
      { key: 'judge', label: 'Judge', kind: 'text' },
      { key: 'against', label: 'Against', kind: 'text' },
      { key: 'n', label: 'n', kind: 'integer' },
      { key: 'difference', label: 'Difference', unit: 'points', kind: 'points' },
      { key: 'discordance', label: 'Discordant', unit: '%', kind: 'percent' },
      { key: 'detectable', label: 'Detectable', unit: 'points', kind: 'percent' },
      { key: 'needed', label: 'n for the difference', kind: 'text', align: 'right' },
    ],
    rows: results.contrasts.map(({ judge, against, primary, detectable, power }) => ({
      judge: labelOf(results, judge),
      against: labelOf(results, against),
      n: primary.n,
      difference: primary.difference.value,
      discordance: power?.discordance,
      detectable,
      needed: power === null ? null : neededText(power),
    })),
    caption: `What this n can show. Discordant: comparisons that exactly one judge got right. Detectable: the smallest true difference that McNemar’s exact test finds four times in five at that discordance. n for the difference: how many comparisons a true difference as large as the observed one would take; the observed one may be larger or smaller than the true one.${syntheticWords(results)}`,
    missing: undetectableWords(
      results.contrasts.map(({ judge, against, primary, detectable }) => ({
        ...primary,
        label: `${labelOf(results, judge)} against ${labelOf(results, against)}`,
        detectable,
      })),
    ),
  }
}

/** A number of comparisons, or why there is none. */
export function neededText({ needed, neededStatus }: NeededComparisons): string {
  switch (neededStatus) {
    case 'exact':
      return (needed as number).toLocaleString('en-US')
    case 'about':
      return `about ${(needed as number).toLocaleString('en-US')}`
    case 'above a million':
      return 'more than 1,000,000'
    case 'no difference':
      return 'no difference'
  }
}
