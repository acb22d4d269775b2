import { minimumDetectableDifference } from '@judgelab/stats'
import { levelText } from '../level-text.js'
import type { IntervalValue, Table, TableRow } from '../table.js'
import { neededText } from '../tables/power-table.js'
import { neededSizes, type PlanningRow, WANTED_POWER } from './claim-planning.js'
import type { ClaimedContrast, ClaimedRate, ClaimResult } from './claim-result.js'
import type { CountRange } from './printed-count.js'
import type { TableBounds } from './table-bounds.js'

/** Every judge: what is printed, the count that it allows, and the accuracy with its interval. */
export function claimJudgeTable(result: ClaimResult): Table {
  const hasTies = result.judges.some(({ ties }) => ties !== null)
  return {
    columns: [
      { key: 'label', label: 'Judge', kind: 'text' },
      { key: 'printed', label: 'Printed', kind: 'text', align: 'right' },
      { key: 'right', label: 'Right', kind: 'text', align: 'right' },
      ...(hasTies ? ([{ key: 'ties', label: 'Ties', kind: 'integer' }] as const) : []),
      { key: 'n', label: 'n', kind: 'integer' },
      { key: 'accuracy', label: 'Accuracy', unit: '%', kind: 'interval' },
    ],
    rows: result.judges.map(({ label, printed, counts, ties, accuracy }) => ({
      label,
      printed: printed?.text,
      right: counts && rangeText(counts),
      ties,
      n: result.n,
      accuracy: intervalOfRate(accuracy),
    })),
    caption: `What is printed of each judge, and the counts of right answers that it allows. ${levelText(result.level)} intervals: Wilson’s${isAmbiguous(result) ? ', at the lowest and the highest count' : ''}.${sourceWords(result)}`,
    missing: 'not printed, or impossible as printed',
  }
}

/** Every contrast: the differences, p-values and intervals of all paired tables that fit. */
export function claimContrastTable(result: ClaimResult): Table {
  return {
    columns: [
      { key: 'judge', label: 'Judge', kind: 'text' },
      { key: 'against', label: 'Against', kind: 'text' },
      { key: 'difference', label: 'Difference, widest interval', unit: 'points', kind: 'points-interval' },
      { key: 'discordant', label: 'Discordant', kind: 'text', align: 'right' },
      { key: 'pMin', label: 'p from', kind: 'p' },
      { key: 'pMax', label: 'to', kind: 'p' },
      { key: 'holds', label: 'Significant', kind: 'text' },
    ],
    rows: result.contrasts.map((contrast) => ({
      judge: claimLabel(result, contrast.judge),
      against: claimLabel(result, contrast.against),
      ...boundCells(contrast),
    })),
    caption: `What the printed figures allow, over every paired table that fits them. Discordant: comparisons that exactly one of the two got right. p: McNemar’s exact test; the interval is Tango’s, ${levelText(result.level)}, from its lowest to its highest limit.${sourceWords(result)}`,
    missing: 'no interval',
  }
}

/** One contrast within each subset. */
export function claimSubsetTable(result: ClaimResult, contrast: ClaimedContrast): Table {
  const [judge, against] = [contrast.judge, contrast.against].map((name) => claimLabel(result, name))
  return {
    columns: [
      { key: 'subset', label: 'Subset', kind: 'text' },
      { key: 'n', label: 'n', kind: 'integer' },
      { key: 'difference', label: 'Difference, widest interval', unit: 'points', kind: 'points-interval' },
      { key: 'discordant', label: 'Discordant', kind: 'text', align: 'right' },
      { key: 'pMin', label: 'p from', kind: 'p' },
      { key: 'pMax', label: 'to', kind: 'p' },
      { key: 'holmMin', label: 'Holm p from', kind: 'p' },
      { key: 'holmMax', label: 'to', kind: 'p' },
    ],
    rows: contrast.subsets.map((bound) => ({
      subset: bound.subset,
      n: bound.n,
      ...boundCells(bound),
      holmMin: bound.adjustedP.min,
      holmMax: bound.adjustedP.max,
    })),
    caption: `${judge} against ${against} within each subset, over every paired table that fits. Holm’s p corrects for the ${contrast.subsets.length} subsets of this contrast.${sourceWords(result)}`,
    missing: 'no interval',
  }
}

/** What this n could have shown, and the n that the printed difference needs. */
export function claimPlanningTable(result: ClaimResult, contrast: ClaimedContrast): Table {
  return {
    columns: [
      { key: 'which', label: 'Discordant comparisons', kind: 'text' },
      { key: 'discordance', label: 'Share', unit: '%', kind: 'percent' },
      {
        key: 'detectable',
        label: `Detectable with n = ${result.n.toLocaleString('en-US')}`,
        unit: 'points',
        kind: 'percent',
      },
      { key: 'needed', label: 'n for the printed difference', kind: 'text', align: 'right' },
    ],
    rows: contrast.planning.map((row) => ({
      which: WHICH_WORDS[row.which],
      discordance: row.discordance,
      detectable: row.detectable,
      needed: neededText(row),
    })),
    caption: `How much ${result.n.toLocaleString('en-US')} comparisons could have shown, by the share of them that exactly one judge got right: the smallest true difference found with probability ${WANTED_POWER}, and the comparisons that a true difference as large as the printed one needs. McNemar’s exact test at ${result.alpha}. By calculation, from the published figures.`,
    missing: 'out of reach: no difference is found with this probability',
  }
}

const WHICH_WORDS: Readonly<Record<PlanningRow['which'], string>> = {
  fewest: 'fewest that fit',
  round: 'between',
  most: 'most that fit',
}

/** How many comparisons differences of some points need. */
export function neededTable(
  differences: readonly number[] = [0.01, 0.03, 0.05],
  discordances: readonly number[] = [0.1, 0.2, 0.3],
): Table {
  const sizes = neededSizes(differences, discordances)
  return {
    columns: [
      { key: 'difference', label: 'True difference', unit: 'points', kind: 'percent' },
      ...discordances.map((share) => ({
        key: `share:${share}`,
        label: `${Math.round(100 * share)} % discordant`,
        kind: 'integer' as const,
      })),
    ],
    rows: differences.map((difference) => ({
      difference,
      ...Object.fromEntries(
        sizes.filter((size) => size.difference === difference).map(({ discordance, n }) => [`share:${discordance}`, n]),
      ),
    })),
    caption: `Comparisons that McNemar’s exact test at 0.05 needs to find a difference with probability ${WANTED_POWER}, by the share of comparisons that exactly one judge gets right. By calculation, from no data.`,
    missing: 'a difference cannot be larger than the discordance',
  }
}

/** The smallest difference that subsets of some sizes could show, by the share of discordant comparisons. */
export function detectableTable(
  subsets: readonly { readonly subset: string; readonly n: number }[],
  discordances: readonly number[] = [0.1, 0.2, 0.3, 0.4],
): Table {
  const detected = (n: number, discordance: number): number | null => {
    const { status, difference } = minimumDetectableDifference({ n, discordance, power: WANTED_POWER })
    return status === 'detectable' ? difference : null
  }
  return {
    columns: [
      { key: 'subset', label: 'Subset', kind: 'text' },
      { key: 'n', label: 'n', kind: 'integer' },
      ...discordances.map((share) => ({
        key: `share:${share}`,
        label: `${Math.round(100 * share)} % discordant`,
        unit: 'points',
        kind: 'percent' as const,
      })),
    ],
    rows: subsets.map(({ subset, n }) => ({
      subset,
      n,
      ...Object.fromEntries(discordances.map((share) => [`share:${share}`, detected(n, share)])),
    })),
    caption: `The smallest true difference that McNemar’s exact test at 0.05 finds with probability ${WANTED_POWER}, by the share of comparisons that exactly one judge gets right. Such a difference cannot be larger than that share. By calculation, from no data.`,
    missing: 'no difference is found with this probability',
  }
}

/** Where the figures of a claim are printed, for a caption: published figures are neither measured here nor synthetic. */
export function sourceWords({ source }: Pick<ClaimResult, 'source'>): string {
  return source === null ? ' Published figures.' : ` Published figures: ${source}.`
}

/** A judge’s label by its name. */
export function claimLabel({ judges }: Pick<ClaimResult, 'judges'>, name: string): string {
  return judges.find((judge) => judge.name === name)?.label ?? name
}

/** `44`, `14 to 92`. */
export function rangeText({ low, high }: CountRange): string {
  return low === high
    ? low.toLocaleString('en-US')
    : `${low.toLocaleString('en-US')} to ${high.toLocaleString('en-US')}`
}

/** The most discordant comparisons with which every table that fits is significant; null where there is no such number. */
export function holdsUpTo({ difference, discordant, losesFrom }: TableBounds): number | null {
  if (losesFrom === null) return discordant.max
  const isKnown = difference.min === difference.max
  const held = losesFrom - (isKnown ? 2 : 1)
  return held >= discordant.min ? held : null
}

function boundCells(bounds: TableBounds): TableRow {
  const { difference, discordant, p, low, high } = bounds
  return {
    n: bounds.n,
    difference: { value: (difference.min + difference.max) / 2, low: low.min, high: high.max },
    discordant: rangeText({ low: discordant.min, high: discordant.max }),
    pMin: p.min,
    pMax: p.max,
    holds: holdsText(bounds),
  }
}

function holdsText(bounds: TableBounds): string {
  if (bounds.significant === 'always') return 'under every pairing'
  if (bounds.significant === 'never') return 'under none'
  const held = holdsUpTo(bounds)
  return held === null ? 'under some' : `up to ${held.toLocaleString('en-US')} discordant`
}

function intervalOfRate(rate: ClaimedRate | null): IntervalValue | null {
  if (rate === null) return null
  return { value: (rate.value.min + rate.value.max) / 2, low: rate.low, high: rate.high }
}

function isAmbiguous({ judges }: ClaimResult): boolean {
  return judges.some(({ counts }) => counts !== null && counts.low < counts.high)
}
