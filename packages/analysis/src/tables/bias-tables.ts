import type { MeasuredJudge, StudyResults } from '../results/study-results.js'
import type { Limited } from '../stopped-early.js'
import type { Column, IntervalValue, Table } from '../table.js'
import { labelOf } from './contrast-tables.js'
import { stoppedWords } from './interval-words.js'
import { syntheticWords } from './synthetic-words.js'

const JUDGE: Column = { key: 'label', label: 'Judge', kind: 'text' }

/** Whether judges favour the longer response, tuned ones under the baseline that they come from. */
export function lengthTable(results: StudyResults): Table {
  const measured = measuredJudges(results)
  return {
    columns: [
      JUDGE,
      { key: 'n', label: 'n decided', kind: 'integer' },
      { key: 'effect', label: 'Pull to length', unit: 'log odds', kind: 'text', align: 'right' },
      { key: 'p', label: 'p', kind: 'p' },
      { key: 'accuracy', label: 'Accuracy', unit: '%', kind: 'percent' },
      { key: 'controlled', label: 'at equal length', unit: '%', kind: 'interval' },
      { key: 'picked', label: 'Picks longer', unit: '%', kind: 'percent' },
      { key: 'labelled', label: 'Label is longer', unit: '%', kind: 'percent' },
      { key: 'excess', label: 'Excess', unit: 'points', kind: 'points-interval' },
    ],
    rows: measured.map(({ label, bias: { length } }) => ({
      label,
      n: length.n,
      effect: length.effect === null ? null : effectText(length.effect),
      p: length.effect?.p,
      accuracy: length.accuracy,
      controlled: length.controlled === null ? null : drawn(length.controlled),
      picked: length.longer?.picked,
      labelled: length.longer?.labelled,
      excess: length.longer === null ? null : drawn({ ...length.longer, value: length.longer.excess }),
    })),
    caption: `Length bias, on the comparisons that a judge decided. Pull: change in the log odds of being right when the chosen response is much longer (logistic regression, errors by prompt); at equal length: the accuracy that it predicts there. Excess: how much more often the judge picks the longer response than the labels do. An association: where good answers are longer, a good judge favours length too. p is not adjusted.${stoppedWords(results)}${syntheticWords(results)}`,
    missing: 'nothing decided, all lengths equal, or a judge that length predicts perfectly',
  }
}

/** Limits that there are none of are missing numbers in a table. */
function drawn({ value, low, high }: Limited): IntervalValue {
  return { value, low: low ?? Number.NaN, high: high ?? Number.NaN }
}

function effectText({ value, low, high }: Limited): string {
  const text = (x: number): string => `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(2)}`
  return low === null || high === null ? text(value) : `${text(value)} [${text(low)}, ${text(high)}]`
}

/** How much judges write, and whether their two orders agree. */
export function verbosityTable(results: StudyResults): Table {
  const measured = measuredJudges(results)
  const hasTokens = measured.some(({ bias }) => bias.verbosity.meanOutputTokens !== null)
  return {
    columns: [
      JUDGE,
      { key: 'n', label: 'Judgments with text', kind: 'integer' },
      { key: 'meanWords', label: 'Mean', unit: 'words', kind: 'number', digits: 1 },
      { key: 'medianWords', label: 'Median', unit: 'words', kind: 'number', digits: 1 },
      ...(hasTokens
        ? ([
            { key: 'meanOutputTokens', label: 'Output', unit: 'tokens', kind: 'number', digits: 1 },
            { key: 'meanReasoningTokens', label: 'of these, reasoning', unit: 'tokens', kind: 'number', digits: 1 },
          ] as const)
        : []),
      { key: 'consistency', label: 'Orders alike', unit: '%', kind: 'interval' },
    ],
    rows: measured.map(({ label, bias: { verbosity, consistency } }) => ({
      label,
      ...verbosity,
      consistency: consistency === null ? null : drawn(consistency),
    })),
    caption: `What judges write, answer and reasoning together, and the share of comparisons asked in both orders that were answered alike (Wilson’s interval).${stoppedWords(results)}${syntheticWords(results)}`,
    missing: 'the judge writes nothing that was kept, or no order was asked twice',
  }
}

/** Whether judges prefer responses of some model families; nothing where authors are not recorded. */
export function selfPreferenceTable(results: StudyResults): Table {
  const measured = measuredJudges(results)
  return {
    columns: [
      JUDGE,
      { key: 'family', label: 'Family', kind: 'text' },
      { key: 'own', label: 'Own', kind: 'text' },
      { key: 'n', label: 'n', kind: 'integer' },
      { key: 'picked', label: 'Picked', unit: '%', kind: 'percent' },
      { key: 'labelled', label: 'Labelled', unit: '%', kind: 'percent' },
      { key: 'excess', label: 'Excess', unit: 'points', kind: 'points-interval' },
      { key: 'p', label: 'p', kind: 'p' },
      { key: 'adjustedP', label: 'Holm p', kind: 'p' },
    ],
    rows: measured.flatMap(({ label, bias: { selfPreference } }) =>
      selfPreference.families.map(({ family, adjusted, excess, low, high, ...held }) => ({
        label,
        family,
        own: family === selfPreference.own ? 'yes' : 'no',
        ...held,
        excess: drawn({ value: excess, low, high }),
        adjustedP: adjusted?.adjusted,
      })),
    ),
    caption: `How much more often a judge picks responses of a model family than the labels do, on decided comparisons of that family with another. Holm’s p corrects for its family: model families of one judge.${stoppedWords(results)}${syntheticWords(results)}`,
  }
}

/** Calibration of every judge that gives probabilities. */
export function calibrationTable(results: StudyResults): Table {
  return {
    columns: [
      JUDGE,
      { key: 'n', label: 'n', kind: 'integer' },
      { key: 'undecided', label: 'Undecided', kind: 'integer' },
      { key: 'right', label: 'Right', unit: '%', kind: 'percent' },
      { key: 'meanConfidence', label: 'Confidence', unit: '%', kind: 'percent' },
      { key: 'brier', label: 'Brier', kind: 'number', digits: 3 },
      { key: 'error', label: 'Calibration error', kind: 'number', digits: 3 },
      { key: 'auc', label: 'AUC', kind: 'number', digits: 3 },
    ],
    rows: measuredJudges(results).flatMap(({ label, bias: { calibration } }) =>
      calibration.status === 'no probabilities'
        ? []
        : [
            {
              label,
              n: calibration.n,
              undecided: calibration.undecided,
              right: calibration.bins.reduce((sum, bin) => sum + bin.n * bin.right, 0) / calibration.n,
              meanConfidence: calibration.meanConfidence,
              brier: calibration.brier,
              error: calibration.error,
              auc: calibration.auc?.value,
            },
          ],
    ),
    caption: `Whether a judge’s probabilities can be believed. Confidence: the probability of the preferred response, averaged over the orders. Brier: mean squared difference of confidence and being right; calibration error over ten bins of about equal numbers; AUC: the chance that a right answer has the higher confidence than a wrong one, where ½ says nothing.${syntheticWords(results)}`,
    missing: 'all answers are right, or none is',
  }
}

/** Agreement of every two judges. */
export function agreementTable(results: StudyResults): Table {
  return {
    columns: [
      { key: 'a', label: 'Judge', kind: 'text' },
      { key: 'b', label: 'and', kind: 'text' },
      { key: 'n', label: 'Presentations', kind: 'integer' },
      { key: 'value', label: 'Alike', unit: '%', kind: 'interval' },
      { key: 'kappa', label: 'Kappa', kind: 'number', digits: 2 },
    ],
    rows: results.agreement.map(({ a, b, n, value, low, high, kappa }) => ({
      a: labelOf(results, a),
      b: labelOf(results, b),
      n,
      value: value === null ? null : drawn({ value, low, high }),
      kappa,
    })),
    caption: `How often two judges name the same slot, or both a tie, of the same presentation; on slots, since the label is the same for every comparison. Intervals by prompt; Cohen’s kappa corrects for chance, and has no interval here because the two orders of a comparison are not independent.${stoppedWords(results)}${syntheticWords(results)}`,
    missing: 'no presentation that both answered, or always the same slot',
  }
}

/** Every judge but null baselines and second runs, a tuned one after the judge that it was tuned from. */
export function measuredJudges({ judges, tuning }: StudyResults): MeasuredJudge[] {
  const shown = judges.filter(({ kind }) => kind !== 'control' && kind !== 'repeat')
  const tuned = new Set(tuning.map(({ name }) => name))
  return shown.flatMap((judge) => {
    if (tuned.has(judge.name) && shown.some(({ name }) => name === baseOf(tuning, judge.name))) return []
    return [judge, ...shown.filter(({ name }) => baseOf(tuning, name) === judge.name)]
  })
}

function baseOf(tuning: StudyResults['tuning'], name: string): string | undefined {
  return tuning.find((held) => held.name === name)?.base
}
