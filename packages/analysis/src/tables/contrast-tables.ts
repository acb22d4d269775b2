import type { Difference, PairedResult } from '../contrast.js'
import { FLIP_KINDS, type FlipKind } from '../flips.js'
import type { ContrastResult, StudyResults } from '../results/study-results.js'
import type { IntervalValue, Table } from '../table.js'
import { familyNames } from './families.js'
import { testCaption, testCell, testColumn, withoutInterval } from './interval-words.js'
import { policyWords } from './policy-words.js'
import { undetectableWords } from './undetectable-words.js'

/** Every contrast of a study under its policies. */
export function contrastTable(results: StudyResults): Table {
  const primaries = results.contrasts.map(({ primary }) => primary)
  const isFamily = results.contrasts.length > 1
  const families = familyNames(isFamily ? results.contrasts : [])
  return {
    columns: [
      { key: 'judge', label: 'Judge', kind: 'text' },
      { key: 'against', label: 'Against', kind: 'text' },
      { key: 'n', label: 'n', kind: 'integer' },
      { key: 'onlyA', label: 'Only judge right', kind: 'integer' },
      { key: 'onlyB', label: 'Only other right', kind: 'integer' },
      { key: 'difference', label: 'Difference', unit: 'points', kind: 'points-interval' },
      { key: 'p', label: 'p', kind: 'p' },
      ...(isFamily ? ([{ key: 'adjustedP', label: 'Holm p', kind: 'p' }] as const) : []),
      ...families.columns,
      ...testColumn(primaries),
    ],
    rows: results.contrasts.map(({ judge, against, primary, adjusted }) => ({
      ...families.cells({ adjusted }),
      judge: labelOf(results, judge),
      against: labelOf(results, against),
      n: primary.n,
      onlyA: primary.table?.onlyA,
      onlyB: primary.table?.onlyB,
      difference: differenceOf(primary.difference),
      p: primary.p,
      adjustedP: adjusted?.adjusted,
      test: testCell(primary),
    })),
    caption: `Accuracy of two judges on the comparisons that count for both. ${differenceWords(primaries)}${testCaption(primaries)}${isFamily ? ` ${families.caption}` : ''} ${policyWords(results)}`,
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
      test: testCell(result),
    })),
    caption: `${labelOf(results, contrast.judge)} minus ${labelOf(results, contrast.against)} under each tie policy; “excluded” counts the comparisons that both judges decided. ${differenceWords(contrast.byTiePolicy)} ${policyWords(results)}`,
    boldRow: contrast.byTiePolicy.findIndex(({ ties }) => ties === results.evaluation.ties),
    missing: 'nothing to pair',
  }
}

/** One contrast within each subset: who alone was right, difference, p and p adjusted over the subsets. */
export function contrastBySubsetTable(results: StudyResults, contrast: ContrastResult): Table {
  const [judge, against] = [labelOf(results, contrast.judge), labelOf(results, contrast.against)]
  const hasTable = contrast.subsets.some(({ table }) => table !== null)
  const isFlips = countsAreFlips(results, contrast)
  const gained = !hasTable
    ? ''
    : isFlips
      ? ' Fixed: now the chosen response, before not; broken: the reverse.'
      : ' “Only” counts the comparisons that one judge alone got right, of those that count for both.'
  const counts = [
    { key: 'onlyA', label: isFlips ? 'Fixed' : `Only ${judge} right`, kind: 'integer' },
    { key: 'onlyB', label: isFlips ? 'Broken' : `Only ${against} right`, kind: 'integer' },
  ] as const
  return {
    columns: [
      { key: 'subset', label: 'Subset', kind: 'text' },
      { key: 'n', label: 'n', kind: 'integer' },
      ...(hasTable ? counts : []),
      { key: 'difference', label: 'Difference', unit: 'points', kind: 'points-interval' },
      { key: 'p', label: 'p', kind: 'p' },
      { key: 'adjustedP', label: 'Holm p', kind: 'p' },
      { key: 'detectable', label: 'Detectable', unit: 'points', kind: 'percent' },
      ...testColumn(contrast.subsets),
    ],
    rows: contrast.subsets.map((result) => ({
      subset: result.subset,
      n: result.n,
      onlyA: result.table?.onlyA,
      onlyB: result.table?.onlyB,
      difference: differenceOf(result.difference),
      p: result.p,
      adjustedP: result.adjusted?.adjusted,
      detectable: result.detectable,
      test: testCell(result),
    })),
    caption: `Where ${judge} gained and lost against ${against}.${gained} ${differenceWords(contrast.subsets)}${testCaption(contrast.subsets)} Holm’s p corrects for its family: subsets of one contrast (${contrast.subsets.length}). Detectable: the smallest true difference that this n would find four times in five at this many discordant comparisons. ${policyWords(results)}`,
    missing: undetectableWords(contrast.subsets.map((held) => ({ ...held, label: held.subset }))),
  }
}

/** True where the comparisons that one judge alone got right are the fixed and the broken ones: a tuning, nothing excluded, ties wrong. */
function countsAreFlips(results: StudyResults, contrast: ContrastResult): boolean {
  const { ties, failures } = results.evaluation
  return isTuningContrast(results, contrast) && ties === 'wrong' && failures === 'wrong'
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

export function differenceOf({ value, low, high }: Difference): IntervalValue | null {
  return value === null ? null : { value, low: low ?? Number.NaN, high: high ?? Number.NaN }
}

const METHOD_WORDS: Readonly<Record<Difference['method'], string>> = {
  tango: 'Tango’s',
  newcombe: 'Newcombe’s',
  'bootstrap by prompt': 'a bootstrap over prompts',
  'anytime-valid': 'anytime-valid ones (the judging was stopped when they left out 0)',
  none: 'none',
}

/** How the intervals of some differences were made, and why there are none where there are none. */
export function differenceWords(results: readonly Pick<PairedResult, 'difference'>[]): string {
  const made = [...new Set(results.map(({ difference }) => difference.method))].filter((method) => method !== 'none')
  const words = made.length === 0 ? 'none' : made.map((method) => METHOD_WORDS[method]).join(' or ')
  return `Intervals: ${words}.${withoutInterval(results.map(({ difference }) => difference.status))}`
}

const FLIP_WORDS: Readonly<Record<FlipKind, string>> = {
  fixed: 'fixed: now the chosen response, before not',
  broken: 'broken: before the chosen response, now not',
  'to-tie': 'from the rejected response to a tie',
  'from-tie': 'from a tie to the rejected response',
  other: 'with a failure in it',
  'kept-right': 'the chosen response both times',
  'kept-wrong': 'the rejected response both times',
  'kept-tie': 'a tie both times',
  'kept-failed': 'failed both times',
}

/** How many verdicts changed, and how; beside that, how many change when the judge that is compared with is run again. */
export function flipTable(results: StudyResults, contrast: ContrastResult): Table {
  const { noise } = contrast
  return {
    columns: [
      { key: 'change', label: 'Change', kind: 'text' },
      { key: 'count', label: 'Comparisons', kind: 'integer' },
      { key: 'share', label: 'Share', unit: '%', kind: 'percent' },
      ...(noise === null ? [] : NOISE_COLUMNS),
    ],
    rows: FLIP_KINDS.map((kind) => ({
      change: FLIP_WORDS[kind],
      count: contrast.flips[kind],
      share: contrast.flipShares[kind],
      ...(noise === null
        ? {}
        : { again: noise.flips[kind], againShare: noise.n === 0 ? null : noise.flips[kind] / noise.n }),
      n: results.evaluation.n,
    })),
    caption: `Verdicts of ${labelOf(results, contrast.against)} against those of ${labelOf(results, contrast.judge)} on the same ${results.evaluation.n.toLocaleString('en-US')} comparisons. ${noiseWords(results, contrast)} ${policyWords(results)}`,
  }
}

/** The kinds of change within each subset, every comparison in one of them. */
export function flipBySubsetTable(results: StudyResults, contrast: ContrastResult): Table {
  const shown = FLIP_KINDS.filter((kind) => kind !== 'kept-failed' || contrast.flips[kind] > 0)
  return {
    columns: [
      { key: 'subset', label: 'Subset', kind: 'text' },
      { key: 'n', label: 'n', kind: 'integer' },
      ...shown.map((kind) => ({ key: `flip:${kind}`, label: FLIP_HEADS[kind], kind: 'integer' }) as const),
    ],
    rows: contrast.subsets.map(({ subset, flips }) => ({
      subset,
      n: FLIP_KINDS.reduce((sum, kind) => sum + flips[kind], 0),
      ...Object.fromEntries(shown.map((kind) => [`flip:${kind}`, flips[kind]])),
    })),
    caption: `How verdicts changed from ${labelOf(results, contrast.against)} to ${labelOf(results, contrast.judge)} in each subset. Fixed: the chosen response now, before not; broken: the reverse. To and from tie: between the rejected response and a tie. Other: with a failure in it. ${policyWords(results)}`,
  }
}

const FLIP_HEADS: Readonly<Record<FlipKind, string>> = {
  fixed: 'Fixed',
  broken: 'Broken',
  'to-tie': 'To tie',
  'from-tie': 'From tie',
  other: 'Other',
  'kept-right': 'Kept right',
  'kept-wrong': 'Kept wrong',
  'kept-tie': 'Kept tie',
  'kept-failed': 'Kept failed',
}

const NOISE_COLUMNS: Table['columns'] = [
  { key: 'again', label: 'Run again', kind: 'integer' },
  { key: 'againShare', label: 'Share, run again', unit: '%', kind: 'percent' },
]

/** What flips by itself, or why nobody knows. */
function noiseWords(results: StudyResults, { against, noise, runIds }: ContrastResult): string {
  const label = labelOf(results, against)
  if (noise !== null) return `“Run again”: ${label} against its own second run, what flips by itself.`
  if (runIds[1].startsWith('local-'))
    return `${label} answers in this process, the same every time: nothing flips by itself.`
  return `${label} was run once, so that how many verdicts flip by themselves is not known (\`repeat: 1\` runs it again).`
}
