import type { RunComparison } from '../compare-runs.js'
import { levelText } from '../level-text.js'
import type { Table } from '../table.js'
import { differenceOf, differenceWords } from './contrast-tables.js'
import { methodWords, testCaption, testCell, testColumn, withoutInterval } from './interval-words.js'
import { intervalOf } from './judge-tables.js'
import { undetectableWords } from './undetectable-words.js'

/** Every run that is compared: what it said, and its accuracy with its interval. */
export function comparedRunsTable(comparison: RunComparison): Table {
  const { runs } = comparison
  const accuracies = runs.map(({ accuracy }) => accuracy)
  return {
    columns: [
      { key: 'judge', label: 'Judge', kind: 'text' },
      { key: 'run', label: 'Run', kind: 'text' },
      { key: 'chosen', label: 'Chosen', kind: 'integer' },
      { key: 'rejected', label: 'Rejected', kind: 'integer' },
      { key: 'tie', label: 'Ties', kind: 'integer' },
      { key: 'failed', label: 'Failed', kind: 'integer' },
      { key: 'n', label: 'n', kind: 'integer' },
      { key: 'accuracy', label: 'Accuracy', unit: '%', kind: 'interval' },
    ],
    rows: runs.map(({ label, runId, counts, accuracy }) => ({
      judge: label,
      run: runId,
      ...counts,
      n: accuracy.n,
      accuracy: intervalOf(accuracy),
    })),
    caption: `Runs over the same comparisons. Intervals: ${methodWords(accuracies)}.${withoutInterval(accuracies.map(({ status }) => status))} ${comparisonWords(comparison)}`,
    missing: 'no comparison counts',
  }
}

/** Each pair of runs: who alone was right, difference, p, p adjusted over the pairs, and what n could have shown. */
export function runContrastTable(comparison: RunComparison): Table {
  const { contrasts, runs } = comparison
  const labels = new Map(runs.map(({ name, label }) => [name, label]))
  const primaries = contrasts.map(({ primary }) => primary)
  const isFamily = contrasts.length > 1
  return {
    columns: [
      { key: 'judge', label: 'Judge', kind: 'text' },
      { key: 'against', label: 'Against', kind: 'text' },
      { key: 'n', label: 'n', kind: 'integer' },
      { key: 'onlyA', label: 'Only judge right', kind: 'integer' },
      { key: 'onlyB', label: 'Only other right', kind: 'integer' },
      { key: 'difference', label: 'Difference', unit: 'points', kind: 'points-interval' },
      { key: 'p', label: 'p', kind: 'p' },
      ...(isFamily ? ([{ key: 'adjustedP', label: 'Holm p', kind: 'p' }] as const) : []),
      { key: 'detectable', label: 'Detectable', unit: 'points', kind: 'percent' },
      ...testColumn(primaries),
    ],
    rows: contrasts.map(({ judge, against, primary, adjusted, detectable }) => ({
      judge: labels.get(judge),
      against: labels.get(against),
      n: primary.n,
      onlyA: primary.table?.onlyA,
      onlyB: primary.table?.onlyB,
      difference: differenceOf(primary.difference),
      p: primary.p,
      adjustedP: adjusted?.adjusted,
      detectable,
      test: testCell(primary),
    })),
    caption: `Judge minus other on the comparisons that count for both. ${differenceWords(primaries)}${testCaption(primaries)}${isFamily ? ` Holm’s p corrects for the ${contrasts.length} pairs.` : ''} Detectable: the smallest true difference that this n would find four times in five at this many discordant comparisons. ${comparisonWords(comparison)}`,
    missing: undetectableWords(
      contrasts.map(({ judge, against, primary, detectable }) => ({
        ...primary,
        label: `${labels.get(judge)} against ${labels.get(against)}`,
        detectable,
      })),
    ),
  }
}

function comparisonWords({ evaluation, statistics, synthetic }: RunComparison): string {
  const orders = evaluation.orders === 'both' ? 'both orders' : 'one order'
  const words = `Rule “${evaluation.rule}” over ${orders}; ties ${evaluation.ties}, failures ${evaluation.failures}; ${levelText(statistics.level)} intervals.`
  return synthetic ? `${words} Synthetic benchmark.` : words
}
