import { runSummary } from '@judgelab/analysis'
import {
  type EndpointSession,
  endpointUsd,
  type Judgment,
  listRuns,
  loadJudgments,
  loadRunManifest,
  type RunEndpoint,
  runFolder,
} from '@judgelab/core'
import type { Spent } from '@judgelab/judges'
import type { LoadedStudy } from './load-study.js'

/**
 * What earlier starts of a study have spent, by the logs of the runs that it began: what a resumed study may no longer
 * spend. Answers from the cache cost nothing. A call that failed has no usage, so that its cost, if it had one, is not in here.
 * An endpoint that nobody saw stop counts with the most that it can have cost.
 */
export async function spentBefore({ study, project }: LoadedStudy): Promise<Spent> {
  let [costUsd, requests] = [0, 0]
  for (const runId of await listRuns(project.runs)) {
    const folder = runFolder(project.runs, runId)
    const manifest = await loadRunManifest(folder)
    const { study: owner, judge, endpoint } = manifest
    if (owner !== study.name || judge.provider === 'local' || judge.provider === 'replay') continue
    const judgments = await loadJudgments(folder)
    const { paidUsd, attempts } = runSummary(judgments, manifest)
    costUsd += paidUsd ?? (endpoint === undefined ? 0 : rentAtMost(endpoint, judgments))
    requests += attempts
  }
  return { costUsd, requests }
}

const MINUTE_MS = 60_000

/** USD; 0 where no price was known, under which nobody set a limit. */
function rentAtMost(endpoint: RunEndpoint, judgments: readonly Judgment[]): number {
  return endpointUsd(endpoint, (session) => latestEndMs(endpoint, session, judgments)) ?? 0
}

/** The service stops an endpoint by itself so many minutes after the last call: of those, the last answer is in the log. */
function latestEndMs(endpoint: RunEndpoint, session: EndpointSession, judgments: readonly Judgment[]): number {
  const { sessions } = endpoint
  const startedMs = Date.parse(session.startedAt)
  const next = sessions[sessions.indexOf(session) + 1]
  const untilMs = next === undefined ? Number.POSITIVE_INFINITY : Date.parse(next.startedAt)
  const answeredMs = judgments.map(({ at }) => Date.parse(at)).filter((atMs) => atMs >= startedMs && atMs < untilMs)
  const lastMs = answeredMs.reduce((last, atMs) => Math.max(last, atMs), startedMs)
  return lastMs + (session.endpoint ?? endpoint).inactiveMinutes * MINUTE_MS
}
