import { count, interval, p, pointsInterval, type TableSchema, text } from './table-schema.js'

const SUBSET = text('subset', 'The subset, or all.')

/** Tables of `judgelab score`, over runs of any size. */
export const LARGE_SCHEMAS: readonly TableSchema[] = [
  {
    name: 'largeAccuracyTable',
    row: 'a run, over all comparisons and in each subset',
    columns: [
      text('run', 'The run’s name.'),
      SUBSET,
      interval('accuracy', 'Share right under the policies.'),
      count('n', 'Comparisons that count under the policies.'),
      count('chosen', 'Comparisons that the chosen response won.'),
      count('rejected', 'Comparisons that the rejected response won.'),
      count('tie', 'Comparisons tied.'),
      count('failed', 'Comparisons without a verdict.'),
    ],
  },
  {
    name: 'largeDifferenceTable',
    row: 'two runs, over all comparisons and in each subset',
    columns: [
      text('pair', 'The second run − the first.'),
      SUBSET,
      pointsInterval('difference', 'Accuracy of the second run minus that of the first.'),
      p('p', 'Of that difference, on its own.'),
      p('adjusted', 'The same by Holm over the pairs of runs; none in a subset.'),
      count('fixed', 'Verdicts of the second run that differ, towards the label.'),
      count('broken', 'Verdicts of the second run that differ, away from the label.'),
      count('n', 'Comparisons that count for both.'),
    ],
  },
]
