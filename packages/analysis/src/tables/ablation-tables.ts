import type { AblationArm, AblationCount, AblationResult } from '../ablation/ablation-result.js'
import { axisWords, isAllPairs, seedRange, valueWords, variedAxes } from '../ablation/arm-words.js'
import type { MeanAccuracy } from '../ablation/count-accuracies.js'
import type { CountContrast } from '../ablation/count-contrasts.js'
import { levelText } from '../level-text.js'
import type { StudyResults } from '../results/study-results.js'
import type { Column, IntervalValue, Table, TableRow } from '../table.js'
import { labelOf } from './contrast-tables.js'
import { withoutInterval } from './interval-words.js'
import { policyWords } from './policy-words.js'

/** The ablation of a study. @throws {RangeError} if the study has no matrix */
export function ablationOf({ ablation, study }: Pick<StudyResults, 'ablation' | 'study'>): AblationResult {
  if (ablation === null)
    throw new RangeError(`ablationOf needs a study with a matrix, got "${study.name}", which has none`)
  return ablation
}

/** Every number of pairs of every arm: mean accuracy, and its difference to the untuned judge and to the largest number. */
export function ablationTable(results: StudyResults): Table {
  const ablation = ablationOf(results)
  const { arms } = ablation
  const counts = arms.flatMap((arm) => arm.counts)
  const hasUntuned = counts.some(({ againstUntuned }) => againstUntuned !== null)
  const hasAll = counts.some(({ againstAll, pairs }) => againstAll !== null && pairs > 0)
  const largest = isAllPairs(ablation) ? 'all' : 'largest'
  const columns: Column[] = [
    ...armColumns(ablation),
    ...COUNT_COLUMNS,
    ...(hasUntuned ? differenceColumns('untuned', 'untuned') : []),
    ...(hasAll
      ? [
          ...differenceColumns('all', largest),
          { key: 'detectable', label: 'Detectable', unit: 'points', kind: 'percent' } as const,
        ]
      : []),
  ]
  const rows = arms.flatMap((arm, index) =>
    shownCounts(arm, index).map((count) => ({
      ...countCells(ablation, arm, count),
      ...contrastCells('untuned', count.againstUntuned),
      ...contrastCells('all', count.againstAll),
      detectable: count.againstAll?.detectable,
    })),
  )
  return {
    columns,
    rows,
    caption: `${labelOf(results, ablation.tuning)} by number of training pairs. ${meanWords(ablation)}${hasUntuned || hasAll ? ` Differences: ${differenceWords(hasUntuned, hasAll, largest)}; Holm’s p corrects for the numbers of pairs${arms.length > 1 ? ' of an arm' : ''}.` : ''}${hasAll ? ` Detectable: the smallest true difference between two single runs, of this number and of the largest, that n would find four times in five.` : ''}${bareWords(rows)} ${policyWords(results)}`,
    boldRow: arms.length === 1 ? boldRow(arms[0] as AblationArm) : undefined,
    missing:
      'the untuned judge, or the number that the others are compared with; too few prompts, or no difference that n could find',
  }
}

/** The untuned judge is the same in every arm: it stands in the first. */
function shownCounts({ counts }: AblationArm, index: number): readonly AblationCount[] {
  return index === 0 ? counts : counts.filter(({ pairs }) => pairs > 0)
}

const COUNT_COLUMNS: readonly Column[] = [
  { key: 'pairs', label: 'Pairs', kind: 'integer' },
  { key: 'seeds', label: 'Seeds', kind: 'integer' },
  { key: 'n', label: 'n', kind: 'integer' },
  { key: 'accuracy', label: 'Accuracy', unit: '%', kind: 'interval' },
]

/** One column an axis that has several values. */
function armColumns(ablation: AblationResult): Column[] {
  return variedAxes(ablation).map((axis) => ({
    key: axisKey(axis),
    label: capital(axisWords(ablation, axis)),
    kind: 'text',
  }))
}

function armCells(ablation: AblationResult, { at }: AblationArm): TableRow {
  return Object.fromEntries(variedAxes(ablation).map((axis) => [axisKey(axis), valueWords(at[axis] ?? null)]))
}

/** Keys that come of names are prefixed, so that no axis stands in another column. */
const axisKey = (axis: string): string => `axis:${axis}`

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function differenceColumns(key: string, to: string): Column[] {
  return [
    { key, label: `To ${to}`, unit: 'points', kind: 'points-interval' },
    { key: `${key}P`, label: 'Holm p', kind: 'p' },
  ]
}

function countCells(ablation: AblationResult, arm: AblationArm, { pairs, runs, accuracy }: AblationCount): TableRow {
  return {
    ...(pairs === 0 ? {} : armCells(ablation, arm)),
    pairs,
    seeds: pairs === 0 ? null : runs.length,
    n: arm.n,
    accuracy: intervalCell(accuracy),
  }
}

function contrastCells(key: string, contrast: CountContrast | null): TableRow {
  return contrast === null
    ? {}
    : { [key]: intervalCell(contrast.difference), [`${key}P`]: contrast.adjusted?.adjusted ?? contrast.p }
}

function intervalCell({ value, low, high }: MeanAccuracy): IntervalValue {
  return { value, low: low ?? Number.NaN, high: high ?? Number.NaN }
}

/** Why values stand without an interval, where any does. */
function bareWords(rows: readonly TableRow[]): string {
  const isBare = rows.some((row) =>
    Object.values(row).some((cell) => typeof cell === 'object' && cell !== null && Number.isNaN(cell.low)),
  )
  return isBare ? withoutInterval(['too few prompts', 'no spread']) : ''
}

function differenceWords(hasUntuned: boolean, hasAll: boolean, largest: string): string {
  return [
    ...(hasUntuned ? ['less the untuned judge'] : []),
    ...(hasAll ? [largest === 'all' ? 'less all pairs' : 'less the largest number of pairs'] : []),
  ].join(', and ')
}

/** What the accuracies are means of, and what their intervals hold. */
function meanWords(ablation: AblationResult): string {
  const { fewest, most } = seedRange(ablation)
  if (most === 1)
    return 'One seed for each: the spread between seeds is in no interval, and p flips signs over prompts for this seed.'
  return `Mean over ${fewest === most ? most : `${fewest} to ${most}`} seeds; intervals resample prompts and seeds together, and p flips signs over prompts for the means of these seeds.`
}

/** The smallest number that is shown to be enough. */
function boldRow({ counts, sufficient }: AblationArm): number | undefined {
  const at = counts.findIndex(({ pairs }) => pairs === sufficient?.pairs)
  return at < 0 ? undefined : at
}

/** Mean accuracy by subset: one row a number of pairs, one column a subset. */
export function ablationSubsetTable(results: StudyResults): Table {
  const ablation = ablationOf(results)
  const counts = ablation.arms.flatMap((arm) => arm.counts)
  const subsets = [...new Set(counts.flatMap((count) => count.subsets.map(({ subset }) => subset)))]
  const sizes = (subset: string): string => {
    const held = counts.flatMap((count) => count.subsets.filter((one) => one.subset === subset).map(({ n }) => n))
    const [least, most] = [Math.min(...held), Math.max(...held)]
    return least === most ? String(least) : `${least} to ${most}`
  }
  return {
    columns: [
      ...armColumns(ablation),
      { key: 'pairs', label: 'Pairs', kind: 'integer' },
      ...subsets.map(
        (subset): Column => ({
          key: `subset:${subset}`,
          label: `${subset}, n ${sizes(subset)}`,
          unit: '%',
          kind: 'percent',
        }),
      ),
    ],
    rows: ablation.arms.flatMap((arm, index) =>
      shownCounts(arm, index).map((count) => ({
        ...(count.pairs === 0 ? {} : armCells(ablation, arm)),
        pairs: count.pairs,
        ...Object.fromEntries(count.subsets.map(({ subset, accuracy }) => [`subset:${subset}`, accuracy.value])),
      })),
    ),
    caption: `Mean accuracy of ${labelOf(results, ablation.tuning)} over its seeds, by number of training pairs and subset; the figure has the intervals. ${policyWords(results)}`,
    missing: 'no comparison counts, or the untuned judge, which is of no arm',
  }
}

/** Every number of pairs in every subset against the untuned judge and against the largest number: subset by subset. */
export function ablationSubsetContrastTable(results: StudyResults): Table {
  const ablation = ablationOf(results)
  const { arms } = ablation
  const rows = arms.flatMap((arm) => subsetContrastRows(ablation, arm))
  const hasUntuned = rows.some(({ untuned }) => untuned !== undefined)
  const hasAll = rows.some(({ all }) => all !== undefined)
  const largest = isAllPairs(ablation) ? 'all' : 'largest'
  return {
    columns: [
      { key: 'subset', label: 'Subset', kind: 'text' },
      ...armColumns(ablation),
      { key: 'pairs', label: 'Pairs', kind: 'integer' },
      { key: 'n', label: 'n', kind: 'integer' },
      ...(hasUntuned ? differenceColumns('untuned', 'untuned') : []),
      ...(hasAll ? differenceColumns('all', largest) : []),
    ],
    rows,
    caption: `${labelOf(results, ablation.tuning)} within each subset: ${differenceWords(hasUntuned, hasAll, largest)}. ${meanWords(ablation)} Holm’s p corrects for all numbers of pairs in all subsets${arms.length > 1 ? ' of an arm' : ''}, apart for each difference; the intervals are not corrected.${bareWords(rows)} ${policyWords(results)}`,
    missing: 'the number that the others are compared with',
  }
}

function subsetContrastRows(ablation: AblationResult, arm: AblationArm): TableRow[] {
  const subsets = arm.counts[0]?.subsets.map(({ subset }) => subset) ?? []
  return subsets.flatMap((subset) =>
    arm.counts.flatMap((count) => {
      const point = count.subsets.find((held) => held.subset === subset)
      if (count.pairs === 0 || point === undefined) return []
      return {
        subset,
        ...armCells(ablation, arm),
        pairs: count.pairs,
        n: point.n,
        ...contrastCells('untuned', point.againstUntuned),
        ...contrastCells('all', point.againstAll),
      }
    }),
  )
}

/** How the search for the smallest sufficient number of pairs went, from the largest down. */
export function sufficientTable(results: StudyResults): Table {
  const ablation = ablationOf(results)
  const largest = isAllPairs(ablation) ? 'all pairs' : 'the largest number'
  return {
    columns: [
      ...armColumns(ablation),
      { key: 'pairs', label: 'Pairs', kind: 'integer' },
      { key: 'n', label: 'Prompts', kind: 'integer' },
      { key: 'difference', label: `Difference to ${largest}`, unit: 'points', kind: 'points' },
      { key: 'low', label: 'One-sided lower limit', unit: 'points', kind: 'points' },
      { key: 'shown', label: 'Shown to be enough', kind: 'text' },
    ],
    rows: ablation.arms.flatMap((arm) =>
      (arm.sufficient?.steps ?? []).map(({ pairs, value, low, shown }) => ({
        ...armCells(ablation, arm),
        pairs,
        n: arm.prompts,
        difference: value,
        low,
        shown: shown ? 'yes' : 'no',
      })),
    ),
    caption: `From the largest number of pairs down, until one is not shown to lose less than the study’s margin: its lower limit, at level ${levelText(results.statistics.level)} on one side, must stand above it. Going down in this order needs no correction. ${policyWords(results)}`,
    missing: 'nothing to compare',
  }
}

/** Every arm against the first, with the same number of pairs where there is one that all have. */
export function armTable(results: StudyResults): Table {
  const ablation = ablationOf(results)
  const { arms, comparedWith } = ablation
  const rows = arms.flatMap((arm) =>
    comparedCount(arm, comparedWith).map((count) => ({
      ...countCells(ablation, arm, count),
      difference: arm.againstFirst === null ? null : intervalCell(arm.againstFirst.difference),
      p: arm.againstFirst?.p,
      adjustedP: arm.againstFirst?.adjusted?.adjusted,
      detectable: arm.againstFirst?.detectable,
    })),
  )
  return {
    columns: [
      ...armColumns(ablation),
      ...COUNT_COLUMNS,
      { key: 'difference', label: 'To the first arm', unit: 'points', kind: 'points-interval' },
      { key: 'p', label: 'p', kind: 'p' },
      ...(arms.length > 2 ? [{ key: 'adjustedP', label: 'Holm p', kind: 'p' } as const] : []),
      { key: 'detectable', label: 'Detectable', unit: 'points', kind: 'percent' },
    ],
    rows,
    caption: `Arms of ${labelOf(results, ablation.tuning)}, each with ${comparedWith === null ? 'its largest number of pairs' : `${comparedWith.toLocaleString('en-US')} pairs, the most that all have`}, against the first. ${meanWords(ablation)}${arms.length > 2 ? ` Holm’s p corrects for ${arms.length - 1} arms.` : ''} Detectable: the smallest true difference between two single runs that n would find four times in five.${bareWords(rows)} ${policyWords(results)}`,
    missing: 'the first arm itself, too few prompts, or no difference that n could find',
  }
}

/** The number of pairs with which an arm is compared; none where no comparison counts for every run. */
function comparedCount({ counts }: AblationArm, comparedWith: number | null): readonly AblationCount[] {
  return comparedWith === null ? counts.slice(-1) : counts.filter(({ pairs }) => pairs === comparedWith)
}

/** What each axis does, everything else averaged. */
export function effectTable(results: StudyResults): Table {
  const ablation = ablationOf(results)
  const rows = ablation.effects.map(({ axis, value, against, arms, n, difference, p, adjusted }) => ({
    axis: axisWords(ablation, axis),
    value: valueWords(value),
    against: valueWords(against),
    arms,
    n,
    difference: intervalCell(difference),
    p,
    adjustedP: adjusted?.adjusted,
  }))
  return {
    columns: [
      { key: 'axis', label: 'Axis', kind: 'text' },
      { key: 'value', label: 'Value', kind: 'text' },
      { key: 'against', label: 'Against', kind: 'text' },
      { key: 'arms', label: 'Arms', kind: 'integer' },
      { key: 'n', label: 'n', kind: 'integer' },
      { key: 'difference', label: 'Difference', unit: 'points', kind: 'points-interval' },
      { key: 'p', label: 'p', kind: 'p' },
      { key: 'adjustedP', label: 'Holm p', kind: 'p' },
    ],
    rows,
    caption: `Each value of an axis against the axis’s first, averaged over the arms that share it: what the axis does on the whole, not in every arm. ${meanWords(ablation)} Holm’s p corrects for ${ablation.effects.length} values.${bareWords(rows)} ${policyWords(results)}`,
    missing: 'too few prompts, or no spread',
  }
}
