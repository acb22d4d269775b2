import type { Table } from '@judgelab/analysis'
import { type BatchJob, batchStatus, cancelBatches } from '@judgelab/judges'
import { textTable } from '@judgelab/report'
import type { StudyContext } from '../study/context.js'
import { type CollectedRun, collectRuns } from '../study/judges/collect-runs.js'
import type { LoadedStudy } from '../study/load-study.js'
import { contextBase, withContext, withLooseContext } from '../study/open-context.js'
import { type BatchRun, findBatchRuns, whoAsked } from './batch-runs.js'
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
  const taken = found.study === undefined ? await collectRun(found.runs[0]) : await collectOf(found.study)
  process.stdout.write(json ? `${JSON.stringify(taken.collected, null, 2)}\n` : collectedText(taken))
}

/** What was collected, for whom. */
interface Collected {
  readonly asker: LoadedStudy
  readonly collected: readonly CollectedRun[]
}

/** Collects one run for the last who had it submitted and still asks for it. */
async function collectRun(run: BatchRun): Promise<Collected> {
  const askers = await whoAsked(run)
  for (const asker of askers) {
    const taken = await collectOf(asker, run)
    if (taken.collected.length > 0) return taken
  }
  return { asker: askers[0] as LoadedStudy, collected: [] }
}

async function collectOf(asker: LoadedStudy, run?: BatchRun): Promise<Collected> {
  const { request } = asker
  const runFolder = request === undefined ? undefined : run?.folder
  const collected = await shownWork((told) => {
    const options = { ...told, mayLabour: false, runFolder }
    const work = (context: StudyContext): Promise<CollectedRun[]> => collectRuns(context, run?.runId)
    return (request === undefined ? withContext : withLooseContext)(contextBase(asker, {}), options, work)
  })
  return { asker, collected }
}

/** `judgelab batch cancel <study or run>`. */
export async function batchCancelCommand(named: string, { json }: Printed): Promise<void> {
  const { runs } = await findBatchRuns(named)
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
    missing: 'not known, or nothing said',
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

function collectedText({ asker, collected }: Collected): string {
  if (collected.length === 0) return 'nothing was submitted in batches\n'
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
  return `${textTable(table)}${said.join('')}${isDone ? '' : `${nextText(asker)}\n`}`
}

function nextText({ request, study }: LoadedStudy): string {
  if (request === undefined) return `judgelab run ${study.name} submits what is missing and waits for it.`
  return 'The same judgelab judge command, given again, submits what is missing and waits for it.'
}
