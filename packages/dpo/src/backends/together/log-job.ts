import type { TogetherClient } from '@judgelab/services'
import { loggedRows, logNew } from '../job-log.js'
import { stepOf } from '../training-curves.js'

/**
 * Appends to a job's folder what is new of its events, metrics and checkpoints. Metrics are asked from the last step that
 * stands there on, and that step again: its evaluation may have come later. `resolution` would thin them out and is not asked for.
 */
export async function logJob(client: TogetherClient, folder: string, jobId: string): Promise<void> {
  const held = (await loggedRows(folder, 'metrics')).flatMap((row) => stepOf(row) ?? [])
  const last = held.reduce((most, step) => Math.max(most, step), 0)
  const [events, metrics, checkpoints] = await Promise.all([
    client.fineTuning.listEvents(jobId),
    client.fineTuning.listMetrics(jobId, { global_step_from: last }),
    client.fineTuning.listCheckpoints(jobId),
  ])
  await logNew(folder, 'events', events.data)
  await logNew(folder, 'metrics', metrics.metrics ?? [])
  await logNew(folder, 'checkpoints', checkpoints.data)
}
