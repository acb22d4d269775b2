import type { Difference } from '../contrast.js'
import { FLIP_KINDS, type FlipKind } from '../flips.js'
import type { ContrastResult, StudyResults } from '../results/study-results.js'
import type { IntervalValue, Table } from '../table.js'
import { policyWords } from './policy-words.js'

/** Every contrast of a study under its policies. */
export function contrastTable(results: StudyResults): Table {
  return {
    columns: [
      { key: 'judge', label: 'Judge', kind: 'text' },
      { key: 'against', label: 'Against', kind: 'text' },
      { key: 'n', label: 'n', kind: 'integer' },
      { key: 'onlyA', label: 'Only judge right', kind: 'integer' },
      { key: 'onlyB', label: 'Only other right', kind: 'integer' },
      { key: 'difference', label: 'Difference', unit: 'points', kind: 'points-interval' },
      { key: 'p', label: 'Exact p', kind: 'p' },
    ],
    rows: results.contrasts.map(({ judge, against, primary }) => ({
      judge: labelOf(results, judge),
      against: labelOf(results, against),
      n: primary.n,
      onlyA: primary.table?.onlyA,
      onlyB: primary.table?.onlyB,
      difference: differenceOf(primary.difference),
      p: primary.p,
    })),
    caption: `Accuracy of two judges on the same comparisons: Tango’s interval and McNemar’s exact test where verdicts are right or wrong, else prompts resampled. ${policyWords(results)}`,
    boldRow: results.contrasts.length > 0 ? 0 : undefined,
    missing: 'not defined for partial credit, or nothing to pair',
  }
}

/** One contrast under each tie policy. */
export function contrastByTiePolicyTable(results: StudyResults, contrast: ContrastResult): Table {
  return {
    columns: [
      { key: 'ties', label: 'Ties', kind: 'text' },
      { key: 'n', label: 'n', kind: 'integer' },
      { key: 'difference', label: 'Difference', unit: 'points', kind: 'points-interval' },
      { key: 'p', label: 'p', kind: 'p' },
      { key: 'test', label: 'Test', kind: 'text' },
    ],
    rows: contrast.byTiePolicy.map((result) => ({
      ties: result.ties,
      n: result.n,
      difference: differenceOf(result.difference),
      p: result.p,
      test: result.test,
    })),
    caption: `${labelOf(results, contrast.judge)} minus ${labelOf(results, contrast.against)} under each tie policy; “excluded” counts the comparisons that both judges decided. ${policyWords(results)}`,
    boldRow: contrast.byTiePolicy.findIndex(({ ties }) => ties === results.evaluation.ties),
    missing: 'nothing to pair',
  }
}

/** One contrast within each subset: flips, difference, p and p adjusted over the subsets. */
export function contrastBySubsetTable(results: StudyResults, contrast: ContrastResult): Table {
  const [judge, against] = [labelOf(results, contrast.judge), labelOf(results, contrast.against)]
  const isTuned = isTuningContrast(results, contrast)
  const gained = isTuned
    ? 'Fixed: now the chosen response, before not; broken: the reverse.'
    : `“Only” counts the comparisons that one judge alone got right.`
  return {
    columns: [
      { key: 'subset', label: 'Subset', kind: 'text' },
      { key: 'n', label: 'n', kind: 'integer' },
      { key: 'fixed', label: isTuned ? 'Fixed' : `Only ${judge}`, kind: 'integer' },
      { key: 'broken', label: isTuned ? 'Broken' : `Only ${against}`, kind: 'integer' },
      { key: 'difference', label: 'Difference', unit: 'points', kind: 'points-interval' },
      { key: 'p', label: 'Exact p', kind: 'p' },
      { key: 'adjustedP', label: 'Holm p', kind: 'p' },
      { key: 'detectable', label: 'Detectable', unit: 'points', kind: 'percent' },
    ],
    rows: contrast.subsets.map((result) => ({
      subset: result.subset,
      n: result.n,
      fixed: result.flips.fixed,
      broken: result.flips.broken,
      difference: differenceOf(result.difference),
      p: result.p,
      adjustedP: result.adjusted?.adjusted,
      detectable: result.detectable,
    })),
    caption: `Where ${judge} gained and lost against ${against}. ${gained} Holm’s p corrects for the ${contrast.subsets.length} subsets. Detectable: the smallest true difference that this n would find four times in five at this many discordant comparisons. ${policyWords(results)}`,
    missing: 'no discordant comparison, or no difference that this n could find',
  }
}

/** True when a contrast sets a tuned judge against the one that it was tuned from. */
export function isTuningContrast(
  results: StudyResults,
  { judge, against }: Pick<ContrastResult, 'judge' | 'against'>,
): boolean {
  return results.tuning.some(({ name, base }) => name === judge && base === against)
}

/** A judge's label by its name. */
export function labelOf(results: StudyResults, name: string): string {
  return results.judges.find((judge) => judge.name === name)?.label ?? name
}

function differenceOf({ value, low, high }: Difference): IntervalValue | null {
  return value === null || low === null || high === null ? null : { value, low, high }
}

const FLIP_WORDS: Readonly<Record<FlipKind, string>> = {
  fixed: 'fixed: now the chosen response, before not',
  broken: 'broken: before the chosen response, now not',
  'to-tie': 'from the rejected response to a tie',
  'from-tie': 'from a tie to the rejected response',
  other: 'with a failure in it',
  none: 'unchanged',
}

/** How many verdicts changed, and how. */
export function flipTable(results: StudyResults, contrast: ContrastResult): Table {
  return {
    columns: [
      { key: 'change', label: 'Change', kind: 'text' },
      { key: 'count', label: 'Comparisons', kind: 'integer' },
      { key: 'share', label: 'Share', unit: '%', kind: 'percent' },
    ],
    rows: FLIP_KINDS.map((kind) => ({
      change: FLIP_WORDS[kind],
      count: contrast.flips[kind],
      share: contrast.flips[kind] / results.evaluation.n,
      n: results.evaluation.n,
    })),
    caption: `Verdicts of ${labelOf(results, contrast.against)} against those of ${labelOf(results, contrast.judge)} on the same ${results.evaluation.n} comparisons. ${policyWords(results)}`,
  }
}
