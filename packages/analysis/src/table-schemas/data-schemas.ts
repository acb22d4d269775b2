import { count, number, share, type TableSchema, text } from './table-schema.js'

/** Tables of benchmark, split, pairs and training. */
export const DATA_SCHEMAS: readonly TableSchema[] = [
  {
    name: 'benchmarkTable',
    row: 'a subset',
    columns: [
      text('subset', 'The benchmark’s own category.'),
      count('examples', 'Examples of the subset.'),
      count('train', 'Of these on the training side.', 'the study splits'),
      count('test', 'Of these on the test side.', 'the study splits'),
      count('comparisons', 'Comparisons that are judged.'),
      count('trainPairs', 'Preference pairs for training.', 'the study builds pairs'),
    ],
  },
  {
    name: 'cueTable',
    row: 'a shallow cue',
    columns: [
      text('cue', 'What the chosen response is guessed to be: longer, and so on.'),
      share(
        'all',
        'How often the cue picks the chosen response, over all subsets; a pair that it cannot tell apart counts half.',
      ),
      share('subset:<name>', 'The same in one subset.'),
    ],
  },
  {
    name: 'duplicateTable',
    row: 'a kind of repetition',
    columns: [
      text('what', 'What repeats an earlier one.'),
      count('found', 'How many do.'),
      count('of', 'Of how many.'),
    ],
  },
  {
    name: 'auditTable',
    row: 'a check of the leakage audit',
    columns: [
      text('name', 'The check (docs/splits-and-leakage.md).'),
      text('verdict', '`ok`, `warning` or `leak`.'),
      count('found', 'How many were found.'),
      count('of', 'Of how many.'),
      text('what', 'What is counted.'),
    ],
  },
  {
    name: 'trainingTable',
    row: 'a look at the validation pairs',
    columns: [
      text('label', 'The tuned judge’s label.'),
      count('step', 'Optimizer steps so far.'),
      count('epoch', 'Epoch, from 1.'),
      number('loss', 'DPO loss on the validation pairs.', 'nats'),
      share('rewardAccuracy', 'Validation pairs whose implicit reward is higher for the preferred output.'),
      number('margin', 'Mean implicit reward of preferred minus non-preferred output.', 'nats'),
    ],
  },
]
