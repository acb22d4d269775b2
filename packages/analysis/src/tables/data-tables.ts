import type { StudyResults } from '../results/study-results.js'
import type { Table } from '../table.js'
import { labelOf } from './contrast-tables.js'
import { rehearsalWords, syntheticWords } from './synthetic-words.js'

/** The benchmark by subset: examples, both sides of the split, comparisons, and the pairs that come of the training side. */
export function benchmarkTable(results: StudyResults): Table {
  const { pairs, benchmark } = results
  const isSplit = results.split.method !== 'none'
  return {
    columns: [
      { key: 'subset', label: 'Subset', kind: 'text' },
      { key: 'examples', label: 'Examples', kind: 'integer' },
      ...(isSplit
        ? ([
            { key: 'train', label: 'Training', kind: 'integer' },
            { key: 'test', label: 'Test', kind: 'integer' },
          ] as const)
        : []),
      { key: 'comparisons', label: 'Comparisons judged', kind: 'integer' },
      ...(pairs ? ([{ key: 'trainPairs', label: 'Training pairs', kind: 'integer' }] as const) : []),
    ],
    rows: benchmark.subsets.map((counts) => ({
      ...counts,
      trainPairs: pairs?.trainBySubset[counts.subset] ?? (pairs ? 0 : null),
    })),
    caption: `Examples by subset, with what becomes of them. ${benchmark.about} Split: ${results.split.method}${results.split.seed === null ? '' : `, seed ${results.split.seed}`}.${rehearsalWords(results)}`,
  }
}

/** The training as it went: the last step and every look at the validation pairs. */
export function trainingTable(results: StudyResults): Table {
  return {
    columns: [
      { key: 'label', label: 'Judge', kind: 'text' },
      { key: 'step', label: 'Step', kind: 'integer' },
      { key: 'epoch', label: 'Epoch', kind: 'integer' },
      { key: 'loss', label: 'Validation loss', unit: 'nats', kind: 'number', digits: 4 },
      { key: 'rewardAccuracy', label: 'Reward accuracy', unit: '%', kind: 'percent' },
      { key: 'margin', label: 'Margin', unit: 'nats', kind: 'number', digits: 3 },
    ],
    rows: results.tuning.flatMap(({ name, validation }) =>
      validation.map(({ step, epoch, loss, rewardAccuracy, margin }) => ({
        label: labelOf(results, name),
        step,
        epoch,
        loss,
        rewardAccuracy,
        margin,
      })),
    ),
    caption: `DPO on the validation pairs. Reward accuracy: share of pairs whose implicit reward is higher for the preferred output; 50 % and a loss of ln 2 = 0.693 before training.${syntheticWords(results)}`,
  }
}
