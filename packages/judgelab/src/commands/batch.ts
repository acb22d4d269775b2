import type { Table } from '@judgelab/analysis'
import { ConfigError } from '@judgelab/core'
import { type BatchJob, batchStatus, cancelBatches } from '@judgelab/judges'
import { textTable } from '@judgelab/report'
import { type CollectedRun, collectRuns } from '../study/judges/collect-runs.js'
import { contextBase, withContext } from '../study/open-context.js'
import { type BatchRuns, findBatchRuns } from './batch-runs.js'
import { shownWork } from './shown-work.js'

interface Printed {
  readonly json?: boolean | undefined
}

/** A batch as it is printed. */
interface PrintedBatch {
  readonly run: string
  readonly batch: string | null
  readonly file: string
  readonly service: string
  readonly status: string
  readonly requests: number
  readonly answered: number | null
  readonly submittedAt: string | null
  readonly message: string | null
}

/** `judgelab batch status <study or run>`: where each batch is, as its service says now. */
export async function batchStatusCommand(named: string, { json }: Printed): Promise<void> {
  const batches: PrintedBatch[] = []
  for (const { runId, folder } of (await findBatchRuns(named)).runs)
    for (const job of await batchStatus(folder.folder, { env: process.env })) batches.push(printed(runId, job))
  process.stdout.write(json ? `${JSON.stringify(batches, null, 2)}\n` : statusText(batches))
}

/** `judgelab batch collect <study or run>`: takes what is answered into the runs, and tells what is missing. */
export async function batchCollectCommand(named: string, { json }: Printed): Promise<void> {
  const found = await findBatchRuns(named)
  const { study, runs } = found
  if (study === undefined)
    throw new ConfigError(
      'expected a run of a study whose file is here; of any other, give the command again that began it',
      named,
    )
  const only = new Set(runs.map(({ runId }) => runId))
  const collected = await shownWork((told) =>
    withContext(contextBase(study, {}), { ...told, mayLabour: false }, (context) => collectRuns(context, only)),
  )
  process.stdout.write(json ? `${JSON.stringify(collected, null, 2)}\n` : collectedText(collected, study.study.name))
}

/** `judgelab batch cancel <study or run>`. */
export async function batchCancelCommand(named: string, { json }: Printed): Promise<void> {
  const { runs }: BatchRuns = await findBatchRuns(named)
  const cancelled: { readonly run: string; readonly batch: string | null }[] = []
  for (const { runId, folder } of runs)
    for (const { batchId = null } of await cancelBatches(folder.folder, { env: process.env }))
      cancelled.push({ run: runId, batch: batchId })
  process.stdout.write(
    json
      ? `${JSON.stringify(cancelled, null, 2)}\n`
      : `${cancelled.map(({ run, batch }) => `${batch} of ${run}\n`).join('')}${cancelled.length} cancelled; what they have answered can be collected\n`,
  )
}

function printed(run: string, { record, status, answered, message }: BatchJob): PrintedBatch {
  const { batchId, key, reach, requests, submittedAt, counts } = record
  return {
    run,
    batch: batchId ?? null,
    file: `judgelab-${key}.jsonl`,
    service: reach.service,
    status,
    requests,
    answered: answered ?? counts?.answered ?? record.answered ?? null,
    submittedAt: submittedAt ?? null,
    message: message ?? null,
  }
}

function statusText(batches: readonly PrintedBatch[]): string {
  if (batches.length === 0) return 'nothing was submitted in batches\n'
  const table: Table = {
    caption: `${batches.length} batches`,
    missing: '',
    columns: [
      { key: 'run', label: 'Run', kind: 'text' },
      { key: 'batch', label: 'Batch', kind: 'text' },
      { key: 'status', label: 'Status', kind: 'text' },
      { key: 'requests', label: 'Requests', kind: 'integer' },
      { key: 'answered', label: 'Answered', kind: 'integer' },
      { key: 'submittedAt', label: 'Submitted', kind: 'text' },
      { key: 'message', label: 'Said', kind: 'text' },
    ],
    rows: batches.map((batch) => ({ ...batch })),
  }
  return textTable(table)
}

function collectedText(collected: readonly CollectedRun[], study: string): string {
  if (collected.length === 0) return 'no run of it was submitted in batches\n'
  const table: Table = {
    caption: `${collected.length} runs`,
    missing: '',
    columns: [
      { key: 'judge', label: 'Judge', kind: 'text' },
      { key: 'taken', label: 'Taken now', kind: 'integer' },
      { key: 'done', label: 'Judged', kind: 'integer' },
      { key: 'total', label: 'Of', kind: 'integer' },
      { key: 'runId', label: 'Run', kind: 'text' },
    ],
    rows: collected.map(({ judge, taken, done, total, runId }) => ({ judge, taken, done, total, runId })),
  }
  const said = collected.flatMap(({ message }) => (message === null ? [] : [`${message}\n`]))
  const isDone = collected.every(({ done, total }) => done === total)
  const next = isDone ? '' : `judgelab run ${study} submits what is missing and waits for it.\n`
  return `${textTable(table)}${said.join('')}${next}`
}
