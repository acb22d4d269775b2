import type { JudgeCost } from '../measures/cost.js'
import type { MeasuredJudge, StudyResults } from '../results/study-results.js'
import type { Table } from '../table.js'
import { measuredJudges } from './bias-tables.js'
import { labelOf } from './contrast-tables.js'
import { syntheticWords } from './synthetic-words.js'

/** Cost and speed as measured on the study's own runs, with ratios to the reference judge; no rows where nothing was measured. */
export function costTable(results: StudyResults): Table {
  const reference = referenceJudge(results)
  const judges = measuredJudges(results)
  const measured = judges.filter(
    ({ cost: { summary, usdPerThousand } }) =>
      summary.usage !== null || summary.latencyMs !== null || usdPerThousand !== null,
  )
  const rows = measured.map(({ name, label, cost }) => ({
    label,
    status: cost.status,
    judgments: cost.summary.judgments === 0 ? null : cost.summary.judgments,
    inputTokens: perJudgment(cost, 'inputTokens'),
    outputTokens: perJudgment(cost, 'outputTokens'),
    usdPerThousand: cost.usdPerThousand,
    costRatio: name === reference?.name ? null : ratio(reference?.cost.usdPerThousand, cost.usdPerThousand),
    latency: cost.summary.latencyMs?.median,
    p95: cost.summary.latencyMs?.p95,
    tokensPerSecond: cost.summary.tokensPerSecond?.median,
  }))
  return {
    columns: [
      { key: 'label', label: 'Judge', kind: 'text' },
      { key: 'status', label: 'Cost', kind: 'text' },
      { key: 'judgments', label: 'Judgments', kind: 'integer' },
      { key: 'inputTokens', label: 'Input', unit: 'tokens each', kind: 'number', digits: 0 },
      { key: 'outputTokens', label: 'Output', unit: 'tokens each', kind: 'number', digits: 0 },
      { key: 'usdPerThousand', label: 'A thousand judgments', unit: 'USD', kind: 'number', digits: 3 },
      { key: 'costRatio', label: 'Cheaper', unit: 'times', kind: 'number', digits: 1 },
      { key: 'latency', label: 'Median latency', unit: 'ms', kind: 'number', digits: 1 },
      { key: 'p95', label: '95 %', unit: 'ms', kind: 'number', digits: 1 },
      { key: 'tokensPerSecond', label: 'Speed', unit: 'tokens a second', kind: 'number', digits: 1 },
    ],
    rows,
    caption: `Measured on the judgments of this study: tokens as the service counted them, times from sending to the last byte. A thousand judgments: with every repeat, and every member of a panel.${rows.some(({ costRatio }) => costRatio !== null) ? referenceWords(results, reference) : ''} ${statusWords(judges)}${priceWords(measured)}${rehearsedWords(results)}${syntheticWords(results)}`,
    missing: 'not counted, not paid, or nothing to compare with',
  }
}

/** List prices, with the blend of tokens that makes them one number. */
export function listPriceTable(results: StudyResults): Table {
  const reference = referenceJudge(results)
  const listed = measuredJudges(results).filter(({ cost }) => cost.list !== null)
  const blend = listed[0]?.cost.list?.blend
  const sources = [...new Set(listed.map(({ cost }) => cost.list?.source))]
  return {
    columns: [
      { key: 'label', label: 'Judge', kind: 'text' },
      { key: 'input', label: 'Input', unit: 'USD a million tokens', kind: 'number' },
      { key: 'output', label: 'Output', unit: 'USD a million tokens', kind: 'number' },
      { key: 'blended', label: 'Blended', unit: 'USD a million tokens', kind: 'number' },
      { key: 'ratio', label: 'Cheaper', unit: 'times', kind: 'number', digits: 1 },
      { key: 'anyBlend', label: 'any blend', kind: 'text', align: 'right' },
      { key: 'speed', label: 'Speed', unit: 'tokens a second', kind: 'number', digits: 1 },
      ...(sources.length > 1 ? [{ key: 'source', label: 'Source', kind: 'text' } as const] : []),
    ],
    rows: listed.map(({ name, label, cost }) => {
      const list = cost.list as NonNullable<JudgeCost['list']>
      const against = name === reference?.name ? null : (reference?.cost.list ?? null)
      return {
        label,
        input: list.input,
        output: list.output,
        blended: list.blended,
        ratio: ratio(against?.blended, list.blended),
        anyBlend: against === null ? null : rangeOf([against.input / list.input, against.output / list.output]),
        speed: list.tokensPerSecond,
        source: list.source,
      }
    }),
    caption: `List prices, blended ${blend?.inputTokens ?? 9} input tokens to ${blend?.outputTokens ?? 1} output token. “Any blend” is the ratio from input tokens alone to output tokens alone; what this study really used stands in the table of measured cost.${sources.length === 1 ? ` Source: ${sources[0]}.` : ''}${referenceWords(results, reference)}${syntheticWords(results)}`,
    missing: 'the judge that the others are compared with, or not published',
  }
}

/** The judge that costs are set against: the one that most contrasts are against, null baselines and own baselines aside. */
export function referenceJudge(results: StudyResults): MeasuredJudge | undefined {
  return mostSetAgainst(results, measuredJudges(results))
}

/** Of some judges, the one that most contrasts are against, those with own baselines aside. */
export function mostSetAgainst<J extends { readonly name: string }>(
  { tuning, contrasts }: StudyResults,
  judges: readonly J[],
): J | undefined {
  const own = new Map(tuning.map(({ name, base }) => [name, base]))
  const against = contrasts.filter(({ judge, against: other }) => own.get(judge) !== other)
  const count = (name: string): number => against.filter((held) => held.against === name).length
  const [most] = judges.toSorted((a, b) => count(b.name) - count(a.name))
  return most === undefined || count(most.name) === 0 ? undefined : most
}

function referenceWords(results: StudyResults, reference: MeasuredJudge | undefined): string {
  return reference === undefined
    ? ' No contrast names a judge to set the others against, so that there are no ratios.'
    : ` Ratios are to ${labelOf(results, reference.name)}.`
}

const STATUS_WORDS: Readonly<Record<JudgeCost['status'], string>> = {
  measured: '',
  'paid by the minute':
    'A judge that is paid by the minute was asked through a dedicated endpoint: its cost is that of the minutes from when the endpoint was up until it was asked to stop, whatever was asked in them.',
  'minutes not known': 'Where it is not on record when an endpoint stopped, or at which price, its cost is not known.',
  'list price only': 'Where tokens were not counted, only the list price is known.',
  'nothing paid': 'Local judges cost nothing, and how long they take says more of the machine than of them.',
  'not recorded': 'Replayed verdicts come without tokens, prices or times.',
  'no price known': 'Where no price is known, none is guessed.',
}

/** Why some of these judges have no measured cost. */
export function statusWords(judges: readonly MeasuredJudge[]): string {
  const statuses = [...new Set(judges.map(({ cost }) => cost.status))]
  return statuses
    .map((status) => STATUS_WORDS[status])
    .filter((words) => words !== '')
    .join(' ')
}

/** Who says what the tokens of the measured judges cost. */
function priceWords(judges: readonly MeasuredJudge[]): string {
  const paid = judges.filter(({ cost }) => cost.status === 'measured')
  const sources = [...new Set(paid.flatMap(({ cost }) => (cost.list === null ? [] : [cost.list.source])))]
  return sources.length === 0 ? '' : ` Prices of tokens: ${sources.join('; ')}.`
}

function rehearsedWords({ study, judges }: StudyResults): string {
  if (!study.rehearsed) return ''
  return judges.some(({ cost }) => cost.status === 'paid by the minute')
    ? ' Rehearsed: tokens, times and the price of a minute are an emulator’s, the other prices are the real ones.'
    : ' Rehearsed: tokens and times are an emulator’s, prices are the real ones.'
}

function perJudgment({ summary: { usage } }: JudgeCost, kind: 'inputTokens' | 'outputTokens'): number | null {
  return usage === null ? null : usage[kind] / usage.judgments
}

function ratio(reference: number | null | undefined, value: number | null | undefined): number | null {
  return reference == null || value == null || value === 0 ? null : reference / value
}

function rangeOf(ratios: readonly number[]): string {
  const [low, high] = ratios.toSorted((a, b) => a - b).map((held) => held.toFixed(1))
  return low === high ? `${low}` : `${low} to ${high}`
}
