import { ConfigError, digestText, LONG_LIST } from '@judgelab/core'
import type { Judge } from '../judge.js'
import { createKeyTable } from './key-table.js'
import { withOpenRun } from './open-run.js'
import type { RunReport, RunRequest } from './run-request.js'

/**
 * Asks a judge for every presentation that has no judgment yet, and appends each answer to the run's log.
 *
 * A stopped or crashed run goes on where it was: a torn last line is cut off, what was answered is not asked again. A run
 * that stops before it is complete, by its signal, for want of budget or because the service is of no use, keeps what
 * was answered, and its report says why it stopped.
 *
 * @throws {RangeError} if there is nothing to ask (a run without presentations would look complete), something is to be
 *   asked twice, or the judge may have no call under way
 * @throws {ConfigError} if there is a cost limit and nobody knows what the judge's calls cost, or the folder holds another
 *   run, of which nothing is changed
 * @throws {DatasetFormatError} if the run was written by a newer judgelab, or a file of it is malformed; nothing is changed
 * @throws {Error} if another living process owns the run, or its log or the cache can't be written
 */
export async function runJudge(request: RunRequest): Promise<RunReport> {
  requireRunnable(request)
  return withOpenRun(request, ({ missing, ask }) => ask(missing))
}

/** @throws as `runJudge`, before anything is touched */
export function requireRunnable({ presentations, judge, manifest, budget }: RunRequest): void {
  if (presentations.length === 0)
    throw new RangeError(`runJudge needs at least 1 presentation, got 0 (${manifest.runId})`)
  const ids = distinctIds(presentations)
  if (ids < presentations.length)
    throw new RangeError(
      `runJudge needs ids that occur once, got ${ids} ids of ${presentations.length} presentations (${manifest.runId})`,
    )
  const concurrency = 'answer' in judge ? judge.concurrency : 'send' in judge ? judge.limits.concurrency : undefined
  if (concurrency !== undefined && (!Number.isInteger(concurrency) || concurrency < 1))
    throw new RangeError(`runJudge needs a concurrency of at least 1, got ${concurrency} (${judge.name})`)
  if (budget?.maxCost !== undefined && !hasCost(judge))
    throw new ConfigError(
      `expected prices of a judge under a cost limit of ${budget.maxCost} USD, found none`,
      `judges.${judge.name}.prices`,
    )
}

/** Of many, digests are remembered, which take a fifth of the memory. */
function distinctIds(presentations: RunRequest['presentations']): number {
  if (presentations.length < LONG_LIST) return new Set(presentations.map(({ id }) => id)).size
  const ids = createKeyTable()
  for (const { id } of presentations) ids.add(digestText(id))
  return ids.size()
}

/** Whether it is known what a call can cost at the most. */
function hasCost(judge: Judge): boolean {
  if ('answer' in judge) return true
  if (judge.prices === undefined) return false
  return 'send' in judge || judge.requests !== undefined || judge.atMost !== undefined
}
