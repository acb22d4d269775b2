import { count, interval, number, p, pointsInterval, share, size, type TableSchema, text } from './table-schema.js'

const SUBSET = text('subset', 'The benchmark’s own category.')
const LABEL = text('label', 'The judge’s label.')
const DISCORDANT = text('discordant', 'How many comparisons exactly one judge may have got right.')
const WIDEST = pointsInterval('difference', 'The printed difference, with the widest interval of the tables that fit.')
const P_RANGE = [p('pMin', 'The smallest p of the tables that fit.'), p('pMax', 'The largest.')] as const

/** Tables of `judgelab claim` and of notebook 06: from printed figures alone. */
export const CLAIM_SCHEMAS: readonly TableSchema[] = [
  {
    name: 'claimJudgeTable',
    row: 'a judge',
    columns: [
      LABEL,
      text('printed', 'The total as printed.'),
      text('right', 'The counts of right answers that it allows.'),
      count('ties', 'Ties as printed.', 'ties are printed'),
      count('n', 'Comparisons.'),
      interval('accuracy', 'Share right, the middle where several counts fit, with the widest interval.'),
    ],
  },
  {
    name: 'claimContrastTable',
    row: 'a comparison of the claim',
    columns: [
      text('judge', 'The label of the judge that the difference is of.'),
      text('against', 'The label of the judge that it is set against.'),
      WIDEST,
      DISCORDANT,
      ...P_RANGE,
      text(
        'holds',
        'Whether it is significant: under every pairing, under none, or up to how many discordant comparisons.',
      ),
    ],
  },
  {
    name: 'claimSubsetTable',
    row: 'a subset',
    columns: [
      SUBSET,
      count('n', 'Comparisons of the subset.'),
      WIDEST,
      DISCORDANT,
      ...P_RANGE,
      p('holmMin', 'The smallest p by Holm over the subsets.'),
      p('holmMax', 'The largest.'),
    ],
  },
  {
    name: 'claimTieTable',
    row: 'a judge',
    columns: [
      LABEL,
      count('ties', 'Ties as printed.'),
      interval('wrong', 'Accuracy with a tie as wrong.'),
      text('wrongRank', 'Its place; `=` where two judges share one.'),
      interval('half', 'With a tie as half right.'),
      text('halfRank', 'Its place.'),
      interval('excluded', 'Without ties.'),
      text('excludedRank', 'Its place.'),
      count('decided', 'Comparisons behind `excluded`.'),
    ],
  },
  {
    name: 'claimPlanningTable',
    row: 'a share of discordant comparisons',
    columns: [
      text('which', 'Fewest that fit, most that fit, or a round share between.'),
      share('discordance', 'The share that exactly one judge got right.'),
      size('detectable', 'The smallest true difference found with probability 0.8; its head names n.'),
      text('needed', 'Comparisons that a true difference as large as the printed one takes.'),
    ],
  },
  {
    name: 'neededTable',
    row: 'a true difference',
    columns: [
      size('difference', 'The difference.'),
      count('share:<share>', 'Comparisons that it takes at one share of discordant ones.'),
    ],
  },
  {
    name: 'detectableTable',
    row: 'a subset',
    columns: [
      SUBSET,
      count('n', 'Its comparisons.'),
      size('share:<share>', 'The smallest true difference found with probability 0.8 at one share of discordant ones.'),
    ],
  },
  {
    name: 'publishedAccuracyTable',
    row: 'a judge',
    columns: [
      LABEL,
      count('chosen', 'Verdicts for the chosen response, as printed.'),
      count('rejected', 'Verdicts for the rejected response.'),
      count('ties', 'Ties.'),
      count('n', 'Comparisons.'),
      text('printed', 'The accuracy as printed.'),
      text('rebuilt', 'The accuracy that the counts give, to the printed digit.'),
      interval('accuracy', 'The same with its interval.'),
    ],
  },
  {
    name: 'publishedSubsetTable',
    row: 'a subset',
    columns: [SUBSET, count('n', 'Its comparisons.'), interval('judge:<name>', 'Accuracy of one judge there.')],
  },
  {
    name: 'publishedPriceTable',
    row: 'a judge',
    columns: [
      LABEL,
      number('input', 'List price of input tokens.', 'USD a million tokens'),
      number('output', 'List price of output tokens.', 'USD a million tokens'),
      text('printedCost', 'How many times cheaper, as printed.'),
      text('cost', 'The same, rebuilt from the prices.'),
      text('anyBlend', 'From input alone to output alone.'),
      number('speed', 'Published output speed.', 'tokens a second'),
      text('printedSpeed', 'How many times faster, as printed.'),
      text('faster', 'The same, rebuilt.'),
    ],
  },
  {
    name: 'rebuiltPairsTable',
    row: 'a subset',
    columns: [
      SUBSET,
      count('train', 'Training pairs as published.'),
      count('train:<shuffles>', 'Training pairs rebuilt with so many shuffles.'),
      count('validation', 'Validation pairs as published.'),
      count('validation:<shuffles>', 'Validation pairs rebuilt with so many shuffles.'),
    ],
  },
]
