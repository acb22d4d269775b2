import {
  count,
  FAMILY,
  interval,
  number,
  p,
  pointsInterval,
  share,
  type TableSchema,
  TEST,
  text,
} from './table-schema.js'

const JUDGE = text('label', 'The judge’s label.')
const N = count('n', 'Comparisons that count under the study’s policies.')

/** Tables of one row a judge, and of rankings. */
export const JUDGE_SCHEMAS: readonly TableSchema[] = [
  {
    name: 'accuracyTable',
    row: 'a judge',
    columns: [
      JUDGE,
      text('kind', 'Its part in the study: judge, baseline, tuned, null, run again, panel or control.'),
      count('chosen', 'Verdicts for the chosen response.'),
      count('rejected', 'Verdicts for the rejected response.'),
      count('tie', 'Ties.'),
      count('failed', 'Comparisons without a readable verdict.'),
      N,
      interval('accuracy', 'Share right under the study’s policies.'),
    ],
  },
  {
    name: 'leaderboardTable',
    row: 'a judge before tuning (`baseline`), or after it with those that tuning must beat (`post-DPO`)',
    columns: [
      JUDGE,
      text('type', 'open, closed, local, null baseline, recorded, panel, or not known.'),
      count('chosen', 'Comparisons that the chosen response won.'),
      count('rejected', 'Comparisons that the rejected response won.'),
      count('tie', 'Comparisons tied.'),
      count('failed', 'Comparisons without a verdict.'),
      N,
      interval('accuracy', 'Share right under the study’s policies.'),
      pointsInterval(
        'difference',
        'Accuracy minus that of the reference judge, on the comparisons that count for both.',
      ),
      p('p', 'Of that difference.'),
      p('adjustedP', 'The same by Holm over its family, which the caption names.'),
      FAMILY,
      TEST,
      number('usdPerThousand', 'Cost of 1,000 judgments as measured.', 'USD'),
      number('latency', 'Median time of a call.', 'ms'),
      number('tokensPerSecond', 'Median output speed.', 'tokens a second'),
    ],
  },
  {
    name: 'tiePolicyTable',
    row: 'a judge',
    columns: [
      JUDGE,
      interval('wrong', 'Accuracy with a tie as wrong.'),
      interval('half', 'With a tie as half right.'),
      interval('excluded', 'Without ties.'),
      count('decided', 'Comparisons that the judge decided, behind `excluded`.'),
    ],
  },
  {
    name: 'ruleTable',
    row: 'a judge',
    columns: [JUDGE, share('rule:<name>', 'Accuracy under one rule for combining two orders.')],
  },
  {
    name: 'subsetTable',
    row: 'a subset',
    columns: [
      text('subset', 'The benchmark’s own category.'),
      count('n', 'Comparisons of the subset.'),
      interval('judge:<name>', 'Accuracy of one judge there.'),
    ],
  },
  {
    name: 'averageTable',
    row: 'a judge',
    columns: [
      JUDGE,
      N,
      interval('micro', 'Every comparison weighs the same.'),
      interval('macro', 'Every subset weighs the same.'),
      share(
        'official',
        'The benchmark’s own score, as its own code counts.',
        'the judges were asked as that score needs',
      ),
    ],
  },
  {
    name: 'positionTable',
    row: 'a judge',
    columns: [
      JUDGE,
      count('n', 'Comparisons that were asked in both orders.'),
      share('consistency', 'Of these answered alike in both.'),
      count('bothFirst', 'Comparisons in which both orders name the first slot.'),
      count('bothSecond', 'The same for the second slot.'),
      p('positionP', 'Of `bothFirst` against `bothSecond`.'),
      TEST,
    ],
  },
  {
    name: 'passTestTable',
    row: 'a judge',
    columns: [
      JUDGE,
      count('bothFirst', 'Comparisons in which both orders name the first slot.'),
      count('bothSecond', 'The same for the second slot.'),
      p('positionP', 'Of these, each comparison once.'),
      count('firstSlotPasses', 'Passes that name the first slot.'),
      count('secondSlotPasses', 'Passes that name the second slot.'),
      p('passP', 'Of the passes, as if they were independent, which they are not.'),
    ],
  },
  {
    name: 'sensitivityTable',
    row: 'a rule and tie policy',
    columns: [
      text('rule', 'Rule for combining two orders.'),
      text('ties', 'Tie policy: wrong, half or excluded.'),
      share('value:<judge>', 'Accuracy of one judge under both.'),
      count('rank:<judge>', 'Its place, from 1; equal judges share one.'),
    ],
  },
  {
    name: 'swapTable',
    row: 'two judges that change places',
    columns: [
      text('a', 'Ahead under the study’s policies.'),
      text('b', 'Ahead under others.'),
      count('count', 'Under how many.'),
      text('under', 'Under which.'),
    ],
  },
]
