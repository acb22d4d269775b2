import type { JudgeKind } from '../judged.js'
import type { ContrastResult, MeasuredJudge, StudyResults } from '../results/study-results.js'
import type { Column, Table, TableRow } from '../table.js'
import { differenceOf, differenceWords, labelOf } from './contrast-tables.js'
import { statusWords } from './cost-tables.js'
import { type FamilyNames, familyNames } from './families.js'
import { methodWords, testCaption, testCell, testColumn, withoutInterval } from './interval-words.js'
import { comparedWith, inRowOrder } from './judge-order.js'
import { intervalOf } from './judge-tables.js'
import { policyWords } from './policy-words.js'

/** The judges before any tuning, or those that were tuned beside what tuning must beat. */
export type Leaderboard = 'baseline' | 'post-DPO'

const SHOWN: Readonly<Record<Leaderboard, readonly JudgeKind[]>> = {
  baseline: ['judge', 'baseline', 'panel', 'control'],
  'post-DPO': ['judge', 'baseline', 'tuned', 'variant', 'panel', 'control'],
}

const SAID: readonly Column[] = [
  { key: 'label', label: 'Judge', kind: 'text' },
  { key: 'type', label: 'Type', kind: 'text' },
  { key: 'chosen', label: 'Chosen wins', kind: 'integer' },
  { key: 'rejected', label: 'Rejected wins', kind: 'integer' },
  { key: 'tie', label: 'Ties', kind: 'integer' },
  { key: 'failed', label: 'Failed', kind: 'integer' },
  { key: 'n', label: 'n', kind: 'integer' },
  { key: 'accuracy', label: 'Accuracy', unit: '%', kind: 'interval' },
]

const SPENT: readonly Column[] = [
  { key: 'usdPerThousand', label: 'A thousand judgments', unit: 'USD', kind: 'number', digits: 3 },
  { key: 'latency', label: 'Median latency', unit: 'ms', kind: 'number', digits: 0 },
  { key: 'tokensPerSecond', label: 'Speed', unit: 'tokens a second', kind: 'number', digits: 0 },
]

/**
 * Judges with what they are, what they said, how often they are right, how far they are from the reference judge, what they
 * cost and how fast they are: the reference judge first, then by accuracy. Bold is the tuned judge of the study's question,
 * before tuning the judge that leads.
 */
export function leaderboardTable(results: StudyResults, which: Leaderboard): Table {
  const { ties } = results.evaluation
  const reference = comparedWith(results)
  const judges = inRowOrder(
    results,
    results.judges.filter(({ kind }) => SHOWN[which].includes(kind)),
  )
  const contrasts = new Map(judges.flatMap((judge) => contrastWith(results, judge, reference)))
  const against = [...contrasts.values()].map(({ contrast }) => contrast)
  const families = familyNames(against)
  return {
    columns: [
      ...SAID,
      {
        key: 'difference',
        label: reference === undefined ? 'Difference' : `Against ${reference.label}`,
        unit: 'points',
        kind: 'points-interval',
      },
      { key: 'p', label: 'p', kind: 'p' },
      { key: 'adjustedP', label: 'Holm p', kind: 'p' },
      ...families.columns,
      ...testColumn(against.map(({ primary }) => primary)),
      ...SPENT,
    ],
    rows: judges.map(
      (judge): TableRow => ({
        label: judge.label,
        type: judge.type,
        ...judge.counts,
        n: judge.accuracy[ties].n,
        accuracy: intervalOf(judge.accuracy[ties]),
        ...contrastCells(contrasts.get(judge.name), families),
        ...spentCells(judge),
      }),
    ),
    caption: [
      which === 'baseline' ? 'The judges before tuning.' : 'The judges after tuning, with those that tuning must beat.',
      comparedWords(results, reference, against),
      `Intervals of accuracies: ${methodWords(judges.map(({ accuracy }) => accuracy[ties]))}.${withoutInterval(judges.map(({ accuracy }) => accuracy[ties].status))}`,
      ...(judges.some(isMeasured) ? [MEASURED_WORDS, statusWords(judges.filter(isPaid))] : []),
      policyWords(results),
    ]
      .filter((words) => words !== '')
      .join(' '),
    boldRow: boldRow(results, judges, which),
    missing: missingWords(judges, contrasts, reference),
  }
}

const MEASURED_WORDS =
  'As measured: cost of a thousand judgments, each with all its repeats and all members of a panel, at the prices that the table of cost names the sources of; median latency and output speed.'

function comparedWords(
  results: StudyResults,
  reference: MeasuredJudge | undefined,
  against: readonly ContrastResult[],
): string {
  if (reference === undefined || against.length === 0) return 'No contrast names a judge to set the others against.'
  const primaries = against.map(({ primary }) => primary)
  return `Differences to ${labelOf(results, reference.name)}, the first row, on the comparisons that count for both. ${differenceWords(primaries)}${testCaption(primaries)} ${familyNames(against).caption}`.trim()
}

function boldRow(results: StudyResults, judges: readonly MeasuredJudge[], which: Leaderboard): number | undefined {
  const rate = ({ accuracy }: MeasuredJudge): number => accuracy[results.evaluation.ties].value ?? -1
  const leading = judges.toSorted((a, b) => rate(b) - rate(a))[0]?.name
  const bold = which === 'baseline' ? leading : results.contrasts[0]?.judge
  const at = judges.findIndex(({ name }) => name === bold)
  return at < 0 ? undefined : at
}

/** Why a dash stands where one does. */
function missingWords(
  judges: readonly MeasuredJudge[],
  contrasts: ReadonlyMap<string, Against>,
  reference: MeasuredJudge | undefined,
): string {
  const alone = judges.filter(({ name }) => name !== reference?.name && !contrasts.has(name))
  const untimed = judges.filter((judge) => isMeasured(judge) && judge.cost.summary.latencyMs === null)
  return [
    ...(reference === undefined || contrasts.size === 0
      ? ['There is no contrast with a reference judge.']
      : [
          `${reference.label} is the judge that the others are set against.`,
          ...(alone.length === 0 ? [] : [`No contrast sets ${listed(alone)} against it.`]),
        ]),
    statusWords(judges.filter((judge) => !isPaid(judge))),
    ...(untimed.length === 0 ? [] : [`No times were taken of ${listed(untimed)}.`]),
  ]
    .filter((words) => words !== '')
    .join(' ')
}

function listed(judges: readonly MeasuredJudge[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(judges.map(({ label }) => label))
}

function isPaid({ cost }: MeasuredJudge): boolean {
  return cost.usdPerThousand !== null
}

function isMeasured({ cost: { usdPerThousand, summary } }: MeasuredJudge): boolean {
  return usdPerThousand !== null || summary.latencyMs !== null
}

interface Against {
  readonly contrast: ContrastResult
  /** 1 where the contrast is the judge minus the reference, −1 where it is the reverse. */
  readonly sign: 1 | -1
}

function contrastWith(
  { contrasts }: StudyResults,
  { name }: MeasuredJudge,
  reference: MeasuredJudge | undefined,
): [string, Against][] {
  const held = contrasts.find(({ judge, against }) => judge === name && against === reference?.name)
  if (held !== undefined) return [[name, { contrast: held, sign: 1 }]]
  const turned = contrasts.find(({ judge, against }) => judge === reference?.name && against === name)
  return turned === undefined ? [] : [[name, { contrast: turned, sign: -1 }]]
}

function contrastCells(held: Against | undefined, families: FamilyNames): TableRow {
  if (held === undefined) return {}
  const { primary, adjusted } = held.contrast
  const difference = differenceOf(primary.difference)
  const turned =
    difference === null || held.sign === 1
      ? difference
      : { value: -difference.value, low: -difference.high, high: -difference.low }
  return {
    difference: turned,
    p: primary.p,
    adjustedP: adjusted?.adjusted,
    ...families.cells(held.contrast),
    test: testCell(primary),
  }
}

function spentCells({ cost: { usdPerThousand, summary } }: MeasuredJudge): TableRow {
  return {
    usdPerThousand,
    latency: summary.latencyMs?.median,
    tokensPerSecond: summary.tokensPerSecond?.median,
  }
}
