import type { Limited } from '../../stopped-early.js'
import type { IntervalValue, Table } from '../../table.js'
import type { LargeScores } from './score-large-runs.js'

/** The scores of runs of any size, by subset. */
export function largeAccuracyTable(scores: LargeScores): Table {
  return {
    caption: `Accuracy by run and subset. ${statedOf(scores)}`,
    columns: [
      { key: 'run', label: 'Run', kind: 'text' },
      { key: 'subset', label: 'Subset', kind: 'text' },
      { key: 'accuracy', label: 'Accuracy', unit: '%', kind: 'interval' },
      { key: 'n', label: 'n', kind: 'integer' },
      { key: 'chosen', label: 'Chosen', kind: 'integer' },
      { key: 'rejected', label: 'Rejected', kind: 'integer' },
      { key: 'tie', label: 'Ties', kind: 'integer' },
      { key: 'failed', label: 'Failed', kind: 'integer' },
    ],
    rows: scores.runs.flatMap(({ name, scores: of }) =>
      of.map(({ subset, n, counts, value, low, high }) => ({
        run: name,
        subset: subset ?? 'all',
        accuracy: limited({ value, low, high }, n),
        n,
        ...counts,
      })),
    ),
  }
}

/** The differences of each two of the runs, by subset. */
export function largeDifferenceTable(scores: LargeScores): Table {
  return {
    caption: `Difference in accuracy on the comparisons that count for both, the second run less the first. ${statedOf(scores)} p of the whole is adjusted by Holm over the pairs of runs.`,
    missing: 'p of a subset is not adjusted',
    columns: [
      { key: 'pair', label: 'Runs', kind: 'text' },
      { key: 'subset', label: 'Subset', kind: 'text' },
      { key: 'difference', label: 'Difference', unit: 'points', kind: 'points-interval' },
      { key: 'p', label: 'p', kind: 'p' },
      { key: 'adjusted', label: 'p, adjusted', kind: 'p' },
      { key: 'fixed', label: 'Fixed', kind: 'integer' },
      { key: 'broken', label: 'Broken', kind: 'integer' },
      { key: 'n', label: 'n', kind: 'integer' },
    ],
    rows: scores.contrasts.map(({ a, b, subset, value, low, high, n, p, adjustedP, flips }) => ({
      pair: `${b} − ${a}`,
      subset: subset ?? 'all',
      difference: limited({ value, low, high }, n),
      p,
      adjusted: adjustedP,
      ...flips,
      n,
    })),
  }
}

function limited({ value, low, high }: Limited, n: number): IntervalValue {
  return { value, low: low ?? Number.NaN, high: high ?? Number.NaN, n }
}

function statedOf({ rule, policies, level, runs }: LargeScores): string {
  const early = runs.flatMap(({ name, isStoppedEarly }) => (isStoppedEarly === true ? [name] : []))
  const stated = `Rule ${rule}; ties ${policies.ties}, failures ${policies.failures}; ${level * 100} % intervals, robust to comparisons of one example.`
  return early.length === 0
    ? stated
    : `${stated} Judging was stopped early in ${early.join(', ')}: no interval and no p for a fixed n holds, so none is given; the study’s report has the anytime-valid ones.`
}
