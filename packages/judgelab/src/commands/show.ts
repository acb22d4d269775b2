import { failureCounts, runSummary } from '@judgelab/analysis'
import {
  type FailureReason,
  type Judgment,
  loadJudgments,
  loadRunManifest,
  type RunEndpoint,
  type RunManifest,
} from '@judgelab/core'
import { findRun } from './find-run.js'

/** What one run was and what came of it. */
interface ShownRun {
  readonly manifest: RunManifest
  readonly judgments: number
  readonly missing: number
  /** Choices by slot, with `tie`. */
  readonly choices: Readonly<Record<string, number>>
  readonly failures: Partial<Readonly<Record<FailureReason, number>>>
  readonly medianLatencyMs: number | null
  /** USD that the run paid; null where it is not known. */
  readonly paidUsd: number | null
}

/** `judgelab show <run>`: a run by its id, or by the beginning of one. */
export async function showCommand(named: string, { json }: { readonly json?: boolean | undefined }): Promise<void> {
  const shown = await loadRun(named)
  process.stdout.write(json ? `${JSON.stringify(shown, null, 2)}\n` : shownText(shown))
}

async function loadRun(named: string): Promise<ShownRun> {
  const folder = await findRun(named)
  const manifest = await loadRunManifest(folder)
  const judgments = await loadJudgments(folder)
  return {
    manifest,
    judgments: judgments.length,
    missing: manifest.presentations.count - judgments.length,
    choices: choiceCounts(judgments),
    failures: failureCounts(judgments),
    medianLatencyMs: median(judgments.map(({ latencyMs }) => latencyMs)),
    paidUsd: runSummary(judgments, manifest).paidUsd,
  }
}

function choiceCounts(judgments: readonly Judgment[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { outcome } of judgments) {
    if (outcome.kind !== 'choice') continue
    const key = outcome.slot === 'tie' ? 'tie' : `slot ${outcome.slot}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

function shownText({ manifest, judgments, missing, choices, failures, medianLatencyMs, paidUsd }: ShownRun): string {
  const { judge, dataset, split, git, prices, endpoint } = manifest
  const counted = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || 'none'
  const lines: readonly (readonly [string, string])[] = [
    ['run', manifest.runId],
    ['judge', `${judge.name} (${judge.provider}, ${judge.model}, ${judge.mode}), id ${judge.id}`],
    ['settings', JSON.stringify(judge.settings)],
    [
      'dataset',
      `${dataset.name}${dataset.synthetic ? ' (synthetic)' : ''}, ${dataset.examples} examples, ${dataset.fingerprint.slice(0, 16)}`,
    ],
    [
      'split',
      split === null
        ? 'none'
        : `${split.method}${split.seed === null ? '' : `, seed ${split.seed}`}, side ${split.side}`,
    ],
    ['judgments', `${judgments} of ${manifest.presentations.count}${missing > 0 ? `, ${missing} missing` : ''}`],
    ['choices', counted(choices)],
    ['failures', counted(failures as Record<string, number>)],
    ['median latency', medianLatencyMs === null ? 'none' : `${medianLatencyMs.toFixed(2)} ms`],
    ...(endpoint === undefined ? [] : [['endpoint', endpointText(endpoint)] as const]),
    ...(prices === undefined && endpoint === undefined ? [] : [['paid', paidText(paidUsd, endpoint)] as const]),
    ['started', manifest.startedAt],
    ['completed', manifest.completedAt ?? 'not yet'],
    ['commit', git === null ? 'unknown' : `${git.commit}${git.dirty ? ' with changes' : ''}`],
  ]
  return `${lines.map(([name, text]) => `${name.padEnd(16)}${text}`).join('\n')}\n`
}

function endpointText({ hardware, replicas, usdPerMinute, sessions }: RunEndpoint): string {
  const price = usdPerMinute === null ? 'at a price that is not known' : `at ${usdPerMinute} USD a minute`
  const count = (is: (session: RunEndpoint['sessions'][number]) => boolean): number => sessions.filter(is).length
  const [open, others] = [
    count(({ stoppedAt }) => stoppedAt === undefined),
    count((held) => held.endpoint !== undefined),
  ]
  return [
    `${hardware}${replicas === 1 ? '' : ` × ${replicas}`} ${price}`,
    `${sessions.length} ${sessions.length === 1 ? 'session' : 'sessions'}`,
    ...(others === 0 ? [] : [`${others} of them on another endpoint`]),
    ...(open === 0 ? [] : [`${open} of them without an end`]),
  ].join(', ')
}

function paidText(paidUsd: number | null, endpoint: RunEndpoint | undefined): string {
  if (paidUsd !== null) return `${paidUsd.toFixed(4)} USD${endpoint === undefined ? '' : ', by the minute'}`
  return endpoint === undefined ? 'unknown' : 'unknown: a session has no end, or no price'
}
