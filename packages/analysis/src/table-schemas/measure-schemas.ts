import { count, interval, number, p, pointsInterval, share, type TableSchema, text } from './table-schema.js'

const JUDGE = text('label', 'The judge’s label.')

/** Tables of what is measured beside accuracy. */
export const MEASURE_SCHEMAS: readonly TableSchema[] = [
  {
    name: 'lengthTable',
    row: 'a judge',
    columns: [
      JUDGE,
      count('n', 'Comparisons that the judge decided.'),
      {
        ...text(
          'effect',
          'Change in the log odds of being right when the chosen response is much longer, with its interval.',
        ),
        unit: 'log odds',
      },
      p('p', 'Of that change.'),
      share('accuracy', 'Share right of those decided.'),
      interval('controlled', 'The accuracy that the regression predicts at equal length.'),
      share('picked', 'How often the judge picks the longer response.'),
      share('labelled', 'How often the labels do, on the same comparisons.'),
      pointsInterval('excess', '`picked` minus `labelled`.'),
    ],
  },
  {
    name: 'selfPreferenceTable',
    row: 'a judge and a model family',
    columns: [
      JUDGE,
      text('family', 'The model family whose responses are counted.'),
      text('own', 'Whether it is the judge’s own: yes or no.'),
      count('n', 'Decided comparisons of that family with another.'),
      share('picked', 'How often the judge picks the family.'),
      share('labelled', 'How often the labels do.'),
      pointsInterval('excess', '`picked` minus `labelled`.'),
      p('p', 'Of that excess.'),
      p('adjustedP', 'The same by Holm over the families of one judge.'),
    ],
  },
  {
    name: 'verbosityTable',
    row: 'a judge',
    columns: [
      JUDGE,
      count('n', 'Judgments whose text was kept.'),
      number('meanWords', 'Words of a judgment, answer and reasoning together.', 'words'),
      number('medianWords', 'The median of the same.', 'words'),
      number(
        'meanOutputTokens',
        'Output tokens of a judgment, as the service counts.',
        'tokens',
        'a service counted tokens',
      ),
      number('meanReasoningTokens', 'Of these for reasoning.', 'tokens', 'a service counted tokens'),
      interval('consistency', 'Comparisons asked in both orders that were answered alike.'),
    ],
  },
  {
    name: 'calibrationTable',
    row: 'a judge that gives probabilities',
    columns: [
      JUDGE,
      count('n', 'Comparisons with a preference.'),
      count('undecided', 'Comparisons with none, left out.'),
      share('right', 'Share right.'),
      share('meanConfidence', 'Mean probability of the preferred response.'),
      number('brier', 'Mean squared difference of confidence and being right.'),
      number('error', 'Calibration error over ten bins.'),
      number('auc', 'The chance that a right answer has the higher confidence than a wrong one.'),
    ],
  },
  {
    name: 'agreementTable',
    row: 'two judges',
    columns: [
      text('a', 'One judge’s label.'),
      text('b', 'The other’s.'),
      count('n', 'Presentations that both answered.'),
      interval('value', 'Of these answered alike: the same slot, or both a tie.'),
      number('kappa', 'Cohen’s kappa of the same.'),
    ],
  },
  {
    name: 'costTable',
    row: 'a judge of which something was measured',
    columns: [
      JUDGE,
      text('status', 'What the cost is: measured, paid by the minute, nothing paid, or why it is not known.'),
      count('judgments', 'Judgments that were paid for.'),
      number('inputTokens', 'Input tokens of a judgment.', 'tokens each'),
      number('outputTokens', 'Output tokens of a judgment.', 'tokens each'),
      number('usdPerThousand', 'Cost of 1,000 judgments.', 'USD'),
      number('costRatio', 'How many times the reference judge costs as much.', 'times'),
      number('latency', 'Median time of a call.', 'ms'),
      number('p95', 'The time within which 95 % of the calls were answered.', 'ms'),
      number('tokensPerSecond', 'Median output speed.', 'tokens a second'),
    ],
  },
  {
    name: 'listPriceTable',
    row: 'a judge with a list price',
    columns: [
      JUDGE,
      number('input', 'List price of input tokens.', 'USD a million tokens'),
      number('output', 'List price of output tokens.', 'USD a million tokens'),
      number('blended', 'Both by the blend that the caption names.', 'USD a million tokens'),
      number('ratio', 'How many times the reference judge costs as much at that blend.', 'times'),
      text('anyBlend', 'The same from input alone to output alone.'),
      number('speed', 'Published output speed.', 'tokens a second'),
      text('source', 'Where price and speed are published.', 'there are several sources'),
    ],
  },
]
