import {
  type ColumnSchema,
  count,
  interval,
  p,
  points,
  pointsInterval,
  share,
  size,
  type TableSchema,
  text,
} from './table-schema.js'

const AXIS = text('axis:<name>', 'The arm’s value of one axis of the matrix.', 'the axis has several values')
const PAIRS = count('pairs', 'Training pairs; 0 is the untuned judge.')
const SEEDS = count('seeds', 'Seeds that the mean is over.')
const N = count('n', 'Comparisons that count for every run.')
const ACCURACY = interval('accuracy', 'Mean share right over the seeds.')
const DETECTABLE = size(
  'detectable',
  'The smallest true difference between two single runs that n finds four times in five.',
)

const WITH_UNTUNED = 'the matrix has `count` 0'
const WITH_SEVERAL = 'there are several numbers of pairs'

/** What is set against a number of pairs. @param family what Holm’s p is corrected over */
function differences(family: string): ColumnSchema[] {
  return [
    pointsInterval('untuned', 'Mean accuracy minus that of the untuned judge.', WITH_UNTUNED),
    p('untunedP', `Of that difference, by Holm over ${family}.`, WITH_UNTUNED),
    pointsInterval('all', 'Mean accuracy minus that with the largest number of pairs.', WITH_SEVERAL),
    p('allP', `Of that difference, by Holm over ${family}.`, WITH_SEVERAL),
  ]
}

/** Tables of a study’s matrix. */
export const ABLATION_SCHEMAS: readonly TableSchema[] = [
  {
    name: 'ablationTable',
    row: 'a number of pairs of an arm',
    columns: [
      AXIS,
      PAIRS,
      SEEDS,
      N,
      ACCURACY,
      ...differences('the numbers of pairs'),
      { ...DETECTABLE, when: WITH_SEVERAL },
    ],
  },
  {
    name: 'ablationSubsetTable',
    row: 'a number of pairs of an arm',
    columns: [AXIS, PAIRS, share('subset:<name>', 'Mean share right over the seeds in one subset.')],
  },
  {
    name: 'ablationSubsetContrastTable',
    row: 'a number of pairs of an arm, in one subset',
    columns: [
      text('subset', 'The benchmark’s own category.'),
      AXIS,
      PAIRS,
      N,
      ...differences('numbers of pairs and subsets'),
    ],
  },
  {
    name: 'sufficientTable',
    row: 'a step from the largest number of pairs down',
    columns: [
      AXIS,
      PAIRS,
      count('n', 'Prompts of the comparisons.'),
      points('difference', 'Mean accuracy minus that with the largest number of pairs.'),
      points('low', 'Its one-sided lower limit.'),
      text('shown', 'Whether the number is shown to be enough: yes or no.'),
    ],
  },
  {
    name: 'armTable',
    row: 'an arm, with the largest number of pairs that all have',
    columns: [
      AXIS,
      PAIRS,
      SEEDS,
      N,
      ACCURACY,
      pointsInterval('difference', 'Mean accuracy minus that of the first arm.'),
      p('p', 'Of that difference.'),
      p('adjustedP', 'The same by Holm over the arms.', 'there are more than two arms'),
      DETECTABLE,
    ],
  },
  {
    name: 'effectTable',
    row: 'a value of an axis',
    columns: [
      text('axis', 'The axis.'),
      text('value', 'The value.'),
      text('against', 'The axis’s first value.'),
      count('arms', 'Arms that the mean is over.'),
      N,
      pointsInterval('difference', 'Mean accuracy with the value minus that with the first, everything else averaged.'),
      p('p', 'Of that difference.'),
      p('adjustedP', 'The same by Holm over all values.'),
    ],
  },
]
