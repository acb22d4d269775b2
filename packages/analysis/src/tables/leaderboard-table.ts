import type { JudgeKind } from '../judged.js'
import type { ContrastResult, MeasuredJudge, StudyResults } from '../results/study-results.js'
import type { Column, Table, TableRow } from '../table.js'
import { differenceOf, differenceWords, familyWords, labelOf } from './contrast-tables.js'
import { mostSetAgainst, referenceJudge } from './cost-tables.js'
import { testCaption, testCell, testColumn } from './interval-words.js'
import { intervalOf } from './judge-tables.js'
import { policyWords } from './policy-words.js'

/** The judges before any tuning, or those that were tuned beside what tuning must beat. */
export type Leaderboard = 'baseline' | 'post-DPO'

const SHOWN: Readonly<Record<Leaderboard, readonly JudgeKind[]>> = {
  baseline: ['judge', 'baseline', 'panel', 'control'],
  'post-DPO': ['judge', 'baseline', 'tuned', 'variant', 'panel', 'control'],
}

const SPENT: readonly Column[] = [
  { key: 'usdPerThousand', label: 'Of 1,000', unit: 'USD', kind: 'number', digits: 3 },
  { key: 'latency', label: 'Latency', unit: 'ms', kind: 'number', digits: 0 },
  { key: 'tokensPerSecond', label: 'Speed', unit: 'tokens/s', kind: 'number', digits: 0 },
]

/**
 * Judges with what they are, how often they are right, how far they are from the reference judge, what they cost and how
 * fast they are. Columns that are empty for every judge are left out.
 */
export function leaderboardTable(results: StudyResults, which: Leaderboard): Table {
  const { ties } = results.evaluation
  const reference = leaderboardReference(results)
  const judges = results.judges.filter(({ kind }) => SHOWN[which].includes(kind))
  const contrasts = new Map(judges.flatMap((judge) => contrastWith(results, judge, reference)))
  const against = [...contrasts.values()]
  const primaries = against.map(({ contrast }) => contrast.primary)
  const rows = judges.map(
    (judge): TableRow => ({
      label: judge.label,
      type: judge.type,
      n: judge.accuracy[ties].n,
      accuracy: intervalOf(judge.accuracy[ties]),
      ...contrastCells(contrasts.get(judge.name)),
      ...spentCells(judge),
    }),
  )
  const compared: readonly Column[] = [
    { key: 'difference', label: `Against ${reference?.label ?? ''}`, unit: 'points', kind: 'points-interval' },
    { key: 'p', label: 'p', kind: 'p' },
    { key: 'adjustedP', label: 'Holm p', kind: 'p' },
    ...testColumn(primaries),
  ]
  return {
    columns: [
      { key: 'label', label: 'Judge', kind: 'text' },
      { key: 'type', label: 'Type', kind: 'text' },
      { key: 'n', label: 'n', kind: 'integer' },
      { key: 'accuracy', label: 'Accuracy', unit: '%', kind: 'interval' },
      ...[...compared, ...SPENT].filter(({ key }) => rows.some((row) => row[key] != null)),
    ],
    rows,
    caption: [
      which === 'baseline' ? 'The judges before tuning.' : 'The judges after tuning, with those that tuning must beat.',
      reference === undefined || against.length === 0
        ? 'No contrast names a judge to set the others against.'
        : `Differences to ${labelOf(results, reference.name)}, on the comparisons that count for both. ${differenceWords(primaries)}${testCaption(primaries)} ${familyWords(against.map(({ contrast }) => contrast))}`.trim(),
      ...(rows.some(({ usdPerThousand }) => usdPerThousand != null)
        ? [
            'As measured: cost of 1,000 judgments, each with all its repeats and all members of a panel; median latency and output speed.',
          ]
        : []),
      policyWords(results),
    ].join(' '),
    missing: 'the judge that the others are set against, no contrast with it, or not measured',
  }
}

/** The judge that a leaderboard sets the others against; undefined where no contrast names one. */
export function leaderboardReference(results: StudyResults): MeasuredJudge | undefined {
  return referenceJudge(results) ?? mostSetAgainst(results, results.judges)
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

function contrastCells(held: Against | undefined): TableRow {
  if (held === undefined) return {}
  const { primary, adjusted } = held.contrast
  const difference = differenceOf(primary.difference)
  const turned =
    difference === null || held.sign === 1
      ? difference
      : { value: -difference.value, low: -difference.high, high: -difference.low }
  return { difference: turned, p: primary.p, adjustedP: adjusted?.adjusted, test: testCell(primary) }
}

function spentCells({ cost: { usdPerThousand, summary } }: MeasuredJudge): TableRow {
  return {
    usdPerThousand,
    latency: summary.latencyMs?.median,
    tokensPerSecond: summary.tokensPerSecond?.median,
  }
}
