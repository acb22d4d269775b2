import {
  count,
  FAMILY,
  interval,
  p,
  points,
  pointsInterval,
  share,
  size,
  type TableSchema,
  TEST,
  text,
} from './table-schema.js'

const JUDGE = text('judge', 'The label of the judge that the difference is of.')
const AGAINST = text('against', 'The label of the judge that it is set against.')
const N = count('n', 'Comparisons that count for both judges.')
const ONLY_A = count('onlyA', 'Of these only the judge got right.')
const ONLY_B = count('onlyB', 'Only the other did.')
const DIFFERENCE = pointsInterval('difference', 'Accuracy of the judge minus that of the other, paired.')
const P = p('p', 'Of that difference; the caption names the test.')
const DETECTABLE = size(
  'detectable',
  'The smallest true difference that this n finds four times in five at this many discordant comparisons.',
)
const SUBSET = text('subset', 'The benchmark’s own category.')

/** Tables of two judges on the same comparisons. */
export const CONTRAST_SCHEMAS: readonly TableSchema[] = [
  {
    name: 'contrastTable',
    row: 'a contrast of the study',
    columns: [
      JUDGE,
      AGAINST,
      N,
      ONLY_A,
      ONLY_B,
      DIFFERENCE,
      P,
      p('adjustedP', 'The same by Holm within its family, which the caption names.', 'there are several contrasts'),
      FAMILY,
      TEST,
    ],
  },
  {
    name: 'contrastByTiePolicyTable',
    row: 'a tie policy',
    columns: [
      text('ties', 'What a tie earns: wrong, half or excluded.'),
      N,
      DIFFERENCE,
      P,
      text('test', 'The test behind p.'),
    ],
  },
  {
    name: 'contrastBySubsetTable',
    row: 'a subset',
    columns: [
      SUBSET,
      N,
      { ...ONLY_A, about: 'Of these only the judge got right; of a tuning, fixed.', when: 'credit is whole' },
      { ...ONLY_B, about: 'Only the other did; of a tuning, broken.', when: 'credit is whole' },
      DIFFERENCE,
      P,
      p('adjustedP', 'The same by Holm over the subsets.'),
      DETECTABLE,
      TEST,
    ],
  },
  {
    name: 'flipTable',
    row: 'a kind of change',
    columns: [
      text('change', 'From which verdict to which.'),
      count('count', 'Comparisons that changed so.'),
      share('share', 'Of all comparisons.'),
      count('again', 'The same between two runs of the other judge.', 'the study runs it again'),
      share('againShare', 'Of all comparisons of both runs.', 'the study runs it again'),
    ],
  },
  {
    name: 'flipBySubsetTable',
    row: 'a subset',
    columns: [
      SUBSET,
      count('n', 'Comparisons of the subset.'),
      count(
        'flip:<kind>',
        'Comparisons that changed so: fixed, broken, to-tie, from-tie, other, kept-right, kept-wrong, kept-tie, kept-failed.',
      ),
    ],
  },
  {
    name: 'powerTable',
    row: 'a contrast of the study',
    columns: [
      JUDGE,
      AGAINST,
      N,
      points('difference', 'As observed.'),
      share('discordance', 'Comparisons that exactly one judge got right.'),
      DETECTABLE,
      text('needed', 'How many comparisons a true difference as large as the observed one takes.'),
    ],
  },
  {
    name: 'comparedRunsTable',
    row: 'a run of `judgelab compare`',
    columns: [
      text('judge', 'The judge’s label.'),
      text('run', 'The run’s id.'),
      count('chosen', 'Verdicts for the chosen response.'),
      count('rejected', 'Verdicts for the rejected response.'),
      count('tie', 'Ties.'),
      count('failed', 'Comparisons without a readable verdict.'),
      count('n', 'Comparisons that count under the policies.'),
      interval('accuracy', 'Share right.'),
    ],
  },
  {
    name: 'runContrastTable',
    row: 'a pair of runs of `judgelab compare`',
    columns: [
      JUDGE,
      AGAINST,
      N,
      ONLY_A,
      ONLY_B,
      DIFFERENCE,
      P,
      p('adjustedP', 'The same by Holm over the pairs of runs.', 'there are several pairs'),
      DETECTABLE,
      TEST,
    ],
  },
]
